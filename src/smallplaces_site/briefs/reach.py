"""Who may do something for a place: the table of rights, asked with the place's chain.

Organisations name their place by its short code or by the whole one: both are asked for.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.people.models import Membership, User
from smallplaces_site.people.rights import Scope, membership_for, require

Person = User | AnonymousUser | None


def scopes(place: PlaceView | None, state: str = "") -> tuple[Scope, ...]:
    """Where something is done: at a place, or for a State as a whole."""
    if place is None:
        return (Scope(state),)
    chain = places.chain(place)
    return (
        Scope(place.state, tuple(view.short for view in chain)),
        Scope(place.state, tuple(view.code for view in chain)),
    )


def allowed(user: Person, right: str, place: PlaceView | None, state: str = "") -> Membership | None:
    """The membership by which ``user`` may, or nothing."""
    found = (membership_for(user, right, scope) for scope in scopes(place, state))
    return next((membership for membership in found if membership), None)


def demand(user: Person, right: str, place: PlaceView | None, state: str = "") -> Membership:
    """The membership by which ``user`` may. Raises :class:`smallplaces_site.people.rights.Forbidden`."""
    return allowed(user, right, place, state) or require(user, right, scopes(place, state)[0])
