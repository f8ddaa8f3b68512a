"""The newest paragraphs of what can be followed, for feeds: the same that followers are told.

Reads: the index, the store. Writes: nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from smallplaces_site.alerts import asked
from smallplaces_site.alerts.models import Follow
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Reading
from smallplaces_site.corpus.read import places
from smallplaces_site.local.read import asked_of

#: Entries of one feed.
MOST = 50


@dataclass(frozen=True, slots=True)
class Newest:
    """A paragraph with its reading, and when that came in."""

    reading: Reading
    at: datetime


def newest(what: str, name: str) -> list[Newest]:
    """The paragraphs of what is followed that came in last, the last first."""
    rows = Reading.objects.filter(shown=True, paragraph__in=_ids(what, name))
    rows = rows.select_related("paragraph__edition__work", "run").order_by("-paragraph")
    return [Newest(row, row.run.finished or row.run.started) for row in rows]


def _ids(what: str, name: str) -> list[int]:
    """The highest ids: rows are numbered as they come in."""
    search = asked.saved(what, name)
    found: Iterable[int]
    if search is None:
        assert what == Follow.What.PLACE  # noqa: S101 (everything else is a search)
        found = sorted(one.paragraph_id for one in asked_of(places.get(name)))
    else:
        found = engine().matching(search.text, filters=search.filters, across=search.across, without=search.without)
    return list(deque(found, maxlen=MOST))
