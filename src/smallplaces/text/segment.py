"""Numbered text: read the marker at the head of a line, and tell which markers form the document's sequence.

A line that begins with "12." may be paragraph 12, an item of a list inside it, a numbered heading or a
date broken over two lines. The sequence decides: of all candidates, :func:`chain` picks the run in which
each number follows the one before, preferring candidates that look like the head of a paragraph.
Pure functions over text; where a line stands on a page is told by the caller as a weight.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

Number = tuple[int, ...]

_NUMBER = re.compile(
    r"""\s*(?:
        (?P<open>[(（])?(?P<digits>\d{1,4}(?:[.．]\d{1,3}){0,3})(?P<close>\s*[.．。、)）]|\s*[-–—](?=\s|\D)|(?=\s))
      | [-–—]\s*(?P<rtl>\d{1,4})(?=\s|[^\W\d])
    )\s*""",
    re.VERBOSE,
)
_ROMAN = "(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3}|XL)"
_HEADING = (
    # a class of marker -> its rank: the lower stands higher in the outline
    (
        0,
        re.compile(r"(?:part|partie|parte|часть|chapter|chapitre|cap[ií]tulo|глава)\s+(?:[IVXL]+|\d+|one|two)\b", re.I),
    ),
    (0, re.compile(r"(?:제\s*\d+\s*[편장절관]|第[一二三四五六七八九十\d]+[部编編章])")),
    (1, re.compile(_ROMAN + r"\s*[.．]\s*(?=\S)")),
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (1, re.compile(r"(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)\S?\s*[-–.]")),
    (2, re.compile(r"[A-ZА-Я]\s*[.．]\s*(?=\S)")),
    (2, re.compile(r"(?:ألف|باء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء|كاف|لام|ميم|نون)\s*[-–.]")),
    (3, re.compile(r"\d{1,2}\s*[.．)]\s*(?=\S)")),
    (4, re.compile(r"\(?[a-zа-я]\)\s*(?=\S)")),
)
UNMARKED = 5
_SUBITEM = re.compile(
    r"""\s*(?:
        [(（](?:[a-z]{1,3}|[ivxlc]{1,6}|\d{1,2}|[а-яё]{1,2}|[A-Z]|[一二三四五六七八九十]{1,3}|[가-힣]|[\u0621-\u064a]{1,4})[)）]
      | (?:[a-z]|[ivx]{2,5}|[а-яё]|[\u0621-\u064a]{1,2})[)）]
      | \)[\u0621-\u064a]{1,3}(?=\s)
      | \([\u0621-\u064a]{0,3}(?=\s+[\u0621-\u064a])
      | [•●▪■◦‣·–—-](?=\s)
      | [가나다라마바사아자차카타파하]\.(?=\s)
      | [①-⑳]
    )(?![,;)])\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the head of a line. ``end`` is where the text begins; ``dotted`` says that a sign closes it."""

    number: Number
    end: int
    dotted: bool = True

    @property
    def printed(self) -> str:
        """The number as people cite it: "15", "137.197"."""
        return ".".join(str(part) for part in self.number)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A marker at line ``index`` with ``weight``: how much it looks like the head of a paragraph (0 to 4)."""

    index: int
    number: Number
    weight: float


def number_marker(text: str) -> Marker | None:
    """The paragraph number at the head of ``text``, in any of the digits in use, else None."""
    match = None if text[:1].isalpha() else _NUMBER.match(text)  # most lines begin with a letter
    if not match:
        return None
    digits = match["digits"] or match["rtl"]
    number = tuple(int(unicodedata.normalize("NFKC", part)) for part in re.split(r"[.．]", digits))
    if number[0] == 0 or (len(digits) > 1 and digits[0] in "0٠０"):
        return None
    closed = bool((match["close"] or "").strip()) or match["rtl"] is not None or len(number) > 1
    return Marker(number, match.end(), closed)


def heading_rank(text: str) -> int:
    """The rank of a heading's own marker: 0 part, 1 roman, 2 letter, 3 digit, 4 small letter, 5 none."""
    stripped = text.strip()
    for rank, pattern in _HEADING:
        if pattern.match(stripped):
            return rank
    return UNMARKED


def subitem(text: str) -> str:
    """The marker of a sub-item ("(a)", "iv)", "•", "(أ)") at the head of ``text``, else an empty string."""
    if text[:1].isalpha() and ")" not in text[:7] and "）" not in text[:7] and text[1:2] != ".":
        return ""  # most lines are no item at all
    match = _SUBITEM.match(text)
    return match.group().strip() if match else ""


_MISSING = 2.5  # what one missing number costs, in weights
_REACH = 4  # how many numbers may be missing in a row


class _Best:
    """The best chain that ends with a number, and the best whose first part is a given integer."""

    def __init__(self) -> None:
        self.by_number: dict[Number, tuple[float, int]] = {}
        self.by_first: dict[int, tuple[float, int]] = {}

    def before(self, number: Number) -> tuple[float, int]:
        """Score and candidate of the best chain that ``number`` may follow; (…, -1) starts a new one."""
        first, last = number[0], number[-1]
        start = -min(3.0, 1.5 * (first - 1)) - (min(3.0, 1.5 * (last - 1)) if len(number) > 1 else 0.0)
        options = [(start, -1)]
        if len(number) > 1:
            parent = number[:-1]
            for step in range(1, min(_REACH, last - 1) + 1):
                found = self.by_number.get((*parent, last - step))
                if found:
                    options.append((found[0] - _MISSING * (step - 1), found[1]))
            if last == 1 and parent in self.by_number:
                options.append(self.by_number[parent])
            for step in range(1, min(_REACH, first - 1) + 1) if last <= _REACH else ():
                found = self.by_first.get(first - step)
                if found:
                    options.append((found[0] - _MISSING * (step + last - 2), found[1]))
            if last == 1:
                if len(number) > 2 and parent[-1] > 1:
                    options += [f for key, f in self.by_number.items() if key[:-1] == (*parent[:-1], parent[-1] - 1)]
            elif len(number) == 2 and self.by_number.get(parent):
                found = self.by_number[parent]
                options.append((found[0] - _MISSING * min(_REACH, last - 1), found[1]))
        else:
            for step in range(1, min(_REACH, first - 1) + 1):
                found = self.by_first.get(first - step)
                if found:
                    options.append((found[0] - _MISSING * (step - 1), found[1]))
        return max(options, key=lambda option: option[0])

    def put(self, number: Number, score: float, candidate: int) -> None:
        """Remember a chain, unless a better one ends the same way."""
        if score > self.by_number.get(number, (float("-inf"), -1))[0]:
            self.by_number[number] = (score, candidate)
        if score > self.by_first.get(number[0], (float("-inf"), -1))[0]:
            self.by_first[number[0]] = (score, candidate)


def chain(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that form the document's sequence of numbers, in order.

    A number follows its predecessor ("4" after "3", "4.2" after "4.1", "5.1" after "4.6"); a few missing
    numbers are tolerated at a cost. Linear in the number of candidates.
    """
    best = _Best()
    back: list[int] = []
    top: tuple[float, int] = (0.0, -1)
    for position, candidate in enumerate(candidates):
        score, previous = best.before(candidate.number)
        score += candidate.weight
        back.append(previous)
        best.put(candidate.number, score, position)
        if score > top[0]:
            top = (score, position)
    chosen: list[Candidate] = []
    position = top[1]
    while position >= 0:
        chosen.append(candidates[position])
        position = back[position]
    return chosen[::-1]


def gaps(numbers: Sequence[Number]) -> list[str]:
    """The numbers that are missing from a sequence, as printed ("7", "137.12")."""
    missing: list[str] = []
    previous: Number = ()
    for number in numbers:
        if len(number) == len(previous) and number[:-1] == previous[:-1]:
            head = [*number[:-1]]
            missing += [".".join(map(str, [*head, n])) for n in range(previous[-1] + 1, number[-1])]
        elif len(number) == 1:
            missing += [str(n) for n in range((previous[0] if previous else 0) + 1, number[0])]
        previous = number
    return missing
