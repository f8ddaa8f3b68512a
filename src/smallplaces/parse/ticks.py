"""Tables of answers with a column for each position: a tick, or a list of numbers, stands under "Accepted" or "Noted".

Reads: lines of an addendum. Writes: the same lines, those of such tables with the head of their column
(:attr:`Line.column`). A row that lists numbers under several heads becomes a line for each cell.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from smallplaces.parse import positions
from smallplaces.parse.base import Line

_TICK = re.compile(r"[xXхХ✓✔√☑☒✗✘●•+*]|\(?[xX]\)?|yes|oui|s[íi]|да|نعم|是|예", re.IGNORECASE)
_LISTS = re.compile(r"(?<![\d.])\d{1,3}\.\d{1,3}(?![\d%])")
_HEAD = 60  # a head of a column is no longer than this


def marked(lines: list[Line]) -> list[Line]:
    """The lines with the heads of the columns in which their rows are ticked."""
    return list(_marked(lines))


def _marked(lines: list[Line]) -> Iterator[Line]:
    heads: list[str] = []
    for line in lines:
        if line.role != "table":
            heads = []
            yield line
            continue
        cells = line.text.split("\t")
        found = _heads(cells)
        if found:
            heads = found
            yield line
        elif heads:
            yield from _row(line, cells, heads)
        else:
            yield line


def _heads(cells: list[str]) -> list[str]:
    """The heads of the columns that state a position, "" for the others; none for a row that is no such head."""
    heads = [cell if len(cell) < _HEAD and positions.said(cell) else "" for cell in cells]
    different = {positions.said(head) for head in heads if head}
    return heads if len(different) > 1 and not any(_LISTS.search(cell) for cell in cells) else []


def _row(line: Line, cells: list[str], heads: list[str]) -> Iterator[Line]:
    pairs = [(cell, head) for cell, head in zip(cells, heads, strict=False) if head and cell.strip()]
    ticked = [head for cell, head in pairs if _TICK.fullmatch(cell.strip())]
    if len(ticked) == 1:
        yield dataclasses.replace(line, column=ticked[0])
    elif pairs and all(_LISTS.search(cell) for cell, _ in pairs) and all(heads[: len(cells)]):
        for cell, head in pairs:
            yield dataclasses.replace(line, text=cell, column=head, role="", cells=1, calls=(), fresh=True)
    else:
        yield line
