"""Who may do something for a place or a State: the table of rights, asked with the place's chain.

Reads: Membership, PlaceRecord. An organisation names its place by the short code or by the whole one: both are heard.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from smallplaces_site.corpus.read import places
from smallplaces_site.people.models import Membership, User
from smallplaces_site.people.rights import Scope, membership_for, require


class Operator:
    """Whoever runs the command line of the server, where every file can be written anyway."""


OPERATOR = Operator()
Who = User | AnonymousUser | Operator


def scopes(state: str, place: str) -> tuple[Scope, ...]:
    """Where something is done: at a place (any of its codes), or for the State as a whole."""
    if not place:
        return (Scope(state),)
    chain = places.chain(places.get(place))
    return Scope(state, tuple(view.code for view in chain)), Scope(state, tuple(view.short for view in chain))


def allowed(who: Who, right: str, state: str, place: str) -> Membership | None:
    """The membership by which ``who`` may; None for the operator, who signs as the command line.

    Raises :class:`~smallplaces_site.people.rights.Forbidden`.
    """
    if isinstance(who, Operator):
        return None
    return held(who, right, state, place) or require(who, right, scopes(state, place)[0])


def held(who: Who, right: str, state: str, place: str) -> Membership | None:
    """The membership by which ``who`` may, or nothing."""
    if isinstance(who, Operator):
        return None
    found = (membership_for(who, right, scope) for scope in scopes(state, place))
    return next((one for one in found if one), None)
