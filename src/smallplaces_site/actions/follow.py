"""Follow something, and stop following it.

Reads: what can be followed. Writes: followers, follows, saved searches, and the letter that asks for confirmation.

Whoever has an account follows by it: its address was confirmed. Anybody else gets a letter with a signed link first;
until the link is used nothing is kept but that letter, and the wish itself stands in the link (double opt-in).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.alerts import asked, outbox, searches
from smallplaces_site.alerts.addresses import whole
from smallplaces_site.alerts.models import Follow, Follower, Hook, Letter
from smallplaces_site.corpus.touched import last_change

#: How long a link that confirms is good for.
CONFIRM = timedelta(days=3)
#: How long a follow that was ended can be taken up again; then it is forgotten.
UNDO = timedelta(days=30)
#: Letters asking for confirmation that one address gets on one day: whoever types it may not be its owner.
MOST_ASKED = 5
#: Things that one address can follow.
MOST = 200
_SALT = "smallplaces.follow"
_HOWS = (Follow.How.ONCE, Follow.How.DAILY, Follow.How.WEEKLY)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to be told of, how, where to and in which language."""

    email: str
    what: str
    name: str
    how: str
    lang: str


def wish(email: str, what: str, name: str, how: str, lang: str) -> Wish:
    """A wish, checked. Raises :class:`BadInput` or :class:`NotFound` for what cannot be followed."""
    if how not in _HOWS:
        raise BadInput("Choose how often you want to be told.", field="how")
    if lang not in dict(settings.LANGUAGES):
        raise BadInput("Choose one of the languages of the site.", field="lang")
    return Wish(email.strip().lower(), what, asked.canonical(what, name), how, lang)


def ask_to_confirm(wanted: Wish, now: datetime | None = None) -> None:
    """Send the link that confirms a wish. Raises :class:`BadInput` when the address was asked too often today."""
    moment = now or timezone.now()
    token = signing.dumps(asdict(wanted), salt=_SALT, compress=True)
    day = f"{moment:%Y-%m-%d}"
    prefix = f"confirm/{day}/{sha256(wanted.email.encode()).hexdigest()[:20]}/"  # no address outlives its letter
    if Letter.objects.filter(key__startswith=prefix).count() >= MOST_ASKED:
        raise BadInput("This address was asked often enough today. Look at the letters that came, or try tomorrow.")
    with translation.override(wanted.lang):
        context = {
            "title": asked.title(wanted.what, wanted.name),
            "how": wanted.how,
            "link": whole(reverse("follow_confirm", args=[token])),
            "lang": wanted.lang,
            "days": CONFIRM.days,
        }
        subject = _("Confirm what you want to be told of")
        text = render_to_string("alerts/confirm.txt", context)
        html = render_to_string("alerts/confirm.html", context)
    key = f"{prefix}{wanted.what}/{wanted.name}/{wanted.how}/{wanted.lang}"
    outbox.put(key, wanted.email, wanted.lang, subject, text, html, now=moment)


def read_token(token: str) -> Wish:
    """The wish that a link stands for. Raises :class:`BadInput` for one that is damaged or too old."""
    try:
        return Wish(**signing.loads(token, salt=_SALT, max_age=CONFIRM))
    except signing.SignatureExpired as error:
        raise BadInput("This link is too old. Ask for a new one where you found what you want to follow.") from error
    except (signing.BadSignature, TypeError) as error:
        raise BadInput("This link is damaged. Copy the whole of it from the letter.") from error


def follow(wanted: Wish, *, hook: Hook | None = None) -> Follow:
    """Follow, from now on. What is followed already takes the new rhythm; nothing is told twice.

    The address is known to be its owner's: by the link, or by the account. ``hook``: the program that is told.
    """
    name = asked.canonical(wanted.what, wanted.name)
    search = asked.saved(wanted.what, name)
    ids = searches.keep([search]) if search else {}
    with transaction.atomic():
        follower, made = Follower.objects.get_or_create(email=wanted.email, defaults={"lang": wanted.lang})
        if not made and follower.lang != wanted.lang:
            follower.lang = wanted.lang
            follower.save(update_fields=["lang"])
        how = Follow.How.HOOK if hook else wanted.how
        held = Follow.objects.filter(follower=follower, what=wanted.what, name=name, hook=hook).first()
        if held is not None:
            if held.ended is not None:
                held.change, held.ended = last_change(), None
            held.how = how
            held.save(update_fields=["how", "ended", "change"])
            return held
        if follower.follows.filter(ended=None).count() >= MOST:
            raise BadInput("This address follows as much as one address can. Stop following something first.")
        return Follow.objects.create(
            follower=follower,
            what=wanted.what,
            name=name,
            search_id=ids[asked.digest_of(search)] if search else None,
            how=how,
            hook=hook,
            change=last_change(),
        )


def change_rhythm(key: str, how: str) -> Follow:
    """Tell a follow in another rhythm. Raises :class:`NotFound`, and :class:`BadInput` for a rhythm that is none."""
    if how not in _HOWS:
        raise BadInput("Choose how often you want to be told.", field="how")
    found = of_key(key)
    found.how = how
    found.save(update_fields=["how"])
    return found


def end(key: str, now: datetime | None = None) -> Follow:
    """Stop telling. What waits to be told is dropped. Doing it again changes nothing."""
    found = of_key(key)
    with transaction.atomic():
        found.tidings.filter(told=None).delete()
        if found.ended is None:
            found.ended = now or timezone.now()
            found.save(update_fields=["ended"])
    return found


def end_all(key: str, how: str = "", now: datetime | None = None) -> list[Follow]:
    """Stop all the letters of a follower, or those of one rhythm. Raises :class:`NotFound`."""
    rows = follower_of(key).follows.filter(ended=None, hook=None)
    return [end(one.key, now) for one in (rows.filter(how=how) if how else rows)]


def take_up(key: str) -> Follow:
    """Go on telling what was ended, from now on. Raises :class:`NotFound` when it was forgotten meanwhile."""
    found = of_key(key)
    if found.ended is not None:
        found.ended, found.change = None, last_change()
        found.save(update_fields=["ended", "change"])
    return found


def forget_ended(now: datetime | None = None) -> int:
    """Forget follows that were ended long ago, and addresses that follow nothing any more; how many addresses."""
    moment = now or timezone.now()
    Follow.objects.filter(ended__lt=moment - UNDO).delete()
    _, gone = Follower.objects.filter(follows=None, since__lt=moment - UNDO).delete()
    return gone.get("alerts.Follower", 0)


def of_key(key: str) -> Follow:
    """The follow of a key. Raises :class:`NotFound`."""
    found = Follow.objects.select_related("follower").filter(key=key).first()
    if found is None:
        raise NotFound("This is no longer followed, or the link is not whole.")
    return found


def follower_of(key: str) -> Follower:
    """The follower of a key. Raises :class:`NotFound`."""
    found = Follower.objects.filter(key=key).first()
    if found is None:
        raise NotFound("This is no longer followed, or the link is not whole.")
    return found
