"""Letters about days that come or have passed: two weeks before something is due, and once when it is overdue.

Reads: Due, Membership. Writes: letters into the outbox, one a person, day and occasion, however often it is run. Those
are written to who act for the place; for what is the State's own, the institution's officers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from smallplaces_site.actions.allowed import scopes
from smallplaces_site.alerts.outbox import put
from smallplaces_site.followup.models import Action, Due
from smallplaces_site.people.models import Membership, Organisation, User

#: Days before something is due at which people are reminded.
AHEAD = 14


@transaction.atomic
def remind(today: date | None = None) -> int:
    """Put the letters of this day into the outbox; how many are new."""
    now = today or timezone.localdate()
    waiting = Due.objects.filter(met=None, on__lte=now + timedelta(days=AHEAD)).select_related("action").order_by("on")
    count = 0
    for due in waiting.exclude(action__status__in=[Action.Status.DONE, Action.Status.STOPPED]):
        late = due.on < now
        for person in _concerned(due.action):
            key = f"followup/due/{due.pk}/{due.on}/{'late' if late else 'soon'}/{person.pk}"
            with translation.override(person.lang or settings.LANGUAGE_CODE):
                count += put(key, person.email, person.lang or settings.LANGUAGE_CODE, *_letter(due, late=late))
    return count


def _letter(due: Due, *, late: bool) -> tuple[str, str]:
    """Subject and text, in the language that is active."""
    said = {"what": due.what, "title": due.action.title, "day": date_format(due.on)}
    path = f"{settings.SETTINGS['SMALLPLACES_URL'].rstrip('/')}{reverse('followup_action', args=[due.action_id])}"
    if late:
        subject = _("Overdue since %(day)s: %(what)s") % said
        first = _("This was to be done by %(day)s, and nobody has said that it was: %(what)s.") % said
    else:
        subject = _("Due on %(day)s: %(what)s") % said
        first = _("This is to be done by %(day)s: %(what)s.") % said
    second = _("It belongs to the action “%(title)s”. Say there that it is done, or set another day:") % said
    return subject, f"{first}\n\n{second}\n{path}\n"


def _concerned(action: Action) -> Iterable[User]:
    """Who is written to: each person once."""
    held = Membership.objects.filter(ended=None, user__is_active=True).select_related("user", "organisation")
    if action.place:
        codes = {scope.places[0] for scope in scopes(action.state, action.place)}
        held = held.filter(organisation__kind=Organisation.Kind.LOCAL, organisation__place__in=codes)
    else:
        held = held.filter(organisation__kind=Organisation.Kind.INSTITUTION, organisation__state=action.state)
    return list({one.user_id: one.user for one in held.order_by("pk")}.values())
