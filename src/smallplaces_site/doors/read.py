"""Reading doors: the events of a State, and what an actor can do now, soon, next year, or only through others.

Reads: events and their versions, the catalogue of steps. Writes nothing. A day is ISO 8601 to the day, month or year;
an event is placed by the first day it may mean, and closes with the last.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q

from smallplaces.errors import BadInput, NotFound
from smallplaces.vocab.reviews import yearly
from smallplaces.vocab.steps import ACTORS, Access, Door, Step, procedures, step, steps
from smallplaces_site.doors.models import Event, EventVersion
from smallplaces_site.doors.store import PERSON

#: Days in which something "closes soon".
SOON = 60
#: Days in which what only others can do should be prepared with them.
PREPARE = 180
EXPECTED, ANNOUNCED, CANCELLED = EventVersion.Standing.values


@dataclass(frozen=True)
class EventView:
    """One event as readers see it, in the version that holds. ``version``: its number, from 1."""

    key: str
    state: str
    step_id: str
    occasion: str
    first: str
    last: str
    standing: str
    note: str
    source: str
    address: str
    rule: str
    confidence: float
    margin: int
    evidence: dict[str, Any]
    version: int
    method: str
    by: str
    why: str
    at: str

    @cached_property
    def step(self) -> Step:
        """The step that it is an event of."""
        return step(self.step_id)

    @property
    def expected(self) -> bool:
        """Whether no text and no person named the day."""
        return self.standing == EXPECTED

    @property
    def opens(self) -> date:
        """The first day that it may mean."""
        return first_day(self.first)

    @property
    def closes(self) -> date:
        """The last day that it may mean."""
        return last_day(self.last)

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return len(self.first) == len("2026-11-24")

    def days_left(self, on: date) -> int:
        """Days from ``on`` to the day by which one must be ready: the earliest it may mean."""
        return (first_day(self.last) - on).days


@dataclass(frozen=True, slots=True)
class Way:
    """A step, how the actor comes in, and the next event of it, if one is in sight."""

    step: Step
    access: Access
    event: EventView | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What is to be done. ``now``: open to the actor at any time or today; ``soon``: within :data:`SOON` days;
    ``later``: until the end of next year; ``through``: only by way of others; ``month``: what to begin with."""

    state: str
    actor: str
    on: date
    now: tuple[Way, ...]
    soon: tuple[Way, ...]
    later: tuple[Way, ...]
    through: tuple[Way, ...]
    month: tuple[Way, ...]


def first_day(day: str) -> date:
    """The first day of a day, month or year. Raises :class:`BadInput` for what is none."""
    try:
        return date.fromisoformat((day + "-01-01")[:10])
    except ValueError as error:
        raise BadInput("“%(where)s” is not a day: write 2027-04-09, 2027-04 or 2027.", where=day) from error


def last_day(day: str) -> date:
    """The last day of a day, month or year. Raises :class:`BadInput` for what is none."""
    start = first_day(day)
    if len(day) == len("2026-11-24"):
        return start
    month = start.month if len(day) == len("2026-11") else 12
    return date(start.year, month, calendar.monthrange(start.year, month)[1])


def events(state: str, since: date | None = None, until: date | None = None) -> list[EventView]:
    """The events of a State that touch these days, called-off ones too, in order; and what comes by the calendar."""
    rows = EventVersion.objects.filter(current=True, event__state=state).select_related("event")
    rows = rows.exclude(~Q(method=PERSON), standing=CANCELLED)  # what a machine took back was never announced
    found = [_view(row) for row in rows if row.event.step in steps()]
    held = {(one.step_id, one.first[:4]) for one in found}
    start = since or date.today()
    for year in range(start.year, (until or start.replace(month=1, day=1) + timedelta(days=800)).year + 1):
        found += [one for one in _round(state, year) if (one.step_id, one.first[:4]) not in held]
    kept = [one for one in found if (not since or one.closes >= since) and (not until or one.opens <= until)]
    return sorted(kept, key=lambda one: (one.opens, one.closes, one.key))


def event(key: str) -> EventView:
    """The event of a key. Raises :class:`NotFound`."""
    row = EventVersion.objects.filter(current=True, event__key=key).select_related("event").first()
    if row is None:
        raise NotFound("There is no day of procedures called “%(where)s”.", where=key)
    return _view(row)


def history(key: str) -> list[EventView]:
    """Every version of an event, the newest first. Raises :class:`NotFound`."""
    held = Event.objects.filter(key=key).first()
    if held is None:
        raise NotFound("There is no day of procedures called “%(where)s”.", where=key)
    return [_view(row) for row in held.versions.select_related("event").order_by("-number")]


def board(state: str, actor: str, on: date) -> Board:
    """What an actor of a State can do. Raises :class:`BadInput` for an unknown actor."""
    if actor not in ACTORS:
        raise BadInput(
            "“%(given)s” is nobody who acts here. There are: %(known)s.",
            given=actor,
            known=tuple(ACTORS),
            field="actor",
        )
    ahead = [one for one in events(state, on, date(on.year + 1, 12, 31)) if one.standing != CANCELLED]
    ways = [Way(one.step, one.step.who[actor], one) for one in ahead if one.step.who[actor].how != "none"]
    own = [way for way in ways if way.event and (way.access.how != "through" or _of_interest(way.step))]
    soon = [way for way in own if way.event and way.event.days_left(on) <= SOON]
    later = [way for way in own if way not in soon]
    always = [Way(one, one.who[actor]) for one in _open_always(state) if one.who[actor].how == "directly"]
    through = _through(state, actor, ways)
    near = [way for way in own if way.event and way.event.days_left(on) <= PREPARE]
    near.sort(key=lambda way: way.step.kind != "deadline")
    at_home = [way for way in always if way.step.procedure in ("national", f"national-{state.lower()}")]
    return Board(state, actor, on, tuple(always), tuple(soon), tuple(later), tuple(through), (*near[:5], *at_home[:3]))


def doors_of(state: str) -> list[Door]:
    """The procedures that concern a State: everybody's, and its own."""
    return [one for one in procedures().values() if one.state in ("", state)]


def _open_always(state: str) -> Iterable[Step]:
    return (one for door in doors_of(state) for one in door.steps if one.always)


def _of_interest(one: Step) -> bool:
    return one.kind != "meeting" or one.written


def _through(state: str, actor: str, ways: list[Way]) -> list[Way]:
    """Each step that the actor reaches only by way of others, once, with its next event if one is in sight."""
    near: dict[str, EventView] = {}
    for way in ways:
        if way.event and way.access.how == "through":
            near.setdefault(way.step.id.removesuffix(f".{way.step.body}"), way.event)
    found = []
    for door in doors_of(state):
        for one in door.steps:
            if one.who[actor].how == "through":
                found.append(Way(one, one.who[actor], near.get(one.id)))
    return sorted(found, key=lambda way: (way.event is None, way.event.opens if way.event else date.max))


def _round(state: str, year: int) -> Iterable[EventView]:
    """What comes by the calendar in a year."""
    for one in yearly():
        for first, last in one.in_year(year):
            yield EventView(
                key=f"{state}:{one.step}:{first}",
                state=state,
                step_id=one.step,
                occasion=first,
                first=first,
                last=last,
                standing=EXPECTED,
                note="",
                source=one.source.title,
                address=one.source.address,
                rule="by the calendar of other years",
                confidence=one.confidence,
                margin=0,
                evidence={},
                version=1,
                method="calendar",
                by="",
                why="",
                at="",
            )


def _view(row: EventVersion) -> EventView:
    return EventView(
        key=row.event.key,
        state=row.event.state,
        step_id=row.event.step,
        occasion=row.event.occasion,
        first=row.first,
        last=row.last,
        standing=row.standing,
        note=row.note,
        source=row.source,
        address=row.address,
        rule=row.rule,
        confidence=row.confidence,
        margin=row.margin,
        evidence=row.evidence,
        version=row.number,
        method=row.method,
        by=row.by,
        why=row.why,
        at=row.at.isoformat(),
    )
