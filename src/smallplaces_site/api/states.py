"""States: their standing towards treaties and what was recommended to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import P, PathEx, Query, Router

from smallplaces.errors import NotFound
from smallplaces.vocab import resolve_state, states
from smallplaces_site.api import schemas
from smallplaces_site.api.documents import paragraph
from smallplaces_site.api.instruments import standing
from smallplaces_site.api.params import RecommendationsAsked
from smallplaces_site.corpus.read import instruments
from smallplaces_site.corpus.read import states as reading
from smallplaces_site.corpus.read.about import invented_states
from smallplaces_site.corpus.read.states import Recommendation, StateCount

router = Router(tags=["States"])

Code = PathEx[str, P(description="ISO 3166-1 alpha-3 code, or a name in any of the languages.")]
_NONE = StateCount("", 0, None)


@router.get("/states", response=list[schemas.State], summary="List States")
def list_states(request: HttpRequest) -> list[schemas.State]:
    """Every State of the catalogue, and any other that documents concern, by code."""
    counts = reading.counts()
    return [schemas.State(**_facts(code, counts)) for code in sorted({*states(), *counts})]


@router.get("/states/{code}", response=schemas.StateInFull, summary="One State")
def get_state(request: HttpRequest, code: Code) -> schemas.StateInFull:
    """A State and every dated act of it towards a treaty. Its documents: /documents?state=…"""
    found = resolve(code)
    treaties = [standing(party) for party in instruments.of_state(found)]
    return schemas.StateInFull(**_facts(found, reading.counts()), treaties=treaties)


@router.get("/states/{code}/recommendations", response=schemas.Recommendations, summary="Recommendations to a State")
def list_recommendations(
    request: HttpRequest, asked: Query[RecommendationsAsked], code: Code
) -> schemas.Recommendations:
    """What treaty bodies and other States recommended, newest document first."""
    found = [item for item in reading.recommendations(resolve(code), asked.lang or "en") if _fits(item, asked)]
    page = found[asked.offset : asked.offset + asked.limit]
    return schemas.Recommendations(total=len(found), items=[_recommendation(item) for item in page])


def resolve(name: str) -> str:
    """The code of a State by any of its names. Raises :class:`NotFound`."""
    known = resolve_state(name)
    if known is not None:
        return known.code
    if name.upper() in reading.counts():  # a State that documents concern, outside of the catalogue
        return name.upper()
    raise NotFound("no State of that name is known here", where=name)


def _facts(code: str, counts: dict[str, StateCount]) -> dict[str, Any]:
    known = states().get(code)
    count = counts.get(code, _NONE)
    return {
        "code": code,
        "iso2": known.iso2 if known else "",
        "m49": known.m49 if known else "",
        "standing": str(known.standing) if known else "",
        "names": dict(known.names if known else invented_states().get(code, {})),
        "region": known.region if known else "",
        "group": known.group if known else "",
        "documents": count.documents,
        "last_year": count.last_year,
    }


def _fits(item: Recommendation, asked: RecommendationsAsked) -> bool:
    """Whether a recommendation has one of the wanted values of every filter that was given."""
    held = {
        "body": (item.work.body,),
        "position": (item.position,),
        "cycle": (item.cycle,),
        "recommending": item.values("recommending"),
        "theme": item.values("theme"),
        "group": item.values("group"),
    }
    wanted = {name: {value.casefold() for value in getattr(asked, name)} for name in held}
    return all(
        not values or not values.isdisjoint(value.casefold() for value in held[name]) for name, values in wanted.items()
    )


def _recommendation(item: Recommendation) -> schemas.Recommendation:
    return schemas.Recommendation(
        document=item.work.key,
        symbol=item.work.symbol,
        kind=item.work.kind,
        body=item.work.body,
        lang=item.lang,
        year=item.work.year,
        session=item.session,
        cycle=item.cycle,
        position=item.position,
        recommending=list(item.values("recommending")),
        paragraph=paragraph(item.paragraph),
    )
