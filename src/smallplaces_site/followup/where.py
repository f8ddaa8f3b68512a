"""Where something of follow-up lies: at a place, or for a State as a whole."""

from __future__ import annotations

from smallplaces.errors import BadInput
from smallplaces.vocab import resolve_state
from smallplaces_site.corpus.read import places


def located(state: str, place: str) -> tuple[str, str]:
    """State and whole code of a place, from any of its codes; of the State as a whole for no place.

    Raises :class:`~smallplaces.errors.NotFound` for a place that is not known, :class:`BadInput` for no State.
    """
    if place:
        found = places.now(places.get(place))
        return found.state, found.code
    known = resolve_state(state) if state else None
    code = known.code if known else state.strip().upper()
    if len(code) != 3 or not code.isalpha():
        raise BadInput("No State has the code “%(where)s”.", where=state)
    return code, ""
