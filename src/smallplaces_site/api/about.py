"""About the data: version, counts, sources and their licences."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from smallplaces_site.api import schemas
from smallplaces_site.corpus.read import about as reading
from smallplaces_site.corpus.read.about import SourceView
from smallplaces_site.corpus.read.news import data_version

router = Router(tags=["About"])


@router.get("/about", response=schemas.About, summary="About the data")
def about(request: HttpRequest) -> schemas.About:
    """What is held, in which version, from which sources and under which licences."""
    version, totals = data_version(), reading.totals()
    return schemas.About(
        data_version=str(version),
        cursor=version.cursor,
        changed=version.at,
        example=reading.example_present(),
        documents=totals.works,
        editions=totals.editions,
        paragraphs=totals.paragraphs,
        kinds=dict(totals.kinds),
        languages=dict(totals.languages),
        sources=[_source(source) for source in reading.sources()],
    )


def _source(source: SourceView) -> schemas.Source:
    return schemas.Source(
        name=source.name,
        title=source.title,
        publisher=str(source.description.get("publisher", "")),
        address=str(source.description.get("address", "")),
        licence=str(source.description.get("licence", "")),
        note=str(source.description.get("note", "")),
        paragraphs=source.readings,
        imported=source.last.started,
        outcome=source.last.outcome,
        counts=source.last.counts,
    )
