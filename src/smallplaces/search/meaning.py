"""Which values of a facet a typed text means: ``state:"South Korea"``, ``body:crpd``, ``theme:housing``."""

from __future__ import annotations

from collections.abc import Iterable

from smallplaces.text.normalise import folded
from smallplaces.vocab.state import state_candidates

_STATES = frozenset({"state", "recommending"})


def values_meant(facet: str, text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known values that ``text`` means: the value itself in any case, a State by any of its names,
    else every value that holds all the words of the text."""
    wanted = folded(text).strip()
    spelled = {value: folded(value) for value in known}
    same = [value for value, plain in spelled.items() if plain == wanted]
    if same:
        return tuple(same)
    if facet in _STATES:
        codes = {state.code for state in state_candidates(text)}
        return tuple(value for value in spelled if value in codes)
    parts = wanted.replace("-", " ").split()
    return tuple(value for value, plain in spelled.items() if parts and all(part in plain for part in parts))
