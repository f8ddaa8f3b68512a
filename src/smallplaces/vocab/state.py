"""The States: all Members and observers, entities treated like States, ISO territories, former States.

Reads ``states.json`` and ``ambiguous.yml``. Facts: UN terminology names, ISO 3166, M49, membership.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.model.state import Standing, State
from smallplaces.vocab.index import Index, spellings
from smallplaces.vocab.load import Entry, entries


@cache
def states() -> Mapping[str, State]:
    """Every entry by alpha-3 code, in order of code."""
    return MappingProxyType({entry.code: _state(entry) for entry in entries("states.json")})


def members() -> tuple[State, ...]:
    """The Members of the United Nations."""
    return tuple(state for state in states().values() if state.standing is Standing.MEMBER)


def resolve_state(text: str) -> State | None:
    """The State of a name or code in any spelling of the seven languages, or None.

    Alpha-3 and M49 codes are read in any case; alpha-2 codes in capitals only, because "in", "is" and
    "no" are words. A name that may mean several ("Korea") gives None unless one of them bears it as its
    UN name ("Congo", "Guinea"): see :func:`state_candidates`.
    """
    bare = text.strip().strip("-*\u00a0 ")
    if len(bare) == 2 and bare.isascii():
        return _by_iso2().get(bare)
    return _index().find(text)


def state_candidates(text: str) -> tuple[State, ...]:
    """All the States that a name may mean ("Korea": both), for a person to choose from."""
    one = resolve_state(text)
    return _index().candidates(text) or ((one,) if one else ())


def _state(entry: Entry) -> State:
    state = State(
        code=entry.code,
        iso2=entry.text("iso2", ""),
        standing=Standing(entry.text("standing")),
        m49=entry.text("m49", ""),
        region=entry.text("region", ""),
        subregion=entry.text("subregion", ""),
        group=entry.text("group", ""),
        member_since=entry.number("member_since"),
        names=entry.names("names"),
        formal=entry.names("formal", required=()),
        aliases=entry.aliases(),
        valid_to=entry.text("valid_to", ""),
        successors=entry.words("successors"),
        part_of=entry.text("part_of", ""),
        note=entry.text("note", ""),
    )
    entry.close()
    return state


@cache
def _by_iso2() -> Mapping[str, State]:
    short = {state.iso2: state for state in states().values() if state.iso2}
    for state in states().values():
        words = (alias for aliases in state.aliases.values() for alias in aliases)
        short |= {word: state for word in words if len(word) == 2 and word.isascii()}
    return short


@cache
def _index() -> Index[State]:
    index = Index("states.json", ((state, _spelled(state)) for state in states().values()))
    for entry in entries("ambiguous.yml"):
        codes = entry.words("states")
        entry.close()
        missing = [code for code in codes if code not in states()]
        if missing:
            raise BadInput(f"no such State: {', '.join(missing)}", where=entry.where)
        index.ambiguous(entry.code, tuple(states()[code] for code in codes))
    return index


def _spelled(state: State) -> set[str]:
    found = spellings(state.names, state.formal, aliases=state.aliases)
    found = {spelling for spelling in found if len(spelling) > 2 or not spelling.isascii()}
    return found | {state.code} | ({state.m49} if state.m49 else set())
