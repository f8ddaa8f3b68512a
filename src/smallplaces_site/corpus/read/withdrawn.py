"""Reading what is no longer there: a paragraph that every source has withdrawn keeps its link and its last wording."""

from __future__ import annotations

from smallplaces.errors import NotFound
from smallplaces_site.corpus.models import Reading
from smallplaces_site.corpus.read.documents import ParagraphView


def last_wording(edition_id: int, key: str) -> ParagraphView:
    """The paragraph of that key as it was last shown. Raises :class:`NotFound` when there never was one, or it is
    still there."""
    readings = Reading.objects.filter(paragraph__edition_id=edition_id, paragraph__key=key)
    row = readings.select_related("paragraph").order_by("-run_id", "-rank", "-pk").first()
    if row is None or readings.filter(current=True).exists():
        raise NotFound("The document never had a paragraph %(where)s.", where=key)
    return ParagraphView(
        id=row.paragraph_id,
        key=key,
        number=row.number,
        kind=row.kind,
        heading=tuple(row.heading),
        text=row.text,
        page=row.page,
        source=row.source,
        version=row.version,
        labels=tuple((facet, scheme, value, row.source) for facet, scheme, value in row.labels),
        facts=row.facts,
    )
