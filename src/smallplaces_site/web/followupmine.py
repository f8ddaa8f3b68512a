"""What of follow-up awaits somebody on their own page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.titles import state_name
from smallplaces_site.followup import read
from smallplaces_site.people.models import Organisation, User
from smallplaces_site.people.rights import places_of
from smallplaces_site.web import names, placelines

#: Title, address, what it is about, and how many things wait.
Line = tuple[str, str, str, int | None]
_AHEAD = timedelta(days=30)


def waiting(user: User) -> Iterable[Line]:
    """The follow-up of each place that somebody acts for, and of the institution's State, with what is due soon."""
    for code in places_of(user):
        found = places.called(code)
        if len(found) == 1:
            place = found[0]
            yield _entry(
                placelines.writing(place), reverse("followup_place", args=[place.short]), place.state, place.code
            )
    held = user.memberships.filter(ended=None, organisation__kind=Organisation.Kind.INSTITUTION)
    for state in dict.fromkeys(held.order_by("pk").values_list("organisation__state", flat=True)):
        yield _entry(state_name(state, names.ui()), reverse("followup_state", args=[state]), state, "")


def _entry(name: str, address: str, state: str, place: str) -> Line:
    soon = timezone.localdate() + _AHEAD
    dues = [due for one in read.actions_of(place, state=state) if one.open for due in one.dues]
    count = sum(due.met is None and due.on <= soon for due in dues)
    due = ngettext("%(count)d thing is due within a month.", "%(count)d things are due within a month.", count)
    about = due % {"count": count} if count else _("Nothing is due within a month.")
    return _("Follow-up: %(name)s") % {"name": name}, address, about, count or None
