"""The calendar of the Universal Periodic Review: cycles, sessions, which of them a State is in, what is due before.

Reads ``procedures/upr_sessions.yml``. What is known is told apart from what is expected: every answer says which it is,
by which rule, and how sure. Rules:

* cycles 1 to 4 are sessions 1-12, 13-26, 27-40 and 41-54; from the second on a cycle has fourteen sessions, and the
  order of review is kept, so that a State comes fourteen sessions later (Human Rights Council decision 17/119);
* sessions meet in January, April and October (months in which they begin, give or take one), and between two cycles one
  meeting time was left out each time: after sessions 12, 26 and 40. Session 55 is expected so, not decided;
* stakeholders' deadlines are taken from those that we know of the same season: see :func:`stakeholder_deadline`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import median
from types import MappingProxyType
from typing import Final

from smallplaces.errors import BadInput
from smallplaces.vocab.load import DATA, Entry, entries
from smallplaces.vocab.state import states
from smallplaces.vocab.steps import Source, sources

#: Last session of each cycle that is decided.
_LAST: Final = (12, 26, 40, 54)
_PER_CYCLE: Final = 14
_FIRST_PER_SESSION, _PER_SESSION = 16, 14  # States reviewed in a session of the first cycle, and of the later ones
_SEASONS: Final = ("winter", "spring", "autumn")
_BEGINS: Final = {"winter": 1, "spring": 5, "autumn": 11}  # month in which a session of that season is expected
_REPORT_DAYS: Final = 105  # before the session: the one State report whose day we know (Republic of Korea, 2022)
_MID_TERM_MONTHS: Final = 30
_FOLDER: Final = DATA / "procedures"


@dataclass(frozen=True, slots=True)
class Session:
    """One session. ``start`` and ``end`` are ISO 8601 to the day or month. ``expected``: no calendar names it."""

    number: int
    start: str
    end: str
    expected: bool
    stakeholders: str = ""
    report: str = ""
    source: Source | None = None
    states: tuple[str, ...] = ()

    @property
    def cycle(self) -> int:
        """The cycle it belongs to, counted from 1."""
        return cycle_of(self.number)

    @property
    def season(self) -> str:
        """winter, spring or autumn, by the month in which it begins (that of Geneva)."""
        month = int(self.start[5:7])
        return "winter" if month < 4 else "spring" if month < 8 else "autumn"


@dataclass(frozen=True, slots=True)
class Placed:
    """The session in which a State's review is. ``known``: a document or list says so; else ``rule`` says how."""

    session: int
    known: bool
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Day:
    """A day or month, ISO 8601. ``expected``: by a rule. ``margin``: days by which known cases missed the rule."""

    date: str
    expected: bool
    rule: str
    confidence: float
    margin: int = 0
    source: Source | None = None


def cycle_of(session: int) -> int:
    """The cycle of a session, counted from 1. Raises ValueError for no session."""
    if session < 1:
        raise ValueError(f"there is no session {session}")
    for cycle, last in enumerate(_LAST, start=1):
        if session <= last:
            return cycle
    return len(_LAST) + 1 + (session - _LAST[-1] - 1) // _PER_CYCLE


@cache
def sessions() -> Mapping[int, Session]:
    """The sessions of which a calendar is known, by number."""
    return MappingProxyType({int(entry.code): _session(entry) for entry in entries("upr_sessions.yml", _FOLDER)})


def session(number: int) -> Session:
    """A session: from the calendar, else as it is expected by the seasons. Raises ValueError for no session."""
    known = sessions().get(number)
    if known is not None:
        return known
    cycle_of(number)
    last = sessions()[max(sessions())]
    year, season = int(last.start[:4]), last.season
    for step in range(last.number + 1, number + 1):
        turns = 2 if cycle_of(step) != cycle_of(step - 1) else 1  # one meeting time is left out between cycles
        for _ in range(turns):
            following = _SEASONS[(_SEASONS.index(season) + 1) % len(_SEASONS)]
            year += following == "winter"
            season = following
    month = f"{year}-{_BEGINS[season]:02}"
    return Session(number, month, month, expected=True)


def place_of(cycle: int, known: Mapping[int, int], state: str = "") -> Placed | None:
    """The session of a State's review in a cycle. ``known``: cycle -> session, of the reviews that were or are set.

    None when no earlier review is known: nothing is guessed then.
    """
    held = {**_listed(state), **known}
    if cycle in held:
        return Placed(held[cycle], True, "named by a document or list", 0.98)
    earlier = [one for one in held if one < cycle]
    if not earlier:
        return None
    start = max(earlier)
    number = held[start]
    if start == 1:
        number = _LAST[0] + 1 + ((number - 1) * _FIRST_PER_SESSION + _FIRST_PER_SESSION // 2) // _PER_SESSION
        number, start = min(number, _LAST[1]), 2
        rule, confidence = "order of the first cycle, fourteen States a session", 0.5
    else:
        rule, confidence = "the same place in the order, fourteen sessions a cycle", 0.9
    number += _PER_CYCLE * (cycle - start)
    if cycle > len(_LAST):
        confidence -= 0.25  # no calendar of that cycle is adopted as far as this library knows
    return Placed(number, False, rule, confidence)


def stakeholder_deadline(number: int) -> Day:
    """When stakeholders' contributions for a session are due.

    Where it is not known: the median of the known distances of the same season; ``margin`` is the largest miss of the
    rule among those, each left out in turn.
    """
    one = session(number)
    if one.stakeholders:
        return Day(one.stakeholders, False, "announced", 0.95, source=one.source)
    before, margin = season_distance(one.season)
    rule = f"{before} days before, as in {one.season} sessions known"
    return Day(_before(one.start, before), True, rule, 0.6, margin)


def report_deadline(number: int) -> Day:
    """When the State's report for a session is due."""
    one = session(number)
    if one.report:
        return Day(one.report, False, "announced", 0.95, source=one.source)
    return Day(_before(one.start, _REPORT_DAYS), True, f"{_REPORT_DAYS} days before, as for session 42", 0.5, 21)


def mid_term(number: int) -> Day:
    """When a voluntary mid-term report falls: half-way to the next review, as a month."""
    start = session(number).start
    year, month = divmod(int(start[:4]) * 12 + int(start[5:7]) - 1 + _MID_TERM_MONTHS, 12)
    return Day(f"{year:04}-{month + 1:02}", True, f"{_MID_TERM_MONTHS} months after the review", 0.5, 90)


def season_distance(season: str, leaving_out: int = 0) -> tuple[int, int]:
    """Days from the stakeholders' deadline to sessions of a season: median, and the largest miss left one out."""
    known = {one.number: _distance(one) for one in sessions().values() if one.stakeholders and one.season == season}
    known.pop(leaving_out, None)
    whole = round(median(known.values()))
    misses = [abs(days - round(median(_others(known, number)))) for number, days in known.items() if len(known) > 1]
    return whole, max(misses, default=0)


def _others(known: Mapping[int, int], number: int) -> Iterable[int]:
    return [days for other, days in known.items() if other != number]


def _distance(one: Session) -> int:
    return (date.fromisoformat(one.start) - date.fromisoformat(one.stakeholders)).days


def _before(start: str, days: int) -> str:
    """A day as many days before; a month when only the month of the session is known."""
    if len(start) == len("2026-01"):
        return (date.fromisoformat(f"{start}-15") - timedelta(days=days)).isoformat()[:7]
    return (date.fromisoformat(start) - timedelta(days=days)).isoformat()


@cache
def _by_state() -> Mapping[str, Mapping[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for one in sessions().values():
        for code in one.states:
            found.setdefault(code, {})[one.cycle] = one.number
    return found


def _listed(state: str) -> Mapping[int, int]:
    return _by_state().get(state, {})


def _session(entry: Entry) -> Session:
    source = entry.text("source", "")
    one = Session(
        number=int(entry.code),
        start=entry.text("from"),
        end=entry.text("to"),
        expected=False,
        stakeholders=entry.text("stakeholders", ""),
        report=entry.text("report", ""),
        source=sources()[source] if source else None,
        states=entry.words("states"),
    )
    entry.close()
    unknown = [code for code in one.states if code not in states()]
    if unknown or (one.stakeholders and not source):
        raise BadInput(f"no such State: {unknown}" if unknown else "a deadline needs its source", where=entry.where)
    return one


@dataclass(frozen=True, slots=True)
class Yearly:
    """What comes round: ``months`` are (first, last); every ``every`` years counted from ``since``."""

    step: str
    months: tuple[tuple[int, int], ...]
    every: int
    since: int
    source: Source
    confidence: float

    def in_year(self, year: int) -> Iterable[tuple[str, str]]:
        """First and last month ("2027-04", "2027-06") of each time it comes in a year; none in a year between."""
        if year < self.since or (year - self.since) % self.every:
            return []
        return [(f"{year}-{first:02}", f"{year}-{last:02}") for first, last in self.months]


@cache
def yearly() -> tuple[Yearly, ...]:
    """What comes by the calendar for every State."""
    found = []
    for entry in entries("yearly.yml", _FOLDER):
        months = tuple((int(one[:2]), int(one[3:])) for one in entry.words("when"))
        found.append(
            Yearly(
                entry.code,
                months,
                entry.number("every") or 1,
                entry.number("since") or 0,
                sources()[entry.text("source")],
                (entry.number("confidence") or 0) / 100,
            )
        )
        entry.close()
    return tuple(found)
