"""Instruments: what they say and who is bound."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import P, PathEx, Query, Router

from smallplaces.errors import NotFound
from smallplaces.model.instrument import Treaty
from smallplaces.vocab import resolve_treaty, treaties
from smallplaces_site.api import schemas
from smallplaces_site.api.documents import paragraph
from smallplaces_site.api.params import InLanguage
from smallplaces_site.corpus.read import documents, instruments
from smallplaces_site.corpus.read.instruments import Party

router = Router(tags=["Instruments"])

Code = PathEx[str, P(description="A code, title or short name in any of the languages: ICESCR, 사회권규약…")]


@router.get("/instruments", response=list[schemas.Instrument], summary="List instruments")
def list_instruments(request: HttpRequest) -> list[schemas.Instrument]:
    """Every treaty, protocol and declaration of the catalogue, the core ones first."""
    counts = instruments.party_counts()
    return [schemas.Instrument(**_facts(treaty, counts)) for treaty in treaties().values()]


@router.get("/instruments/{code}", response=schemas.InstrumentInFull, summary="One instrument")
def get_instrument(request: HttpRequest, asked: Query[InLanguage], code: Code) -> schemas.InstrumentInFull:
    """Its articles, where this store holds the text, and what every State did: signed, ratified, reserved."""
    treaty = resolve_treaty(code)
    if treaty is None:
        raise NotFound("the catalogue has no instrument of that name", where=code)
    work = instruments.text(treaty.code)
    edition = work.best_edition(*([asked.lang] if asked.lang else [])) if work else None
    return schemas.InstrumentInFull(
        **_facts(treaty, instruments.party_counts()),
        document=work.key if work else None,
        lang=edition.lang if edition else "",
        articles=[paragraph(view) for view in documents.paragraphs(edition.id)] if edition else [],
        standings=[standing(party) for party in instruments.parties(treaty.code)],
    )


def _facts(treaty: Treaty, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "code": treaty.code,
        "kind": str(treaty.kind),
        "titles": dict(treaty.title),
        "short": dict(treaty.short),
        "adopted": treaty.adopted,
        "in_force": treaty.in_force,
        "body": treaty.body,
        "parent": treaty.parent,
        "parties": counts.get(treaty.code, 0),
    }


def standing(party: Party) -> schemas.Standing:
    """A State's standing towards a treaty as the interface shows it."""
    return schemas.Standing(
        state=party.state,
        treaty=party.treaty,
        standing=party.standing,
        signed=party.signed.date if party.signed else "",
        bound=party.bound.date if party.bound else "",
        by=party.bound.kind if party.bound else "",
        acts=[schemas.Act.model_validate(act) for act in party.acts],
    )
