"""Deadlines that a committee sets in its own text, read sentence by sentence, each with the words that set it.

Reads: one paragraph and ``data/words.yml``. Writes nothing. A day is claimed only where the sentence says what is due
(information on recommendations, or a report) and asks for it; any other date or period is left alone. Nothing is
inferred from a cycle or a year: what the text does not say stays unsaid.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from smallplaces.vocab.load import entries

VERSION = "deadlines-1"
_DATA = Path(__file__).parent / "data"
_PATTERNS = (
    *("before", "after", "period", "years", "report", "asks", "informs", "beside", "next_report"),
    *("simplified", "applies", "offered", "receives", "meets", "paragraphs"),
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SENTENCE = re.compile(r"(?<=[.;؛])\s+(?=[^\s\d(a-zа-яà-ÿ])|(?<=。)")
_NUMBER = re.compile(r"\d+(?:\s*\([a-z]\))?")
_ASIDE = re.compile(r"\([^)]{2,}\)")
_NEAR = 40  # characters in which the word before a date is looked for


class FollowsFrom(StrEnum):
    """What is due, or when something comes."""

    FOLLOW_UP = "follow-up"  # information on some of the recommendations
    NEXT_REPORT = "next-report"
    LIST = "list"  # the list of issues prior to reporting comes
    DIALOGUE = "dialogue"  # the next review


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline. Either ``date`` (ISO 8601, to the day, month or year that is said) or ``months`` after adoption.

    ``start`` and ``end`` are characters of the text, end excluded, and ``quote`` the sentence that says it.
    ``paragraphs`` are those whose recommendations are meant. ``simplified``: the text says that the simplified
    procedure applies; offering it is not enough. ``confidence`` is between 0 and 1.
    """

    kind: FollowsFrom
    date: str
    months: int
    start: int
    end: int
    quote: str
    paragraphs: tuple[str, ...]
    simplified: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class _Words:
    months: tuple[str, ...]
    date: re.Pattern[str]
    month_only: re.Pattern[str]
    numbers: Mapping[str, int]
    patterns: Mapping[str, re.Pattern[str]]

    def has(self, name: str, text: str) -> bool:
        return self.patterns[name].search(text) is not None


def read_deadlines(text: str, lang: str) -> list[Due]:
    """The deadlines that a paragraph sets, in the order in which it says them; none in a language without words."""
    words = _languages().get(lang.partition("-")[0].lower())
    if words is None:
        return []
    plain = text.translate(_DIGITS)
    simplified = all(words.has(name, plain) for name in ("simplified", "applies")) and not words.has("offered", plain)
    found: dict[tuple[FollowsFrom, str, int], Due] = {}
    for start, sentence in _sentences(plain):
        for due in _of_sentence(sentence, start, words, lang, simplified):
            found.setdefault((due.kind, due.date, due.months), due)
    return list(found.values())


def day_of(due: Due, adopted: date | None) -> str:
    """The day on which ``due`` falls, ISO 8601 in the precision that is known; empty without a day to count from."""
    if due.date or adopted is None:
        return due.date
    year, month = divmod(adopted.year * 12 + adopted.month - 1 + due.months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(adopted.day, last)).isoformat()


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for cut in _SENTENCE.finditer(text):
        yield start, text[start : cut.start()]
        start = cut.end()
    yield start, text[start:]


def _of_sentence(sentence: str, start: int, words: _Words, lang: str, simplified: bool) -> Iterator[Due]:
    def claim(kind: FollowsFrom, day: str, months: int, confidence: float) -> Due:
        named = _paragraphs(sentence, words) if kind is FollowsFrom.FOLLOW_UP else ()
        sure = confidence if lang != "ar" else confidence - 0.1  # its text layers are often broken
        return Due(kind, day, months, start, start + len(sentence), sentence.strip(), named, simplified, sure)

    for name, kind in (("receives", FollowsFrom.LIST), ("meets", FollowsFrom.DIALOGUE)):
        year = words.patterns[name].search(sentence)
        if year:
            yield claim(kind, year["year"], 0, 0.9)
    if not words.has("asks", sentence):
        return
    days = list(_days(sentence, words))
    reports = words.has("report", sentence) and words.has("next_report", sentence)
    if reports and days:
        yield claim(FollowsFrom.NEXT_REPORT, days[-1], 0, 0.95)
    elif words.has("informs", sentence) and not words.has("beside", sentence):
        if days:
            yield claim(FollowsFrom.FOLLOW_UP, days[0], 0, 0.9)
        elif (months := _months(sentence, words)) and not reports:
            yield claim(FollowsFrom.FOLLOW_UP, "", months, 0.85)


def _days(sentence: str, words: _Words) -> Iterator[str]:
    """Days that are deadlines: after "by" and its like, or before "at the latest"."""
    taken: list[tuple[int, int]] = []
    for pattern in (words.date, words.month_only):
        for match in pattern.finditer(sentence):
            if any(start <= match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            before = sentence[max(0, match.start() - _NEAR) : match.start()]
            after = sentence[match.end() : match.end() + _NEAR]
            if words.has("before", before) or words.has("after", after):
                day = _day(match, words)
                if day:
                    yield day


def _day(match: re.Match[str], words: _Words) -> str:
    month = next((n for n, name in enumerate(words.months, 1) if re.fullmatch(name, match["month"], re.I)), 0)
    if not month:  # a month in another case of its language
        month = next((n for n, name in enumerate(words.months, 1) if name[:3] == match["month"][:3].lower()), 0)
    if not month:
        return ""
    year = int(match["year"])
    if "day" not in match.re.groupindex:
        return f"{year:04}-{month:02}"
    number = re.match(r"\d+", match["day"])
    try:
        return date(year, month, int(number[0]) if number else 1).isoformat()
    except ValueError:  # "31 June": the month is what can be relied on
        return f"{year:04}-{month:02}"


def _months(sentence: str, words: _Words) -> int:
    """How many months a period has; 0 when none is said."""
    match = words.patterns["period"].search(sentence)
    if match is None:
        return 0
    said = match["number"] or "1"
    number = int(said) if said.isdigit() else words.numbers.get(said.lower(), 0)
    in_years = match["unit"] is not None and words.patterns["years"].fullmatch(match["unit"]) is not None
    return number * 12 if in_years and number < 12 else number


def _paragraphs(sentence: str, words: _Words) -> tuple[str, ...]:
    match = words.patterns["paragraphs"].search(sentence)
    if match is None:
        return ()
    return tuple(dict.fromkeys(re.sub(r"\s", "", one) for one in _NUMBER.findall(_ASIDE.sub("", match["list"]))))


@cache
def _languages() -> Mapping[str, _Words]:
    found = {}
    for entry in entries("words.yml", _DATA):
        months = entry.words("months")
        names = "|".join(sorted((name for month in months for name in month.split("|")), key=len, reverse=True))
        day, month_only = (entry.text(name).replace("{month}", names) for name in ("date", "month_only"))
        numbers = {word: int(number) for word, number in entry.counts("numbers").items()}
        patterns = {name: re.compile(entry.text(name), re.I | re.S) for name in _PATTERNS}
        entry.close()
        found[entry.code] = _Words(months, re.compile(day, re.I), re.compile(month_only, re.I), numbers, patterns)
    return found
