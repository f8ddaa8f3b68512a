"""Bring the search index up to the change log; or build it anew beside the old one and swap.

Reads: the change log past the index's watermark, and the paragraphs it names. Writes: the index.

The watermark is committed with the entries it stands for. A process killed at any moment leaves the index at its last
commit; the same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Max

from smallplaces.search.backends.base import IndexState
from smallplaces.search.schema import Entry
from smallplaces_site.corpus.entries import all_entries, entries
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Change, Paragraph

#: Paragraphs put into one commit of the index.
COMMIT = 50_000

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done: entries written, whether the index was built anew, and the change it stands at."""

    written: int
    rebuilt: bool
    watermark: int


def last_change() -> int:
    """The newest line of the change log; 0 when it is empty."""
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def index_changes(progress: Progress = lambda done, total: None) -> Indexed:
    """Apply every change the index has not seen. The caller holds the write lock."""
    backend = engine().backend
    if backend.state() is not IndexState.READY or backend.watermark() > last_change():
        return rebuild_index(progress)
    written = 0
    total = _pending(backend.watermark())
    for ids, watermark in _batches(backend.watermark()):
        with backend.batch() as batch:
            batch.delete(ids)
            written += batch.add(entries(ids))
            batch.watermark = watermark
        progress(written, total)
    return Indexed(written=written, rebuilt=False, watermark=backend.watermark())


def rebuild_index(progress: Progress = lambda done, total: None) -> Indexed:
    """Build the index from the store alone, beside the old one, and swap. The caller holds the write lock."""
    backend = engine().backend
    watermark = last_change()
    with backend.rebuild() as batch:
        written = batch.add(_watched(all_entries(), progress))
        batch.watermark = watermark
    return Indexed(written=written, rebuilt=True, watermark=watermark)


def _watched(stream: Iterable[Entry], progress: Progress) -> Iterator[Entry]:
    total = Paragraph.objects.count()
    for done, entry in enumerate(stream, start=1):
        if done % 1000 == 0:
            progress(done, total)
        yield entry


def _pending(watermark: int) -> int:
    changes = Change.objects.filter(pk__gt=watermark).values_list("paragraphs", flat=True)
    return sum(len(ids) for paragraphs in changes.iterator() for ids in paragraphs.values())


def _batches(watermark: int) -> Iterator[tuple[set[int], int]]:
    """Paragraph ids to read again, and the change up to which they bring the index."""
    ids: set[int] = set()
    last = watermark
    for change in Change.objects.filter(pk__gt=watermark).order_by("pk").iterator(chunk_size=500):
        ids.update(_touched(change))
        last = change.pk
        if len(ids) >= COMMIT:
            yield ids, last
            ids = set()
    if last > watermark:
        yield ids, last


def _touched(change: Change) -> Iterator[int]:
    """Every paragraph whose entry a change may alter: those it names, or all of a Work whose facts changed."""
    for found in change.paragraphs.values():
        yield from found
    yield from change.detail.get("paragraphs", ())
    if change.what in (Change.What.WORK, Change.What.MERGED) and change.work_id is not None:
        yield from Paragraph.objects.filter(edition__work_id=change.work_id).values_list("pk", flat=True)
