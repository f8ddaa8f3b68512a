"""Ask a group of people to take courses, and let each say whether their progress may be seen. Right: cohort.manage.

Reads: Cohort, Seat, User, the courses. Writes: Cohort, Seat, Deed, a letter to each new address in the outbox, and for
an address that nobody has an account of, a reader's account: it may do nothing but learn and read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.admit import password_link
from smallplaces_site.alerts.outbox import put
from smallplaces_site.learn.models import Cohort, Seat
from smallplaces_site.learn.shelf import all_courses
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, User
from smallplaces_site.people.rights import Scope, require

#: At most so many people in one group.
LARGEST = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to somebody who is invited."""

    lang: str
    subject: str
    text: str


#: Writes the letter to somebody: the group, the person, and the path at which a password is set ("" for who has one).
Writer = Callable[[Cohort, User, str], Letter]


@transaction.atomic
def make_cohort(user: User, name: str, courses: Sequence[str], *, due: date | None = None, note: str = "") -> Cohort:
    """A group without people yet. Raises :class:`Forbidden`, and :class:`BadInput` for no name or an unknown course."""
    by = _allowed(user)
    known = all_courses()
    strangers = [one for one in courses if one not in known]
    if not name.strip() or not courses or strangers:
        raise BadInput(
            "Give the group a name, and choose at least one of the courses that are here.", where=", ".join(strangers)
        )
    cohort = Cohort.objects.create(
        name=name.strip()[:200],
        organisation=by.organisation,
        courses=[one for one in known if one in courses],
        due=due,
        note=note.strip()[:1000],
        made_by=signature(by),
    )
    record(by, "cohort.manage", f"make {cohort.pk}", detail={"courses": list(courses)})
    return cohort


@transaction.atomic
def invite(user: User, cohort: Cohort, addresses: Sequence[str], write: Writer) -> list[Seat]:
    """Give each new address a seat, and put a letter to it into the outbox. Who has a seat is not written to again.

    Raises :class:`Forbidden`; :class:`BadInput` for what is no address, for too many, and for a group that is closed.
    """
    by = _allowed(user, cohort)
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses if address.strip()))
    wrong = [address for address in wanted if not _is_address(address)]
    if wrong:
        raise BadInput("This is no e-mail address: %(where)s.", where=", ".join(wrong)[:200], field="addresses")
    if cohort.closed:
        raise BadInput("The group “%(where)s” is closed: nobody can be invited any more.", where=cohort.name)
    if cohort.seats.count() + len(wanted) > LARGEST:
        raise BadInput("A group has at most %(most)d people.", most=LARGEST, where=cohort.name)
    seats = []
    for address in wanted:
        seat, new = Seat.objects.get_or_create(cohort=cohort, email=address)
        if new:
            person = _account(address)
            link = "" if person.has_usable_password() else password_link(person)
            letter = write(cohort, person, link)
            put(f"cohort/{cohort.pk}/{address}", address, letter.lang, letter.subject, letter.text)
            seats.append(seat)
    if seats:
        record(by, "cohort.manage", f"invite {len(seats)} to {cohort.pk}")
    return seats


@transaction.atomic
def leave_out(user: User, cohort: Cohort, address: str) -> None:
    """Take a seat away. Raises :class:`Forbidden`, and :class:`NotFound` when the address has none."""
    by = _allowed(user, cohort)
    if not Seat.objects.filter(cohort=cohort, email=address.replace("\x00", "").strip().lower()).delete()[0]:
        raise NotFound("Nobody in this group has the address %(where)s.", where=address[:100])
    record(by, "cohort.manage", f"leave one out of {cohort.pk}")


@transaction.atomic
def close(user: User, cohort: Cohort) -> Cohort:
    """End a group: nobody joins any more, and nobody's progress is seen in it. Raises :class:`Forbidden`."""
    by = _allowed(user, cohort)
    if cohort.closed is None:
        cohort.closed = timezone.now()
        cohort.save(update_fields=["closed"])
        record(by, "cohort.manage", f"close {cohort.pk}")
    return cohort


@transaction.atomic
def answer(user: User, cohort: Cohort, *, agree: bool) -> Seat:
    """Say whether one's progress may be seen by the officers of the group. Can be said anew at any time.

    Raises :class:`NotFound` for whoever was not invited.
    """
    seat = Seat.objects.select_for_update().filter(cohort=cohort, email=user.email, cohort__closed=None).first()
    if seat is None:
        raise NotFound("You were not invited to this group.", where=str(cohort.pk))
    seat.agreed = timezone.now() if agree else None
    seat.declined = None if agree else timezone.now()
    seat.save(update_fields=["agreed", "declined"])
    return seat


def _allowed(user: User, cohort: Cohort | None = None) -> Membership:
    state = cohort.organisation.state if cohort else settings.SETTINGS["SMALLPLACES_STATE"].upper()
    return require(user, "cohort.manage", Scope(state))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _account(address: str) -> User:
    """The account of an address; a reader's account, made now, where there was none."""
    user = User.objects.filter(email=address).first() or User.objects.create_user(address)
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    return user
