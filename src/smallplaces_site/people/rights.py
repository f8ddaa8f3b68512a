"""Who may do what: one table, asked by pages, API and command line alike, and walked through by a test.

A right within the institution's hands reaches everywhere in its State; one of a local government reaches its own place,
and the places below it where the membership says so. The table is the whole of it: nothing else grants a right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from django.contrib.auth.models import AnonymousUser

from smallplaces.errors import UserError
from smallplaces_site.people.models import Membership, Organisation, Role, User

_INSTITUTION = frozenset({Role.ADMIN, Role.OFFICER})
_LOCAL = frozenset({Role.HEAD, Role.CONTRIBUTOR})
_ANY = _INSTITUTION | _LOCAL | {Role.COMMENTER}

#: Right -> the roles that have it.
RIGHTS: MappingProxyType[str, frozenset[Role]] = MappingProxyType(
    {
        # people
        "people.manage": frozenset({Role.ADMIN}),
        # what a machine claimed, looked at by a person
        "citation.decide": _INSTITUTION,
        "thread.decide": _INSTITUTION,
        "label.decide": _INSTITUTION,
        "competence.decide": _INSTITUTION | _LOCAL,
        # words for the city
        "restatement.write": _INSTITUTION | _LOCAL,
        "restatement.approve": _INSTITUTION | {Role.HEAD},
        "brief.write": _INSTITUTION | _LOCAL,
        "brief.publish": _INSTITUTION | {Role.HEAD},
        # submissions
        "draft.write": _ANY,
        "draft.sign": frozenset({Role.ADMIN, Role.OFFICER, Role.HEAD, Role.COMMENTER}),
        # what worked
        "practice.write": _INSTITUTION | _LOCAL,
        "practice.review": _INSTITUTION,
        # letters from the institution to places
        "dispatch.send": _INSTITUTION,
        "dispatch.acknowledge": _LOCAL,
        # input rounds: questions of the institution, answers of places
        "round.open": _INSTITUTION,
        "round.answer": _LOCAL,
        "round.sign": frozenset({Role.HEAD}),
        # follow-up: three voices apart, and the committee's own grade
        "followup.plan": _INSTITUTION | _LOCAL,
        "followup.report": _LOCAL,
        "followup.assess": _INSTITUTION,
        "followup.comment": frozenset({Role.COMMENTER}),
        "followup.grade": _INSTITUTION,
        "indicator.write": _INSTITUTION | _LOCAL,
        # courses: groups that learn together, and certificates taken back
        "cohort.manage": _INSTITUTION,
        "certificate.withdraw": _INSTITUTION,
        # days of procedures: added, moved, called off
        "event.write": _INSTITUTION,
        # for everybody who signs in
        "follow.webhook": _ANY,
    }
)

#: Roles that a kind of organisation can give.
ROLES_OF: MappingProxyType[str, frozenset[Role]] = MappingProxyType(
    {
        Organisation.Kind.INSTITUTION: _INSTITUTION,
        Organisation.Kind.LOCAL: _LOCAL,
        Organisation.Kind.CIVIL: frozenset({Role.COMMENTER}),
    }
)


class Forbidden(UserError):
    """Somebody asked for what is not theirs to do. The message says who may; ``roles`` are those."""

    def __init__(self, template: str, roles: Iterable[str] = (), **values: str) -> None:
        super().__init__(template, **values)
        self.roles = tuple(sorted(roles))


@dataclass(frozen=True, slots=True)
class Scope:
    """Where something is done: a State, and the chain of places from the one concerned up to the highest.

    Empty places: it concerns the State as a whole. An empty State: it concerns no State in particular.
    """

    state: str = ""
    places: tuple[str, ...] = ()


def may(user: User | AnonymousUser | None, right: str, scope: Scope = Scope()) -> bool:
    """Whether ``user`` has ``right`` there. Raises KeyError for a right that the table does not know."""
    return membership_for(user, right, scope) is not None


def membership_for(user: User | AnonymousUser | None, right: str, scope: Scope = Scope()) -> Membership | None:
    """The membership by which ``user`` has ``right`` there, or nothing: it is what a decision is signed with."""
    roles = RIGHTS[right]
    if not isinstance(user, User) or not user.is_active:
        return None
    held = user.memberships.filter(ended=None, role__in=roles).select_related("organisation").order_by("pk")
    return next((one for one in held if _reaches(one, scope)), None)


def membership_in(user: User | AnonymousUser | None, right: str, organisations: Iterable[int]) -> Membership | None:
    """The membership by which ``user`` has ``right`` within one of these organisations (ids), whatever their place: for
    what belongs to those who write it. Civil society must be verified. Raises KeyError for an unknown right."""
    roles = RIGHTS[right]
    if not isinstance(user, User) or not user.is_active:
        return None
    held = user.memberships.filter(ended=None, role__in=roles, organisation__in=list(organisations))
    known = held.select_related("organisation").order_by("pk")
    civil = Organisation.Kind.CIVIL
    return next((one for one in known if one.organisation.kind != civil or one.organisation.verified), None)


def require(user: User | AnonymousUser | None, right: str, scope: Scope = Scope()) -> Membership:
    """The membership by which ``user`` may. Raises :class:`Forbidden`, saying which roles may."""
    found = membership_for(user, right, scope)
    if found is None:
        roles = ", ".join(sorted(RIGHTS[right]))
        where = f" for {scope.places[0]}" if scope.places else ""
        raise Forbidden(f"{right}{where} is for: {roles}", RIGHTS[right])
    return found


def places_of(user: User | AnonymousUser | None) -> list[str]:
    """Codes of the places that somebody acts for, in the order in which they came to."""
    if not isinstance(user, User) or not user.is_active:
        return []
    held = user.memberships.filter(ended=None, organisation__kind=Organisation.Kind.LOCAL).order_by("pk")
    return list(dict.fromkeys(held.values_list("organisation__place", flat=True)))


def _reaches(membership: Membership, scope: Scope) -> bool:
    organisation = membership.organisation
    if scope.state and organisation.state != scope.state:
        return False
    if organisation.kind == Organisation.Kind.INSTITUTION:
        return True
    if organisation.kind == Organisation.Kind.CIVIL:
        return organisation.verified
    return _within(organisation.place, scope.places, below=membership.below)


def _within(own: str, places: Iterable[str], *, below: bool) -> bool:
    chain = tuple(places)
    if not chain:
        return False
    return own in chain if below else own == chain[0]
