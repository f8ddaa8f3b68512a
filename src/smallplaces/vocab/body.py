"""The bodies of the human rights system.

Reads ``bodies.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from smallplaces.model.body import Body, BodyKind
from smallplaces.vocab.index import Index, spellings
from smallplaces.vocab.load import Entry, entries


@cache
def bodies() -> Mapping[str, Body]:
    """Every body by code: the treaty bodies first."""
    return MappingProxyType({entry.code: _body(entry) for entry in entries("bodies.yml")})


def treaty_bodies() -> tuple[Body, ...]:
    """The ten treaty bodies."""
    return tuple(body for body in bodies().values() if body.kind is BodyKind.TREATY_BODY)


def resolve_body(text: str) -> Body | None:
    """The body of a name or abbreviation in any of the seven languages ("- CRC", "자유권규약위원회"), or None.

    "HRC" is the Council. A treaty's abbreviation names its committee where databases use it so ("CRC-OP-SC").
    """
    return _index().find(text)


def body_of_symbol(symbol: str) -> Body | None:
    """The body whose symbols begin this one: the longest prefix wins ("A/HRC/WG.6/…" is UPR, not GA)."""
    printed = symbol.strip().upper()
    owned = ((prefix, body) for body in bodies().values() for prefix in body.symbols)
    fitting = [(len(prefix), body) for prefix, body in owned if (printed + "/").startswith(prefix.upper() + "/")]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _body(entry: Entry) -> Body:
    body = Body(
        code=entry.code,
        kind=BodyKind(entry.text("kind")),
        names=entry.names("names"),
        abbreviation=entry.names("abbreviation", required=()),
        aliases=entry.aliases(),
        symbols=entry.words("symbols"),
        monitors=entry.words("monitors"),
        parent=entry.text("parent", ""),
        established=entry.text("established", ""),
        ended=entry.text("ended", ""),
    )
    entry.close()
    return body


@cache
def _index() -> Index[Body]:
    def spelled(body: Body) -> set[str]:
        return {body.code} | spellings(body.names, body.abbreviation, aliases=body.aliases)

    return Index("bodies.yml", ((body, spelled(body)) for body in bodies().values()))
