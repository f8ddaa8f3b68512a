"""Practices: what worked elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import P, PathEx, Query, Router, Schema
from pydantic import Field

from smallplaces.vocab.practices import Source
from smallplaces_site.api.schemas import Shape
from smallplaces_site.practices import library, read
from smallplaces_site.practices.read import PracticeView

router = Router(tags=["Practices"])

Key = PathEx[str, P(description="The key of a practice, as its address has it.")]


class PracticeSource(Shape):
    """Where it can be read."""

    title: str
    publisher: str
    date: str = Field(description="ISO 8601, in known precision.")
    address: str


class PracticeShape(Shape):
    """What a place did about a problem, and what came of it. Texts are by language: en, ko."""

    key: str
    kind: str
    title: dict[str, str]
    where: dict[str, str] = Field(description="The place, as a reader is told.")
    state: str = Field(description="ISO 3166-1 alpha-3.")
    place: str = Field(description="Code of the place; empty where the catalogue of places does not hold it.")
    since: str
    texts: dict[str, dict[str, str]] = Field(
        description="problem, done, conditions, cost, evidence, failed: each by language."
    )
    contact: dict[str, str] = Field(description="An office.")
    rights: list[str] = Field(description="Articles: treaty:CRPD/19.")
    recommendations: list[str] = Field(description="Recommendations it answers: CRPD/C/KOR/CO/2-3#p42.")
    groups: list[str]
    sdgs: list[str]
    heads: list[str] = Field(description="COFOG.")
    department: str
    sources: list[PracticeSource]
    checked: str = Field(description="general-knowledge (to be verified), sources, or officer.")
    as_of: str
    version: int = Field(description="0: it comes with the software.")
    by: str
    reviewed_by: str
    at: datetime | None


class PracticesShape(Shape):
    """The practices that answer."""

    total: int
    items: list[PracticeShape]


class PracticesAsked(Schema):
    """Which practices."""

    q: str = Field("", max_length=300, description="Words, in any language. Empty: all.")
    right: str = Field("", max_length=100, description="An article: treaty:CRPD/19.")
    kind: str = Field("", max_length=40)
    state: str = Field("", max_length=3)
    sdg: str = Field("", max_length=10)


@router.get("/practices", response=PracticesShape, summary="Find practices")
def practices(request: HttpRequest, asked: Query[PracticesAsked]) -> dict[str, Any]:
    """Practices by words and by what they are about."""
    chosen = {name: [value] for name in ("right", "kind", "state", "sdg") if (value := getattr(asked, name))}
    found = library.find(asked.q, chosen).found
    return {"total": len(found), "items": [_shape(one.view) for one in found]}


@router.get("/practices/{key}", response=PracticeShape, summary="One practice")
def practice(request: HttpRequest, key: Key) -> dict[str, Any]:
    """One practice, in its latest version."""
    return _shape(read.practice(key))


def _shape(view: PracticeView) -> dict[str, Any]:
    one = view.practice
    return {
        "key": one.key,
        "kind": one.kind,
        "title": dict(one.title),
        "where": dict(one.where),
        "state": one.state,
        "place": one.place,
        "since": one.since,
        "texts": {part: dict(texts) for part, texts in one.texts.items()},
        "contact": dict(one.contact),
        **{name: list(getattr(one, name)) for name in ("rights", "recommendations", "groups", "sdgs", "heads")},
        "department": one.department,
        "sources": [_source(source) for source in one.sources],
        "checked": one.checked,
        "as_of": one.as_of,
        "version": view.version,
        "by": view.by,
        "reviewed_by": view.reviewed_by,
        "at": view.at,
    }


def _source(source: Source) -> dict[str, str]:
    return {name: getattr(source, name) for name in ("title", "publisher", "date", "address")}
