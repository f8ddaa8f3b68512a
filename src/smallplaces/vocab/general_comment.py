"""General comments and general recommendations of the treaty bodies.

Reads ``general_comments.yml`` and ``general_comment_titles.yml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from smallplaces.errors import BadInput
from smallplaces.model.instrument import GeneralComment
from smallplaces.model.language import primary
from smallplaces.vocab.body import resolve_body
from smallplaces.vocab.fold import LONGEST, fold
from smallplaces.vocab.load import Entry, entries

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_YEAR = re.compile(r"\s*[(（]\s*((?:19|20)\d\d)\s*년?年?\s*[)）]")
_RECOMMENDING = frozenset({"CERD", "CEDAW"})  # these two call them recommendations
_NUMBER_SIGN = re.compile(r"n\s*[°º]|№", re.IGNORECASE)
_IN_A_REPORT = re.compile(r"A/|HRI/|E/\d{4}/")


@cache
def general_comments() -> Mapping[str, GeneralComment]:
    """Every general comment by code ("CESCR-GC-4"), committee by committee, in order of number."""
    found = {entry.code: _general_comment(entry) for entry in entries("general_comments.yml")}
    times = Counter(comment.symbol for comment in found.values())
    for comment in found.values():
        strangers = {*comment.joint, comment.replaced_by, comment.updates} - {"", *found}
        if strangers:
            raise BadInput(f"no such general comment: {', '.join(sorted(strangers))}", where=comment.code)
        if comment.own_symbol and times[comment.symbol] > 1:
            raise BadInput(f"{comment.symbol} stands twice", where=comment.code)
    return MappingProxyType(found)


def resolve_general_comment(body: str, number: int | str, year: int | None = None) -> GeneralComment | None:
    """The general comment of a body by number (14, "14", "XIV"), or None.

    ``body`` is any name of the body. With ``year``, a comment of another year is None, because a citation that
    contradicts itself names nothing; the year after adoption passes, since many are published then and cited by it.
    """
    issuer = resolve_body(body)
    count = number if isinstance(number, int) else _count(fold(number))
    comment = general_comments().get(f"{issuer.code}-GC-{count}") if issuer else None
    return comment if comment and year in (None, comment.year, comment.year + 1) else None


def read_general_comment(text: str, body: str = "") -> GeneralComment | None:
    """The general comment that a name tells, whole: "CESCR general comment No. 4", or with ``body`` given,
    "general comment 14 (2000)", "일반논평 제14호", "Observation générale n° 14"; or its own symbol. Else None."""
    if len(text) > LONGEST:
        return None
    by_symbol = _by_symbol().get(fold(text))
    if by_symbol:
        return by_symbol
    year = _YEAR.search(text)
    plain = fold(_NUMBER_SIGN.sub(" no ", _YEAR.sub(" ", text)))
    named = next((match for form in _named() if (match := form.fullmatch(plain))), None)
    if not named:
        return None
    issuer = named["body"] or body
    return resolve_general_comment(issuer, named["number"], int(year[1]) if year else None) if issuer else None


def general_comment_title(comment: GeneralComment, lang: str = "en") -> str:
    """How ``lang`` prints its number and year: "General comment No. 4 (1991)", "일반권고 제35호(2017년)"."""
    titles = _titles().get(primary(lang)) or _titles()["en"]
    form = titles.recommendation if comment.body in _RECOMMENDING else titles.comment
    return form.format(number=comment.number, year=comment.year)


class _Titles(NamedTuple):
    comment: str
    recommendation: str
    spelled: frozenset[str]


@cache
def _titles() -> Mapping[str, _Titles]:
    found: dict[str, _Titles] = {}
    for entry in entries("general_comment_titles.yml"):
        spelled = frozenset(fold(title) for title in entry.words("titles"))
        found[entry.code] = _Titles(entry.text("comment"), entry.text("recommendation"), spelled)
        entry.close()
    return MappingProxyType(found)


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """The two forms of a folded name: the number after "general comment", or before it (第14号一般性意见)."""
    titles = {title for language in _titles().values() for title in language.spelled}
    spelled = "|".join(sorted((re.escape(title) for title in titles), key=len, reverse=True))
    before = r"(?:(?P<body>.+?) ?)??"
    number = r"(?:no|nr|num|제|第|رقم)? ?(?P<number>\d+|[ivxl]+)(?: ?[호号])?"
    last, first = rf"{before}(?:{spelled}) ?{number}", rf"{before}第?제? ?(?P<number>\d+) ?[호号] ?(?:{spelled})"
    return re.compile(last), re.compile(first)


def _count(text: str) -> int:
    """The value of "14" or "xiv"; 0 when it is neither."""
    if text.isdecimal():
        return int(text)
    if not text or set(text) - set(_ROMAN):
        return 0
    values = [_ROMAN[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


@cache
def _by_symbol() -> Mapping[str, GeneralComment]:
    """Own symbols only: one that is shared names a report. A joint comment's shared symbol gives the first."""
    found: dict[str, GeneralComment] = {}
    for comment in general_comments().values():
        for symbol in (comment.symbol, *comment.symbols) if comment.own_symbol else comment.symbols:
            found.setdefault(fold(symbol), comment)
    return found


def _general_comment(entry: Entry) -> GeneralComment:
    body, _, number = entry.code.partition("-GC-")
    if not resolve_body(body) or not number.isdecimal():
        raise BadInput("expected BODY-GC-NUMBER", where=entry.where)
    symbol = entry.text("symbol")
    comment = GeneralComment(
        code=entry.code,
        body=body,
        number=int(number),
        year=entry.number("year") or 0,
        symbol=symbol,
        own_symbol=not _IN_A_REPORT.match(symbol),
        subject=entry.names("subject"),
        joint=entry.words("joint"),
        replaced_by=entry.text("replaced_by", ""),
        updates=entry.text("updates", ""),
        symbols=entry.words("symbols"),
    )
    entry.close()
    return comment
