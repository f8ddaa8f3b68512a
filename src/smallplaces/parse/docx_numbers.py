"""The numbers that Word prints before list paragraphs and does not store in their text."""

from __future__ import annotations

import dataclasses
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
_MOST = 32_767  # Word counts no further; a start beyond it would fill the memory with Roman numerals
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


def chinese(number: int, signs: str = "〇一二三四五六七八九十百") -> str:
    """A number below a thousand in Chinese signs: 十二, 三十, 一百零五 (as Word prints it: 一百〇五)."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{signs[hundreds]}{signs[11]}" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else signs[tens]) + signs[10]
    elif hundreds and ones:
        text += signs[0]
    return text + (signs[ones] if ones else "") or signs[0]


def _with(zero: str) -> Callable[[int], str]:
    """Decimal figures of another script."""
    return lambda n: "".join(chr(ord(zero) + int(digit)) for digit in str(n))


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


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
    "decimalFullWidth": _with("０"),
    "decimalFullWidth2": _with("０"),
    "decimalHalfWidth": str,
    "hindiNumbers": _with("०"),
    "ordinal": _ordinal,
    "numberInDash": lambda n: f"- {n} -",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "ideographDigital": lambda n: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(n)),
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": lambda n: chinese(n, "영일이삼사오육칠팔구십백"),
    "ideographTraditional": lambda n: letter(n, "甲乙丙丁戊己庚辛壬癸"),
    "ideographEnclosedCircle": lambda n: chr(0x245F + n) if n <= 20 else str(n),
    "decimalEnclosedParen": lambda n: f"({n})",
    "chosung": lambda n: letter(n, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "bullet": lambda n: "•",
    "none": lambda n: "",
}


def _link(element: Any, tag: str) -> str:
    found = element.find(f"w:{tag}", _NS)
    return found.get(f"{_W}val", "") if found is not None else ""


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts, and what it prints ("%1.%2)"): ``%n`` stands for the count of level n."""

    start: int
    format: str
    text: str
    style: str = ""  # the paragraph style that this level belongs to
    restarts: bool = True
    legal: bool = False  # figures only, whatever the levels above print

    def starting(self, start: int) -> Level:
        """The same level, counted from ``start``."""
        return dataclasses.replace(self, start=start)


class Numbering:
    """Counts the lists of one document as Word would."""

    def __init__(self, root: Any) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            key = abstract.get(f"{_W}abstractNumId", "")
            self.levels[key] = {
                int(lvl.get(f"{_W}ilvl", "0")): self._level(lvl) for lvl in abstract.findall("w:lvl", _NS)
            }
        self._linked(root)
        for number in root.findall("w:num", _NS):
            self._number(number)

    def _linked(self, root: Any) -> None:
        """A list that only names a list style takes the levels of the list which defines that style."""
        lists = {each.get(f"{_W}abstractNumId", ""): each for each in root.iter(f"{_W}abstractNum")}
        defined = {_link(each, "styleLink"): key for key, each in lists.items() if _link(each, "styleLink")}
        for key, each in lists.items():
            source = defined.get(_link(each, "numStyleLink"), "")
            if source and not self.levels[key]:
                self.levels[key] = self.levels[source]

    @staticmethod
    def _level(element: Any) -> Level:
        def value(tag: str, default: str) -> str:
            found = element.find(f"w:{tag}", _NS)
            return found.get(f"{_W}val", default) if found is not None else default

        start = value("start", "1")
        return Level(
            int(start) if start.isdigit() else 1,
            value("numFmt", "decimal"),
            value("lvlText", ""),
            value("pStyle", ""),
            value("lvlRestart", "1") != "0",
            element.find("w:isLgl", _NS) is not None,
        )

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
                levels[index] = level.starting(int(start.get(f"{_W}val", "1")))
        own = f"{abstract}#{key}"
        self.levels[own] = levels
        self.abstract[key] = own

    def level_of(self, number: str, level: int, style: str) -> int:
        """The level that belongs to a paragraph style in list ``number``; ``level`` when none does."""
        levels = self.levels.get(self.abstract.get(number, ""), {})
        return next((index for index, each in levels.items() if style and each.style == style), level)

    def next(self, number: str, level: int) -> str:
        """The label of the next paragraph of list ``number`` at ``level``; empty when the list prints none."""
        abstract = self.abstract.get(number, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level and levels[key].restarts]:
            del counts[deeper]
        if levels[level].format == "bullet":
            return "•"

        def fill(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            if index not in levels:
                return ""
            count = min(max(counts.get(index, levels[index].start), 0), _MOST)
            plain = levels[level].legal and index < level
            return str(count) if plain else _FORMATS.get(levels[index].format, str)(count)

        return re.sub(r"%(\d)", fill, levels[level].text).strip()
