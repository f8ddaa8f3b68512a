"""Numbers that a scanner misread, put right by their sequence.

A number that hangs before its paragraph, parted from it by a tab, is a lone figure or two, and these OCR reads worst
("2," "Zs" "qe" for 2, 3, 7). Where the numbers around it are sure, the one between them is known.

Reads: lines of a scan with the first word of each. Writes: the lines, their first words put right.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from smallplaces.parse.base import Line
from smallplaces.parse.layout import opens_part

_NUMBER = re.compile(r"(\d{1,3})(?:[.,:;·](\d{1,3}))?[.,:;·)]?")
_ROMAN = re.compile(r"[Il1|]{2,3}[.,]")
_HEADS = re.compile(r"(?:[A-Z]|[IVXl1|]{1,5})[.,]$|[(*•●–-]")  # the mark of a heading, an item, a note
_AHEAD = 8  # how many hanging words may be misread in a row
_SHORT, _HEADING = 3, 70  # characters of a misread number, and of a heading
_NEAR = 14.0  # points by which the left edges of hanging numbers differ on a scan that lies askew

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A line of a scan: its first word, and the gap after it in heights of the line."""

    line: Line
    lead: str = ""
    gap: float = 0.0


def _number(lead: str) -> Number:
    match = _NUMBER.fullmatch(lead)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def repaired(scanned: list[Scanned]) -> list[Line]:
    """The lines with the numbers that hang before paragraphs put right."""
    lines = [_roman(each) for each in scanned]
    part: list[int] = []
    hanging = set(_hanging(scanned))
    for index in range(len(scanned) + 1):
        if index == len(scanned) or opens_part(scanned[index].line):  # an annex counts from 1 again
            for at, number in _numbered(part, scanned):
                lines[at] = _with(scanned[at], number)
            part = []
        elif index in hanging:
            part.append(index)
    return lines


def _numbered(part: list[int], scanned: list[Scanned]) -> Iterator[tuple[int, Number]]:
    """(line, number) for the lines of one part before which a number hangs: those read well, and those between them
    where just as many lines hang as numbers are missing."""
    read = {index: _number(scanned[index].lead) for index in part}
    sure = _rising([(index, number) for index, number in read.items() if number])
    if len(sure) < 2:
        return
    dotted = sum(len(number) == 2 for _, number in sure) > len(sure) / 2
    before: tuple[int, Number] = (-1, (1, 0) if dotted else (0,))
    for index, number in sure:
        missing = _missing(before[1], number)
        between = [i for i in part if before[0] < i < index]
        if missing and len(missing) == len(between):
            yield from zip(between, missing, strict=True)
        yield index, number
        before = (index, number)
    for at, last in zip([i for i in part if i > before[0]], count(before[1][-1] + 1), strict=False):
        if len(scanned[at].lead) > _SHORT:
            break
        yield at, (*before[1][:-1], last)


def _missing(one: Number, two: Number) -> list[Number]:
    """The numbers between two, where they can be told: 2.5 and 2.6 between 2.4 and 2.7; 3.1 between 2.9 and 3.2."""
    if len(one) == len(two) and one[:-1] == two[:-1]:
        return [(*one[:-1], last) for last in range(one[-1] + 1, two[-1])]
    if len(two) == 2 and two[0] == one[0] + 1:
        return [(two[0], last) for last in range(1, two[1])]
    return []


def _rising(read: list[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """The longest run of numbers that rise by little steps."""
    best: list[list[tuple[int, Number]]] = []
    for place, (index, number) in enumerate(read):
        runs = [run for run in best[max(0, place - 40) : place] if _rises(run[-1][1], number)]
        best.append([*max(runs, key=len, default=[]), (index, number)])
    return max(best, key=len, default=[])


def _rises(one: Number, two: Number) -> bool:
    return one < two and two[0] - one[0] <= _AHEAD and (one[0] != two[0] or two[-1] - one[-1] <= _AHEAD)


def _hanging(scanned: list[Scanned]) -> list[int]:
    """The lines before which a short word hangs in the column where most numbers do."""
    apart = [i for i, each in enumerate(scanned) if each.gap > 1.0 and 0 < len(each.lead) <= 6 and not _heads(each)]
    sure = [scanned[i].line.x0 for i in apart if _number(scanned[i].lead)]
    if len(sure) < 3:
        return []
    column = statistics.median(sure)
    return [i for i in apart if abs(scanned[i].line.x0 - column) < _NEAR]


def _heads(scanned: Scanned) -> bool:
    """Whether the first word is the mark of an item or a note, or of a heading: a capital before few words."""
    mark = _HEADS.match(scanned.lead)
    return mark is not None and (not mark[0][0].isalnum() or len(scanned.line.text) < _HEADING)


def _with(scanned: Scanned, number: Number) -> Line:
    rest = scanned.line.text[len(scanned.lead) :].lstrip()
    mark = f"{number[0]}." if len(number) == 1 else f"{number[0]}.{number[1]}"
    return replace(scanned.line, text=f"{mark} {rest}")


def _roman(scanned: Scanned) -> Line:
    """A Roman one, two or three that was read as letters or figures ("Il." is "II.")."""
    if scanned.gap > 1.0 and _ROMAN.fullmatch(scanned.lead):
        mark = "I" * (len(scanned.lead) - 1) + "."
        return replace(scanned.line, text=mark + scanned.line.text[len(scanned.lead) :])
    return scanned.line
