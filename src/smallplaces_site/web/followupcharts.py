"""Geometry of the pictures of follow-up: a line of an indicator's values, and bars of actions through time.

A table beside each says the same in words and numbers; the picture only shows it at a glance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from smallplaces_site.followup.records import ActionView, IndicatorView

WIDTH = 460
_MARGIN = 14
_HIGH = 90
ROW = 26
_HEAD = 22


@dataclass(frozen=True, slots=True)
class ValueLine:
    """Points of an indicator, the height of its target (None without one), and the years below."""

    points: tuple[tuple[float, float], ...]
    path: str
    target: float | None
    ticks: tuple[tuple[float, int], ...]
    height: int = _HIGH + _HEAD
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Bar:
    """One action through time. ``dues``: (where, whether it was met)."""

    action: ActionView
    x: float
    width: float
    y: float
    dues: tuple[tuple[float, bool], ...]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + 6


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of actions, the years above them, and where today is."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    today: float
    height: int
    width: int = WIDTH


class _Days:
    def __init__(self, first: date, last: date) -> None:
        self.first = date(first.year, 1, 1)
        self.last = max(date(last.year, 12, 31), self.first + timedelta(days=364))

    def at(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(_MARGIN + max(0.0, min(1.0, share)) * (WIDTH - 2 * _MARGIN), 1)

    def ticks(self) -> tuple[tuple[float, int], ...]:
        step = max(1, -(-(self.last.year - self.first.year) // 7))
        years = range(self.first.year, self.last.year + 1, step)
        return tuple((self.at(date(year, 1, 1)), year) for year in years)


def value_line(one: IndicatorView) -> ValueLine | None:
    """The line of an indicator; None when there are not two values to draw it between."""
    known = [(value.on, float(value.value)) for value in one.values]
    if one.baseline is not None and one.baseline_on is not None and all(day != one.baseline_on for day, _ in known):
        known.append((one.baseline_on, float(one.baseline)))
    known.sort()
    if len(known) < 2:
        return None
    heights = [value for _, value in known] + ([float(one.target)] if one.target is not None else [])
    low, high = min([0.0, *heights]), max(heights)
    days = _Days(known[0][0], max(known[-1][0], one.target_on or known[-1][0]))

    def level(value: float) -> float:
        return round(_HIGH - (value - low) / ((high - low) or 1) * (_HIGH - 12), 1)

    points = tuple((days.at(day), level(value)) for day, value in known)
    path = "M" + " L".join(f"{x} {y}" for x, y in points)
    return ValueLine(points, path, level(float(one.target)) if one.target is not None else None, days.ticks())


def timeline(actions: Sequence[ActionView], today: date) -> Timeline | None:
    """The bars of actions that have a day; None when none has."""
    spans = [(one, *_span(one, today)) for one in actions if one.start or one.end or one.dues]
    if not spans:
        return None
    days = _Days(min(today, *(first for _, first, _ in spans)), max(today, *(last for _, _, last in spans)))
    bars = tuple(
        Bar(
            action=one,
            x=days.at(first),
            width=max(3.0, round(days.at(last) - days.at(first), 1)),
            y=_HEAD + place * ROW,
            dues=tuple((days.at(due.on), due.met is not None) for due in one.dues),
        )
        for place, (one, first, last) in enumerate(sorted(spans, key=lambda span: (span[1], span[2])))
    )
    return Timeline(bars, days.ticks(), days.at(today), _HEAD + len(bars) * ROW)


def _span(one: ActionView, today: date) -> tuple[date, date]:
    days = [due.on for due in one.dues]
    first = one.start or min([*days, one.end or today])
    return first, max([one.end or first, *days, first])
