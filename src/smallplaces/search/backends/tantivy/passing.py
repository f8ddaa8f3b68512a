"""A few entries in memory, asked as if they stood in the whole index.

New paragraphs pass by thousands of saved searches: they are put into an index of their own, which is asked instead of
the whole. What the whole index knows besides (which values a facet has) is still asked of it, so that a query means the
same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smallplaces.search.backends.base import Backend
from smallplaces.search.backends.tantivy.memory import MemoryBackend
from smallplaces.search.prepare import Prepared


class PassingBackend(MemoryBackend):
    """Entries that are asked once and forgotten; ``whole`` is the index they belong to. Read only."""

    def __init__(self, prepared: Iterable[Prepared], whole: Backend) -> None:
        super().__init__(prepared)
        self._whole = whole

    def values(self, facet: str) -> Mapping[str, int]:
        """Every value of a facet, as the whole index knows it."""
        return self._whole.values(facet)
