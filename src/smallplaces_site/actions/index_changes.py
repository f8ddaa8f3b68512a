"""Bring the search index up to the change log; or build it anew beside the old one and swap.

Reads: the change log past the index's watermark, and the paragraphs it names. Writes: the index.

The watermark is committed with the entries it stands for. A process killed at any moment leaves the index at its last
commit; the same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from smallplaces.search.backends.base import IndexState
from smallplaces.search.schema import Entry
from smallplaces_site.corpus.entries import all_entries, entries
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Paragraph
from smallplaces_site.corpus.touched import batches, last_change, pending

#: Paragraphs put into one commit of the index.
COMMIT = 50_000

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done: entries written, whether the index was built anew, and the change it stands at."""

    written: int
    rebuilt: bool
    watermark: int


def index_changes(progress: Progress = lambda done, total: None) -> Indexed:
    """Apply every change the index has not seen. The caller holds the write lock."""
    backend = engine().backend
    if backend.state() is not IndexState.READY or backend.watermark() > last_change():
        return rebuild_index(progress)
    written = 0
    total = pending(backend.watermark())
    for ids, watermark in batches(backend.watermark(), COMMIT):
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
