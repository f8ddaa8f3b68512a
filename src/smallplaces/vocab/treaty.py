"""Treaties, protocols and declarations, and names that are mistaken for them.

Reads ``treaties.yml`` (the core), ``treaties_other.yml`` and ``not_treaties.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.model.instrument import FalseFriend, InstrumentKind, Treaty
from smallplaces.vocab.fold import LONGEST
from smallplaces.vocab.index import Index, spellings
from smallplaces.vocab.load import Entry, entries

_PLACE_AND_DAY = re.compile(r"\s*\.\s+\w[\w ]*, \d{1,2} \w+ \d{4}\s*$")


@cache
def treaties() -> Mapping[str, Treaty]:
    """Every treaty and declaration by code: the core ones first, in the order of the catalogue."""
    found: dict[str, Treaty] = {}
    for entry in (*entries("treaties.yml"), *entries("treaties_other.yml")):
        if entry.code in found:
            raise BadInput("the treaty stands twice", where=entry.where)
        found[entry.code] = _treaty(entry)
    return MappingProxyType(found)


def core_treaties() -> tuple[Treaty, ...]:
    """The nine core treaties."""
    return tuple(t for t in treaties().values() if t.kind is InstrumentKind.TREATY and t.body)


def resolve_treaty(text: str) -> Treaty | None:
    """The treaty of a code, title, nickname or depositary number in any of the seven languages, or None.

    A committee's abbreviation names its treaty ("CCPR" is the ICCPR, as in the sources' article codes). The place and
    day that the depositary adds to titles ("… . New York, 20 November 1989") may stay. Names of things that are no
    treaties give None: see :func:`not_a_treaty`.
    """
    if len(text) > LONGEST:
        return None
    return _index().find(text) or _index().find(_PLACE_AND_DAY.sub("", text))


@cache
def not_treaties() -> Mapping[str, FalseFriend]:
    """Names that sound like treaties and are none, by code."""
    found: dict[str, FalseFriend] = {}
    for entry in entries("not_treaties.yml"):
        found[entry.code] = FalseFriend(
            code=entry.code,
            names=entry.words("names"),
            why=entry.names("why"),
            means=entry.words("means"),
        )
        entry.close()
    return MappingProxyType(found)


def not_a_treaty(text: str) -> FalseFriend | None:
    """What a name that sounds like a treaty really is ("Istanbul Protocol": a manual), or None."""
    return _false_friends().find(text)


def _treaty(entry: Entry) -> Treaty:
    treaty = Treaty(
        code=entry.code,
        kind=InstrumentKind(entry.text("kind")),
        title=entry.names("title"),
        short=entry.names("short", required=()),
        aliases=entry.aliases(),
        adopted=entry.day("adopted"),
        in_force=entry.day("in_force"),
        untc=entry.text("untc", ""),
        body=entry.text("body", ""),
        parent=entry.text("parent", ""),
        articles=entry.number("articles"),
    )
    entry.close()
    return treaty


@cache
def _index() -> Index[Treaty]:
    def spelled(treaty: Treaty) -> set[str]:
        own = {treaty.code, treaty.untc} - {""}
        return own | spellings(treaty.title, treaty.short, aliases=treaty.aliases)

    return Index("treaties", ((treaty, spelled(treaty)) for treaty in treaties().values()))


@cache
def _false_friends() -> Index[FalseFriend]:
    return Index("not_treaties.yml", ((friend, friend.names) for friend in not_treaties().values()))
