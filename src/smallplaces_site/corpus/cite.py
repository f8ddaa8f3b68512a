"""How a document or paragraph is cited, in English and in Korean style.

English: body, title, UN Doc. symbol (date), para. Korean: 기관, 제목, 문서번호 (날짜), 문단. Reads: a Work.
"""

from __future__ import annotations

from datetime import date

from smallplaces_site.corpus.read.documents import ParagraphView, WorkView
from smallplaces_site.corpus.titles import body_name, title_of

_ARTICLES = {"en": "art. {number}", "ko": "제{number}조"}
_PARAGRAPHS = {"en": "para. {number}", "ko": "{number}항"}
_BODILESS = ("treaty", "declaration")  # cited by their title alone


def english(work: WorkView, paragraph: ParagraphView | None = None, address: str = "", seen: date | None = None) -> str:
    """The citation as English publications write it."""
    title = title_of(work, "en")
    body = "" if work.kind in _BODILESS else body_name(work.body, "en")
    parts = [body if body and body.casefold() not in title.casefold() else "", title, _symbol(work, "UN Doc. ")]
    text = ", ".join(part for part in parts if part)
    when = work.adopted or work.distributed
    day = f"{when.day} {when:%B %Y}" if when else str(work.year or "")
    if day and not (when is None and f"{work.year}" in title):
        text += f" ({day})"
    return _finish(text, _place(paragraph, "en"), address, f"accessed {seen.day} {seen:%B %Y}" if seen else "")


def korean(work: WorkView, paragraph: ParagraphView | None = None, address: str = "", seen: date | None = None) -> str:
    """The citation as Korean publications write it."""
    title = title_of(work, "ko")
    body = "" if work.kind in _BODILESS else body_name(work.body, "ko")
    parts = [body if body and body not in title else "", f"「{title}」", _symbol(work, "")]
    text = ", ".join(part for part in parts if part)
    when = work.adopted or work.distributed
    day = _korean_day(when) if when else str(work.year or "")
    if day and not (when is None and f"{work.year}" in title):
        text += f" ({day})"
    return _finish(text, _place(paragraph, "ko"), address, f"{_korean_day(seen)} 확인" if seen else "")


def _korean_day(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."


def _symbol(work: WorkView, before: str) -> str:
    symbol = work.symbol or ("" if ":" in work.key or work.key.islower() else work.key)
    return f"{before}{symbol}" if symbol and "/" in symbol else symbol


def _place(paragraph: ParagraphView | None, lang: str) -> str:
    if paragraph is None or not paragraph.number:
        return ""
    pattern = (_ARTICLES if paragraph.kind == "article" else _PARAGRAPHS)[lang]
    return pattern.format(number=paragraph.number)


def _finish(text: str, place: str, address: str, seen: str) -> str:
    tail = f"{address} ({seen})" if address and seen else address
    return ", ".join(part for part in (text, place, tail) if part) + ("" if tail else ".")
