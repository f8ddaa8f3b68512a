"""What ``doctor`` says of letters and of programs that are told.

Reads: the outbox, hooks. Writes: nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from smallplaces_site.alerts.models import Hook, Letter

#: A letter that is due for so long is nobody's: the command that sends does not run.
LATE = timedelta(hours=1)


def letters(now: datetime | None = None) -> tuple[bool, str, str]:
    """Whether all is well with the outbox, what to say of it, and what to do when it is not."""
    moment = now or timezone.now()
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    late = waiting.filter(due__lt=moment - LATE).count()
    failed = Letter.objects.filter(state=Letter.State.FAILED).exclude(address="").count()
    says = f"{waiting.count()} waiting, {late} of them for more than an hour, {failed} given up"
    if late:
        return False, says, "Have `smallplaces send` run every minute; see docs/operate/mail.md."
    return not failed, says, "See `smallplaces outbox list`, then `smallplaces outbox retry`." if failed else ""


def programs() -> tuple[bool, str, str]:
    """Whether any webhook was switched off because it did not answer."""
    off = list(Hook.objects.exclude(off=None).order_by("pk").values_list("url", flat=True))
    if not off:
        return True, f"{Hook.objects.count()} programs are told, none is switched off", ""
    named = ", ".join(off[:5])
    return False, f"switched off because they did not answer: {named}", "Their owners got a letter; nothing is lost."
