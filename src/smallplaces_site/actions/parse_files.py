"""Where sources and parsers meet: files that a source hands over become parcels.

Reads: items of a source. Writes: nothing. Files are parsed in child processes that can be killed, as many at once as
there are processors, and come back in order. A file that cannot be parsed is refused and the rest goes on.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from smallplaces.errors import UserError
from smallplaces.model.document import Kind, Parcel
from smallplaces.parse import ParsedDocument
from smallplaces.parse.safely import Outcome, parse_many
from smallplaces.sources.base import Item, Refusal, ToParse

_AT_ONCE = max(1, min(4, os.cpu_count() or 1))
_MOST = 500  # files handed to one crew of children


def parsed(items: Iterable[Item], refuse: Callable[[Refusal], None]) -> Iterator[Item]:
    """The items in order, each :class:`ToParse` replaced by the parcel its file holds."""
    waiting: dict[str, ToParse] = {}  # by file name, which hints go by
    for item in items:
        if not isinstance(item, ToParse):
            yield from _parcels(waiting, refuse)
            waiting = {}
            yield item
            continue
        if item.file.path.name in waiting or len(waiting) == _MOST:
            yield from _parcels(waiting, refuse)
            waiting = {}
        waiting[item.file.path.name] = item
    yield from _parcels(waiting, refuse)


def _parcels(waiting: dict[str, ToParse], refuse: Callable[[Refusal], None]) -> Iterator[Parcel]:
    """The parcel of each file, in the order they were given: two files of one document must not race."""
    if not waiting:
        return
    paths = [item.file.path for item in waiting.values()]
    hints = {name: _hints(item) for name, item in waiting.items()}
    done: dict[Path, Outcome] = {}
    turns = iter(waiting.values())
    turn = next(turns, None)
    for outcome in parse_many(paths, hints=hints, children=_AT_ONCE):
        done[outcome.path] = outcome
        while turn is not None and turn.file.path in done:
            yield from _parcel(turn, done.pop(turn.file.path), refuse)
            turn = next(turns, None)


def _parcel(item: ToParse, outcome: Outcome, refuse: Callable[[Refusal], None]) -> Iterator[Parcel]:
    if outcome.document is None:
        reason = outcome.error.message if outcome.error else "the parser ended without a word"
        refuse(Refusal(where=item.file.name, reason=reason))
        return
    try:
        yield _filled(item, outcome.document)
    except UserError as error:
        refuse(Refusal(where=item.file.name, reason=error.message))


def _hints(item: ToParse) -> dict[str, str]:
    known = item.work
    return {
        "symbol": known.symbol,
        "kind": "" if known.kind is Kind.OTHER else str(known.kind),  # "other": the source does not know
        "lang": item.edition.lang,
        "state": known.states[0] if known.states else "",
        "body": known.body,
        "key": known.key,
    }


def _filled(item: ToParse, document: ParsedDocument) -> Parcel:
    """What the source is sure of stands; the parser fills what it leaves empty."""
    parcel = document.parcel(_hints(item))
    work = dataclasses.replace(parcel.work, **_told(item.work), facts={**parcel.work.facts, **item.work.facts})
    edition = dataclasses.replace(
        parcel.edition, **_told(item.edition), facts={**parcel.edition.facts, **item.edition.facts}
    )
    return dataclasses.replace(parcel, work=work, edition=edition, origin=item.origin)


def _told(record: Any) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {name: value for name, value in values.items() if value and name != "facts" and value is not Kind.OTHER}
