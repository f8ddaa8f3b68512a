"""Geometry of a thread's line of time: a mark for each time something was asked, those of one day above one another.

A table always says the same in words; the line only shows it at a glance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from smallplaces.model.document import Kind
from smallplaces_site.lineage import read
from smallplaces_site.lineage.read import MemberView, ThreadView
from smallplaces_site.web import names

WIDTH = 460
_MARGIN = 14
_STEP = 7  # from one mark to the one above it
_MOST = 12  # marks above one another; what is more is written
_FLOOR = 22  # room for the years
_SHAPES = {"supported": "full", "in-part": "half", "noted": "empty"}


@dataclass(frozen=True, slots=True)
class Dot:
    """One time that it was asked. ``shape``: full, half, empty for positions in the review; square for a committee."""

    x: float
    y: float
    shape: str

    @property
    def left(self) -> float:
        """Where the square begins."""
        return round(self.x - 2.5, 1)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y - 2.5


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """The line of one thread: its height, where the ground is, its marks, and numbers where there are too many."""

    height: int
    ground: float
    dots: tuple[Dot, ...]
    more: tuple[tuple[float, float, int], ...]

    @property
    def foot(self) -> float:
        """Where the years are written."""
        return self.ground + 16


class Years:
    """Years to places on a line."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = max(last, first + 4)

    def at(self, when: str) -> float:
        """The place of an ISO date in any precision."""
        year = int(when[:4]) + ((int(when[5:7]) - 1) / 12 if len(when) >= 7 else 0.5)
        share = (year - self.first) / (self.last + 1 - self.first)
        return round(_MARGIN + max(0.0, min(1.0, share)) * (WIDTH - 2 * _MARGIN), 1)

    def ticks(self) -> list[tuple[float, int]]:
        """Years to be written below, not more than eight."""
        step = max(1, -(-(self.last - self.first) // 7))
        return [(self.at(f"{year}-01"), year) for year in range(self.first, self.last + 1, step)]


def thread_line(asked: Iterable[tuple[str, str, bool]], years: Years) -> ThreadLine:
    """The line of what was asked: (date, position, whether a committee asked) of each time."""
    days: dict[float, list[str]] = {}
    for when, position, committee in asked:
        if when:
            shape = "square" if committee else _SHAPES.get(position, "empty")
            days.setdefault(years.at(when), []).append(shape)
    most = max((min(len(shapes), _MOST) for shapes in days.values()), default=1)
    ground = float(most * _STEP + 12)
    dots: list[Dot] = []
    more: list[tuple[float, float, int]] = []
    for x, shapes in sorted(days.items()):
        counted = Counter(shapes)
        ordered = [shape for shape in ("square", "full", "half", "empty") for _ in range(counted[shape])]
        dots += [Dot(x, ground - 6 - place * _STEP, shape) for place, shape in enumerate(ordered[:_MOST])]
        if len(ordered) > _MOST:
            more.append((x + 7, ground - _MOST * _STEP + 4, len(ordered)))
    return ThreadLine(int(ground) + _FLOOR, ground, tuple(dots), tuple(more))


def with_lines(threads: Sequence[ThreadView]) -> list[dict[str, Any]]:
    """Threads with their lines of time, all on one scale."""
    firsts = [int(one.since) for one in threads if one.since]
    years = Years(min(firsts), date.today().year) if firsts else Years(2000, 2026)
    return [
        {
            "thread": one,
            "name": one.name(names.ui()),
            "lang": one.name_lang(names.ui()),
            "line": line_of(read.members(one.key), years),
            "ticks": years.ticks(),
            "chart_width": WIDTH,
        }
        for one in threads
    ]


def line_of(members: Iterable[MemberView], years: Years) -> ThreadLine:
    """The line of these members."""
    return thread_line(((one.date, one.position, one.demand.work.kind != Kind.UPR_REPORT) for one in members), years)
