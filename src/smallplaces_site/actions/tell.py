"""Tell followers what came in: tidings become letters and calls.

Reads: tidings that nobody was told of. Writes: the outbox, calls, and that they were told, follower by follower, each
in one transaction: a process killed in between leaves whole letters and untold tidings, never half of either.

At once means after the import that brought it. Daily and weekly letters go out from :data:`HOUR` on by the clock of
the site's time zone, weekly ones on Mondays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from smallplaces_site.alerts import outbox
from smallplaces_site.alerts.addresses import whole
from smallplaces_site.alerts.letter import Line, Section, sections
from smallplaces_site.alerts.models import Call, Follow, Follower, Hook, Tiding

HOUR = 7
#: Paragraphs of one letter, and of one call; what is more follows in the next.
MOST = 1000
MOST_A_CALL = 100

Clock = Callable[[], datetime]
How = Follow.How


@dataclass(slots=True)
class Told:
    """Letters and calls that were put, to be sent."""

    letters: int = 0
    calls: int = 0


def tell(clock: Clock = timezone.now, hows: Collection[str] = How.values) -> Told:
    """Put everything that is due into the outbox. ``hows``: the rhythms to look at."""
    done = Told()
    now = clock()
    for how, until in _until(now).items():
        if how not in hows:
            continue
        if how == How.HOOK:
            waiting = _waiting(how, until).filter(follow__hook__off=None).values_list("follow", flat=True)
            done.calls += sum(_put_calls(pk, now) for pk in sorted(set(waiting.order_by().distinct())))
        else:
            waiting = _waiting(how, until).values_list("follow__follower", flat=True)
            done.letters += sum(_write(pk, how, until, now) for pk in sorted(set(waiting.order_by().distinct())))
    return done


def _until(now: datetime) -> dict[str, datetime]:
    """Rhythm -> the moment until which what came in is told now: the last hour of letters by the clock of the place."""
    here = now.astimezone(ZoneInfo(settings.SETTINGS["SMALLPLACES_TIMEZONE"]))
    today = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    daily = today if today <= here else today - timedelta(days=1)
    return {How.ONCE: now, How.DAILY: daily, How.WEEKLY: daily - timedelta(days=daily.weekday()), How.HOOK: now}


def _waiting(how: str, until: datetime) -> QuerySet[Tiding]:
    return Tiding.objects.filter(told=None, at__lte=until, follow__how=how, follow__ended=None)


def _write(pk: int, how: str, until: datetime, now: datetime) -> int:
    """Write one follower's letter of one rhythm, or several where there is much; how many."""
    written = 0
    while True:
        with transaction.atomic():
            follower = Follower.objects.select_for_update().get(pk=pk)
            waiting = _waiting(how, until).filter(follow__follower=follower).select_related("follow")
            tidings = list(waiting.order_by("follow", "pk")[:MOST])
            if not tidings:
                return written
            Tiding.objects.filter(pk__in=[one.pk for one in tidings]).update(told=now)
            with translation.override(follower.lang):
                found = sections(tidings, follower.lang)
                key = f"news/{how}/{pk}/{tidings[0].pk}-{len(tidings)}"
                written += bool(found) and _put(key, follower, how, found, now)


def _put(key: str, follower: Follower, how: str, found: list[Section], now: datetime) -> bool:
    count = sum(len(section.lines) + section.more for section in found)
    if len(found) == 1:
        subject = ngettext("%(title)s: %(count)d new paragraph", "%(title)s: %(count)d new paragraphs", count)
        subject %= {"title": found[0].title[:80], "count": count}
    else:
        subject = ngettext(
            "%(count)d new paragraph on what you follow", "%(count)d new paragraphs on what you follow", count
        )
        subject %= {"count": count}
    off = whole(reverse("follow_off_all", args=[follower.key, how]))
    context = {
        "sections": found,
        "how": how,
        "off": off,
        "mine": whole(reverse("follows_of", args=[follower.key])),
        "site": whole(reverse("home")),
        "lang": follower.lang,
        "count": count,
    }
    text = render_to_string("alerts/news.txt", context)
    html = render_to_string("alerts/news.html", context)
    return outbox.put(key, follower.email, follower.lang, subject, text, html, headers=unsubscribe(off), now=now)


def unsubscribe(off: str) -> dict[str, str]:
    """The headers by which a mail program offers to stop the letters with one click (RFC 8058, RFC 2369)."""
    return {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _put_calls(pk: int, now: datetime) -> int:
    with transaction.atomic():
        follow = Follow.objects.select_related("follower", "hook").get(pk=pk)
        tidings = list(follow.tidings.filter(told=None).select_related("follow").order_by("pk")[:MOST])
        Tiding.objects.filter(pk__in=[one.pk for one in tidings]).update(told=now)
        hook = follow.hook
        if hook is None or not tidings:
            return 0
        put = 0
        for start in range(0, len(tidings), MOST_A_CALL):
            some = tidings[start : start + MOST_A_CALL]
            with translation.override(follow.follower.lang):
                found = sections(some, follow.follower.lang)
            if found:
                put += put_call(hook, f"news/{pk}/{some[-1].pk}", "paragraphs.new", _news(found[0]), now)
        return put


def put_call(hook: Hook, key: str, kind: str, data: dict[str, object], now: datetime) -> bool:
    """Put a call of this kind; False when one of this key was put before."""
    body = json.dumps({"type": kind, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False, default=str)
    _call, made = Call.objects.get_or_create(key=key, defaults={"hook": hook, "body": body, "put": now, "due": now})
    return made


def _news(section: Section) -> dict[str, object]:
    follow = section.follow
    return {
        "follow": {"what": follow.what, "name": follow.name, "title": section.title, "address": section.link},
        "paragraphs": [_as_json(line) for line in section.lines],
        "more": section.more,
    }


def _as_json(line: Line) -> dict[str, object]:
    return {
        "symbol": line.symbol,
        "paragraph": line.number,
        "title": line.title,
        "date": line.day.isoformat() if line.day else str(line.year or ""),
        "lang": line.lang,
        "excerpt": line.excerpt,
        "address": line.link,
        "new": line.new,
    }
