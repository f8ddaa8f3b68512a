"""Days of procedures as an iCalendar feed (RFC 5545), so that an office calendar reminds by itself.

Every event keeps its UID and counts its versions (SEQUENCE), so that a calendar moves what moved. What is expected is
TENTATIVE. A deadline with an hour is given in UTC, as the hour that ends with it; others are whole days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from smallplaces.model.language import in_language
from smallplaces_site.doors.read import CANCELLED, EXPECTED, EventView
from smallplaces_site.web import names
from smallplaces_site.web.templatetags.doors import event_days, percent

CONTENT_TYPE = "text/calendar; charset=utf-8"
#: Days before which an alarm rings.
ALARMS = (60, 14, 2)
_STATUS = {EXPECTED: "TENTATIVE", CANCELLED: "CANCELLED"}


def calendar_of(name: str, found: Iterable[EventView], address: Callable[[EventView], str], today: date) -> bytes:
    """The feed. ``address``: where an event can be read on the site."""
    calendar = Calendar()
    calendar.add("prodid", "-//Small Places//Doors//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT12H")
    for one in found:
        calendar.add_component(_event(one, address(one), today))
    return bytes(calendar.to_ical())


def _event(one: EventView, address: str, today: date) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'smallplaces:{one.key}')}@smallplaces")
    stamp = datetime.fromisoformat(one.at) if one.at else datetime.combine(today, time(), UTC)
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", one.version - 1)
    start, end = _span(one)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("status", _STATUS.get(one.standing, "CONFIRMED"))
    event.add("transp", "TRANSPARENT")
    title = one.step.name(names.ui())
    event.add("summary", _("Expected: %(what)s") % {"what": title} if one.expected else title)
    event.add("description", _description(one))
    event.add("url", address)
    if one.standing != CANCELLED:
        for days in ALARMS:
            event.add_component(_alarm(days, title))
    return event


def _span(one: EventView) -> tuple[date | datetime, date | datetime]:
    """The hour that ends with a deadline, else whole days, the last one excluded as the format has it."""
    step = one.step
    if one.exact and step.kind == "deadline" and step.hour and step.zone:
        hour = time.fromisoformat(step.hour)
        end = datetime.combine(one.closes, hour, ZoneInfo(step.zone)).astimezone(UTC)
        return end - timedelta(hours=1), end
    return one.opens, one.closes + timedelta(days=1)


def _description(one: EventView) -> str:
    lines = [event_days(one), in_language(one.step.local, names.ui())]
    if one.expected:
        lines.append(_("The day is expected by a rule, not announced. Look again before you rely on it."))
    lines.append(_("Source: %(source)s") % {"source": one.source})
    lines.append(_("How sure: %(percent)s") % {"percent": percent(one.confidence)})
    return "\n".join(line for line in (one.note, *lines) if line)


def _alarm(days: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-days))
    alarm.add("description", title)
    return alarm
