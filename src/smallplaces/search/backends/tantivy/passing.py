"""A few entries in memory, asked as if they stood in the whole index.

New paragraphs pass by thousands of saved searches: they are put into an index of their own, which is asked instead of the
whole. What the whole index knows besides (which values a facet has) is still asked of it, so that a query means the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy

from smallplaces.search.backends.base import Backend
from smallplaces.search.backends.tantivy.backend import TantivyBackend, reader_of
from smallplaces.search.backends.tantivy.schema import document, register, schema
from smallplaces.search.prepare import Prepared

_HEAP = 32_000_000


class PassingBackend(TantivyBackend):
    """Entries that are asked once and forgotten; ``whole`` is the index they belong to. Read only."""

    def __init__(self, prepared: Iterable[Prepared], whole: Backend) -> None:
        super().__init__(Path())
        self._whole = whole
        index = tantivy.Index(schema())
        index.config_reader("manual")
        register(index)
        writer = index.writer(_HEAP, 1)
        for one in prepared:
            writer.add_document(document(one))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._passing = reader_of(("passing", 0, 0), index)

    def _read(self) -> object:
        return self._passing

    def values(self, facet: str) -> Mapping[str, int]:
        """Every value of a facet, as the whole index knows it."""
        return self._whole.values(facet)
