"""Search and export."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router
from ninja.errors import HttpError

from smallplaces.search.backends.base import IndexState
from smallplaces.search.engine import Engine
from smallplaces.search.hit import Hit, Results
from smallplaces_site.actions.export_hits import export_hits
from smallplaces_site.api import schemas
from smallplaces_site.api.params import COUNTED, HitsAsked, SearchAsked
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.read.news import data_version

router = Router(tags=["Search"])


_SORTS = {"relevance": "relevance", "newest": "-date", "oldest": "date"}


@router.get("/search", response=schemas.Results, summary="Search paragraphs")
def search(request: HttpRequest, asked: Query[SearchAsked]) -> schemas.Results:
    """Paragraphs in any language, best first, with counts for every facet. Any text is a valid query."""
    results = _engine().search(
        asked.q,
        filters=asked.filters(),
        facets=asked.facets or COUNTED,
        sort=_SORTS[asked.sort],
        limit=asked.limit,
        offset=asked.offset,
        group=asked.grouped,
        across=asked.across,
        without=asked.without,
    )
    return _results(results)


@router.get(
    "/export",
    summary="Everything a search finds, as JSON lines",
    openapi_extra={
        "responses": {
            200: {
                "description": "One line that says what was asked, when and of which data; then a paragraph a line.",
                "content": {"application/jsonl": {"schema": {"type": "object"}}},
            }
        }
    },
)
def export(request: HttpRequest, asked: Query[HitsAsked]) -> StreamingHttpResponse:
    """The same query and filters as search, without a limit, as a stream that needs no memory on either side."""
    _engine()
    filters = asked.filters()
    langs = tuple(filters.pop("lang", ()))
    chunks = export_hits(asked.q, langs, filters, "jsonl", across=asked.across, without=asked.without)
    response = StreamingHttpResponse(chunks, content_type="application/jsonl")
    response["Content-Disposition"] = 'attachment; filename="smallplaces.jsonl"'
    return response


def _engine() -> Engine:
    """The engine. A store whose index is still to be built has no answer yet, which is not the answer "nothing"."""
    found = engine()
    if found.state() is not IndexState.READY and data_version().cursor:
        raise HttpError(503, "The index is being built; ask again in a minute.")
    return found


def _results(results: Results) -> schemas.Results:
    return schemas.Results(
        query=results.query,
        total=results.total,
        works=results.works,
        took_ms=results.took_ms,
        hits=[_hit(hit) for hit in results.hits],
        facets={name: dict(counts) for name, counts in results.facets.items()},
        goes_to=schemas.GoesTo.model_validate(results.goes_to) if results.goes_to else None,
        did_you_mean=results.did_you_mean,
        fuzzy=results.fuzzy,
        notes=list(results.notes),
        added=[
            schemas.Added(
                concept=added.code,
                words=added.words,
                lang=added.lang,
                terms={lang: list(said) for lang, said in added.terms.items()},
            )
            for added in results.added
        ],
        data_version=str(data_version()),
    )


def _hit(hit: Hit) -> schemas.Hit:
    return schemas.Hit(
        work=hit.work,
        symbol=hit.symbol,
        edition=f"{hit.work}@{hit.lang}",
        lang=hit.lang,
        paragraph=hit.paragraph,
        number=hit.number,
        title=hit.title,
        excerpt=hit.excerpt,
        marks=list(hit.marks),
        score=round(hit.score, 4),
        matched=list(hit.matched),
        kind=hit.kind,
        body=hit.body,
        states=list(hit.states),
        date=hit.date,
        in_work=hit.in_work,
        across=list(hit.across),
    )
