"""The mandates of the special procedures, by theme and by country.

Reads ``mandates.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.model.body import Mandate, MandateKind
from smallplaces.vocab.index import Index, spellings
from smallplaces.vocab.load import Entry, entries
from smallplaces.vocab.state import states


@cache
def mandates() -> Mapping[str, Mandate]:
    """Every mandate by code ("SR-EDUCATION", "SR-MYANMAR"): the thematic ones first."""
    return MappingProxyType({entry.code: _mandate(entry) for entry in entries("mandates.yml")})


def resolve_mandate(text: str) -> Mandate | None:
    """The mandate of a name, code or database label ("- SR Education", "유엔 고문 특별보고관"), or None."""
    return _index().find(text)


def _mandate(entry: Entry) -> Mandate:
    mandate = Mandate(
        code=entry.code,
        kind=MandateKind.COUNTRY if entry.has("state") else MandateKind.THEMATIC,
        names=entry.names("names"),
        aliases=entry.aliases(),
        since=entry.number("since"),
        until=entry.number("until"),
        state=entry.text("state", ""),
    )
    entry.close()
    if mandate.state and mandate.state not in states():
        raise BadInput(f"no such State: {mandate.state}", where=entry.where)
    return mandate


@cache
def _index() -> Index[Mandate]:
    spelled = ((m, {m.code} | spellings(m.names, aliases=m.aliases)) for m in mandates().values())
    return Index("mandates.yml", spelled)
