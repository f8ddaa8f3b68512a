"""Match what came in with what people follow. One more reader of the change log.

Reads: the change log past its own mark, the paragraphs it names, follows. Writes: a tiding for every follow and
paragraph that belong together, and the mark, in one transaction. A process killed at any moment has written both or
neither, and the next run goes on from the mark: every follow hears of every paragraph once.

A follow is told of what came in after it began, never of what was there: its own line of the log says where it began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from smallplaces.search.backends.base import IndexState
from smallplaces.search.prepare import Prepared, prepare_some
from smallplaces_site.alerts.models import Follow, Tiding
from smallplaces_site.alerts.searches import answered_by, refile
from smallplaces_site.corpus.entries import entries
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Change, Mark
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.touched import last_change
from smallplaces_site.local.read import competence_of

_NAME = "alerts"
#: About how many paragraphs are matched in one transaction.
BATCH = 2000
#: A place is told of what it does itself, alone or with others.
_OURS = frozenset({"ours", "shared"})
_CHUNK = 500

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Came:
    """How a paragraph came in: by which line of the log, and whether it is new."""

    change: int
    new: bool


@dataclass(slots=True)
class Matched:
    """Paragraphs looked at, and tidings written."""

    paragraphs: int = 0
    tidings: int = 0


def match_changes(clock: Clock = timezone.now) -> Matched:
    """Bring the follows up to the change log. The caller holds the write lock."""
    done = Matched()
    mark, _ = Mark.objects.get_or_create(name=_NAME, defaults={"change": last_change()})
    if engine().state() is not IndexState.READY:
        return done  # what values a facet has is asked of the index; nothing is lost, the mark stays
    refile()
    begun = _living().aggregate(first=Min("change"))["first"]
    if begun is None:
        _move(mark, last_change())
        return done
    for came, last in _batches(max(mark.change, begun)):
        with transaction.atomic():
            found = _tidings(came, clock()) if came else []
            Tiding.objects.bulk_create(found, ignore_conflicts=True, batch_size=_CHUNK)
            _move(mark, last)
        done.paragraphs += len(came)
        done.tidings += len(found)
    return done


def _living() -> QuerySet[Follow]:
    return Follow.objects.filter(ended=None)


def _move(mark: Mark, change: int) -> None:
    if change > mark.change:
        mark.change = change
        mark.save(update_fields=["change"])


def _batches(after: int) -> Iterator[tuple[dict[int, _Came], int]]:
    """Paragraphs that came in past a line of the log, and the last line they stand in."""
    came: dict[int, _Came] = {}
    last = after
    for line in Change.objects.filter(pk__gt=after).order_by("pk").iterator(chunk_size=_CHUNK):
        if line.what == Change.What.EDITION:
            for paragraph in line.paragraphs.get("changed", ()):
                came.setdefault(paragraph, _Came(line.pk, new=False))
            came |= {paragraph: _Came(line.pk, new=True) for paragraph in line.paragraphs.get("added", ())}
        last = line.pk
        if len(came) >= BATCH:
            yield came, last
            came = {}
    if last > after:
        yield came, last


def _tidings(came: dict[int, _Came], now: datetime) -> list[Tiding]:
    shown = [entry for entry in entries(came) if entry.id in came]
    prepared: list[Prepared] = []
    for start in range(0, len(shown), _CHUNK):
        prepared += prepare_some(shown[start : start + _CHUNK])
    told: dict[int, set[int]] = defaultdict(set)
    begun: dict[int, int] = {}
    for follow, change, paragraphs in (*_by_search(prepared), *_by_place(prepared)):
        begun[follow] = change
        told[follow] |= paragraphs
    return [
        Tiding(follow_id=follow, paragraph_id=pk, change=came[pk].change, new=came[pk].new, at=now)
        for follow, paragraphs in sorted(told.items())
        for pk in sorted(paragraphs)
        if came[pk].change > begun[follow]
    ]


def _by_search(prepared: list[Prepared]) -> Iterator[tuple[int, int, set[int]]]:
    """(follow, where it began, paragraphs) of everything that is asked as a search."""
    answers = answered_by(prepared)
    searches = iter(answers)
    while some := list(islice(searches, _CHUNK)):
        rows = _living().filter(search__in=some).values_list("pk", "change", "search_id")
        for pk, change, search in rows:
            if search is not None:
                yield pk, change, answers[search]


def _by_place(prepared: list[Prepared]) -> Iterator[tuple[int, int, set[int]]]:
    """The same of places: what asks of their State and is theirs to do."""
    followed = _living().filter(what=Follow.What.PLACE)
    by_state: dict[str, set[int]] = defaultdict(set)
    for one in prepared:
        for state in one.entry.facets.get("state", ()):
            by_state[state].add(one.entry.id)
    known = {view.short: view for view in places.every() if view.state in by_state}
    for name in followed.order_by().values_list("name", flat=True).distinct():
        if name not in known:
            continue
        place = known[name]
        whose = competence_of(by_state[place.state], place)
        ours = {pk for pk, found in whose.items() if found.verdict in _OURS}
        if ours:
            for pk, change in followed.filter(name=name).values_list("pk", "change"):
                yield pk, change, ours
