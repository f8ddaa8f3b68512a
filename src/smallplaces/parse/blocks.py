"""Lines -> blocks: where a paragraph, a sub-item, a heading or a table begins.

Reads: the text lines of a document (no furniture, no footnotes). Writes: :class:`Block` objects, each
line in exactly one. Evidence is layout (gaps, short last lines, weight, size) and words (markers, ends).
"""

from __future__ import annotations

import dataclasses
import re
import statistics
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from smallplaces.parse.base import Line
from smallplaces.parse.notes import body_size
from smallplaces.text.segment import (
    UNMARKED,
    Candidate,
    Marker,
    chain,
    heading_rank,
    number_marker,
    subitem,
)

_TERMINAL = re.compile(r"[.;:!?。；：！？؛؟…][\s\d*”\"’»)\]›」』]*$")
_SENTENCE_END = re.compile(r"[.;,:。；，、：،؛,][\s”\"’»)\]]*$")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{3,}|(?:·\s?){5,}|_{8,}")
_WORDY = re.compile(
    r"(?<![/\w])[^\W\d_]{2,}(?![/\w])|[\u3400-\u9fff\uac00-\ud7a3]"
)  # a word that is no part of a symbol
_NOT_LOWER = re.compile(r"[^\W\d_]")
ANNEX = re.compile(
    r"(?:annex(?:es|e|o|os)?|appendix|appendices|anexo|annexe|приложение|المرفق|مرفق|تذييل|附件|附录|부속서|별표)\b[\sIVX\d]*",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"(?:(?:joint|individual|separate|concurring|dissenting|partly)\s.{0,60}\bopinion\b|opinion (?:individuelle|dissidente|"
    r"conjointe)|voto particular|opini[oó]n (?:individual|conjunta|disidente|particular)|особое мнение|"
    r"совместное мнение|رأي (?:فردي|مخالف|مشترك))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """Lines that belong together. ``marker`` is set where the document's sequence of numbers begins one."""

    lines: list[Line]
    marker: Marker | None = None
    item: bool = False
    kind: str = "text"  # text | heading | table | contents
    cut: int = 0  # where the text begins, after the number
    rank: int = UNMARKED

    @property
    def text(self) -> str:
        """The lines as they came, one after another."""
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        return all(line.italic for line in self.lines)


@dataclass(slots=True)
class Layout:
    """What is usual in a document: size of the text, distance of lines, margins."""

    size: float
    leading: float
    left: float
    right: float
    declared: bool  # the format itself knows its paragraphs
    shorts: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: list[Line]) -> Layout:
        size = body_size(lines)
        steps: Counter[float] = Counter()
        for one, two in zip(lines, lines[1:], strict=False):
            if one.page == two.page and abs(one.size - size) < 0.6 and 0 < one.y - two.y < 4 * max(size, 1):
                steps[round((one.y - two.y) * 2) / 2] += 1
        common = steps.most_common(4)
        leading = min((step for step, count in common if count >= 0.25 * common[0][1]), default=size * 1.2)
        body = [line for line in lines if abs(line.size - size) < 0.6 and len(line.text) > 40] or lines
        right = statistics.quantiles([line.x1 for line in body], n=10)[8] if len(body) > 1 else 0.0
        left = statistics.quantiles([line.x0 for line in body], n=10)[1] if len(body) > 1 else 0.0
        return cls(size, leading or size * 1.2, left, right, all(line.fresh is not None for line in lines))

    def short(self, line: Line) -> bool:
        """Whether a line ends well before the margin, so that its paragraph ends with it."""
        slack = 0.1 * max(self.right - self.left, 1.0)
        if line.rtl:
            return line.x0 > self.left + slack
        return line.x1 < self.right - slack


def ends(line: Line) -> bool:
    """Whether a line closes with the end of a sentence or clause."""
    return bool(_TERMINAL.search(line.text[-24:].rstrip()))


def _closed(text: str) -> bool:
    return bool(_SENTENCE_END.search(text[-16:].rstrip()))


def is_contents(line: Line) -> bool:
    """Whether a line is an entry of a table of contents (dots that lead to a page number)."""
    text = line.text
    if "..." not in text and ". . ." not in text and "…" not in text and "·" not in text and "____" not in text:
        return False
    return bool(_LEADERS.search(text))


def _starts_lower(text: str) -> bool:
    first = _NOT_LOWER.search(text)
    return bool(first and first.group().islower())


def _heading_like(line: Line, layout: Layout) -> bool:
    styled = line.bold or line.italic or line.size > layout.size + 0.7 or line.level > 0
    return styled and not _closed(line.text) and layout.short(line)


def weigh(previous: Line | None, line: Line, marker: Marker, layout: Layout, edges: Counter[int]) -> float:
    """How much a numbered line looks like the head of a paragraph (0: not at all; about 4: surely)."""
    rest = line.text[marker.end :]
    weight = 0.5 if marker.dotted else -1.0
    if line.fresh is not None:
        weight += 2.5
    elif previous is None or previous.page != line.page:
        weight += 0.7 if previous is None or ends(previous) or layout.short(previous) else 0.0
    else:
        weight += 1.0 if previous.y - line.y > 1.3 * layout.leading else 0.0
        weight += 0.7 if layout.short(previous) else 0.0
        weight += 0.5 if ends(previous) or _heading_like(previous, layout) else 0.0
    edge = round((line.x1 if line.rtl else line.x0) / 4)
    common = max(edges.values(), default=1)
    weight += 1.0 * min(1.0, sum(edges[edge + d] for d in (-1, 0, 1)) / common)
    if _starts_lower(rest):
        weight -= 1.5
    elif rest:
        weight += 0.5
    if _heading_like(line, layout) and (line.bold or line.italic):
        weight -= 1.5
    return weight


def candidates(lines: list[Line], layout: Layout) -> tuple[list[Candidate], dict[int, Marker]]:
    """Every line that begins with a number and may begin a paragraph."""
    markers: dict[int, Marker] = {}
    for index, line in enumerate(lines):
        if line.fresh is False or is_contents(line) or line.role == "table" or line.cells > 3:
            continue
        marker = number_marker(line.text)
        if marker and (line.text[marker.end :].strip() or marker.dotted):
            markers[index] = marker
    edges: Counter[int] = Counter()
    for index in markers:
        edges[round((lines[index].x1 if lines[index].rtl else lines[index].x0) / 4)] += 1
    found = []
    for index, marker in markers.items():
        weight = weigh(lines[index - 1] if index else None, lines[index], marker, layout, edges)
        if weight > 0:
            found.append(Candidate(index, marker.number, weight))
    return found, markers


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
        opened = any(_opens_part(lines[i]) for i in range(after + 1, more[0].index)) if more else False
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
                away = {c.index for c in own}
                left = [c for c in left if c.index not in away]
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


def _part_run_on(lines: list[Line], starts: dict[int, Start]) -> list[Line]:
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
    for one, two in zip(run[:], run[1:], strict=False):
        number, then = one.number, two.number
        if len(number) != 2 or number[0] != then[0] or len(then) != 2:
            continue
        inside = [c for c in found if one.index < c.index < two.index and len(c.number) == 2]
        for wanted in range(number[1] + 1, then[1]):
            match = next((c for c in inside if c.number[1] == wanted and c.weight > 1), None)
            if match:
                run.append(Candidate(match.index, (number[0], wanted), match.weight))
    run.sort(key=lambda c: c.index)


def _items(
    one: Candidate, end: int, found: list[Candidate], markers: dict[int, Marker], starts: dict[int, Start]
) -> None:
    """The items of a list numbered from 1 within paragraph ``one``, which reaches to line ``end``."""
    inside = [c for c in found if one.index < c.index < end and len(c.number) == 1]
    run = chain(inside)
    if len(run) < 2 or run[0].number != (1,) or sum(c.weight for c in run) < 1.2 * len(run):
        return
    for each in run:
        starts[each.index] = Start(_as(markers[each.index], (*one.number, *each.number)), item=True)


def _opens_part(line: Line) -> bool:
    text = line.text.strip()
    return bool((ANNEX.match(text) and len(text) < 80) or (OPINION.search(text) and len(text) < 200))


def breaks(previous: Line, line: Line, layout: Layout) -> bool:
    """Whether ``line`` begins a new block after ``previous``."""
    if line.fresh is not None:
        return line.fresh
    if line.role != previous.role or abs(line.size - previous.size) > 0.9 or (line.rtl != previous.rtl and line.rtl):
        return True
    if is_contents(previous) or is_contents(line):
        return True
    restyled = (line.bold, line.italic) != (previous.bold, previous.italic)
    if line.page != previous.page:
        if previous.y > 300 and not _starts_lower(line.text) and (line.bold or previous.bold):
            return True  # the page before was left half empty
        over = layout.short(previous) and (ends(previous) or restyled)
        return over or (ends(previous) and (bool(subitem(line.text)) or restyled or heading_rank(line.text) < 3))
    gap = previous.y - line.y
    if gap > 1.25 * max(layout.leading, 0.95 * line.size) or gap < -layout.leading:
        return True
    if subitem(line.text) and (ends(previous) or layout.short(previous)):
        return True
    return restyled and layout.short(previous) and (ends(previous) or not _starts_lower(line.text))


def _crowns(lines: list[Line], index: int, starts: dict[int, Start], layout: Layout) -> bool:
    """Whether a line at the head of a page is a heading: the sentence before is closed, a number follows at once."""
    previous, line = lines[index - 1], lines[index]
    if line.page == previous.page or not _closed(previous.text):
        return False
    ahead = next((i for i in range(index + 1, min(index + 4, len(lines))) if i in starts), None)
    if ahead is None:
        return False
    own = lines[index:ahead]
    return all(each.bold or each.italic for each in own) and not _closed(own[-1].text)


def build(lines: list[Line]) -> list[Block]:
    """The blocks of a document, in order; every line stands in exactly one."""
    if not lines:
        return []
    layout = Layout.of(lines)
    starts = sequence(lines, layout)
    parted = _part_run_on(lines, starts)
    if parted:
        lines, starts = parted, sequence(parted, layout)
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        start = starts.get(index)
        if start:
            blocks.append(Block([line], start.marker, start.item, cut=start.marker.end))
        elif not blocks or breaks(lines[index - 1], line, layout) or _crowns(lines, index, starts, layout):
            blocks.append(Block([line]))
        else:
            blocks[-1].lines.append(line)
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        block.kind = _kind(block, following, layout)
        if block.kind == "heading":
            block.rank = heading_rank(block.text)
    return blocks


def _kind(block: Block, following: Block | None, layout: Layout) -> str:
    if block.marker:
        return "text"
    text = block.text.strip()
    if all(is_contents(line) for line in block.lines):
        return "contents"
    if any(line.role == "table" for line in block.lines) or (
        len(block.lines) > 1 and sum(line.cells > 2 for line in block.lines) > len(block.lines) / 2
    ):
        return "table"
    return "heading" if _is_heading(block, text, following, layout) else "text"


def _is_heading(block: Block, text: str, following: Block | None, layout: Layout) -> bool:
    first = block.lines[0]
    if first.level:
        return True
    if not text or len(text) > 320 or len(block.lines) > 5 or not _WORDY.search(text):
        return False
    rank = heading_rank(text)
    closed = _closed(text) and not text.endswith(("art.", "arts.", "etc."))
    larger = first.size > layout.size + 0.7
    styled = block.bold or block.italic or larger or (text.upper() == text and text.lower() != text and len(text) > 3)
    if _opens_part(first) and len(text) < 200 and (styled or layout.short(first)):
        return True
    if closed and not (larger or (block.bold and rank < 3)):
        return False
    if subitem(text) and not (larger or (block.bold and following is not None and following.marker)):
        return False
    if _starts_lower(text) and rank == UNMARKED and not larger:
        return False
    if styled:
        return True
    plain = rank <= 2 and len(text) < 160 and following is not None and (following.marker or following.bold)
    return bool(plain and not closed)
