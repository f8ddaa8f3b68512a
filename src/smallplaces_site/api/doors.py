"""Doors: procedures, who may act at each step, and the days of a State."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import P, Query, QueryEx, Router, Schema
from pydantic import Field

from smallplaces.errors import NotFound
from smallplaces.vocab.steps import ACTORS, procedures, step
from smallplaces_site.api.schemas import Shape
from smallplaces_site.api.states import resolve
from smallplaces_site.corpus.read import places
from smallplaces_site.doors import read
from smallplaces_site.doors.shape import board_shape, event_shape, step_shape

router = Router(tags=["Doors"])

Lang = QueryEx[str, P(description="Language of names; English where there is none.", max_length=5)]


class Day(Shape):
    """One deadline, meeting or window of a State."""

    key: str = Field(description="Its name, which stays when it moves.")
    state: str
    step: str
    occasion: str
    first: str = Field(description="ISO 8601, to the day, month or year that is known.")
    last: str
    standing: str = Field(description="expected (by a rule), announced (by a text or a person) or cancelled.")
    note: str
    source: str
    address: str
    rule: str
    confidence: float = Field(description="Between 0 and 1.")
    margin_days: int = Field(description="By how many days known cases missed the rule; 0: not measured, or none.")
    version: int
    method: str
    evidence: dict[str, Any] = Field(description="Document, paragraph and words that say it.")


class Way(Shape):
    """A step, how the actor comes in, and its next day."""

    step: str
    name: str
    how: str = Field(description="directly, through or unclear.")
    through: list[str]
    local: str = Field(description="What a local government does here.")
    basis: list[str]
    sources: list[str]
    confidence: float
    verify: bool = Field(description="The rule is general knowledge: look it up before you rely on it.")
    event: Day | None


class Doors(Shape):
    """What an actor can do."""

    place: str
    state: str
    actor: str
    on: str
    now: list[Way]
    soon: list[Way] = Field(description="Within 60 days.")
    later: list[Way] = Field(description="Until the end of next year.")
    through: list[Way] = Field(description="Only by way of others.")
    month: list[Way] = Field(description="What to begin with.")


class Step(Shape):
    """One step of a procedure, with everything that is known of it."""

    id: str
    procedure: str
    body: str
    kind: str
    name: str
    plain: str
    who: dict[str, dict[str, Any]]
    local: str
    form: str
    when: str
    portal: str
    address: str
    limits: list[dict[str, Any]]
    languages: list[str]
    outline: list[str]
    zone: str
    hour: str
    basis: list[str]
    sources: list[dict[str, str]]
    confidence: float
    verify: bool


class Procedure(Shape):
    """One procedure and the ids of its steps."""

    code: str
    family: str
    name: str
    explained: str
    state: str
    steps: list[str]


class DoorsAsked(Schema):
    """Whose doors, from which day."""

    state: str = Field("", description="The State, by code or name. Not needed with a place.", max_length=200)
    place: str = Field("", description="A place by its code: KR-26.", max_length=60)
    actor: str = Field("local", description=f"One of {', '.join(ACTORS)}.", max_length=20)
    on: date | None = Field(None, description="The day from which to look. Default: today.")
    lang: str = Field("en", description="Language of names; English where there is none.", max_length=5)


class DaysAsked(Schema):
    """The days of a State."""

    state: str = Field(description="The State, by code or name.", max_length=200)
    since: date | None = Field(None, description="Default: today.")
    until: date | None = None


@router.get("/doors", response=Doors, summary="What an actor can do now, soon and later")
def doors(request: HttpRequest, asked: Query[DoorsAsked]) -> dict[str, Any]:
    """Doors of a State or a place, for one actor, as of a day."""
    on = asked.on or datetime.now(UTC).date()
    place = places.get(asked.place) if asked.place else None
    if place is None and not asked.state:
        raise NotFound("name a State or a place", where="state")
    state = place.state if place else resolve(asked.state)
    return {"place": place.short if place else "", **board_shape(read.board(state, asked.actor, on), asked.lang)}


@router.get("/doors/days", response=list[Day], summary="The days of a State")
def door_days(request: HttpRequest, asked: Query[DaysAsked]) -> list[dict[str, Any]]:
    """Deadlines, meetings and windows of a State, in order; what was called off too."""
    since = asked.since or datetime.now(UTC).date()
    return [event_shape(one) for one in read.events(resolve(asked.state), since, asked.until)]


@router.get("/doors/procedures", response=list[Procedure], summary="Every procedure")
def door_procedures(request: HttpRequest, lang: Lang = "en") -> list[dict[str, Any]]:
    """Procedures in order, each with the ids of its steps."""
    return [
        {
            "code": one.code,
            "family": one.family,
            "name": one.name(lang),
            "explained": one.explained.get(lang) or one.explained["en"],
            "state": one.state,
            "steps": [part.id for part in one.steps],
        }
        for one in procedures().values()
    ]


@router.get("/doors/steps/{step_id}", response=Step, summary="One step of a procedure")
def door_step(request: HttpRequest, step_id: str, lang: Lang = "en") -> dict[str, Any]:
    """Who may act, in which form, how long, by which rule. A committee's own: reporting.session-input.CRPD."""
    return step_shape(step(step_id), lang)
