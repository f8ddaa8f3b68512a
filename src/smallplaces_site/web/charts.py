"""Geometry of the small charts. A table always says the same in words; a chart only shows it at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from smallplaces_site.corpus.read.instruments import Party

WIDTH = 300
_MARGIN = 8
_FIRST_YEAR = 1950


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a line of time."""

    x: float
    shape: str  # ring | dot | cross
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One treaty's line: its marks and the stretch during which the State is bound."""

    marks: tuple[Mark, ...]
    bound_from: float | None
    bound_to: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a bar."""

    x: float
    width: float
    code: str
    count: int


class Scale:
    """Years to places on a line."""

    def __init__(self, last: int) -> None:
        self.last = max(last, _FIRST_YEAR + 1)

    def at(self, when: str) -> float | None:
        """The place of an ISO date in any precision, or None."""
        match = re.match(r"(\d{4})(?:-(\d{2}))?", when)
        if match is None:
            return None
        year = int(match[1]) + (int(match[2] or 7) - 1) / 12
        share = (year - _FIRST_YEAR) / (self.last + 1 - _FIRST_YEAR)
        return round(_MARGIN + max(0.0, min(1.0, share)) * (WIDTH - 2 * _MARGIN), 1)

    def ticks(self) -> list[tuple[float, int]]:
        """Every twentieth year."""
        return [(self.at(f"{year}-01") or 0.0, year) for year in range(1960, self.last + 1, 20)]


_SHAPES = {"signature": "ring", "withdrawal": "cross"}
_UNDRAWN = frozenset({"reservation", "declaration", "objection"})


def timeline(party: Party, scale: Scale) -> Line:
    """The line of one treaty."""
    marks = []
    for act in party.acts:
        x = scale.at(act.date)
        if x is not None and act.kind not in _UNDRAWN:
            marks.append(Mark(x, _SHAPES.get(act.kind, "dot"), act.kind))
    bound = party.bound
    start = scale.at(bound.date) if bound else None
    end = scale.at(party.withdrawn.date) if party.withdrawn else None
    order = {"ring": 0, "dot": 1, "cross": 2}
    return Line(tuple(sorted(marks, key=lambda mark: order[mark.shape])), start, end or float(WIDTH - _MARGIN))


def bars(counts: Iterable[tuple[str, int]], most: int) -> tuple[Bar, ...]:
    """A bar of parts, as wide as its share of ``most``."""
    found: list[Bar] = []
    x = 0.0
    for code, count in counts:
        if count:
            width = round(WIDTH * count / most, 1) if most else 0.0
            found.append(Bar(round(x, 1), width, code, count))
            x += width
    return tuple(found)
