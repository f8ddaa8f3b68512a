"""What an engine must do. Nothing of any engine leaks through this seam."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from smallplaces.search.plan import Has, Node, Plan
from smallplaces.search.schema import Entry


class IndexState(StrEnum):
    """Whether an index can be asked."""

    READY = "ready"
    MISSING = "missing"  # nothing was ever built here
    REBUILD = "rebuild-needed"  # built by another version of the schema


@dataclass(frozen=True, slots=True)
class Found:
    """One entry that matches: what was stored of it, and the spans its analysis kept.

    ``tokens`` are (term, start, end) in the text where analysis is too slow to be done again for an
    excerpt, else None.
    """

    entry: Entry
    score: float
    tokens: tuple[tuple[str, int, int], ...] | None = None
    in_work: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a backend finds for a plan. ``total`` is exact."""

    found: tuple[Found, ...] = ()
    total: int = 0
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    works: int | None = None


class Batch(Protocol):
    """Changes that become visible together, or not at all."""

    watermark: int

    def add(self, entries: Iterable[Entry]) -> int:
        """Add entries, each in place of the one of the same id; how many."""

    def delete(self, ids: Iterable[int]) -> None:
        """Take entries away; an unknown id is no error."""


class Backend(Protocol):
    """A search engine that holds entries and answers plans."""

    def state(self) -> IndexState:
        """Whether the index can be asked."""

    def batch(self) -> AbstractContextManager[Batch]:
        """Changes committed together at the end of the block, rolled back when it raises.

        Raises :class:`~smallplaces.errors.Locked` when another process writes.
        """

    def rebuild(self) -> AbstractContextManager[Batch]:
        """A new, empty index that takes the place of the present one at the end of the block."""

    def watermark(self) -> int:
        """The last change that the committed index holds; 0 for an empty one."""

    def count(self) -> int:
        """How many entries the committed index holds."""

    def ids(self) -> Iterator[int]:
        """The id of every entry, in no order."""

    def entries(self) -> Iterator[Entry]:
        """Every entry as it is stored (its text in NFC), in no order."""

    def matching(self, node: Node, filters: Sequence[Has]) -> Iterator[int]:
        """The id of every entry that matches, from the lowest up, however many they are."""

    def generation(self) -> str:
        """A name that changes with every commit that this process can see."""

    def search(self, plan: Plan) -> Answer:
        """Answer a plan."""

    def known(self, node: Node) -> bool:
        """Whether any entry could match this node: its terms exist."""

    def values(self, facet: str) -> Mapping[str, int]:
        """Every value of a facet with the number of its entries."""

    def near(self, word: str, groups: Sequence[str], limit: int = 5) -> Sequence[tuple[str, int]]:
        """Words of the index spelt almost like this one, with how often they occur; best first."""

    def status(self) -> Mapping[str, object]:
        """Numbers for ``doctor``: entries, segments, bytes, schema, watermark."""
