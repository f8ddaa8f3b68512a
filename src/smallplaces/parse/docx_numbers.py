"""The numbers that Word prints before list paragraphs and does not store in their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NS = {"w": _W[1:-1]}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_GANADA = "가나다라마바사아자차카타파하"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"


def roman(number: int) -> str:
    """A lower-case Roman numeral."""
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def letter(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """The letter of a list as Word counts: a…z, then aa, bb, cc…"""
    repeat, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (repeat + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerLetter": letter,
    "upperLetter": lambda n: letter(n).upper(),
    "ganada": lambda n: letter(n, _GANADA),
    "koreanDigital": str,
    "russianLower": lambda n: letter(n, _CYRILLIC),
    "russianUpper": lambda n: letter(n, _CYRILLIC).upper(),
    "arabicAlpha": lambda n: letter(n, _ABJAD),
    "arabicAbjad": lambda n: letter(n, _ABJAD),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if n <= 20 else str(n),
    "bullet": lambda n: "•",
    "none": lambda n: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


class Numbering:
    """Counts the lists of one document as Word would."""

    def __init__(self, root: Any) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            key = abstract.get(f"{_W}abstractNumId", "")
            self.levels[key] = {
                int(lvl.get(f"{_W}ilvl", "0")): self._level(lvl) for lvl in abstract.findall("w:lvl", _NS)
            }
        for number in root.findall("w:num", _NS):
            self._number(number)

    @staticmethod
    def _level(element: Any) -> _Level:
        def value(tag: str, default: str) -> str:
            found = element.find(f"w:{tag}", _NS)
            return found.get(f"{_W}val", default) if found is not None else default

        start = value("start", "1")
        return _Level(int(start) if start.isdigit() else 1, value("numFmt", "decimal"), value("lvlText", ""))

    def _number(self, number: Any) -> None:
        key = number.get(f"{_W}numId", "")
        found = number.find("w:abstractNumId", _NS)
        abstract = found.get(f"{_W}val", "") if found is not None else ""
        overrides = number.findall("w:lvlOverride", _NS)
        if not overrides:
            self.abstract[key] = abstract
            return
        levels = dict(self.levels.get(abstract, {}))
        for override in overrides:
            index = int(override.get(f"{_W}ilvl", "0"))
            whole = override.find("w:lvl", _NS)
            start = override.find("w:startOverride", _NS)
            if whole is not None:
                levels[index] = self._level(whole)
            elif start is not None and index in levels:
                level = levels[index]
                levels[index] = _Level(int(start.get(f"{_W}val", "1")), level.format, level.text)
        own = f"{abstract}#{key}"
        self.levels[own] = levels
        self.abstract[key] = own

    def next(self, number: str, level: int) -> str:
        """The label of the next paragraph of list ``number`` at ``level``; empty when the list prints none."""
        abstract = self.abstract.get(number, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level].format == "bullet":
            return "•"

        def fill(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            if index not in levels:
                return ""
            count = counts.get(index, levels[index].start)
            return _FORMATS.get(levels[index].format, str)(count)

        return re.sub(r"%(\d)", fill, levels[level].text).strip()
