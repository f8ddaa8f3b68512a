"""What a place or a State does about recommendations: numbers, then board, table or timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smallplaces_site.actions.allowed import held
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import collation_key, state_name
from smallplaces_site.followup import read
from smallplaces_site.followup.models import Action, Statement
from smallplaces_site.followup.records import ActionView, ItemView
from smallplaces_site.followup.sheets import ACTION_COLUMNS, INDICATOR_COLUMNS, ITEM_COLUMNS, rows_of
from smallplaces_site.web import followupcharts, names, placelines
from smallplaces_site.web.followupwords import PROGRESS, STATUS
from smallplaces_site.web.views.pages import address, as_file, wants_file, working_page
from smallplaces_site.web.views.states import known_state

VIEWS = {"board": _("Board"), "table": _("Table"), "timeline": _("Timeline")}
_SORTS = {"since": _("Followed since"), "title": _("Title"), "due": _("Next due"), "progress": _("How far it is")}
_LISTS = {"items": ITEM_COLUMNS, "actions": ACTION_COLUMNS, "indicators": INDICATOR_COLUMNS}


@working_page
def of_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """What one place follows."""
    place = places.now(places.get(code))
    if place.short != code:
        return HttpResponseRedirect(reverse("followup_place", args=[place.short]))
    line = placelines.line(place)
    above = [placelines.line(view) for view in reversed(places.chain(place)[1:])]
    context = {"place": place, "line": line, "name": line.name, "above": above, "state": place.state}
    return _page(request, context, place.state, place.code)


@working_page
def of_state(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a State and every place of it follow."""
    own, _state = known_state(code)
    if own != code:
        return HttpResponseRedirect(reverse("followup_state", args=[own]))
    counts = read.counts_of(own)
    parts = [(place, count) for place, count in counts.items() if place]
    context = {"state": own, "name": state_name(own, names.ui()), "parts": sorted(parts, key=lambda row: -row[1])}
    return _page(request, context, own, "")


def _page(request: HttpRequest, context: dict[str, Any], state: str, place: str) -> HttpResponseBase:
    everything = read.items_of(place, state=state)
    actions = read.actions_of(place, state=state)
    if form := wants_file(request):
        return as_file(_table(request, request.GET.get("list", "items"), state, place), form)
    chosen = request.GET.get("view", "board")
    chosen = chosen if chosen in VIEWS else "board"
    due = {one.id: _next_due(one, actions) for one in everything}
    shown = _sorted(request, [one for one in everything if _fits(request, one)], due)
    today = timezone.localdate()
    return render(
        request,
        "web/followup.html",
        {
            **context,
            "view": chosen,
            "views": VIEWS.items(),
            "items": shown,
            "rows": [(one, due[one.id]) for one in shown],
            "total": len(everything),
            "actions": actions,
            "statuses": Counter(one.status for one in actions),
            "silent": sum(one.progress("report") == Statement.Progress.NO_INFORMATION for one in everything),
            "late": [due for one in actions if one.open for due in one.dues if due.met is None and due.on < today],
            "columns": _columns(actions),
            "unplanned": [one for one in everything if not one.actions],
            "indicators": read.indicators_of(place, state=state),
            "timeline": followupcharts.timeline(actions, today),
            "today": today,
            "choices": STATUS.items(),
            "progresses": PROGRESS.items(),
            "sorts": _SORTS.items(),
            "words": request.GET.get("words", ""),
            "progress": request.GET.get("progress", ""),
            "sort": request.GET.get("sort", "since"),
            "may_plan": held(request.user, "followup.plan", state, place) is not None,
        },
    )


def _columns(actions: Sequence[ActionView]) -> list[tuple[str, list[ActionView]]]:
    """The columns of the board, in their order."""
    return [(status, [one for one in actions if one.status == status]) for status in Action.Status.values]


def _next_due(one: ItemView, actions: Sequence[ActionView]) -> Any:
    dues = [action.next_due for action in actions if action.id in one.actions and action.open and action.next_due]
    return min(dues, key=lambda due: due.on, default=None)


def _fits(request: HttpRequest, one: ItemView) -> bool:
    words = request.GET.get("words", "").casefold().split()
    wanted = request.GET.get("progress", "")
    said = " ".join([one.title, one.what.work_key, *(unit.name(names.ui()) for unit in one.units)]).casefold()
    return all(word in said for word in words) and (not wanted or one.progress("report") == wanted)


def _sorted(request: HttpRequest, found: list[ItemView], due: dict[int, Any]) -> list[ItemView]:
    sort = request.GET.get("sort", "since")
    if sort == "title":
        return sorted(found, key=lambda one: collation_key(one.title, names.ui()))
    if sort == "due":
        return sorted(found, key=lambda one: (due[one.id] is None, due[one.id].on.isoformat() if due[one.id] else ""))
    if sort == "progress":
        order = list(PROGRESS)
        return sorted(found, key=lambda one: order.index(one.progress("report")))
    return found


def _table(request: HttpRequest, kind: str, state: str, place: str) -> Table:
    kind = kind if kind in _LISTS else "items"
    return Table(
        name=f"follow-up-{kind}-{place.rpartition('/')[2] or state}",
        columns=_LISTS[kind],
        rows=rows_of(kind, state, place),
        query=f"follow-up {kind} of {place or state}",
        address=address(request),
        version=data_version(),
    )
