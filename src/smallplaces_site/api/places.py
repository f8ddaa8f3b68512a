"""Places: what a name may mean, and one place with what lies above and below it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import P, PathEx, Query, Router, Schema
from pydantic import Field

from smallplaces.model.language import CODES
from smallplaces.vocab.places import place_kind
from smallplaces_site.api.schemas import Shape
from smallplaces_site.api.states import resolve
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView

router = Router(tags=["Places"])

Code = PathEx[str, P(description="KR-26, 21010, edu-KR-26, or the whole code. A former code leads to today's place.")]


class Place(Shape):
    """A province, municipality, part of one, or authority."""

    code: str = Field(description="Its name, which stays: State, scheme and the scheme's own code.")
    short: str = Field(description="The scheme's own code, by which it has an address.")
    state: str = Field(description="ISO 3166-1 alpha-3.")
    level: str = Field(description="province, municipality, submunicipality or authority (an education office).")
    kind: str = Field(description="Its own type in English: metropolitan city, autonomous district, county…")
    kind_names: dict[str, str] = Field(description="That type by language, where the catalogue has it.")
    names: dict[str, str] = Field(description="By language; a short form under ko-x-short.")
    parent: str = Field(description="Code of the place it lies in; empty for the highest.")
    valid_from: str = Field(description="First day of its present form, ISO 8601; empty when not recorded.")
    valid_to: str = Field(description="Last day; empty for what exists today.")


class Places(Shape):
    """Today's places."""

    total: int
    items: list[Place]


class PlaceInFull(Place):
    """A place with what lies around it and what it was before."""

    above: list[Place] = Field(description="What it lies in, the highest last.")
    below: list[Place] = Field(description="What lies directly in it, by code; an education office stands among these.")
    former: list[Place] = Field(description="What it was before, the latest first.")


class PlacesAsked(Schema):
    """Which places."""

    q: str = Field(
        "",
        max_length=200,
        description="A name or code, in any language, also a former name, alone or after a place above it (부산 중구). "
        "Empty: every place.",
    )
    state: str = Field("", max_length=100, description="Only places of this State: alpha-3 code or a name.")
    limit: int = Field(100, ge=1, le=1000, description="How many at once.")
    offset: int = Field(0, ge=0, description="How many to pass over.")


@router.get("/places", response=Places, summary="Find places")
def list_places(request: HttpRequest, asked: Query[PlacesAsked]) -> Places:
    """Every place that a name may mean, higher levels first; without a name, all of a State or of the store."""
    state = resolve(asked.state) if asked.state else ""
    words = asked.q.strip()
    found = places.called(words, state) if words else places.every(state)
    page = found[asked.offset : asked.offset + asked.limit]
    return Places(total=len(found), items=[Place(**_facts(view)) for view in page])


@router.get("/places/{path:code}", response=PlaceInFull, summary="One place")
def get_place(request: HttpRequest, code: Code) -> PlaceInFull:
    """One place, what it lies in, what lies in it and what it was before."""
    found = places.now(places.get(code))
    return PlaceInFull(
        **_facts(found),
        above=[Place(**_facts(view)) for view in places.chain(found)[1:]],
        below=[Place(**_facts(view)) for view in places.below(found.code)],
        former=[Place(**_facts(view)) for view in places.former(found)],
    )


def _facts(view: PlaceView) -> dict[str, Any]:
    fields = ("code", "short", "state", "level", "kind", "parent", "valid_from", "valid_to")
    kinds = {lang: word for lang in CODES if (word := place_kind(view.kind, lang, view.state))}
    return {"names": dict(view.names), "kind_names": kinds} | {name: getattr(view, name) for name in fields}
