"""How a source delivers several files: damage is refused, and only an undamaged run is called complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from smallplaces.errors import BadFile, BadRecord
from smallplaces.sources.base import Complete, Context, File, Item, Refusal
from smallplaces.sources.strict import Record


def deliver(
    files: tuple[File, ...],
    context: Context,
    read_file: Callable[[File], Iterator[Item]],
    rest: Callable[[], Iterator[Item]] = lambda: iter(()),
    *,
    everything: bool = True,
) -> Iterator[Item]:
    """What ``read_file`` yields for each of ``files``, then :class:`Complete` if nothing was refused and the files
    are ``everything`` the publisher holds.

    A file that raises :class:`BadFile` on the way is refused from there on; the others are read all the same.
    ``rest`` says what is left over when every file was read to its end.
    """
    refused, damaged = not files, False
    for file in files:
        try:
            for item in read_file(file):
                refused = refused or isinstance(item, Refusal)
                yield item
        except BadFile as error:
            damaged = True
            yield Refusal(error.where or file.name, error.message)
    if damaged:
        return
    for item in rest():
        refused = refused or isinstance(item, Refusal)
        yield item
    if everything and not refused:
        yield Complete(context.languages)


def each(
    lines: Iterable[tuple[str, dict[str, Any]] | Refusal], make: Callable[[Record], Iterator[Item]]
) -> Iterator[Item]:
    """What ``make`` yields for each record; one that raises :class:`BadRecord` is refused with its place."""
    for line in lines:
        if isinstance(line, Refusal):
            yield line
            continue
        record = Record(line[1], line[0])
        try:
            yield from make(record)
        except BadRecord as error:
            yield record.refuse(error.message)
