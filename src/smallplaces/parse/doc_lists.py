"""Automatic numbers and heading styles of an old DOC: paragraph properties, styles and list tables.

Reads: the streams of a DOC, by Microsoft's published layout ([MS-DOC]: PlcBtePapx, PapxFkp, STSH, PlfLst, PlfLfo).
Writes: nothing. What is damaged is left out: a paragraph without properties is one without a number.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from smallplaces.parse.docx_numbers import Level, Numbering

_BTE_PAPX, _STYLES, _LISTS, _OVERRIDES = 13, 1, 73, 74  # places in the header's table of (offset, size)
_FIRST_PAIR = 154
_ILVL, _ILFO, _ROW_ENDS = 0x260A, 0x460B, 0x2417
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # size of a property's value by its class
_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle",
    22: "decimalZero", 23: "bullet", 24: "ganada", 25: "chosung", 33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand", 37: "chineseCounting", 39: "chineseCountingThousand", 41: "koreanDigital",
    42: "koreanCounting", 46: "arabicAlpha", 48: "arabicAbjad", 58: "russianLower", 59: "russianUpper", 255: "none",
}  # fmt: skip
_HEADING = re.compile(r"heading (?P<level>\d)|_?\s*H\s*_?_?(?:(?P<un>\d)|Ch)", re.IGNORECASE)
_MOST = 20_000  # styles, lists or levels; more is damage


@dataclass(frozen=True, slots=True)
class Properties:
    """What is said of a paragraph: its list (0: none), its level in the list, its level as a heading (0: none), and
    whether it is the mark that ends a row of a table."""

    number: int = 0
    level: int = 0
    heading: int = 0
    row_ends: bool = False


@dataclass(slots=True)
class Paragraphs:
    """The properties of paragraphs by where they end in the stream, and the lists they belong to."""

    ends: list[int] = field(default_factory=list)
    said: list[Properties] = field(default_factory=list)
    numbering: Numbering = field(default_factory=lambda: Numbering(None))

    def at(self, offset: int) -> Properties:
        """The properties of the paragraph that holds the byte at ``offset``."""
        index = bisect_right(self.ends, offset)
        return self.said[index] if index < len(self.said) else Properties()


def read(main: bytes, table: bytes) -> Paragraphs:
    """The properties of every paragraph; none where the tables are damaged."""
    result = Paragraphs()
    try:
        styles = _styles(_piece(main, table, _STYLES))
        result.numbering = _numbering(main, table)
        for end, properties in sorted(_paragraphs(main, _piece(main, table, _BTE_PAPX), styles), key=lambda p: p[0]):
            result.ends.append(end)
            result.said.append(properties)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return Paragraphs()
    return result


def _place(main: bytes, index: int) -> tuple[int, int]:
    offset, size = struct.unpack_from("<II", main, _FIRST_PAIR + 8 * index)
    return offset, size


def _piece(main: bytes, table: bytes, index: int) -> bytes:
    offset, size = _place(main, index)
    return table[offset : offset + size]


def _sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The single properties in a run of them: (which, value)."""
    at = 0
    while at + 2 < len(data):
        (which,) = struct.unpack_from("<H", data, at)
        at += 2
        size = _OPERANDS.get(which >> 13)
        if size is None:
            long = which == 0xD608  # the definition of a table, alone in having a long length
            size = (struct.unpack_from("<H", data, at)[0] if long else data[at]) + 1
        yield which, data[at : at + size]
        at += size


def _with(properties: Properties, data: bytes) -> Properties:
    number, level, row_ends = properties.number, properties.level, False
    for which, value in _sprms(data):
        if which == _ILFO and len(value) == 2:
            (number,) = struct.unpack("<h", value)
        elif which == _ILVL and value:
            level = value[0]
        elif which == _ROW_ENDS:
            row_ends = value != b"\0"
    return Properties(max(number, 0), level if level < 9 else 0, properties.heading, row_ends)


def _styles(data: bytes) -> list[Properties]:
    """What each paragraph style says, its bases included."""
    if len(data) < 6:
        return []
    (size, count, base_size) = struct.unpack_from("<HHH", data, 0)
    raw: list[tuple[int, str, bytes]] = []
    at = 2 + size
    for _ in range(min(count, _MOST)):
        if at + 2 > len(data):
            break
        (length,) = struct.unpack_from("<H", data, at)
        raw.append(_style(data[at + 2 : at + 2 + length], base_size))
        at += 2 + length
    return [_inherited(index, raw, 0) for index in range(len(raw))]


def _style(data: bytes, base_size: int) -> tuple[int, str, bytes]:
    """(base, name, properties) of a style; no properties for one that is no paragraph style."""
    if len(data) < base_size + 4:
        return 0xFFF, "", b""
    kind, base = data[2] & 0x0F, struct.unpack_from("<H", data, 2)[0] >> 4
    (letters,) = struct.unpack_from("<H", data, base_size)
    name = data[base_size + 2 : base_size + 2 + 2 * letters].decode("utf-16-le", errors="replace")
    at = base_size + 2 + 2 * letters + 2
    if kind != 1 or at + 2 > len(data):
        return base, name, b""
    (size,) = struct.unpack_from("<H", data, at)
    return base, name, data[at + 4 : at + 2 + size]


def _inherited(index: int, raw: list[tuple[int, str, bytes]], depth: int) -> Properties:
    if not 0 <= index < len(raw) or depth > 12:
        return Properties()
    base, name, data = raw[index]
    said = _with(_inherited(base, raw, depth + 1) if base != 0xFFF else Properties(), data)
    named = _HEADING.match(name)
    heading = int(named["level"] or named["un"] or 1) if named else said.heading
    return Properties(said.number, said.level, heading)


def _paragraphs(main: bytes, data: bytes, styles: list[Properties]) -> Iterator[tuple[int, Properties]]:
    """(where it ends, what is said of it) for every paragraph, from pages of 512 bytes."""
    count = (len(data) - 4) // 8
    for (number,) in struct.iter_unpack("<I", data[(count + 1) * 4 :][: count * 4]):
        page = main[(number & 0x3FFFFF) * 512 :][:512]
        if len(page) < 512:
            continue
        runs = page[511]
        ends = struct.unpack_from(f"<{runs + 1}I", page, 0)
        for index in range(runs):
            at = page[(runs + 1) * 4 + 13 * index] * 2
            if not at:
                yield ends[index + 1], styles[0] if styles else Properties()
                continue
            size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
            start = at + (1 if page[at] else 2)
            (style,) = struct.unpack_from("<H", page, start)
            said = styles[style] if style < len(styles) else Properties()
            yield ends[index + 1], _with(said, page[start + 2 : start + size])


def _numbering(main: bytes, table: bytes) -> Numbering:
    numbering = Numbering(None)
    offset, size = _place(main, _LISTS)
    if size < 2:
        return numbering
    (count,) = struct.unpack_from("<H", table, offset)
    at = offset + 2 + 28 * count
    for index in range(min(count, _MOST)):
        (key,) = struct.unpack_from("<i", table, offset + 2 + 28 * index)
        simple = table[offset + 2 + 28 * index + 26] & 1
        levels = {}
        for level in range(1 if simple else 9):
            levels[level], at = _level(table, at)
        numbering.levels[str(key)] = levels
    _overrides(numbering, _place(main, _OVERRIDES)[0], table)
    return numbering


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """A level of a list, and where the next one begins."""
    start, kind, flags = struct.unpack_from("<iBB", table, at)
    characters, paragraphs = table[at + 24], table[at + 25]
    at += 28 + characters + paragraphs
    (letters,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * letters].decode("utf-16-le", errors="replace")
    shown = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in text)
    level = Level(start, _FORMATS.get(kind, "decimal"), shown, restarts=not flags & 8, legal=bool(flags & 4))
    return level, at + 2 + 2 * letters


def _overrides(numbering: Numbering, at: int, table: bytes) -> None:
    """The lists as paragraphs name them, with the starts and levels that each use changes."""
    (count,) = struct.unpack_from("<i", table, at)
    if not 0 <= count <= _MOST:
        return
    more = at + 4 + 16 * count
    for index in range(count):
        key, _, _, changed = struct.unpack_from("<iIIB", table, at + 4 + 16 * index)
        levels = dict(numbering.levels.get(str(key), {}))
        more += 4
        for _ in range(changed):
            start, flags = struct.unpack_from("<iI", table, more)
            more += 8
            which = flags & 0x0F
            if flags & 0x20:
                levels[which], more = _level(table, more)
            elif flags & 0x10 and which in levels:
                levels[which] = levels[which].starting(start)
        name = f"{key}#{index + 1}" if changed else str(key)
        numbering.levels[name] = levels
        numbering.abstract[str(index + 1)] = name
