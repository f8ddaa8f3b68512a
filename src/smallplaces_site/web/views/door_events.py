"""One day of a procedure: its versions, and the forms by which officers add, move and call off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smallplaces.errors import NotFound, UserError
from smallplaces_site.actions.keep_event import Entry, cancel_event, import_events, keep_event, move_event
from smallplaces_site.corpus.titles import state_name
from smallplaces_site.doors import read
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Forbidden, Scope, may, require
from smallplaces_site.web import doorforms, names
from smallplaces_site.web.errors import add_to, told
from smallplaces_site.web.views.pages import working_page
from smallplaces_site.web.views.states import known_state

_LARGEST = 1_000_000


@working_page
def event(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """One event with every version of it, and what they rest on."""
    one = _event(code, key)
    context = _frame(code) | {"event": one, "versions": read.history(key), "officer": _officer(request, code)}
    return render(request, "web/door_event.html", context)


@working_page
def new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Add an announced day."""
    own = known_state(code)[0]
    user = _writer(request, own)
    form = doorforms.NewEvent(request.POST or None, state=own)

    def act(data: dict[str, Any]) -> None:
        keep_event(Entry(state=own, **data), user)
        messages.success(request, _("The day is kept."))

    return _acted(request, own, form, act, title=_("Add a day"), button=_("Keep this day"))


@working_page
def move(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """Give an event another day. The earlier one stays on its page."""
    one = _event(code, key)
    user = _writer(request, code)
    form = doorforms.Moved(request.POST or None, initial={"first": one.first, "last": one.last, "source": ""})

    def act(data: dict[str, Any]) -> None:
        move_event(key, data["first"], data["last"], source=data["source"], why=data["why"], user=user)
        messages.success(request, _("The day is another now. The earlier one stays on this page."))

    return _acted(request, code, form, act, title=_("Move this day"), button=_("Move it"), one=one)


@working_page
def off(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """Call an event off."""
    one = _event(code, key)
    user = _writer(request, code)
    form = doorforms.CalledOff(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        cancel_event(key, source=data["source"], why=data["why"], user=user)
        messages.success(request, _("It is called off. What was said before stays on this page."))

    return _acted(request, code, form, act, title=_("Call this off"), button=_("Call it off"), one=one)


@working_page
def table(request: HttpRequest, code: str) -> HttpResponseBase:
    """Add several days by a table."""
    own = known_state(code)[0]
    user = _writer(request, own)
    form = doorforms.Table(request.POST or None, request.FILES or None)
    refused: list[str] = []

    def act(data: dict[str, Any]) -> None:
        content = data["table"].read(_LARGEST)
        done = import_events(content.decode("utf-8", "replace"), user)
        text = ngettext("%(kept)s day is kept.", "%(kept)s days are kept.", done.kept) % {"kept": done.kept}
        messages.success(request, text)
        for line, error in done.refused[:20]:
            refused.append(f"{line}: {error}")
            messages.error(request, _("Line %(line)s: %(reason)s") % {"line": line, "reason": told(error)})

    return _acted(request, own, form, act, title=_("Add days by a table"), button=_("Keep these days"), files=True)


def _acted(
    request: HttpRequest,
    state: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    *,
    title: str,
    button: str,
    one: read.EventView | None = None,
    files: bool = False,
) -> HttpResponseBase:
    """The form; or, when it was sent and could be done, the way back."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Forbidden:
            raise
        except UserError as error:
            add_to(form, error)
        else:
            back = reverse("door-event", args=[state, one.key]) if one else reverse("state-doors", args=[state])
            return HttpResponseRedirect(back)
    context = _frame(state) | {"form": form, "title": title, "button": button, "event": one, "files": files}
    return render(request, "web/door_form.html", context, status=400 if form.errors else 200)


def _event(code: str, key: str) -> read.EventView:
    found = read.event(key)
    if found.state != code:
        raise NotFound("This State has no day of procedures called “%(where)s”.", where=key)
    return found


def _frame(state: str) -> dict[str, Any]:
    return {"code": state, "name": state_name(state, names.ui()), "ui": names.ui()}


def _officer(request: HttpRequest, state: str) -> bool:
    return may(request.user, "event.write", Scope(state))


def _writer(request: HttpRequest, state: str) -> User:
    return require(request.user, "event.write", Scope(state)).user
