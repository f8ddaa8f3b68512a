"""Reading the list of documents, page by page, in the order in which they came in. Reads: Work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smallplaces_site.corpus.models import Work
from smallplaces_site.corpus.read.documents import WorkView, views


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are meant. Several values of one field are alternatives; an empty field asks for nothing."""

    kind: Sequence[str] = ()
    body: Sequence[str] = ()
    state: Sequence[str] = ()
    lang: Sequence[str] = ()
    since: int | None = None  # year, inclusive
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents. ``after``: ask for what follows it; None at the end. ``total`` counts all that are meant."""

    works: tuple[WorkView, ...]
    total: int
    after: int | None


def documents(wanted: Filter, *, after: int = 0, limit: int = 50) -> Page:
    """At most ``limit`` documents after the one with id ``after``.

    The order never changes and new documents come last, so that a reader who pages through while an import runs
    misses none and sees none twice.
    """
    rows = Work.objects.all()
    fields = {"kind": wanted.kind, "body": wanted.body, "concerned__state": wanted.state, "editions__lang": wanted.lang}
    for field, values in fields.items():
        if values:
            rows = rows.filter(**{f"{field}__in": list(values)})
    if wanted.since is not None:
        rows = rows.filter(year__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(year__lte=wanted.until)
    ids = rows.values_list("pk", flat=True).distinct()
    found = list(ids.filter(pk__gt=after).order_by("pk")[: limit + 1])
    works = Work.objects.filter(pk__in=found[:limit]).order_by("pk")
    return Page(tuple(views(list(works))), total=ids.count(), after=found[limit - 1] if len(found) > limit else None)
