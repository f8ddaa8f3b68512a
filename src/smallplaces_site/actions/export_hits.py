"""Everything a query finds, in full, as JSON lines, CSV, XLSX or JSON.

Reads: the index for which paragraphs, the store for what they say. Writes: bytes as they go, in flat memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from smallplaces_site.corpus import export
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Edition, Paragraph, Reading, Work
from smallplaces_site.corpus.read.documents import ParagraphView, assemble, rows_of
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import title_of

FORMS = ("jsonl", "csv", "xlsx", "json")

#: What a row says, in order.
COLUMNS = (
    "work",
    "symbol",
    "kind",
    "body",
    "states",
    "title",
    "adopted",
    "distributed",
    "year",
    "lang",
    "paragraph",
    "number",
    "heading",
    "text",
    "labels",
    "source",
    "version",
)
_CHUNK = 500


def export_hits(
    text: str,
    langs: Sequence[str],
    filters: Mapping[str, Sequence[str]],
    form: str,
    *,
    across: bool = True,
    without: Sequence[str] = (),
) -> Iterator[bytes]:
    """The bytes of every paragraph that the query finds, in other languages too with ``across``.

    Raises :class:`BadInput` for an unknown form or filter.
    """
    asked = " ".join([text, *(f"{name}={value}" for name, values in filters.items() for value in values)])
    query = " ".join([asked.strip(), *(f"lang={lang}" for lang in langs)]).strip()
    rows = _rows(engine().matching(text, langs=langs, filters=filters, across=across, without=without))
    if form == "jsonl":
        return _lines(query, rows)
    table = export.Table(
        name="search",
        columns=COLUMNS,
        rows=(list(row.values()) for row in rows),
        query=query,
        address="",
        version=data_version(),
    )
    return export.write(table, form)


def _lines(query: str, rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    header = {
        "query": query,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "data_version": str(data_version()),
        "licence": export.LICENCE,
    }
    yield json.dumps(header, ensure_ascii=False).encode() + b"\n"
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"


def _rows(ids: Iterable[int]) -> Iterator[dict[str, Any]]:
    source = iter(ids)
    while some := list(islice(source, _CHUNK)):
        wanted: dict[int, list[int]] = {}
        for pk, edition_id in Paragraph.objects.filter(pk__in=some).values_list("pk", "edition_id"):
            wanted.setdefault(edition_id, []).append(pk)
        for edition in Edition.objects.filter(pk__in=wanted).select_related("work").order_by("pk"):
            for view in assemble(rows_of(Reading.objects.filter(paragraph_id__in=wanted[edition.pk]))):
                yield _row(view, edition.work, edition.lang)


def _row(view: ParagraphView, work: Work, lang: str) -> dict[str, Any]:
    return {
        "work": work.key,
        "symbol": work.symbol,
        "kind": work.kind,
        "body": work.body,
        "states": work.states,
        "title": title_of(work, lang),
        "adopted": work.adopted,
        "distributed": work.distributed,
        "year": work.year,
        "lang": lang,
        "paragraph": view.key,
        "number": view.number,
        "heading": list(view.heading),
        "text": view.text,
        "labels": [f"{facet}:{scheme}:{value}" for facet, scheme, value, _ in view.labels],
        "source": view.source,
        "version": view.version,
    }
