"""An index in memory, for a few hundred entries at most. Made at once, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy

from smallplaces.search.backends.tantivy.backend import TantivyBackend, _Reader, reader_of
from smallplaces.search.backends.tantivy.schema import document, register, schema
from smallplaces.search.prepare import Prepared

_HEAP = 32_000_000


class MemoryBackend(TantivyBackend):
    """Entries that are asked like any others, and are gone with the process. Read only."""

    def __init__(self, prepared: Iterable[Prepared]) -> None:
        super().__init__(Path())
        index = tantivy.Index(schema())
        index.config_reader("manual")
        register(index)
        writer = index.writer(_HEAP, 1)
        for one in prepared:
            writer.add_document(document(one))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._held = reader_of(("memory", 0, 0), index)

    def _read(self) -> _Reader | None:
        return self._held
