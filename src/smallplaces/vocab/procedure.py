"""What the bodies do: reporting, follow-up, communications, reviews, visits.

Reads ``procedures.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.model.body import Procedure
from smallplaces.vocab.body import bodies
from smallplaces.vocab.index import Index, spellings
from smallplaces.vocab.load import Entry, entries


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure by code ("follow-up")."""
    return MappingProxyType({entry.code: _procedure(entry) for entry in entries("procedures.yml")})


def resolve_procedure(text: str) -> Procedure | None:
    """The procedure of a name or code in any of the seven languages, or None."""
    return _index().find(text)


def _procedure(entry: Entry) -> Procedure:
    procedure = Procedure(
        code=entry.code,
        names=entry.names("names"),
        explained=entry.names("explained"),
        bodies=entry.words("bodies"),
        aliases=entry.aliases(),
    )
    entry.close()
    unknown = [code for code in procedure.bodies if code not in bodies()]
    if unknown:
        raise BadInput(f"no such body: {', '.join(unknown)}", where=entry.where)
    return procedure


@cache
def _index() -> Index[Procedure]:
    spelled = ((p, {p.code} | spellings(p.names, aliases=p.aliases)) for p in procedures().values())
    return Index("procedures.yml", spelled)
