"""Lines -> blocks: where a paragraph, a sub-item, a heading or a table begins.

Reads: the text lines of a document (no furniture, no footnotes). Writes: :class:`Block` objects, each
line in exactly one. Evidence is layout (gaps, short last lines, weight, size) and words (markers, ends).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallplaces.parse.base import Line
from smallplaces.parse.layout import WORDY, Layout, caption, closed, ends, is_contents, opens_part, starts_lower
from smallplaces.parse.responses import entries
from smallplaces.parse.sequence import Start, part_run_on, sequence
from smallplaces.text.segment import UNMARKED, Marker, heading_rank, number_marker, subitem

_FULL_STOP = re.compile(r"[.?!。؟…][\s\d*”\"’»)\]›」』]*$")
_LONE = 120  # characters of a heading that only its place tells
_LOOSE = 3.3  # distances of lines that may lie within a sentence
_RAGGED = 0.35  # share of the width by which a line may end early where words are not spread to the margin
_SPARSE = 1.0  # width of a letter, in sizes of the type, beyond which a line has gaps in it


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
    def flowing(self) -> bool:
        """Whether it is running text, as far as it goes: numbered, an item, or long."""
        first = self.lines[0].text
        return self.marker is not None or len(self.lines) > 2 or bool(subitem(first))

    @property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether every line is italic."""
        return all(line.italic for line in self.lines)


def breaks(  # noqa: PLR0911  # one return a kind of evidence
    previous: Line, line: Line, layout: Layout, *, flowing: bool = False, listed: bool = False
) -> bool:
    """Whether ``line`` begins a new block after ``previous``, which stands in a ``flowing`` text or in a list.
    ``listed``: one of them is an entry of a table of contents."""
    if line.fresh is not None:
        return line.fresh
    if line.role != previous.role or abs(line.size - previous.size) > 0.9 or (line.rtl != previous.rtl and line.rtl):
        return True
    if listed:
        return True
    restyled = (line.bold, line.italic) != (previous.bold, previous.italic)
    if line.page != previous.page:
        if previous.y > 300 and not starts_lower(line.text) and (line.bold or previous.bold):
            return True  # the page before was left half empty
        over = layout.short(previous) and (ends(previous) or restyled)
        return over or (ends(previous) and (bool(subitem(line.text)) or restyled or heading_rank(line.text) < 3))
    gap = previous.y - line.y
    if gap > 1.25 * max(layout.leading * max(1.0, line.size / layout.size), 0.95 * line.size) or gap < -layout.leading:
        return not (flowing and 0 < gap < _LOOSE * layout.leading and _runs_on(previous, line, layout))
    if line.bold and previous.bold and layout.short(previous) and heading_rank(line.text) < 3:
        return True  # a heading under a heading
    if layout.plain and layout.short(previous) and _begins_plainly(previous, line, layout):
        return True
    if subitem(line.text) and (ends(previous) or layout.short(previous)):
        return True
    return restyled and layout.short(previous) and (ends(previous) or not starts_lower(line.text))


def _runs_on(previous: Line, line: Line, layout: Layout) -> bool:
    """Whether a sentence goes on over a gap, as where a note or a raised sign took room: the line above is long and
    open, the one below is in its size and begins small."""
    if not starts_lower(line.text) or subitem(line.text) or ends(previous):
        return False
    return abs(line.size - previous.size) < 0.3 and not layout.short(previous, _RAGGED)


def _begins_plainly(previous: Line, line: Line, layout: Layout) -> bool:
    """Whether, in a document of one type, a line after a short one looks like a heading, by its mark or by being short
    and open after a closed sentence."""
    if heading_rank(line.text) < 3:
        return True
    return ends(previous) and layout.short(line) and not closed(line.text) and not starts_lower(line.text)


def _crowns(lines: list[Line], index: int, starts: dict[int, Start], layout: Layout) -> bool:
    """Whether a line at the head of a page is a heading: the sentence before is closed, a number follows at once."""
    previous, line = lines[index - 1], lines[index]
    if line.page == previous.page or not ends(previous) or starts_lower(line.text):
        return False
    ahead = next((i for i in range(index + 1, min(index + 4, len(lines))) if i in starts), None)
    if ahead is None:
        return False
    own = lines[index:ahead]
    return all(each.bold or each.italic for each in own) and not closed(own[-1].text)


def build(lines: list[Line], under: frozenset[int] = frozenset()) -> list[Block]:
    """The blocks of a document, in order; every line stands in exactly one. ``under``: the paragraphs of a report to
    whose recommendations ("137.4") the document answers, in whatever order."""
    if not lines:
        return []
    layout = Layout.of(lines)
    starts = sequence(lines, layout)
    parted = part_run_on(lines, starts)
    if parted:
        lines, starts = parted, sequence(parted, layout)
    if under:
        starts = entries(lines, starts, under)
    blocks: list[Block] = []
    sparse = _sparse(lines, starts)
    entry = [is_contents(line) for line in lines]
    for index, line in enumerate(lines):
        start = starts.get(index)
        follows_row = index - 1 in sparse
        if index in sparse and not follows_row:
            blocks.append(Block([line], kind="table"))
        elif start:
            blocks.append(Block([line], start.marker, start.item, cut=start.marker.end))
        elif index not in sparse and (
            not blocks
            or follows_row
            or breaks(
                lines[index - 1], line, layout, flowing=blocks[-1].flowing, listed=entry[index - 1] or entry[index]
            )
            or _crowns(lines, index, starts, layout)
        ):
            blocks.append(Block([line]))
        else:
            blocks[-1].lines.append(line)
    _tell_kinds(blocks, layout)
    return blocks


def _tell_kinds(blocks: list[Block], layout: Layout) -> None:
    begun = False
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        previous = blocks[position - 1] if position else None
        block.kind = block.kind if block.kind == "table" else _kind(block, previous, following, layout, begun)
        if block.kind == "heading" and block.rank == UNMARKED and previous and caption(previous.text) == "alone":
            block.kind = "table"
        begun = begun or block.marker is not None
        if block.kind == "heading":
            block.rank = heading_rank(block.text)


def _sparse(lines: list[Line], starts: dict[int, Start]) -> set[int]:
    """The lines that are rows of a table by their look: two or more in a row whose few letters stand far apart, where
    the file does not say where cells end."""
    wide = [
        bool(line.y)
        and 3 < len(line.text) < 60
        and line.x1 - line.x0 > _SPARSE * len(line.text) * line.size
        and " " in line.text.strip()
        and i not in starts
        and not (subitem(line.text) or is_contents(line) or number_marker(line.text))
        for i, line in enumerate(lines)
    ]
    return {
        i for i, is_wide in enumerate(wide) if is_wide and ((i and wide[i - 1]) or (i + 1 < len(wide) and wide[i + 1]))
    }


def _kind(block: Block, previous: Block | None, following: Block | None, layout: Layout, begun: bool) -> str:
    if block.marker:
        return "text"
    text = block.text.strip()
    if all(is_contents(line) for line in block.lines):
        return "contents"
    if _is_table(block) or (begun and caption(text) and not block.lines[0].level):
        return "table"
    if layout.plain and begun and (opens_part(block.lines[0]) or _crowns_plainly(block, following)):
        return "heading"
    if begun and len(block.lines) == 1 and layout.short(block.lines[0]) and _crowns_number(block, previous, following):
        return "heading"
    return "heading" if _is_heading(block, text, following, layout) else "text"


def _is_table(block: Block) -> bool:
    """Whether the format says that a line is a row, or most lines stand in pieces."""
    if any(line.role == "table" for line in block.lines):
        return True
    return len(block.lines) > 1 and sum(line.cells > 2 for line in block.lines) > len(block.lines) / 2


def _crowns_number(block: Block, previous: Block | None, following: Block | None) -> bool:
    """Whether a lone line, in whatever type (a file may not tell its own), is the heading of a numbered paragraph: it
    stands apart between a closed sentence and a number."""
    if previous is None or following is None or not following.marker or following.item or not _bare(block):
        return False
    above, line, below = previous.lines[-1], block.lines[0], following.lines[0]
    if (
        not (_FULL_STOP.search(above.text[-16:].rstrip()) or previous.kind == "heading")
        or above.page != line.page
        or line.page != below.page
    ):
        return False
    return len(line.text) < _LONE and above.y - line.y > 1.2 * line.size and line.y - below.y > 1.2 * line.size


def _bare(block: Block) -> bool:
    """Whether a block looks like a heading where nothing is set in a type of its own: short, capital, not closed."""
    text = block.text.strip()
    if block.marker or len(text) > 150 or len(block.lines) > 2 or closed(text) or not WORDY.search(text):
        return False
    return not subitem(text) and (not starts_lower(text) or heading_rank(text) < 3)


def _crowns_plainly(block: Block, following: Block | None) -> bool:
    """Whether a block of a document in one type (plain text, a scan) is the heading of what follows: of a numbered
    paragraph, or, with a number of its own, of another heading."""
    if following is None or not _bare(block):
        return False
    return (following.marker is not None and not following.item) or (heading_rank(block.text) < 3 and _bare(following))


def _is_heading(  # noqa: PLR0911  # one return a kind of evidence
    block: Block, text: str, following: Block | None, layout: Layout
) -> bool:
    first = block.lines[0]
    if first.level:
        return True
    if not text or len(text) > 320 or len(block.lines) > 5 or not WORDY.search(text):
        return False
    rank = heading_rank(text)
    ended = closed(text) and not text.endswith(("art.", "arts.", "etc."))
    larger = first.size > layout.size + 0.7
    styled = block.bold or block.italic or larger or (text.upper() == text and text.lower() != text and len(text) > 3)
    if opens_part(first) and len(text) < 200 and (styled or layout.short(first)):
        return True
    if ended and not (larger or (block.bold and rank < 3)):
        return False
    if subitem(text) and not (larger or (block.bold and following is not None and following.marker)):
        return False
    if starts_lower(text) and rank == UNMARKED and not larger:
        return False
    if styled:
        return True
    plain = rank <= 2 and len(text) < 160 and following is not None and (following.marker or following.bold)
    return bool(plain and not ended)
