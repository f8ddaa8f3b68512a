"""What the room of briefs has for somebody's own page: drafts of their places, plain words that wait for them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from smallplaces.errors import NotFound
from smallplaces_site.actions.allowed import held
from smallplaces_site.briefs.read import of_place
from smallplaces_site.briefs.restatements import RestatementView, waiting
from smallplaces_site.corpus.read import places
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import places_of
from smallplaces_site.web import placelines

#: Title, address, what it is about, how many things wait there.
Row = tuple[str, str, str, int | None]


def rows(user: User) -> Iterator[Row]:
    """Briefs of each place that somebody acts for, then plain words to approve."""
    for code in places_of(user):
        try:
            place = places.now(places.get(code))
        except NotFound:
            continue  # the place is no longer in the data; the membership is
        drafts = sum(one.unpublished and not one.withdrawn for one in of_place(place.code))
        title = _("Briefs: %(name)s") % {"name": placelines.line(place).written}
        about = _(
            "One to four pages for a council or a department: "
            "what was asked, of whom, since when, and what that rests on."
        )
        yield title, reverse("place-briefs", args=[place.short]), _("Drafts") if drafts else about, drafts or None
    if words := to_approve(user):
        address = reverse("restatement", args=[words[0].work, words[0].paragraph])
        yield _("Plain words to approve"), address, _("The oldest first"), len(words)


def to_approve(user: User) -> list[RestatementView]:
    """Plain words that wait and that ``user`` may approve, the oldest first."""
    states = user.memberships.filter(ended=None).values_list("organisation__state", flat=True)
    found = [one for state in dict.fromkeys(states) for one in waiting(state)]
    return [one for one in found if held(user, "restatement.approve", one.state, one.place)]
