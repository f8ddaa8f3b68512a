"""The review queue: an officer looks at one demand after another, and says whose each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smallplaces.errors import BadInput, NotFound
from smallplaces.model.language import in_language
from smallplaces.vocab.competence import competence, departments
from smallplaces_site.actions.decide_competence import Chosen
from smallplaces_site.actions.decide_label import Named
from smallplaces_site.actions.review import review as decide
from smallplaces_site.actions.review import take_back
from smallplaces_site.corpus.models import Paragraph
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.corpus.titles import collation_key
from smallplaces_site.local.queue import done_today, one_of, proposed, queue
from smallplaces_site.local.read import LEVELS, Queued, labels_of
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Scope, may, membership_for, places_of, require
from smallplaces_site.web import names
from smallplaces_site.web.errors import told
from smallplaces_site.web.ownership import LEVELS as LEVEL_NAMES
from smallplaces_site.web.ownership import said
from smallplaces_site.web.templatetags.ownership import spot
from smallplaces_site.web.views.pages import working_page

_RIGHT: Final = "competence.decide"
#: Why a demand is worth a look, in words.
BECAUSE: Final = {
    "unclear": gettext_lazy("not clear whose it is"),
    "taught": gettext_lazy("decided for the same demand elsewhere"),
    "unsure": gettext_lazy("the machine is not sure"),
    "new": gettext_lazy("new"),
    "wide": gettext_lazy("concerns many places"),
    "long": gettext_lazy("asked again and again"),
}
_FILTERS: Final = ("body", "year", "because", "department")
_NEXT = 8  # shown below the one in focus


@dataclass(frozen=True, slots=True)
class _Desk:
    """Whose work is done here, and for whom: a State, or with a place only that place itself (``code``: as the
    organisation names it). ``labels``: whether labels may be decided too."""

    user: User
    state: str
    place: PlaceView | None
    code: str
    labels: bool


@working_page
def review(request: HttpRequest) -> HttpResponseBase:
    """One demand in focus, and those that come next; a decision leads to the next."""
    desk = _desk(request)
    asked = {name: request.GET.get(name, "") for name in _FILTERS}
    waiting = queue(desk.state, desk.place, **asked)
    if request.method == "POST":
        return _decided(request, desk, waiting)
    focus, before, after = _around(request.GET.get("at", ""), waiting, desk)
    done = done_today(desk.user)
    query = urlencode({name: value for name, value in asked.items() if value})
    every = queue(desk.state, desk.place)
    context: dict[str, Any] = {
        "desk": desk,
        "focus": focus,
        "own": said(focus.asked.paragraph_id, focus.asked.competence, desk.state) if focus else None,
        "proposed": proposed(focus.asked.paragraph_id) if focus and desk.labels else (),
        "because": [BECAUSE[code] for code in focus.because] if focus else (),
        "before": before,
        "after": after,
        "next": [item for item in waiting if focus is None or item != focus][:_NEXT],
        "total": len(waiting),
        "done": len(done),
        "last": _named(done[0]) if done else None,
        "query": query,
        "asked": asked,
        "bodies": sorted({item.asked.body for item in every}),
        "years": sorted({item.asked.date[:4] for item in every if item.asked.date}, reverse=True),
        "reasons": BECAUSE.items(),
        **_choices(desk.state),
    }
    return render(request, "web/review.html", context)


def _desk(request: HttpRequest) -> _Desk:
    """Where somebody decides: for the institution's State, else for their own place. Raises :class:`Forbidden`."""
    user = request.user if isinstance(request.user, User) else None
    code = next(iter(places_of(user)), "")
    if user is None or membership_for(user, _RIGHT) or not code:
        membership = require(user, _RIGHT)
        state = membership.organisation.state
        return _Desk(membership.user, state, None, "", may(membership.user, "label.decide", Scope(state)))
    place = places.get(code)
    require(user, _RIGHT, Scope(place.state, (code,)))
    return _Desk(user, place.state, place, code, labels=False)


def _around(at: str, waiting: list[Queued], desk: _Desk) -> tuple[Queued | None, int, int]:
    """The demand in focus, and the rows of those before and after it in the queue (0: none)."""
    wanted = int(at) if at.isdecimal() else 0
    index = next((i for i, item in enumerate(waiting) if item.asked.paragraph_id == wanted), -1)
    if index < 0 and wanted:  # decided already: it can still be looked at
        one = one_of(desk.state, wanted, desk.place)
        if one is None:
            raise NotFound("This asks nothing of the State that you decide for.", where=at)
        return one, 0, waiting[0].asked.paragraph_id if waiting else 0
    index = max(index, 0)
    ids = [item.asked.paragraph_id for item in waiting]
    before = ids[index - 1] if index > 0 else 0
    after = ids[index + 1] if index + 1 < len(ids) else 0
    return (waiting[index] if waiting else None), before, after


def _decided(request: HttpRequest, desk: _Desk, waiting: list[Queued]) -> HttpResponseBase:
    """Do what was asked, and lead on to the next."""
    given = request.POST
    paragraph = int(given.get("paragraph", "")) if given.get("paragraph", "").isdecimal() else 0
    act = given.get("act", "")
    here = next((item.asked for item in waiting if item.asked.paragraph_id == paragraph), None)
    _focus, _before, after = _around(str(paragraph), waiting, desk) if paragraph else (None, 0, 0)
    try:
        if act == "undo":
            take_back(paragraph, user=desk.user, place=desk.code, labels=_labels_decided(paragraph))
            messages.success(request, _("Taken back. It waits in the queue again."))
            after = paragraph
        else:
            shown = [_label(text) for text in given.getlist("shown")]
            ticked = [_label(text) for text in given.getlist("label")]
            decide(
                paragraph,
                act,
                user=desk.user,
                why=given.get("why", ""),
                chosen=Chosen(given.get("level", ""), given.get("head", ""), given.get("department", "")),
                place=desk.code,
                right=ticked,
                wrong=[one for one in shown if one not in ticked],
            )
            name = spot(here) if here else str(paragraph)
            messages.success(request, _said(act) % {"what": name})
    except BadInput as error:
        messages.error(request, _wrong(act, error))
        after = paragraph
    query = {name: request.GET[name] for name in _FILTERS if request.GET.get(name)}
    if after:
        query["at"] = str(after)
    return HttpResponseRedirect(f"{reverse('review')}?{urlencode(query)}")


def _said(act: str) -> str:
    if act == "confirmed":
        return _("Confirmed: %(what)s.")
    if act == "rejected":
        return _("Recorded as not clear: %(what)s.")
    return _("Corrected: %(what)s.")


def _wrong(act: str, error: BadInput) -> str:
    if act in ("corrected", "rejected"):
        return _("Not recorded: %(why)s.") % {"why": _("say who is competent, and give the reason")}
    return told(error)


def _label(text: str) -> Named:
    facet, _bar, rest = text.partition("|")
    scheme, _bar, label = rest.partition("|")
    return Named(facet, scheme, label)


def _labels_decided(paragraph: int) -> list[Named]:
    held = labels_of([paragraph]).get(paragraph, ())
    return [Named(one.facet, one.scheme, one.label) for one in held if one.decided]


def _named(subject: str) -> tuple[int, str] | None:
    """Row and name of the demand that somebody decided last, for taking it back."""
    work, _hash, key = subject.rpartition("#")
    rows = Paragraph.objects.filter(edition__work__keys__key=work, key=key, claim__isnull=False)
    found = rows.values_list("pk", flat=True).first()
    return (found, f"{work} ¶ {key}") if found else None


def _choices(state: str) -> dict[str, Any]:
    lang = names.ui()
    named = ((code, in_language(one, lang)) for code, one in departments().items())
    return {
        "levels": [(code, LEVEL_NAMES[code]) for code in LEVELS if code != "unclear"],
        "heads": [(code, in_language(head.names, lang)) for code, head in competence(state).heads.items()],
        "departments": sorted(named, key=lambda pair: collation_key(pair[1], lang)),
    }
