"""Where sources and parsers meet: files that a source hands over become parcels.

Reads: items of a source. Writes: nothing. Each file is parsed in a child process that can be killed, two at a time, in
order. A file that cannot be parsed is refused and the rest goes on.
"""

from __future__ import annotations

import dataclasses
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from smallplaces.errors import UserError
from smallplaces.model.document import Kind, Parcel
from smallplaces.parse.safely import parse_safely
from smallplaces.sources.base import Item, Refusal, ToParse

_AT_ONCE = max(1, min(4, os.cpu_count() or 1))
_AHEAD = 2 * _AT_ONCE


def parsed(items: Iterable[Item], refuse: Callable[[Refusal], None]) -> Iterator[Item]:
    """The items in order, each :class:`ToParse` replaced by the parcel its file holds."""
    waiting: deque[Item | tuple[ToParse, Future[Parcel]]] = deque()
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="parse") as pool:
        for item in items:
            waiting.append((item, pool.submit(_parse, item)) if isinstance(item, ToParse) else item)
            while waiting and (len(waiting) >= _AHEAD or not isinstance(waiting[0], tuple)):
                yield from _finished(waiting.popleft(), refuse)
        while waiting:
            yield from _finished(waiting.popleft(), refuse)


def _finished(item: Item | tuple[ToParse, Future[Parcel]], refuse: Callable[[Refusal], None]) -> Iterator[Item]:
    if not isinstance(item, tuple):
        yield item
        return
    given, future = item
    try:
        yield future.result()
    except UserError as error:
        refuse(Refusal(where=given.file.name, reason=error.message))


def _parse(item: ToParse) -> Parcel:
    known = item.work
    kind = "" if known.kind is Kind.OTHER else str(known.kind)  # "other" is what a source says that does not know
    hints = {
        "symbol": known.symbol,
        "kind": kind,
        "lang": item.edition.lang,
        "state": known.states[0] if known.states else "",
        "body": known.body,
        "key": known.key,
    }
    parcel = parse_safely(item.file.path, hints=hints).parcel(hints)
    work = dataclasses.replace(parcel.work, **_told(known), facts={**parcel.work.facts, **known.facts})
    edition = dataclasses.replace(
        parcel.edition, **_told(item.edition), facts={**parcel.edition.facts, **item.edition.facts}
    )
    return dataclasses.replace(parcel, work=work, edition=edition, origin=item.origin)


def _told(record: Any) -> dict[str, Any]:
    """The fields that the source is sure of: what it says stands, a parser fills the rest."""
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {name: value for name, value in values.items() if value and name != "facts" and value is not Kind.OTHER}
