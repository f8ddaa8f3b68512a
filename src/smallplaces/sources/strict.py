"""Strict records: every field of a source's record is used, ignored on purpose, or signalled.

A source that grows a column tells us so, instead of being read past it for years::

    record = Record(row, where="rows.csv:12")
    text = record.need("Text")
    year = record.number("Year")
    record.ignore("InternalId")
    yield from record.unused()
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.sources.base import Refusal, Signal

_EXCERPT = 120
_KINDS = 1000  # different oddities remembered; a file with more is broken in one way or another


class Record:
    """One record of a source, that remembers which of its fields were read."""

    __slots__ = ("_fields", "_seen", "where")

    def __init__(self, fields: Mapping[str, Any], where: str) -> None:
        self._fields = fields
        self._seen: set[str] = set()
        self.where = where

    def get(self, name: str, default: Any = None) -> Any:
        """The value as it is; ``default`` when the field is absent or null."""
        self._seen.add(name)
        value = self._fields.get(name)
        return default if value is None else value

    def text(self, name: str, default: str = "") -> str:
        """The value as text without blanks around it; ``default`` when absent, null or blank."""
        value = self.get(name)
        return (str(value).replace("\xa0", " ").strip() if value is not None else "") or default

    def need(self, name: str) -> str:
        """As :meth:`text`. Raises :class:`BadRecord` when there is nothing."""
        value = self.text(name)
        if not value:
            raise BadRecord(f"{name} is empty", where=self.where)
        return value

    def number(self, name: str) -> int | None:
        """The value as a whole number, None when blank. Raises :class:`BadRecord` when it is not one."""
        value = self.text(name)
        if not value:
            return None
        try:
            return int(value)
        except ValueError as error:
            raise BadRecord(f"{name} is not a whole number: {value[:40]!r}", where=self.where) from error

    def ignore(self, *names: str) -> None:
        """These fields are left out on purpose."""
        self._seen.update(names)

    def unused(self) -> Iterator[Signal]:
        """A signal for every field that was neither read nor ignored."""
        for name in self._fields:
            if name not in self._seen:
                yield Signal(where=self.where, what=f"unknown field {name!r}")

    def refuse(self, reason: str) -> Refusal:
        """This record refused for ``reason``, with its first characters."""
        return Refusal(where=self.where, reason=reason, excerpt=excerpt(self._fields))


def excerpt(value: Any) -> str:
    """The first characters of what was refused, on one line."""
    if isinstance(value, Mapping):
        value = "; ".join(f"{key}: {part}" for key, part in value.items() if part not in (None, "", [], ()))
    return " ".join(str(value)[: 4 * _EXCERPT].split())[:_EXCERPT]


class Tally:
    """Oddities that repeat by the thousand, told once each with their first place and their number."""

    def __init__(self) -> None:
        self._seen: dict[str, list[Any]] = {}
        self.total = 0

    def add(self, where: str, what: str) -> None:
        """Count ``what``, first seen at ``where``."""
        if what not in self._seen and len(self._seen) >= _KINDS:
            what = "further oddities of other kinds"
        entry = self._seen.setdefault(what, [where, 0])
        entry[1] += 1
        self.total += 1

    def signals(self) -> Iterator[Signal]:
        """One signal for each oddity, in the order of their first appearance."""
        for what, (where, count) in self._seen.items():
            yield Signal(where, what if count == 1 else f"{what} ({count} times, first here)")
