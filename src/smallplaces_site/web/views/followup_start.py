"""Follow something: a recommendation, a thread, or several as one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from smallplaces_site.actions.follow_item import Target, follow, follow_cluster
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.lineage import read as threads
from smallplaces_site.people.models import Organisation, User
from smallplaces_site.people.rights import RIGHTS as TABLE
from smallplaces_site.people.rights import Forbidden, places_of
from smallplaces_site.web import followupforms as ask
from smallplaces_site.web import names, placelines
from smallplaces_site.web.followupask import Sheet, answer, sent
from smallplaces_site.web.views.pages import unknown, working_page


@working_page
def start(request: HttpRequest) -> HttpResponseBase:
    """Follow a recommendation or a thread: for which place?"""
    asked = request.GET  # the form is sent to the address it stands at
    target = Target(*(asked.get(name, "").replace("\x00", "\ufffd") for name in ("work", "paragraph", "thread")))
    if not target.thread and not (target.work_key and target.paragraph_key):
        raise unknown(target.work_key or "–")
    user, own, whole = _planner(request)
    state, about, lang = _told(target)
    chosen = {"initial": {"place": asked.get("place", "")}}
    form = ask.StartForm(**(sent(request) or chosen), own=own, whole_state=whole)

    def act(given: dict[str, Any]) -> str:
        return _item_page(follow(user, target, place=_place(given["place"], state), state=state).pk)

    back = reverse("thread", args=[state, target.thread]) if target.thread else ""
    back = back or reverse("paragraph", args=[target.work_key, target.paragraph_key])
    return answer(request, Sheet(form, _("Follow this up"), _("Start follow-up"), back, about, lang), act)


@working_page
def cluster(request: HttpRequest) -> HttpResponseBase:
    """Follow several recommendations as one."""
    user, own, whole = _planner(request)
    state = request.GET.get("state", "").upper()
    chosen = {"initial": {"place": request.GET.get("place", "")}}
    form = ask.ClusterForm(**(sent(request) or chosen), own=own, whole_state=whole)

    def act(given: dict[str, Any]) -> str:
        targets = [_target(line) for line in given["members"]]
        place = _place(given["place"], state)
        held_in = state or _state_of(user)
        return _item_page(follow_cluster(user, given["title"], targets, place=place, state=held_in, lang=names.ui()).pk)

    back = reverse("account")
    return answer(request, Sheet(form, _("Follow several as one"), _("Start follow-up"), back), act)


def _planner(request: HttpRequest) -> tuple[User, list[tuple[str, str]], bool]:
    """Who plans, for which places of their own, and whether for any place of a State."""
    user = request.user
    if isinstance(user, User):
        held = user.memberships.filter(ended=None, role__in=TABLE["followup.plan"])
        whole = held.filter(organisation__kind=Organisation.Kind.INSTITUTION).exists()
        own = [(view.code, placelines.writing(view)) for view in map(places.get, places_of(user))]
        if whole or own:
            return user, own, whole
    raise Forbidden("This is for those who plan the follow-up.", TABLE["followup.plan"])


def _told(target: Target) -> tuple[str, str, str]:
    """The State that was asked, the words of what is to be followed, and their language."""
    if target.thread:
        thread = threads.thread(target.thread)
        return thread.state, thread.wording, thread.lang
    work = documents.work(target.work_key)
    edition = work.best_edition(names.ui())
    if edition is None:
        raise unknown(target.work_key)
    text = documents.paragraph(edition.id, target.paragraph_key).text
    return (work.states[0] if len(work.states) == 1 else ""), text, edition.lang


def _place(given: str, state: str) -> str:
    """The whole code of the place that was typed or chosen; empty for the State as a whole."""
    return places.one(given.strip(), state).code if given.strip() else ""


def _state_of(user: User) -> str:
    return user.memberships.filter(ended=None).select_related("organisation").order_by("pk")[0].organisation.state


def _target(line: str) -> Target:
    """A thread's key, or a symbol and a paragraph with a space between."""
    name, _space, paragraph = line.rpartition(" ")
    return Target(work_key=name.strip(), paragraph_key=paragraph) if name else Target(thread=line)


def _item_page(pk: int) -> str:
    return reverse("followup_item", args=[pk])
