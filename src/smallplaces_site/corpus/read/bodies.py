"""Reading by body: what a committee, a council or a mandate holder has published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Max, Min

from smallplaces_site.corpus.models import Work
from smallplaces_site.corpus.read.documents import WorkView, views
from smallplaces_site.corpus.read.news import by_version


@dataclass(frozen=True, slots=True)
class BodyCount:
    """A body and how much the store holds of it."""

    code: str
    documents: int
    first_year: int | None
    last_year: int | None


@by_version
def counts() -> dict[str, BodyCount]:
    """Every body with documents, by code (or by name, for a body that the catalogue does not have)."""
    rows = Work.objects.exclude(body="").values("body")
    rows = rows.annotate(documents=Count("id"), first=Min("year"), last=Max("year"))
    return {row["body"]: BodyCount(row["body"], row["documents"], row["first"], row["last"]) for row in rows}


@by_version
def kinds(body: str) -> tuple[tuple[str, int], ...]:
    """The kinds of document of a body with their counts, most first."""
    rows = Work.objects.filter(body=body).values("kind").annotate(documents=Count("id"))
    return tuple((row["kind"], row["documents"]) for row in rows.order_by("-documents", "kind"))


def documents(body: str, kind: str = "", *, start: int = 0, limit: int | None = 50) -> tuple[int, list[WorkView]]:
    """How many documents of a body (and kind) there are, and some of them, newest first."""
    rows = Work.objects.filter(body=body)
    if kind:
        rows = rows.filter(kind=kind)
    newest = (F(name).desc(nulls_last=True) for name in ("year", "adopted", "distributed"))
    rows = rows.order_by(*newest, "key")
    stop = None if limit is None else start + limit
    return rows.count(), views(list(rows[start:stop]))
