"""Make the calls of webhooks: claim, call, mark. A hook that fails for days is switched off, and its owner is told.

Reads and writes: calls, hooks; the outbox, for the letter. A call that was interrupted is made again under the same id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from smallplaces.errors import Unreachable
from smallplaces_site.alerts import calling, outbox
from smallplaces_site.alerts.addresses import whole
from smallplaces_site.alerts.models import Call, Hook
from smallplaces_site.people.rights import may

LEASE = timedelta(minutes=2)
#: Minutes before the next attempt after the first, second… failure; three days in all. After the last the hook is off.
WAITS = (1, 5, 30, 120, 300, 600, 840, 1200, 1440)
#: How long calls that were made are kept for the log.
KEPT = timedelta(days=30)
_GONE = 410  # the program says that it wants no more

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Called:
    """What became of the calls. ``off``: hooks that were switched off."""

    done: int = 0
    later: int = 0
    off: int = 0


def call_hooks(clock: Clock = timezone.now) -> Called:
    """Make every call that is due. After a failure the other calls of that hook wait for the next round."""
    made = Called()
    failed: set[int] = set()
    while (call := _claimed(_due(clock()).exclude(hook__in=failed), clock())) is not None:
        if not _make(call, clock, made):
            failed.add(call.hook_id)
    Call.objects.filter(state=Call.State.DONE, done__lt=clock() - KEPT).delete()
    return made


def call_now(call: Call, clock: Clock = timezone.now) -> Call:
    """Make one call at once, whatever its hook's state: for a test. The call with its answer."""
    mine = _claimed(Call.objects.filter(pk=call.pk, state=Call.State.WAITING), clock())
    if mine is not None:
        status, error = _post(mine, clock())
        state = Call.State.DONE if _well(status) else Call.State.FAILED
        Call.objects.filter(pk=call.pk).update(
            state=state, status=status, error=error, done=clock(), claimed=None, claim=""
        )
    return Call.objects.get(pk=call.pk)


def _due(now: datetime) -> QuerySet[Call]:
    return Call.objects.filter(
        Q(claimed=None) | Q(claimed__lte=now), state=Call.State.WAITING, due__lte=now, hook__off=None
    )


def _claimed(free: QuerySet[Call], now: datetime) -> Call | None:
    while (pk := free.order_by("due", "pk").values_list("pk", flat=True).first()) is not None:
        claim = token_hex(16)
        if Call.objects.filter(pk__in=free.filter(pk=pk).values("pk")).update(
            claimed=now + LEASE, claim=claim, attempts=F("attempts") + 1
        ):
            return Call.objects.select_related("hook__user").get(pk=pk)
    return None


def _make(call: Call, clock: Clock, made: Called) -> bool:
    hook = call.hook
    if not may(hook.user, "follow.webhook"):
        _switch_off(hook, _("Its owner may no longer have programs told."), clock())
        Call.objects.filter(pk=call.pk).update(claimed=None, claim="")
        made.off += 1
        return False
    status, error = _post(call, clock())
    own = Call.objects.filter(pk=call.pk, claim=call.claim)
    if _well(status):
        own.update(state=Call.State.DONE, status=status, done=clock(), error="", claimed=None, claim="")
        Hook.objects.filter(pk=hook.pk).update(failures=0)
        made.done += 1
        return True
    Hook.objects.filter(pk=hook.pk).update(failures=F("failures") + 1)
    last = call.attempts > len(WAITS) or status == _GONE
    due = clock() + timedelta(minutes=0 if last else WAITS[call.attempts - 1])
    own.update(status=status, error=error, due=due, claimed=None, claim="")
    if last:
        _switch_off(hook, error, clock())
        made.off += 1
    else:
        made.later += 1
    return False


def _post(call: Call, now: datetime) -> tuple[int | None, str]:
    """The status of the answer, and what went wrong."""
    name = f"call_{call.pk}"
    sent = calling.headers(call.hook.secret, name, int(now.timestamp()), call.body)
    try:
        status = calling.post(call.hook.url, call.body, sent)
    except Unreachable as error:
        return None, str(error)[:500]
    return status, "" if _well(status) else f"HTTP {status}"


def _well(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _switch_off(hook: Hook, why: str, now: datetime) -> None:
    """Switch a hook off and tell its owner, in one transaction."""
    lang = hook.user.lang or "en"
    with transaction.atomic(), translation.override(lang):
        if not Hook.objects.filter(pk=hook.pk, off=None).update(off=now, why=why):
            return
        context = {"url": hook.url, "why": why, "link": whole(reverse("hook", args=[hook.pk])), "lang": lang}
        text = render_to_string("alerts/hook_off.txt", context)
        html = render_to_string("alerts/hook_off.html", context)
        subject = _("A program is no longer told: it did not answer")
        outbox.put(f"hook-off/{hook.pk}/{now.isoformat()}", hook.user.email, lang, subject, text, html, now=now)
