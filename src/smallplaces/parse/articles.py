"""Treaties and laws: articles from clean text and from noisy certified copies that hold several languages.

Reads: lines of text. Writes: one :class:`~smallplaces.model.document.Paragraph` an article (kind "article"), its
numbered paragraphs inside it in order, by language. In a scanned copy an article's number is often misread
("Article k", "Article 56" for 36): the sequence tells which it must be, and the facts say what was printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from smallplaces.model.document import Paragraph, ParagraphKind
from smallplaces.parse.base import Line
from smallplaces.parse.language import language_of

_PRINTED = r"[A-Za-z0-9*^\"'.|!°\-]{1,9}"
_WORD = {
    "en fr": re.compile(
        rf"^\W{{0,3}}art(?:icle|iole|lcle|ic1e)\W{{0,2}}\s*(?P<n>{_PRINTED}|premier)\s*(?P<rest>.*)$", re.IGNORECASE
    ),
    "es": re.compile(rf"^\W{{0,3}}art[ií]culo\s+(?P<n>{_PRINTED}|primero)\s*(?P<rest>.*)$", re.IGNORECASE),
    "ru": re.compile(r"^\W{0,3}[СC]тать[яи]\s+(?P<n>[\w*^\"']{1,8})\s*(?P<rest>.*)$", re.IGNORECASE),
    "ko": re.compile(r"^\s*제\s*(?P<n>\d+\s*조(?:의\s*\d+)?)\s*(?P<rest>.*)$"),
    "zh": re.compile(r"^\s*第\s*(?P<n>[一二三四五六七八九十百零\d]+)\s*[条條]\s*(?P<rest>.*)$"),
    "ar": re.compile(r"^\s*(?:ال)?مادة\s*\(?(?P<n>[\d\u0660-\u0669]{1,3}|\S{3,12})\)?\s*:?\s*(?P<rest>.*)$"),
}
_DIVISION = re.compile(
    r"^\s*(?:part|partie|parte|часть|chapter|chapitre|cap[ií]tulo|глава|section|title)\s+(?:[IVXL]+|\d+)\s*$|^\s*제\s*\d+\s*[편장절관]|^\s*第.{1,4}[部章编編]",
    re.IGNORECASE,
)
_LOOKS_LIKE = str.maketrans({"l": "1", "I": "1", "i": "1", "|": "1", "!": "1", "O": "0", "o": "0", "Q": "0", "S": "5",
                             "s": "5", "B": "8", "Z": "2", "z": "2", "g": "9", "q": "9"})  # fmt: skip
_CHINESE = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_ARABIC = ("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة")
_REACH = 4  # how many headings in a row a noisy copy may have lost
_LEAST = 3  # fewer articles make no treaty


@dataclass(slots=True)
class _Head:
    """A line that opens an article."""

    index: int
    printed: str
    number: int | None
    rest: str
    lang: str
    label: str = ""
    sure: bool = True


@dataclass(slots=True)
class Articles:
    """The articles of one language, in order; what stood before the first is the preamble."""

    lang: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    repaired: int = 0


def _number(token: str) -> int | None:
    """The number that a token prints; None when it cannot be read."""
    bare = token.strip(".:'\"*^°-")
    if bare.lower() in ("premier", "primero", "1er", "ler"):
        return 1
    if bare in _ARABIC:
        return _ARABIC.index(bare) + 1
    if any(sign in _CHINESE or sign in "十百" for sign in bare):
        return _chinese(bare)
    digits = bare.translate(_LOOKS_LIKE)
    if digits.isdigit() and any(c.isdigit() for c in bare):
        return int(digits)
    if re.fullmatch(r"[IVXL]+", bare):
        values = {"I": 1, "V": 5, "X": 10, "L": 50}
        found = [values[c] for c in bare]
        return sum(-v if i + 1 < len(found) and v < found[i + 1] else v for i, v in enumerate(found))
    return None


def _chinese(text: str) -> int:
    total, digit = 0, 0
    for sign in text:
        if sign in _CHINESE:
            digit = _CHINESE[sign]
        elif sign == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif sign == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif sign.isdigit():
            digit = digit * 10 + int(sign)
    return total + digit


def _heads(lines: list[Line]) -> list[_Head]:
    heads = []
    for index, line in enumerate(lines):
        text = line.text.strip()
        for lang, pattern in _WORD.items():
            match = pattern.match(text)
            if not match or not _opens(lang, match["rest"]):
                continue
            token = re.sub(r"\s*조(?:의\s*\d+)?$", "", match["n"])
            branch = re.search(r"조의\s*(\d+)", match["n"])
            number = _number(token)
            heads.append(_Head(index, match["n"], number, match["rest"], lang, label=f"-{branch[1]}" if branch else ""))
            break
    return heads


def _opens(lang: str, rest: str) -> bool:
    """Whether what follows the number is a heading's rest (nothing, a title) and not a sentence that goes on."""
    rest = rest.strip()
    if lang == "ko":
        return not rest or rest[0] in "(①" or rest.startswith(("삭제", "<")) or len(rest) > 12
    if not rest or len(rest) < 4:
        return True
    return (
        (rest[0] in ".:-–—(" or rest[0].isupper())
        and len(rest) < 160
        and not rest.lower().startswith(("article", "art"))
    )


def _runs(heads: list[_Head]) -> list[list[_Head]]:
    """Heads parted into languages, each with its numbers settled by their sequence."""
    runs: list[list[_Head]] = []
    highest = 0
    for head in heads:
        fresh = head.number == 1 and highest > _LEAST and not head.label
        if not runs or fresh or head.lang != runs[-1][-1].lang:
            runs.append([])
            highest = 0
        highest = max(highest, min(head.number or 0, highest + _REACH))
        runs[-1].append(head)
    settled = [_settle(run) for run in runs]
    return [run for run in settled if len(run) >= _LEAST]


def _settle(heads: list[_Head]) -> list[_Head]:
    """The heads of one language with the numbers that fit best: each greater than the one before, by one if possible.

    A head that fits no number is a reference or a running head and is left out.
    """
    best: list[dict[int, tuple[float, int, int]]] = []  # per head: number -> score, head before, its number
    for position, head in enumerate(heads):
        here: dict[int, tuple[float, int, int]] = {}
        for number, likeness in _readings(head, position).items():
            options = [(likeness - 0.6 * min(number - 1, 6), -1, 0)]
            for back in range(max(0, position - _REACH), position):
                for before, (score, _, _) in best[back].items():
                    step = number - before
                    if (1 <= step <= 1 + _REACH) or (step == 0 and head.label):
                        cost = 0.6 * max(0, step - 1) + 0.7 * (position - back - 1)
                        options.append((score + likeness - cost, back, before))
            here[number] = max(options)
        best.append(here)
    ends = [(score, position, number) for position, here in enumerate(best) for number, (score, _, _) in here.items()]
    chosen: list[_Head] = []
    _, position, number = max(ends, default=(0.0, -1, 0))
    while position >= 0:
        head = heads[position]
        head.sure = head.number == number
        head.number = number
        chosen.append(head)
        _, position, number = best[position][number]
    return chosen[::-1]


def _readings(head: _Head, position: int) -> dict[int, float]:
    """The numbers that a head may print, and how well each fits what is printed."""
    token = head.printed.strip(".:'\"*^°-")
    if head.number is not None and (head.label or not token.isascii() or not any(c.isdigit() for c in token)):
        return {head.number: 2.0}
    pattern = re.compile("".join(_figure(c) for c in token))
    limit = position + 40
    readings = {n: 0.9 for n in range(max(1, position - 2 * _REACH), limit) if pattern.fullmatch(str(n))}
    if not any(c.isdigit() for c in token):  # nothing legible: any number will do, badly
        readings = {n: readings.get(n, 0.1) for n in range(max(1, position - 2 * _REACH), limit)}
    if head.number is not None:
        readings[head.number] = 2.0
    return readings


def _figure(printed: str) -> str:
    """A pattern of the figures that a scanner may have read as ``printed``."""
    if printed.isdigit():
        return next((f"[{group}]" for group in ("35", "680", "17", "49", "25") if printed in group), printed)
    likely = printed.translate(_LOOKS_LIKE)
    return f"(?:{likely}|[0-9])" if likely.isdigit() else "[0-9]?"


def looks_like_articles(lines: list[Line]) -> bool:
    """Whether a text is made of articles."""
    runs = _runs(_heads(lines))
    return bool(runs) and sum(len(run) for run in runs) >= max(_LEAST, len(lines) / 120)


def articles(lines: list[Line]) -> list[Articles]:
    """The articles of each language the text holds, in the order of the languages."""
    runs = _runs(_heads(lines))
    result = []
    begin = 0
    for position, run in enumerate(runs):
        end = runs[position + 1][0].index if position + 1 < len(runs) else len(lines)
        sample = "\n".join(line.text for line in lines[run[0].index : end])
        found = Articles(language_of(sample))
        preamble = _text(lines[begin : run[0].index]) if position == 0 else ""
        if preamble:
            found.paragraphs.append(Paragraph(preamble, kind=ParagraphKind.PREAMBLE, page=lines[begin].page))
        _fill(found, run, lines, end)
        result.append(found)
        begin = end
    return result


def _fill(found: Articles, run: list[_Head], lines: list[Line], end: int) -> None:
    path: tuple[str, ...] = ()
    last = 0
    for head, following in zip(run, [*run[1:], None], strict=True):
        body = lines[head.index + 1 : following.index if following else end]
        divisions = [line for line in body if _DIVISION.match(line.text)]
        title = re.match(r"\s*\(([^()]{1,60})\)\s*", head.rest)
        rest = head.rest[title.end() :] if title else head.rest
        text = _text(body, rest if title or len(rest) > 40 else "")
        named = title[1] if title else (rest.strip(" .:-–—") if len(rest) <= 40 else "")
        number = f"{head.number}{head.label}"
        facts = {} if head.sure else {"printed": head.printed}
        heading = (*path, named) if named else path
        page = lines[head.index].page
        found.paragraphs.append(
            Paragraph(text, number, kind=ParagraphKind.ARTICLE, heading=heading, page=page, facts=facts)
        )
        found.repaired += not head.sure
        found.missing += range(last + 1, head.number or 0)
        last = head.number or last
        if divisions:
            path = (divisions[-1].text.strip(),)


_ITEM = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})[.)]\s|[①-⑳]|[가나다라마바사아자차카타파하]\.\s)")


def _text(lines: list[Line], first: str = "") -> str:
    """The lines of an article: items on lines of their own, the rest joined, hyphens at line ends mended."""
    parts: list[str] = [first.strip()] if first.strip() else []
    for line in lines:
        text = line.text.strip()
        if not text or _DIVISION.match(text) or re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", text):
            continue
        if not parts or _ITEM.match(text) or (line.fresh and parts[-1].endswith((".", ";", ":", "다.", "。"))):
            parts.append(text)
        elif parts[-1].endswith("-") and text[:1].islower():
            parts[-1] = parts[-1][:-1] + text
        else:
            parts[-1] = f"{parts[-1]} {text}"
    return "\n".join(parts)
