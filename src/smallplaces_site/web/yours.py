"""What awaits somebody on their own page: each room says what it has for them.

A room adds its function to :data:`ROOMS`; what it gives is shown in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from smallplaces.errors import NotFound
from smallplaces_site.alerts.models import Follow
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.titles import state_name
from smallplaces_site.drafts.read import drafts_of
from smallplaces_site.learn.cohorts import invitations
from smallplaces_site.letters.read import waiting_for
from smallplaces_site.local.queue import queue
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import may, membership_for, membership_in, places_of
from smallplaces_site.practices.read import submissions
from smallplaces_site.rounds.read import waiting_for as questions_for
from smallplaces_site.web import briefmine, doormine, followupmine, names


@dataclass(frozen=True, slots=True)
class Entry:
    """One way on from somebody's own page. ``count``: how many things wait there; nothing when that says nothing."""

    title: str
    address: str
    about: str = ""
    count: int | None = None


Room = Callable[[User], Iterable[Entry]]


def _asked(user: User) -> Iterable[Entry]:
    """What everything else here begins with: what is asked of each place, or of the whole State."""
    lang = names.ui()
    for code in places_of(user):
        try:
            place = places.now(places.get(code))
        except NotFound:
            continue  # the place is no longer in the data; the membership is
        about = _("What the United Nations and other States ask that is for this place to do")
        yield Entry(
            _("What is asked: %(place)s") % {"place": place.name(lang)}, reverse("place", args=[place.short]), about
        )
    membership = membership_for(user, "label.decide")
    if membership is not None:
        state = membership.organisation.state
        about = _("What the United Nations and other States ask of it, by body, theme and year")
        title = _("What is asked: %(place)s") % {"place": state_name(state, lang)}
        yield Entry(title, reverse("recommendations", args=[state]), about)


def _courses(user: User) -> Iterable[Entry]:
    """Courses begun, certificates, and groups that somebody was asked to join."""
    waiting = sum(seat.agreed is None and seat.declined is None for seat in invitations(user))
    yield Entry(_("Your courses"), reverse("learn-mine"), _("Courses begun, certificates, groups"), waiting or None)


def _follow_up(user: User) -> Iterable[Entry]:
    """What the places that somebody acts for do about recommendations, with what is due soon."""
    return (Entry(*line) for line in followupmine.waiting(user))


def _doors(user: User) -> Iterable[Entry]:
    """For each place that somebody acts for: how many days are near."""
    for place, board in doormine.boards(user):
        title = _("Open doors: %(place)s") % {"place": place.name(names.ui())}
        about = _("What closes or happens within 60 days")
        yield Entry(title, reverse("place-doors", args=[place.short]), about, len(board.soon))


def _letters(user: User) -> Iterable[Entry]:
    """Letters that nobody at somebody's place has acknowledged; those that their institution sent."""
    for code, count in waiting_for(user):
        place = places.get(code)
        title = _("Letters to %(place)s") % {"place": place.name(names.ui())}
        yield Entry(title, reverse("place-letters", args=[place.short]), _("Not acknowledged yet"), count)
    if may(user, "dispatch.send"):
        yield Entry(_("Letters to places"), reverse("letters"), _("Write one; see who has opened and acknowledged"))


def _rounds(user: User) -> Iterable[Entry]:
    """Questions that the places of somebody have not answered; those that their institution asks."""
    for code, count in questions_for(user):
        place = places.get(code)
        title = _("Questions to %(place)s") % {"place": place.name(names.ui())}
        yield Entry(title, reverse("place-rounds", args=[place.short]), _("Not answered yet"), count)
    if may(user, "round.open"):
        yield Entry(_("Questions to places"), reverse("rounds"), _("Ask places for a report; see who has answered"))


def _follows(user: User) -> Iterable[Entry]:
    """What somebody is told of."""
    count = Follow.objects.filter(follower__email=user.email, ended=None).count()
    yield Entry(_("What you follow"), reverse("follows"), _("Places, States, documents, searches"), count or None)


def _review(user: User) -> Iterable[Entry]:
    """Demands whose competence waits for a person's word."""
    membership = membership_for(user, "competence.decide")
    if membership is not None:
        count = len(queue(membership.organisation.state))
        yield Entry(_("Review queue"), reverse("review"), _("Whose each demand is: confirm or correct"), count)
    elif places_of(user):
        yield Entry(_("Review queue"), reverse("review"), _("Whose each demand is: confirm or correct"))


def _drafts(user: User) -> Iterable[Entry]:
    """Submissions that somebody's organisations write and have not signed."""
    held = user.memberships.filter(ended=None).values_list("organisation", flat=True)
    mine = [pk for pk in held if membership_in(user, "draft.write", [pk])]
    if mine:
        count = sum(not one.signed for one in drafts_of(mine))
        yield Entry(_("Submissions"), reverse("drafts"), _("What your organisation is writing"), count or None)


def _practices(user: User) -> Iterable[Entry]:
    """Practices: those to review, or those one describes."""
    if may(user, "practice.review"):
        membership = membership_for(user, "practice.review")
        waiting = len(submissions(state=membership.organisation.state, status="submitted")) if membership else 0
        yield Entry(_("Practices"), reverse("practices-mine"), _("Waiting for review"), waiting or None)
    elif places_of(user):
        yield Entry(_("Practices"), reverse("practices-mine"), _("Describe what worked in your place"))


def _briefs(user: User) -> Iterable[Entry]:
    """Briefs of somebody's own places, and plain words to approve."""
    return (Entry(*row) for row in briefmine.rows(user))


#: In the order of a day's work: what is asked, what is to be done, what is learnt.
ROOMS: list[Room] = [
    _asked,
    _review,
    _briefs,
    _letters,
    _rounds,
    _courses,
    _follow_up,
    _doors,
    _follows,
    _drafts,
    _practices,
]


def entries(user: User) -> list[Entry]:
    """Everything that the rooms have for ``user``."""
    return [entry for room in ROOMS for entry in room(user)]
