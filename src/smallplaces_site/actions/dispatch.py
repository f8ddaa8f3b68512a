"""Send a letter to places, see it opened, acknowledge it, remind those who have not.

Reads: documents, briefs, places, roles, follows. Writes: the letter and its arrivals, a deed for each step, and in the
same transaction the e-mails to those who act for the places and those who follow them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.allowed import allowed, held
from smallplaces_site.actions.tell import put_call, unsubscribe
from smallplaces_site.alerts import outbox
from smallplaces_site.alerts.addresses import whole
from smallplaces_site.alerts.models import Follow
from smallplaces_site.briefs import read as briefs
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.letters import read
from smallplaces_site.letters.models import Arrival, Dispatch, Opening
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Forbidden, require

_SEND, _ACKNOWLEDGE = "dispatch.send", "dispatch.acknowledge"
_LONGEST_TITLE, _LONGEST_NOTE, _LONGEST_ANSWER = 200, 20_000, 5_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be sent. ``places``: codes. ``work`` with ``paragraphs`` (keys; none: all of it), or ``brief``.

    ``once`` names the form that sends it: the same is never sent twice.
    """

    title: str
    note: str
    lang: str
    places: tuple[str, ...]
    once: str
    work: str = ""
    paragraphs: tuple[str, ...] = ()
    brief: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """A place, and how many get the letter there by e-mail."""

    place: PlaceView
    officials: int
    followers: int

    @property
    def nobody(self) -> bool:
        """Whether the letter stands on the place's page and nobody is told."""
        return not self.officials and not self.followers


def checked(draft: Draft) -> Draft:
    """The draft with the keys of what it names. Raises :class:`BadInput` or :class:`NotFound`, saying what is wrong."""
    title, note = " ".join(draft.title.split()), draft.note.strip()
    if not title or len(title) > _LONGEST_TITLE:
        raise BadInput("Write a title of at most 200 characters.", field="title")
    if not note or len(note) > _LONGEST_NOTE:
        raise BadInput("Write a cover note: why this comes, and what you ask.", field="note")
    codes = tuple(dict.fromkeys(places.now(places.get(code)).code for code in draft.places))
    if not codes:
        raise BadInput("Choose at least one place.", field="places")
    if draft.brief is not None:
        briefs.published(draft.brief)
        return Draft(title, note, draft.lang, codes, draft.once, brief=draft.brief)
    if not draft.work.strip():
        raise BadInput("Name a document by its symbol, or a brief by its number.")
    work = documents.work(draft.work)
    edition = work.best_edition(draft.lang)
    if edition is None:
        raise NotFound("This document has no text here.", where=work.key)
    keys = tuple(dict.fromkeys(documents.paragraph(edition.id, number).key for number in draft.paragraphs))
    return Draft(title, note, draft.lang, codes, draft.once, work.key, keys)


def reach(codes: Sequence[str]) -> list[Reach]:
    """Whom a letter to these places would reach."""
    found = [places.get(code) for code in codes]
    return [Reach(place, len(read.officials_of(place.code)), len(_followers(place))) for place in found]


def send_dispatch(user: User, draft: Draft, now: datetime | None = None) -> int:
    """Send a letter; its id. The same form sent twice is one letter.

    Raises :class:`Forbidden`, and as :func:`checked`.
    """
    wanted = checked(draft)
    moment = now or timezone.now()
    states = {places.get(code).state for code in wanted.places}
    if len(states) > 1:
        raise BadInput("All places of one letter lie in one State.", field="places")
    member = require(user, _SEND)
    allowed(user, _SEND, next(iter(states)), "")
    sent = Dispatch.objects.filter(once=wanted.once).first()
    if sent is not None:
        return sent.pk
    try:
        with transaction.atomic():
            sent = _sent(user, wanted, moment)
            detail = {"title": sent.title, "places": list(wanted.places)}
            record(member, _SEND, f"dispatch {sent.pk}", detail=detail)
    except IntegrityError:  # the same form, at the same moment
        return Dispatch.objects.get(once=wanted.once).pk
    return sent.pk


def _sent(user: User, draft: Draft, now: datetime) -> Dispatch:
    state = places.get(draft.places[0]).state
    member = held(user, _SEND, state, "") or require(user, _SEND)
    sent = Dispatch.objects.create(
        organisation=member.organisation,
        user=user,
        by=signature(member),
        state=state,
        title=draft.title,
        note=draft.note,
        lang=draft.lang,
        work=draft.work,
        paragraphs=list(draft.paragraphs),
        brief=draft.brief,
        at=now,
        once=draft.once,
    )
    Arrival.objects.bulk_create(Arrival(dispatch=sent, place=code) for code in draft.places)
    told: set[str] = set()
    for code in draft.places:
        place = places.get(code)
        for one in read.officials_of(code):
            _tell(sent, place, one.email, one.lang or draft.lang, now, told)
        for follow in _followers(place):
            if follow.hook is not None:
                put_call(follow.hook, f"dispatch/{sent.pk}/{follow.pk}", "letter.new", _as_json(sent, place), now)
            else:
                _tell(sent, place, follow.follower.email, follow.follower.lang, now, told, follow)
    return sent


def _followers(place: PlaceView) -> list[Follow]:
    rows = Follow.objects.filter(what=Follow.What.PLACE, name=place.short, ended=None)
    return list(rows.select_related("follower", "hook").order_by("pk"))


def _tell(  # noqa: PLR0917 (what an e-mail needs)
    sent: Dispatch, place: PlaceView, email: str, lang: str, now: datetime, told: set[str], follow: Follow | None = None
) -> None:
    """Put one e-mail; an address gets a letter once, however many of the places it belongs to."""
    if email in told:
        return
    told.add(email)
    off = whole(reverse("follow_off", args=[follow.key])) if follow else ""
    subject = f"{sent.organisation}: {sent.title}"
    _put(f"dispatch/{sent.pk}/{_hidden(email)}", sent, place, email, (lang, subject, off), now)


def _put(  # noqa: PLR0917 (what an e-mail needs)
    key: str, sent: Dispatch, place: PlaceView, email: str, how: tuple[str, str, str], now: datetime
) -> None:
    lang, subject, off = how
    with translation.override(lang):
        context = {
            "title": sent.title,
            "note": sent.note,
            "note_lang": sent.lang,
            "sender": sent.by,
            "place": place.name(lang),
            "link": whole(reverse("letter", args=[sent.pk])),
            "official": not off,
            "off": off,
            "lang": lang,
        }
        text = render_to_string("letters/letter.txt", context)
        html = render_to_string("letters/letter.html", context)
        outbox.put(key, email, lang, subject, text, html, headers=unsubscribe(off) if off else None, now=now)


def _hidden(email: str) -> str:
    return sha256(email.encode()).hexdigest()[:20]


def _as_json(sent: Dispatch, place: PlaceView) -> dict[str, object]:
    link = whole(reverse("letter", args=[sent.pk]))
    return {"title": sent.title, "note": sent.note, "from": sent.by, "place": place.code, "address": link}


def open_dispatch(user: User, pk: int, now: datetime | None = None) -> None:
    """Note that somebody who acts for one of the places has seen the letter; of others nothing is noted."""
    for arrival in Arrival.objects.filter(dispatch=pk):
        member = read.acting_for(arrival.place).filter(user=user).select_related("organisation", "user").first()
        if member is not None and user.is_active:
            moment = now or timezone.now()
            Opening.objects.get_or_create(arrival=arrival, user=user, defaults={"by": signature(member), "at": moment})


def acknowledge(user: User, pk: int, answer: str = "", now: datetime | None = None) -> Arrival:
    """Say for a place that a letter came, with an answer if there is one. Said again it only adds the answer.

    Raises :class:`NotFound`, :class:`Forbidden` for whoever does not act for the place, :class:`BadInput` for an answer
    that is too long.
    """
    arrival = Arrival.objects.select_related("dispatch").filter(pk=pk).first()
    if arrival is None:
        raise NotFound("There is no letter with the number %(where)s.", where=str(pk))
    member = allowed(user, _ACKNOWLEDGE, arrival.dispatch.state, arrival.place)
    if len(answer) > _LONGEST_ANSWER:
        raise BadInput("An answer has at most 5,000 characters.")
    with transaction.atomic():
        arrival.acknowledged = arrival.acknowledged or now or timezone.now()
        arrival.by = signature(member)
        arrival.answer = answer.strip() or arrival.answer
        arrival.save(update_fields=["acknowledged", "by", "answer"])
        subject = f"dispatch {arrival.dispatch_id}"
        record(member, _ACKNOWLEDGE, subject, place=arrival.place, detail={"answer": arrival.answer})
    open_dispatch(user, arrival.dispatch_id, now)
    return arrival


def remind(user: User, pk: int, now: datetime | None = None) -> int:
    """Write again to those who act for places that have not acknowledged, once a day; how many places.

    Raises :class:`Forbidden` for whoever is not of the institution that sent it.
    """
    sent = Dispatch.objects.select_related("organisation").filter(pk=pk).first()
    if sent is None:
        raise NotFound("There is no letter with the number %(where)s.", where=str(pk))
    member = require(user, _SEND)
    if not user.memberships.filter(ended=None, organisation=sent.organisation).exists():
        raise Forbidden("Only the institution that sent a letter reminds of it.", [member.role])
    moment = now or timezone.now()
    count = 0
    with transaction.atomic():
        for arrival in sent.arrivals.filter(acknowledged=None).order_by("pk"):
            people = read.officials_of(arrival.place)
            for one in people:
                lang = one.lang or sent.lang
                with translation.override(lang):
                    subject = _("Reminder: %(title)s") % {"title": sent.title}
                key = f"dispatch/{pk}/remind/{moment:%Y-%m-%d}/{_hidden(one.email)}"
                _put(key, sent, places.get(arrival.place), one.email, (lang, subject, ""), moment)
            if people:
                count += 1
                arrival.reminded = moment
                arrival.save(update_fields=["reminded"])
        record(member, _SEND, f"dispatch {pk}", detail={"did": "remind", "places": count})
    return count
