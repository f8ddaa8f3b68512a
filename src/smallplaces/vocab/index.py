"""From every spelling of a name to the thing it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from smallplaces.errors import BadInput
from smallplaces.vocab.fold import LONGEST, fold


class Named(Protocol):
    """What an index holds."""

    @property
    def code(self) -> str: ...  # noqa: D102


T = TypeVar("T", bound=Named)


class Index(Generic[T]):
    """Folded spelling -> one entry. A spelling claimed by two entries is an error of the data, unless
    the data lists it among the ambiguous ones, which resolve to nothing and have candidates."""

    def __init__(self, label: str, spelled: Iterable[tuple[T, Iterable[str]]]) -> None:
        self._label = label
        self._one: dict[str, T] = {}
        self._many: dict[str, tuple[T, ...]] = {}
        for entry, spellings in spelled:
            for spelling in spellings:
                self._add(spelling, entry)

    def _add(self, spelling: str, entry: T) -> None:
        key = fold(spelling)
        if not key:
            raise BadInput(f"{spelling!r} folds to nothing", where=f"{self._label}: {entry.code}")
        other = self._one.setdefault(key, entry)
        if other is not entry:
            raise BadInput(f"{spelling!r} also names {other.code}", where=f"{self._label}: {entry.code}")

    def ambiguous(self, spelling: str, entries: tuple[T, ...]) -> None:
        """Declare what a spelling may mean. If an entry owns the spelling, it stays the answer."""
        self._many[fold(spelling)] = entries

    def find(self, text: str) -> T | None:
        """The one entry of that spelling, or None."""
        return self._one.get(fold(text)) if len(text) <= LONGEST else None

    def candidates(self, text: str) -> tuple[T, ...]:
        """Everything the spelling may mean: the ambiguous list if there is one, else the one, else nothing."""
        key = fold(text)
        if key in self._many:
            return self._many[key]
        return (self._one[key],) if key in self._one else ()

    def __iter__(self) -> Iterator[str]:
        return iter(self._one)

    def __len__(self) -> int:
        return len(self._one)


def spellings(*names: Mapping[str, str], aliases: Mapping[str, tuple[str, ...]]) -> set[str]:
    """All the spellings of an entry: names in every language, and aliases."""
    found = {name for mapping in names for name in mapping.values()}
    return found.union(*aliases.values())
