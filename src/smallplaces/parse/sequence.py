"""The document's sequence of numbers: which lines begin a numbered paragraph.

Reads: the text lines of a document. Writes: where paragraphs and the items of numbered lists begin.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from smallplaces.parse.base import Line
from smallplaces.parse.layout import Layout, ends, heading_like, is_contents, opens_part, starts_lower
from smallplaces.text.segment import Candidate, Marker, chain, number_marker


def weigh(previous: Line | None, line: Line, marker: Marker, layout: Layout, shared: float) -> float:
    """How much a numbered line looks like the head of a paragraph (0: not at all; about 4: surely). ``shared``: how
    many of the numbered lines begin at the same edge, as a share of those at the commonest."""
    rest = line.text[marker.end :]
    weight = 0.5 if marker.dotted else -1.0
    if line.fresh is not None:
        weight += 2.5
    elif previous is None or previous.page != line.page:
        weight += 0.7 if previous is None or ends(previous) or layout.short(previous) else 0.0
    else:
        weight += 1.0 if previous.y - line.y > 1.3 * layout.leading else 0.0
        weight += 0.7 if layout.short(previous) else 0.0
        weight += 0.5 if ends(previous) or heading_like(previous, layout) else 0.0
    weight += min(1.0, shared)
    if starts_lower(rest):
        weight -= 1.5
    elif rest:
        weight += 0.5
    if heading_like(line, layout) and (line.bold or line.italic):
        weight -= 1.5
    return weight


def candidates(lines: list[Line], layout: Layout) -> tuple[list[Candidate], dict[int, Marker]]:
    """Every line that begins with a number and may begin a paragraph."""
    markers: dict[int, Marker] = {}
    for index, line in enumerate(lines):
        if (
            line.text[:1].isalpha()
            or line.fresh is False
            or is_contents(line)
            or line.role == "table"
            or line.cells > 3
        ):
            continue
        marker = number_marker(line.text)
        if marker and (line.text[marker.end :].strip() or marker.dotted):
            markers[index] = marker
    edges: Counter[int] = Counter()
    for index in markers:
        edges[_edge(lines[index])] += 1
    found = []
    common = max(edges.values(), default=1)
    for index, marker in markers.items():
        edge = _edge(lines[index])
        shared = (edges[edge - 1] + edges[edge] + edges[edge + 1]) / common
        weight = weigh(lines[index - 1] if index else None, lines[index], marker, layout, shared)
        if weight > 0:
            found.append(Candidate(index, marker.number, weight))
    return found, markers


def _edge(line: Line) -> int:
    return round((line.x1 if line.rtl else line.x0) / 4)


@dataclass(frozen=True, slots=True)
class Start:
    """A line that begins a numbered paragraph, or (``item``) an item of a list numbered within one."""

    marker: Marker
    item: bool = False


def sequence(lines: list[Line], layout: Layout) -> dict[int, Start]:
    """The lines that begin numbered paragraphs: the main sequence, those that start again at 1 after an annex,
    and the items of lists within paragraphs ("60.1")."""
    found, markers = candidates(lines, layout)
    chosen = _main(lines, found)
    if len(chosen) < 2 and sum(c.weight for c in chosen) < 2.5:
        return {}
    runs = [chosen]
    after = chosen[-1].index
    while True:
        more = chain([c for c in found if c.index > after])
        opened = any(opens_part(lines[i]) for i in range(after + 1, more[0].index)) if more else False
        if not more or not opened or more[0].number[0] != 1 or len(more) < 2:
            break
        runs.append(more)
        after = more[-1].index
    starts: dict[int, Start] = {}
    for run in runs:
        _misprints(run, found)
        for one in run:
            starts[one.index] = Start(_as(markers[one.index], one.number))
        for one, two in zip(run, [*run[1:], None], strict=True):
            _items(one, two.index if two else len(lines), found, markers, starts)
    return starts


def _main(lines: list[Line], found: list[Candidate]) -> list[Candidate]:
    """The main sequence. A list inside a paragraph that starts again at 1 in a column of its own and counts further
    than the document itself does ("95. The following…: 1. … 124.") would carry it off, so such lists are set aside."""
    columns = _columns(lines, found)
    left = found
    chosen = chain(left)
    opening = next((c for c in found if c.number == (1,) and c.weight > 2), None)
    while chosen:
        first = min((c for c in (opening, chosen[0]) if c), key=lambda c: c.index)
        home = columns[first.index]
        for column in sorted({columns[c.index] for c in left} - {home}):
            own = chain([c for c in left if columns[c.index] == column and c.index > first.index])
            if len(own) > 2 and own[0].number == (1,):
                span = range(own[0].index, own[-1].index + 1)  # several lists may have lent it their numbers
                left = [c for c in left if columns[c.index] != column or c.index not in span]
                break
        else:
            return chosen
        chosen = chain(left)
    return chosen


def _columns(lines: list[Line], found: list[Candidate]) -> dict[int, int]:
    """A number for the column in which each candidate stands, facing pages with their own margins taken together."""
    margins: dict[bool, list[float]] = {True: [], False: []}
    for line in lines:
        if len(line.text) > 40:
            margins[line.page % 2 == 0].append(line.x0)
    left = {side: sorted(xs)[len(xs) // 20] if xs else 0.0 for side, xs in margins.items()}
    place = {c.index: _inset(lines[c.index], left) for c in found}
    columns: dict[int, int] = {}
    column, previous = 0, None
    for index in sorted(place, key=lambda i: place[i]):
        if previous is not None and place[index] - previous > 8:
            column += 1
        previous = place[index]
        columns[index] = column
    return columns


def _inset(line: Line, left: dict[bool, float]) -> float:
    return -line.x1 if line.rtl else line.x0 - left[line.page % 2 == 0]


def part_run_on(lines: list[Line], starts: dict[int, Start]) -> list[Line]:
    """Put back a number that is missing because of how it was typed: "111. 29 Strengthen…" (here in ``starts``), or
    run on in the line of the one before, "…(Spain);110.44. Take…" (as parted lines, else none)."""
    parted: list[Line] = []
    done = 0
    for one, two in pairwise(sorted(starts)):
        number, then = starts[one].marker.number, starts[two].marker.number
        if len(number) != 2 or len(then) != 2 or number[0] != then[0] or then[1] - number[1] != 2:
            continue
        wanted = re.compile(rf"(?<!\d){number[0]}\.\s?{number[1] + 1}(?:\.\s*|\s+)(?=\S)")
        for index in range(one, two):
            found = wanted.search(lines[index].text, starts[one].marker.end if index == one else 0)
            if found and found.start() == 0:
                starts[index] = Start(Marker((number[0], number[1] + 1), found.end()))
                break
            if found:
                parted += [*lines[done:index], *_cut(lines[index], found.start(), lines[one].x0)]
                done = index + 1
                break
    return [*parted, *lines[done:]] if parted else []


def _cut(line: Line, at: int, x0: float) -> tuple[Line, Line]:
    """A line in two, the second beginning at the margin ``x0``."""
    before = tuple(call for call in line.calls if call[1] <= at)
    after = tuple((a - at, b - at) for a, b in line.calls if a >= at)
    head = dataclasses.replace(line, text=line.text[:at], calls=before)
    return head, dataclasses.replace(line, text=line.text[at:], calls=after, x0=x0)


def _as(marker: Marker, number: tuple[int, ...]) -> Marker:
    return Marker(number, marker.end, marker.dotted)


def _misprints(run: list[Candidate], found: list[Candidate]) -> None:
    """Put back the numbers that were misprinted: "155.77" between 115.76 and 115.78."""
    for one, two in pairwise(run[:]):
        number, then = one.number, two.number
        if len(number) != 2 or number[0] != then[0] or len(then) != 2:
            continue
        if then[1] - number[1] < 2:
            continue
        inside = [c for c in found if one.index < c.index < two.index and len(c.number) == 2]
        for wanted in range(number[1] + 1, then[1]):
            match = next((c for c in inside if c.number[1] == wanted and c.weight > 1), None)
            if match:
                run.append(Candidate(match.index, (number[0], wanted), match.weight))
    run.sort(key=lambda c: c.index)


_place = attrgetter("index")


def _items(
    one: Candidate, end: int, found: list[Candidate], markers: dict[int, Marker], starts: dict[int, Start]
) -> None:
    """The items of a list numbered from 1 within paragraph ``one``, which reaches to line ``end``."""
    first = bisect_right(found, one.index, key=_place)
    inside = [c for c in found[first : bisect_left(found, end, first, key=_place)] if len(c.number) == 1]
    if len(inside) < 2:
        return
    run = chain(inside)
    if len(run) < 2 or run[0].number != (1,) or sum(c.weight for c in run) < 1.2 * len(run):
        return
    for each in run:
        starts[each.index] = Start(_as(markers[each.index], (*one.number, *each.number)), item=True)
