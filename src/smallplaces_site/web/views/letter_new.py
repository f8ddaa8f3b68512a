"""Write a letter to places: what and why, where to, a look at it, and sending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smallplaces.errors import NotFound, UserError
from smallplaces_site.actions import dispatch as actions
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.people.models import Membership, User
from smallplaces_site.people.rights import Forbidden, require
from smallplaces_site.web import names, placelines
from smallplaces_site.web.errors import add_to
from smallplaces_site.web.letterforms import LetterForm
from smallplaces_site.web.views.letters import shown
from smallplaces_site.web.views.pages import working_page

_MOST = 1000


@working_page
def new(request: HttpRequest) -> HttpResponseBase:
    """The form. Its buttons find places, add all of a level, show the letter, and send it."""
    member = require(request.user, "dispatch.send")
    if request.method != "POST":
        asked = {name: request.GET.get(name, "") for name in ("work", "paragraphs", "brief", "title")}
        return _page(request, member, LetterForm(initial={**asked, "lang": names.ui()}), request.GET.getlist("place"))
    form = LetterForm(request.POST)
    chosen = list(dict.fromkeys(request.POST.getlist("place")))[:_MOST]
    match request.POST.get("do"):
        case "find":
            return _page(request, member, _unchecked(form), chosen, found=_found(request.POST.get("q", ""), member))
        case "below":
            return _page(request, member, _unchecked(form), [*chosen, *_below(request.POST.get("below", ""), member)])
        case "send" | "preview" if form.is_valid():
            return _go_on(request, member, form, chosen)
        case "change":
            return _page(request, member, _unchecked(form), chosen)
        case _:
            return _page(request, member, form, chosen)


def _unchecked(form: LetterForm) -> LetterForm:
    """The form with what was typed and without complaints: it is not yet to be sent."""
    return LetterForm(initial={name: form.data.get(name, "") for name in form.fields})


def _go_on(request: HttpRequest, member: Membership, form: LetterForm, chosen: list[str]) -> HttpResponseBase:
    draft = form.draft(chosen)
    assert isinstance(request.user, User)  # noqa: S101 (has the right)
    try:
        if request.POST["do"] == "send":
            pk = actions.send_dispatch(request.user, draft)
            count = len(draft.places)
            said = ngettext("Sent to %(count)d place.", "Sent to %(count)d places.", count) % {"count": count}
            messages.success(request, said)
            return HttpResponseRedirect(reverse("letter", args=[pk]))
        draft = actions.checked(draft)
    except Forbidden:
        raise
    except UserError as error:
        add_to(form, error)
        return _page(request, member, form, chosen)
    rows = [(placelines.line(one.place), one) for one in actions.reach(draft.places)]
    context = {"draft": draft, "form": form, "rows": rows, "silent": [line for line, one in rows if one.nobody]}
    return render(request, "web/letter_preview.html", {**context, "sender": member, "what": shown(draft)})


def _page(
    request: HttpRequest,
    member: Membership,
    form: LetterForm,
    chosen: list[str],
    *,
    found: list[PlaceView] | None = None,
) -> HttpResponseBase:
    state = member.organisation.state
    ticked = [view for code in dict.fromkeys(chosen) if (view := _known(code)) is not None]
    highest = placelines.in_order(places.highest(state), state)
    levels = [("", _("The places directly below the State"), len(highest))]
    levels += [(view.short, view.name(names.ui()), len(_parts(view.code))) for view in highest if _parts(view.code)]
    context: dict[str, Any] = {
        "form": form,
        "chosen": [placelines.line(view) for view in ticked],
        "found": [placelines.line(view) for view in found or () if view not in ticked],
        "searched": found is not None,
        "q": request.POST.get("q", ""),
        "levels": levels,
    }
    return render(request, "web/letter_new.html", context)


def _found(words: str, member: Membership) -> list[PlaceView]:
    return places.called(words.strip()[:200], member.organisation.state) if words.strip() else []


def _below(code: str, member: Membership) -> list[str]:
    """Everything directly below a place, or below the State."""
    if not code:
        return [view.code for view in places.highest(member.organisation.state)]
    return _parts(places.get(code).code)


def _parts(code: str) -> list[str]:
    return [view.code for view in places.below(code) if view.level != "authority"]


def _known(code: str) -> PlaceView | None:
    try:
        return places.now(places.get(code))
    except NotFound:
        return None
