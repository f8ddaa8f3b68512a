"""Bodies: who they are and what this store holds of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import P, PathEx, Router

from smallplaces.errors import NotFound
from smallplaces.vocab import bodies, resolve_body
from smallplaces_site.api import schemas
from smallplaces_site.corpus.read import bodies as reading
from smallplaces_site.corpus.read.bodies import BodyCount

router = Router(tags=["Bodies"])

Code = PathEx[str, P(description="A code, abbreviation or name in any of the languages: CESCR, UPR…")]


@router.get("/bodies", response=list[schemas.Body], summary="List bodies")
def list_bodies(request: HttpRequest) -> list[schemas.Body]:
    """Every body of the catalogue, the treaty bodies first, then others that documents name."""
    counts = reading.counts()
    codes = dict.fromkeys((*bodies(), *sorted(counts)))
    return [schemas.Body(**_facts(code, counts)) for code in codes]


@router.get("/bodies/{code}", response=schemas.BodyInFull, summary="One body")
def get_body(request: HttpRequest, code: Code) -> schemas.BodyInFull:
    """A body and how much of each kind of document there is. The documents: /documents?body=…"""
    known = resolve_body(code)
    counts = reading.counts()
    found = known.code if known else code
    if known is None and found not in counts:
        raise NotFound("no body of that name is known here", where=code)
    return schemas.BodyInFull(**_facts(found, counts), kinds=dict(reading.kinds(found)))


def _facts(code: str, counts: dict[str, BodyCount]) -> dict[str, Any]:
    known = bodies().get(code)
    count = counts.get(code)
    return {
        "code": code,
        "kind": str(known.kind) if known else "",
        "names": dict(known.names) if known else {},
        "monitors": list(known.monitors) if known else [],
        "documents": count.documents if count else 0,
        "first_year": count.first_year if count else None,
        "last_year": count.last_year if count else None,
    }
