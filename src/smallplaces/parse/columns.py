"""Tables of answers on a printed page: lines that run across columns become rows of cells.

Reads: lines of an addendum whose pieces the PDF reader kept apart. Writes: the same lines, each row of such a table as
one line of the role "table" with its cells parted by tabs. A row begins where the number of a recommendation stands in
the first column.
"""

from __future__ import annotations

import dataclasses
from collections import Counter

from smallplaces.parse.base import Line
from smallplaces.text.segment import number_marker

_NEAR = 6.0  # points by which the left edges of one column may differ


def rows(lines: list[Line], under: frozenset[int]) -> list[Line]:
    """Lines with the rows of tables joined; ``under`` are the paragraphs of the report that are answered."""
    edges = _edges([line for line in lines if _numbered(line, under)])
    if len(edges) < 2:
        return lines
    result: list[Line] = []
    row: list[Line] = []
    for line in lines:
        if _numbered(line, under) and abs(line.pieces[0][0] - edges[0]) < _NEAR:
            result += _joined(row, edges)
            row = [line]
        elif row and _inside(line, edges):
            row.append(line)
        else:
            result += _joined(row, edges)
            row = []
            result.append(line)
    return result + _joined(row, edges)


def _numbered(line: Line, under: frozenset[int]) -> bool:
    marker = number_marker(line.text) if line.pieces else None
    return bool(marker and len(marker.number) == 2 and marker.number[0] in under)


def _edges(heads: list[Line]) -> list[float]:
    """Left edges of the columns: where pieces of at least a third of the rows begin."""
    seen: Counter[int] = Counter(round(x0 / _NEAR) for line in heads for x0, _, _ in line.pieces)
    strong = sorted(edge for edge, count in seen.items() if count >= max(2, len(heads) / 3))
    apart = [edge for i, edge in enumerate(strong) if i == 0 or edge - strong[i - 1] > 1]
    return [edge * _NEAR for edge in apart]


def _column(x0: float, edges: list[float]) -> int:
    return max((i for i, edge in enumerate(edges) if x0 >= edge - _NEAR), default=-1)


def _inside(line: Line, edges: list[float]) -> bool:
    """Whether a line goes on in the columns: each piece begins at an edge, and none crosses into the next column."""
    if not line.pieces:
        return False
    for x0, x1, _ in line.pieces:
        column = _column(x0, edges)
        if column < 0 or abs(x0 - edges[column]) > 2 * _NEAR:
            return False
        if column + 1 < len(edges) and x1 > edges[column + 1]:
            return False
    return True


def _joined(row: list[Line], edges: list[float]) -> list[Line]:
    if not row:
        return []
    cells = [""] * len(edges)
    for line in row:
        for x0, _, text in line.pieces:
            column = max(0, _column(x0, edges))
            cells[column] += (" " if cells[column] and text else "") + text
    text = "\t".join(cells)
    return [dataclasses.replace(row[0], text=text, role="table", cells=len(cells), fresh=True, calls=(), pieces=())]
