"""Send the letters of the outbox: claim, send, mark.

Reads and writes: the outbox. A letter is claimed (committed) before the mail server hears of it and marked as sent
after the server took it, so two senders never send the same one, and one whose sender was killed is tried again when
the claim runs out. The one window that cannot be closed: the server has taken the letter and the sender dies before
it is marked. Then it goes out a second time with the same Message-ID, by which mail systems know that it is the same.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from secrets import token_hex
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from smallplaces.errors import NotFound
from smallplaces_site.alerts.models import Letter
from smallplaces_site.alerts.outbox import message_id

#: How long a letter is its sender's; longer than any mail server is waited for.
LEASE = timedelta(minutes=10)
#: Minutes before the next attempt after the first, second… failure. After the last of them it is given up.
WAITS = (1, 5, 15, 60, 180, 360, 720, 1440, 1440)
#: How long the words and the address of a letter are kept after it was sent.
KEPT = timedelta(days=30)
_PERMANENT = 500
#: What concerns one letter alone; after any other failure the server is left alone for this time.
_OF_ONE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError)

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Sent:
    """What became of the letters: ``later``: not taken now, to be tried again; ``failed``: given up."""

    sent: int = 0
    later: int = 0
    failed: int = 0


def send_letters(clock: Clock = timezone.now) -> Sent:
    """Send every letter that is due. Stops when the mail server cannot be reached: the rest stays due."""
    done = Sent()
    connection = get_connection()
    try:
        while (letter := _claimed(clock())) is not None:
            try:
                connection.send_messages([_message(letter, connection)])
            except (OSError, smtplib.SMTPException, ValueError) as error:
                _not_sent(letter, error, clock(), done)
                with suppress(OSError, smtplib.SMTPException):
                    connection.close()
                if not isinstance(error, _OF_ONE):
                    break
            else:
                _own(letter).update(state=Letter.State.SENT, sent=clock(), claimed=None, claim="", error="")
                done.sent += 1
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    return done


def forget_sent(clock: Clock = timezone.now) -> int:
    """Blank the words and addresses of letters that were sent long ago, or given up; how many."""
    sent = Q(state=Letter.State.SENT, sent__lt=clock() - KEPT)
    given_up = Q(state=Letter.State.FAILED, put__lt=clock() - KEPT - KEPT)
    old = Letter.objects.filter(sent | given_up).exclude(address="")
    return old.update(address="", subject="", text="", html="", headers={})


def retry_letters(keys: list[str] | None = None, clock: Clock = timezone.now) -> int:
    """Have letters that were given up tried again, all of them or those of these keys; how many.

    Raises :class:`NotFound` for a key that no such letter has.
    """
    given_up = Letter.objects.filter(state=Letter.State.FAILED).exclude(address="")
    with transaction.atomic():
        for key in keys or ():
            if not given_up.filter(key=key).exists():
                raise NotFound("no letter of that key was given up", where=key)
        wanted = given_up.filter(key__in=keys) if keys else given_up
        return wanted.update(state=Letter.State.WAITING, due=clock(), attempts=0, claimed=None, claim="")


def _claimed(now: datetime) -> Letter | None:
    """The next letter that is due, now this sender's."""
    free = Letter.objects.filter(Q(claimed=None) | Q(claimed__lte=now), state=Letter.State.WAITING, due__lte=now)
    while (pk := free.order_by("due", "pk").values_list("pk", flat=True).first()) is not None:
        claim = token_hex(16)
        if free.filter(pk=pk).update(claimed=now + LEASE, claim=claim, attempts=F("attempts") + 1):
            return Letter.objects.get(pk=pk)
    return None


def _own(letter: Letter) -> Any:
    """The letter's row as long as it is still this sender's."""
    return Letter.objects.filter(pk=letter.pk, claim=letter.claim)


def _message(letter: Letter, connection: Any) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": message_id(letter.key),
        "Date": format_datetime(letter.put),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.lang,
        **letter.headers,
    }
    message = EmailMultiAlternatives(
        letter.subject, letter.text, to=[letter.address], headers=headers, connection=connection
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _not_sent(letter: Letter, error: Exception, now: datetime, done: Sent) -> None:
    if _for_ever(error) or letter.attempts > len(WAITS):
        _own(letter).update(state=Letter.State.FAILED, error=_says(error), claimed=None, claim="")
        done.failed += 1
        return
    due = now + timedelta(minutes=WAITS[letter.attempts - 1])
    _own(letter).update(due=due, error=_says(error), claimed=None, claim="")
    done.later += 1


def _for_ever(error: Exception) -> bool:
    """Whether the server said that it will never take this letter (RFC 5321: a reply of 5yz)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= _PERMANENT
    return isinstance(error, ValueError | smtplib.SMTPNotSupportedError)


def _says(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
