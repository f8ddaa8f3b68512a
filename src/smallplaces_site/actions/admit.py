"""Add a person to an organisation, or end what they are there. Right: people.manage.

Reads: User, Organisation. Writes: User, Organisation, Membership, Deed; sends nothing: the link to set a password is
given to whoever adds the person, because a new installation often has no mail server yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.people.deeds import record
from smallplaces_site.people.models import Membership, Organisation, Role, User
from smallplaces_site.people.rights import ROLES_OF


@dataclass(frozen=True, slots=True)
class Place:
    """Where an organisation stands: its kind, its State (the site's own when empty) and a local government's place."""

    kind: str = Organisation.Kind.INSTITUTION
    state: str = ""
    place: str = ""


@transaction.atomic
def admit(
    email: str,
    role: str,
    organisation: str,
    where: Place,
    *,
    name: str = "",
    below: bool = False,
    by: Membership | None = None,
) -> Membership:
    """Give ``email`` a role in an organisation, which is made when it is new. Doing it again changes nothing.

    Raises :class:`BadInput` for what is not an address, a role that the organisation's kind does not have, a local
    government without place, or an organisation known as another kind or at another place.
    """
    address = _address(email)
    body = _organisation(organisation.strip(), where)
    if role not in ROLES_OF[Organisation.Kind(body.kind)]:
        known = ", ".join(sorted(ROLES_OF[Organisation.Kind(body.kind)]))
        raise BadInput(f"{body} can have: {known}", where=f"role {role}")
    user = User.objects.filter(email=address).first() or User.objects.create_user(address)
    if name and user.name != name:
        user.name = name
        user.save(update_fields=["name"])
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    membership, new = Membership.objects.get_or_create(
        user=user, organisation=body, role=Role(role), ended=None, defaults={"below": below}
    )
    if new or membership.below != below:
        membership.below = below
        membership.save(update_fields=["below"])
        record(by, "people.manage", f"admit {address} as {role} of {body}", place=body.place)
    return membership


@transaction.atomic
def dismiss(email: str, organisation: str, *, by: Membership | None = None) -> int:
    """End everything that ``email`` is in an organisation; how many roles. Raises :class:`NotFound` for none."""
    held = Membership.objects.filter(user__email=_address(email), organisation__name=organisation, ended=None)
    count = held.update(ended=timezone.now())
    if not count:
        raise NotFound(f"{email} has no role in {organisation}")
    record(by, "people.manage", f"dismiss {email} from {organisation}")
    return count


@transaction.atomic
def verify(organisation: str, *, by: Membership | None = None) -> Organisation:
    """Let a civil society organisation's words be seen by everybody. Raises :class:`NotFound`."""
    found = Organisation.objects.filter(name=organisation, kind=Organisation.Kind.CIVIL).first()
    if found is None:
        raise NotFound(f"no civil society organisation is called {organisation}")
    if not found.verified:
        found.verified = True
        found.save(update_fields=["verified"])
        record(by, "people.manage", f"verify {organisation}")
    return found


def password_link(user: User) -> str:
    """The path at which a person sets a password, once, for as long as password links are good."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadInput("not an e-mail address", where=email) from error
    return address


def _organisation(name: str, where: Place) -> Organisation:
    found = Organisation.objects.filter(name=name).first()
    if found is not None:
        if (where.state and where.state != found.state) or (where.place and where.place != found.place):
            raise BadInput(f"known as {found.kind} of {found.place or found.state}", where=name)
        return found
    if not name:
        raise BadInput("the organisation needs a name", where="organisation")
    if where.kind not in Organisation.Kind.values:
        raise BadInput(f"expected one of {', '.join(Organisation.Kind.values)}", where=f"kind {where.kind}")
    if where.kind == Organisation.Kind.LOCAL and not where.place:
        raise BadInput("a local government needs the code of its place", where=name)
    state = where.state or settings.SETTINGS["SMALLPLACES_STATE"].upper()
    return Organisation.objects.create(name=name, kind=where.kind, state=state, place=where.place)
