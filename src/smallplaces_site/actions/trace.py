"""Trace demands: bring the threads of the States whose paragraphs changed up to the change log.

Reads: the change log past its own mark, the demands to the States it concerns, what people decided. Writes: threads,
and a line in the change log where they are others now, so that pages and mirrors look again.

Each State is saved whole or not at all. The mark moves when every State is done: a process killed on the way has left
whole States behind, and the same command goes through the rest. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from smallplaces.enrich.lineage import VERSION, find_threads
from smallplaces_site.corpus.models import Change, Mark, Work, WorkState
from smallplaces_site.lineage.demands import KINDS, demands_of
from smallplaces_site.lineage.models import Thread
from smallplaces_site.lineage.store import rulings, save

#: The line of the change log that says that the threads of a State are others now.
CHANGE = Change.What.THREADS
_NAME = "lineage"

Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class Traced:
    """The States gone through, those whose threads are others now, and how many threads they have together."""

    states: int = 0
    changed: list[str] = field(default_factory=list)
    threads: int = 0


def trace_changes(progress: Progress = lambda done, total: None, *, again: bool = False) -> Traced:
    """Bring all threads up to the change log; ``again``: of every State. The caller holds the write lock."""
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    mark, _ = Mark.objects.get_or_create(name=_NAME)
    states = _with_demands() if again or mark.version != VERSION else _changed_since(mark.change)
    traced = trace_states(states, progress)
    mark.change, mark.version = last, VERSION
    mark.save()
    return traced


def trace_states(states: Iterable[str], progress: Progress = lambda done, total: None) -> Traced:
    """Find the threads of these States anew. The caller holds the write lock."""
    traced = Traced()
    wanted = sorted(set(states))
    for state in wanted:
        progress(traced.states, len(wanted))
        if trace_state(state):
            traced.changed.append(state)
        traced.states += 1
    traced.threads = Thread.objects.filter(state__in=wanted).count()
    return traced


def trace_state(state: str) -> bool:
    """Find the threads of one State anew; whether they are others now. The caller holds the write lock."""
    held = demands_of(state)
    found = find_threads((one.demand for one in held), rulings(state))
    with transaction.atomic():
        changed = save(state, found, {one.demand.id: one.paragraph_id for one in held})
        if changed:
            Change.objects.create(at=timezone.now(), what=CHANGE, detail={"state": state, "threads": len(found)})
    return changed


def _with_demands() -> set[str]:
    of_demands = WorkState.objects.filter(work__kind__in=KINDS)
    return {*of_demands.values_list("state", flat=True), *Thread.objects.values_list("state", flat=True)}


def _changed_since(change: int) -> set[str]:
    """States whose documents of demands changed, and those whose threads lost members with a document."""
    lines = Change.objects.filter(pk__gt=change).exclude(what=CHANGE)
    works = Work.objects.filter(pk__in=lines.filter(work__isnull=False).values("work_id"), kind__in=KINDS)
    lost = Thread.objects.annotate(left=Count("members")).exclude(left=F("asked"))
    concerned = WorkState.objects.filter(work__in=works)
    return {*concerned.values_list("state", flat=True), *lost.values_list("state", flat=True)}
