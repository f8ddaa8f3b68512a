"""One thing that is followed, one action, one indicator: to be read by everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from smallplaces.errors import NotFound
from smallplaces_site.actions.allowed import held
from smallplaces_site.corpus.read import documents
from smallplaces_site.followup import read
from smallplaces_site.followup.history import history_of
from smallplaces_site.followup.records import VOICES, Followed
from smallplaces_site.lineage import read as threads
from smallplaces_site.web import names
from smallplaces_site.web.followupcharts import value_line
from smallplaces_site.web.followupwords import STATUS
from smallplaces_site.web.kept import kept_file
from smallplaces_site.web.views.pages import working_page

_CHUNK = 1 << 16
_RIGHTS = {
    "plan": "followup.plan",
    "report": "followup.report",
    "assessment": "followup.assess",
    "comment": "followup.comment",
    "grade": "followup.grade",
    "indicator": "indicator.write",
}


@working_page
def item(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is followed, three voices beside one another, the committee's grade, actions and indicators."""
    one = read.item(pk)
    may = may_what(request, one.state, one.place)
    return render(
        request,
        "web/followup_item.html",
        {
            "item": one,
            "source": source_of(one.what),
            "members": [(member, source_of(member)) for member in one.members],
            "voices": [(voice, one.latest(voice), one.said(voice), may[voice]) for voice in VOICES],
            "actions": read.actions(one.actions),
            "indicators": [(found, value_line(found)) for found in read.indicators(one.indicators)],
            "may": may,
            "own": _organisations(request),
            "today": timezone.localdate(),
        },
    )


@working_page
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every change: who, when, what from what to what."""
    return render(request, "web/followup_history.html", {"item": read.item(pk), "lines": history_of(pk)})


@working_page
def action(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One action: what it serves, its days, what it costs, what shows it."""
    one = read.action(pk)
    return render(
        request,
        "web/followup_action.html",
        {
            "action": one,
            "items": read.items(one.items),
            "may": may_what(request, one.state, one.place),
            "today": timezone.localdate(),
            "choices": STATUS.items(),
        },
    )


@working_page
def indicator(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One indicator: its line, and every value with its source."""
    one = read.indicator(pk)
    return render(
        request,
        "web/followup_indicator.html",
        {
            "indicator": one,
            "line": value_line(one),
            "items": read.items(one.items),
            "may": may_what(request, one.state, one.place),
        },
    )


@working_page
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file that shows something, always to be kept and never to be opened in the page."""
    one = read.evidence(pk)
    return kept_file(one.sha256, one.name, one.kind, one.size)


def may_what(request: HttpRequest, state: str, place: str) -> dict[str, bool]:
    """What the person may do with something of that place; nothing where the place is not here any more."""
    try:
        return {name: held(request.user, right, state, place) is not None for name, right in _RIGHTS.items()}
    except NotFound:
        return dict.fromkeys(_RIGHTS, False)


def _organisations(request: HttpRequest) -> set[str]:
    """Names of the organisations that the person acts for: whose statements can be corrected."""
    if not request.user.is_authenticated:
        return set()
    return set(request.user.memberships.filter(ended=None).values_list("organisation__name", flat=True))


def source_of(what: Followed) -> dict[str, Any]:
    """What is followed as it reads today: its document and paragraph, or its thread; empty when it is not here."""
    try:
        if what.thread:
            thread = threads.thread(what.thread)
            return {"thread": thread, "text": thread.name(names.ui()), "lang": thread.name_lang(names.ui())}
        if what.work_key:
            work = documents.work(what.work_key)
            edition = work.best_edition(names.ui(), what.lang)
            if edition is not None:
                found = documents.paragraph(edition.id, what.paragraph_key)
                return {"work": work, "paragraph": found, "text": found.text, "lang": edition.lang}
    except NotFound:
        pass
    return {}
