"""What awaits somebody on their own page: each room says what it has for them.

A room adds its function to :data:`ROOMS`; what it gives is shown in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from smallplaces_site.learn.cohorts import invitations
from smallplaces_site.people.models import User
from smallplaces_site.web import followupmine


@dataclass(frozen=True, slots=True)
class Entry:
    """One way on from somebody's own page. ``count``: how many things wait there; nothing when that says nothing."""

    title: str
    address: str
    about: str = ""
    count: int | None = None


Room = Callable[[User], Iterable[Entry]]


def _courses(user: User) -> Iterable[Entry]:
    """Courses begun, certificates, and groups that somebody was asked to join."""
    waiting = sum(seat.agreed is None and seat.declined is None for seat in invitations(user))
    yield Entry(_("Your courses"), reverse("learn-mine"), _("Courses begun, certificates, groups"), waiting or None)


def _follow_up(user: User) -> Iterable[Entry]:
    """What the places that somebody acts for do about recommendations, with what is due soon."""
    return (Entry(*line) for line in followupmine.waiting(user))


#: In the order of a day's work: what is asked, what is to be done, what is learnt.
ROOMS: list[Room] = [_courses, _follow_up]


def entries(user: User) -> list[Entry]:
    """Everything that the rooms have for ``user``."""
    return [entry for room in ROOMS for entry in room(user)]
