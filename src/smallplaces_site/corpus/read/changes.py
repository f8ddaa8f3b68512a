"""What changed since a cursor: the log as mirrors, feeds and careful readers follow it. Reads: Change, Paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from smallplaces_site.corpus.models import Change, Paragraph

_CHUNK = 500  # ids in one query


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of the log. ``paragraphs`` hold keys within the edition: {"added": ("15", "16"), …}."""

    cursor: int
    at: datetime
    what: str
    work: str
    lang: str
    source: str
    paragraphs: Mapping[str, tuple[str, ...]]
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Lines in the order in which they happened. ``cursor``: ask for what follows it; ``more``: there is some now."""

    changes: tuple[ChangeView, ...]
    cursor: int
    more: bool


def since(cursor: int, limit: int = 100, *, work: str = "") -> ChangePage:
    """At most ``limit`` changes after ``cursor`` (0: from the beginning), of one work when its key is given."""
    rows = Change.objects.filter(id__gt=cursor)
    if work:
        rows = rows.filter(work_key=work)
    found = list(rows.select_related("run").order_by("id")[: limit + 1])
    shown = found[:limit]
    return ChangePage(tuple(_views(shown)), cursor=shown[-1].pk if shown else cursor, more=len(found) > limit)


def _views(rows: Sequence[Change]) -> Iterator[ChangeView]:
    keys = _keys(pk for row in rows for ids in row.paragraphs.values() for pk in ids)
    for row in rows:
        yield ChangeView(
            cursor=row.pk,
            at=row.at,
            what=row.what,
            work=row.work_key,
            lang=row.lang,
            source=row.run.source if row.run else "",
            # A paragraph that was merged with its double or removed since has no key any more.
            paragraphs={what: tuple(keys[pk] for pk in ids if pk in keys) for what, ids in row.paragraphs.items()},
            detail=row.detail,
        )


def _keys(ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    rest = iter(ids)
    while chunk := list(islice(rest, _CHUNK)):
        found.update(Paragraph.objects.filter(pk__in=chunk).values_list("pk", "key"))
    return found
