"""Send a round to places, remind those that have not answered, say something more, move its day, close and share it.
Right: round.open, within the institution that asks.

Reads: Round, places, roles. Writes: Round, Invitation, Notice, Deed, and in the same transaction the e-mails to those
who act for the places. Raises :class:`BadInput` for what does not go; Forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput
from smallplaces_site.actions.write_round import RIGHT, Who, round_of
from smallplaces_site.alerts import outbox
from smallplaces_site.alerts.addresses import whole
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.letters.read import officials_of
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, User
from smallplaces_site.rounds.models import Invitation, Notice, Round
from smallplaces_site.rounds.paper import name_of

_LONGEST = 5_000
#: Occasions on which places are written to.
_SENT, _REMINDED, _CLARIFIED, _MOVED, _SHARED = "sent", "remind", "clarify", "move", "share"


def reach(codes: Sequence[str]) -> list[tuple[PlaceView, int]]:
    """The places of these codes as they are now, each with how many act for it and are told."""
    found = {view.code: view for view in (places.now(places.get(code)) for code in codes)}
    return [(view, len(officials_of(view.code))) for view in found.values()]


@transaction.atomic
def send_round(pk: int, codes: Sequence[str], *, by: Who, now: datetime | None = None) -> list[Invitation]:
    """Send it to these places; sent already, it goes to those that do not have it yet. Returns the new invitations."""
    row, membership = round_of(pk, by)
    moment = now or timezone.now()
    wanted = [view for view, _officials in reach(codes)]
    if not wanted:
        raise BadInput("Choose at least one place.")
    if any(view.state != row.state for view in wanted):
        raise BadInput("A round goes to places of your own State.")
    if row.closed is not None:
        raise BadInput("This round is closed: open it again first.")
    if not row.questions.exists():
        raise BadInput("Write at least one question first.")
    if row.sent is None and row.due < moment.date():
        raise BadInput("The day by which places answer has passed: choose another.")
    there = set(row.invitations.values_list("place", flat=True))
    made = [Invitation(round=row, place=view.code) for view in wanted if view.code not in there]
    Invitation.objects.bulk_create(made)
    row.sent = row.sent or moment
    row.save(update_fields=["sent"])
    _tell(row, made, _SENT, moment)
    record(membership, RIGHT, f"round {pk}", detail={"did": "send", "places": [one.place for one in made]})
    return made


@transaction.atomic
def remind_round(pk: int, *, by: Who, now: datetime | None = None) -> int:
    """Write again to places that have not handed in, once a day; how many have somebody who is written to."""
    row, membership = _open(pk, by)
    moment = now or timezone.now()
    waiting = list(row.invitations.filter(handed=None).order_by("pk"))
    told = _tell(row, waiting, _REMINDED, moment, day=f"/{moment:%Y-%m-%d}")
    Invitation.objects.filter(pk__in=[one.pk for one in told]).update(reminded=moment)
    record(membership, RIGHT, f"round {pk}", detail={"did": "remind", "places": len(told)})
    return len(told)


@transaction.atomic
def clarify_round(pk: int, text: str, *, by: Who, due: date | None = None, now: datetime | None = None) -> Notice:
    """Say something to all places, or with ``due`` move the day by which they answer; then ``text`` is the reason."""
    row, membership = _open(pk, by)
    moment = now or timezone.now()
    if not text.strip() or len(text) > _LONGEST:
        raise BadInput("Write what the places have to know, in at most 5,000 characters.")
    if due is not None:
        if due <= row.due:
            raise BadInput("The new day lies after the old one.")
        row.due = due
        row.save(update_fields=["due"])
    made = Notice.objects.create(round=row, text=text.strip(), due=due, by=signature(membership), at=moment)
    _tell(row, row.invitations.all(), _MOVED if due else _CLARIFIED, moment, day=f"/{made.pk}", words=made.text)
    did = {"did": "move", "due": str(due)} if due else {"did": "clarify"}
    record(membership, RIGHT, f"round {pk}", detail=did)
    return made


@transaction.atomic
def close_round(pk: int, *, by: Who, share: bool = False, now: datetime | None = None) -> Round:
    """Take no more answers; with ``share``, let its places read what all of them said."""
    row, membership = _open(pk, by)
    row.closed = now or timezone.now()
    row.save(update_fields=["closed"])
    record(membership, RIGHT, f"round {pk}", detail={"did": "close"})
    return share_round(pk, by=by, now=now) if share else row


@transaction.atomic
def reopen_round(pk: int, *, by: Who) -> Round:
    """Take answers again. What was shared is no longer, until it is closed again: it would not be whole."""
    row, membership = round_of(pk, by)
    if row.closed is None:
        raise BadInput("This round is not closed.")
    row.closed = row.shared = None
    row.save(update_fields=["closed", "shared"])
    record(membership, RIGHT, f"round {pk}", detail={"did": "reopen"})
    return row


@transaction.atomic
def share_round(pk: int, *, by: Who, now: datetime | None = None) -> Round:
    """Let the places of a closed round read what all of them said, and tell them."""
    row, membership = round_of(pk, by)
    moment = now or timezone.now()
    if row.closed is None:
        raise BadInput("Close the round before you share what the places said.")
    if row.shared is None:
        row.shared = moment
        row.save(update_fields=["shared"])
        _tell(row, row.invitations.all(), _SHARED, moment, day=f"/{moment:%Y-%m-%d}")
        record(membership, RIGHT, f"round {pk}", detail={"did": "share"})
    return row


def _open(pk: int, by: Who) -> tuple[Round, Membership]:
    row, membership = round_of(pk, by)
    if row.sent is None:
        raise BadInput("This round was not sent yet.")
    if row.closed is not None:
        raise BadInput("This round is closed: open it again first.")
    return row, membership


def _tell(
    row: Round, invited: Iterable[Invitation], why: str, now: datetime, *, day: str = "", words: str = ""
) -> list[Invitation]:
    """Put an e-mail to everybody who acts for these places; the invitations at which there is somebody."""
    told = []
    for one in invited:
        officials = officials_of(one.place)
        for user in officials:
            _put(row, one, user, (f"round/{row.pk}/{why}{day}", why, words), now)
        if officials:
            told.append(one)
    return told


def _put(row: Round, one: Invitation, user: User, how: tuple[str, str, str], now: datetime) -> None:
    stem, why, words = how
    place = places.get(one.place)
    name = "round-together" if why == _SHARED else "round-answer"
    arguments = [row.pk] if why == _SHARED else [row.pk, place.short]
    lang = user.lang or row.lang
    key = f"{stem}/{one.pk}/{sha256(user.email.encode()).hexdigest()[:20]}"
    with translation.override(lang):
        context = {
            "round": row,
            "sender": row.organisation.name,
            "place": name_of(one.place),
            "why": why,
            "words": words,
            "link": whole(reverse(name, args=arguments)),
            "lang": lang,
        }
        text = render_to_string("rounds/letter.txt", context)
        html = render_to_string("rounds/letter.html", context)
        outbox.put(key, user.email, lang, _subject(row, why), text, html, now=now)


def _subject(row: Round, why: str) -> str:
    if why == _REMINDED:
        return _("Reminder: %(title)s") % {"title": row.title}
    return f"{row.organisation}: {row.title}"
