"""Places: find yours, one place, and which one is meant when several are called so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from smallplaces.errors import NotFound
from smallplaces.vocab import resolve_state
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import places as reads
from smallplaces_site.corpus.read import states
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.corpus.titles import collation_key, state_name
from smallplaces_site.web import askedhere, names, placelines
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.views.pages import address, as_file, page, unknown, wants_file, working_page

_LONGEST = 200


@page
def index(request: HttpRequest) -> HttpResponseBase:
    """Find a place by name; the highest places of one State, and the States that have places."""
    asked = request.GET.get("q", "").replace("\x00", " ").strip()[:_LONGEST]
    held = reads.states()
    state = _state_asked(request.GET.get("state", ""), held)
    if asked and not wants_file(request):
        return _found(request, asked, state if "state" in request.GET else "", state)
    return _listing(request, held, state)


def _state_asked(wanted: str, held: dict[str, int]) -> str:
    """The State whose places are shown: the one asked for, else the site's own, else none."""
    known = resolve_state(wanted) if wanted else None
    if known is not None and known.code in held:
        return known.code
    own = settings.SETTINGS["SMALLPLACES_STATE"].upper()
    return own if own in held else ""


def _found(request: HttpRequest, asked: str, within: str, state: str) -> HttpResponseBase:
    """The place that ``asked`` means; the page that asks which, for several; the list again, for none."""
    found = reads.called(asked, within)
    if len(found) == 1:
        return HttpResponseRedirect(placelines.line(found[0], asked).address)
    named = resolve_state(asked)
    if not found and named is not None and named.code in reads.states():
        return HttpResponseRedirect(f"{reverse('places')}?state={named.code}")
    if found:
        return which(request, asked, found, within)
    return _listing(request, reads.states(), state, asked=asked, within=within)


def which(request: HttpRequest, asked: str, found: list[PlaceView], within: str = "") -> HttpResponse:
    """The page that asks which of several places is meant, by State, the site's own first."""
    own = settings.SETTINGS["SMALLPLACES_STATE"].upper()
    rows: dict[str, list[PlaceView]] = {}
    for view in found:
        rows.setdefault(view.state, []).append(view)
    order = sorted(rows, key=lambda code: (code != own, collation_key(state_name(code, names.ui()), names.ui())))
    return render(
        request,
        "web/place_which.html",
        {
            "asked_place": asked,
            "total": len(found),
            "within": within,
            "groups": [(code, [placelines.line(view, asked) for view in rows[code]]) for code in order],
        },
    )


def _listing(
    request: HttpRequest, held: dict[str, int], state: str, *, asked: str = "", within: str = ""
) -> HttpResponseBase:
    highest = placelines.in_order(reads.highest(state), state) if state else []
    if form := wants_file(request):
        return as_file(_table(request, f"places-{state}", f"places of {state}", reads.every(state)), form)
    others = sorted(
        ((code, state_name(code, names.ui()), count) for code, count in held.items() if count and code != state),
        key=lambda row: collation_key(row[1], names.ui()),
    )
    return render(
        request,
        "web/places.html",
        {
            "state": state,
            "state_name": state_name(state, names.ui()) if state else "",
            "count": held.get(state, 0),
            "rows": [(placelines.line(view), len(_parts(view))) for view in highest],
            "others": others,
            "asked_place": asked,
            "within": within,
            "total": sum(held.values()),
        },
    )


@working_page
def place(request: HttpRequest, code: str) -> HttpResponseBase:
    """One place: what is asked that is its own, and what it is. A name instead of a code leads to it, or asks which;
    what it once was leads to today's."""
    try:
        found = reads.get(code)
    except NotFound:
        called = reads.called(code[:_LONGEST])
        if not called:
            raise unknown(code) from None
        if len(called) > 1:
            return which(request, code, called)
        return HttpResponseRedirect(placelines.line(called[0], code).address)
    today = reads.now(found)
    if today != found:
        return HttpResponseRedirect(placelines.address(today, found.name(names.ui())))
    if code != found.short:
        return HttpResponseRedirect(placelines.address(found))
    if form := wants_file(request):
        return as_file(_list_asked(request, found), form)
    return render(request, "web/place.html", _whole(request, found))


def _list_asked(request: HttpRequest, found: PlaceView) -> Table:
    """What is asked, or the places in it: which of the page's two lists is wanted as a file."""
    if request.GET.get("list") == "asked":
        return askedhere.table(request, found)
    return _table(request, f"places-{found.short}", f"places in {found.code}", _parts(found))


def _whole(request: HttpRequest, found: PlaceView) -> dict[str, Any]:
    """What the page of a place says."""
    asked = request.GET.get("once", "")[:_LONGEST]
    parts = _parts(found)
    above = reads.chain(found)[1:]
    return {
        "one": placelines.line(found, asked),
        "state_name": state_name(found.state, names.ui()),
        "known_state": resolve_state(found.state) is not None or found.state in states.counts(),
        "above": [placelines.line(view) for view in reversed(above)],
        "parts": len(parts),
        "groups": placelines.grouped(parts),
        "offices": [placelines.line(view) for view in _offices(found)],
        "office_of": placelines.line(above[0]) if found.level == "authority" and above else None,
        "before": [_before(old, found) for old in reads.former(found)],
        "documents": states.counts()[found.state].documents if found.state in states.counts() else 0,
        "past": found.past(),
        **askedhere.page_of(request, found),
    }


def _before(old: PlaceView, today: PlaceView) -> dict[str, Any]:
    """What a place was until some day: only what changed since is said."""
    lang = names.ui()
    parent = None
    if old.parent and old.parent != today.parent:
        parent = placelines.line(reads.get(old.parent))
    return {
        "name": old.name(lang),
        "own": placelines.line(old).own,
        "lang": old.name_lang(lang),
        "kind": placelines.kind(old) if old.kind != today.kind else "",
        "parent": parent,
        "until": old.valid_to,
    }


def _parts(found: PlaceView) -> list[PlaceView]:
    return [view for view in reads.below(found.code) if view.level != "authority"]


def _offices(found: PlaceView) -> list[PlaceView]:
    return [view for view in reads.below(found.code) if view.level == "authority"]


def _table(request: HttpRequest, name: str, query: str, found: Iterable[PlaceView]) -> Table:
    return Table(
        name=name,
        columns=("code", "short", "state", "level", "kind", "name_ko", "name_en", "parent", "since", "address"),
        rows=(
            (
                view.code,
                view.short,
                view.state,
                view.level,
                view.kind,
                dict(view.names).get("ko", ""),
                dict(view.names).get("en", ""),
                view.parent,
                view.valid_from,
                absolute(request, reverse("place", args=[view.short])),
            )
            for view in found
        ),
        query=query,
        address=address(request),
        version=data_version(),
    )
