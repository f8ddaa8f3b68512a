"""Where sources and parsers meet: files that a source hands over become parcels.

Reads: items of a source. Writes: nothing. A file that cannot be parsed is refused and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from smallplaces.errors import UserError
from smallplaces.sources.base import Item, Refusal, ToParse


def parsed(items: Iterable[Item], refuse: Callable[[Refusal], None]) -> Iterator[Item]:
    """The items, each :class:`ToParse` replaced by the parcel its file holds."""
    for item in items:
        if not isinstance(item, ToParse):
            yield item
            continue
        try:
            yield _parse(item)
        except UserError as error:
            refuse(Refusal(where=error.where or item.file.name, reason=error.message))


def _parse(item: ToParse) -> Item:
    from smallplaces.parse import parse_safely

    return parse_safely(item.file.path, hints=item).parcel(item)
