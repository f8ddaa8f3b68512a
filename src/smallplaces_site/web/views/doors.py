"""Doors: every procedure, the days of a State, what a place can do, and calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from smallplaces.vocab.steps import ACTORS, FAMILIES, Access, Door, committees, procedures
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import places as place_reads
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import state_name
from smallplaces_site.doors import read
from smallplaces_site.doors.read import EventView
from smallplaces_site.people.rights import Scope, may
from smallplaces_site.web import doorcalendar, names, placelines
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.templatetags.doors import way_in
from smallplaces_site.web.views.pages import address, as_file, page, unknown, wants_file, working_page
from smallplaces_site.web.views.states import known_state

_LOCAL = "local"


@page
def index(request: HttpRequest) -> HttpResponseBase:
    """Every procedure, by family."""
    every = list(procedures().values())
    groups = [(family, [door for door in every if door.family == family]) for family in FAMILIES]
    return render(request, "web/doors.html", {"groups": groups, "ui": names.ui()})


@page
def door(request: HttpRequest, code: str) -> HttpResponseBase:
    """One procedure: its steps in order, who may act at each, and how sure we are."""
    one = procedures().get(code)
    if one is None:
        raise unknown(code)
    table = [committees()[body] for body in one.committees]
    return render(request, "web/door.html", {"door": one, "committees": table, "actors": ACTORS, "ui": names.ui()})


@page
def standing(request: HttpRequest) -> HttpResponseBase:
    """Why a city has no standing of its own, and what works instead."""
    return render(request, "web/door_standing.html")


@working_page
def of_state(request: HttpRequest, code: str) -> HttpResponseBase:
    """The days of a State: what comes, how sure, and who says so."""
    own, _state = known_state(code)
    if own != code:
        return HttpResponseRedirect(reverse("state-doors", args=[own]))
    on = _day(request)
    found = read.events(own, on)
    if form := wants_file(request):
        return as_file(_table(request, own, found), form)
    return render(
        request,
        "web/state_doors.html",
        {
            "code": own,
            "name": state_name(own, names.ui()),
            "rows": found,
            "on": on,
            "officer": may(request.user, "event.write", Scope(own)),
            "feed": _feed(request, reverse("state-doors-ics", args=[own])),
        },
    )


@working_page
def of_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """ "My open doors": what is open to a place, closes soon, comes next year, and is only possible through others."""
    place = place_reads.now(place_reads.get(code))
    if code != place.short:
        return HttpResponseRedirect(reverse("place-doors", args=[place.short]))
    board = read.board(place.state, _LOCAL, _day(request))
    return render(
        request,
        "web/place_doors.html",
        {
            "one": placelines.line(place),
            "above": [placelines.line(view) for view in reversed(place_reads.chain(place)[1:])],
            "tab": "doors",
            "place": place,
            "state": place.state,
            "board": board,
            "days": read.SOON,
            "near": [way for way in board.through if _at_home(way) or (way.event and way not in board.later)],
            "rest": _rest(board),
            "ui": names.ui(),
            "feed": _feed(request, reverse("place-doors-ics", args=[place.short])),
        },
    )


def _at_home(way: read.Way) -> bool:
    return procedures()[way.step.procedure].family == "home"


def _rest(board: read.Board) -> list[tuple[Door, str]]:
    """The procedures of which the actor reaches steps only by way of others, and through whom."""
    whom: dict[str, list[str]] = {}
    for way in board.through:
        if way.event is None and not _at_home(way):
            known = whom.setdefault(way.step.procedure, [])
            known += [one for one in way.access.through if one not in known]
    return [(procedures()[code], way_in(Access("through", tuple(through)))) for code, through in whom.items()]


@working_page
def state_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The days of a State as a calendar."""
    own, _state = known_state(code)
    return _calendar(request, state_name(own, names.ui()), read.events(own, _day(request)), f"doors-{own}")


@working_page
def place_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The days on which a local government of a place can do something, itself or through others."""
    place = place_reads.now(place_reads.get(code))
    found = [one for one in read.events(place.state, _day(request)) if one.step.who[_LOCAL].how != "none"]
    return _calendar(request, place.name(names.ui()), found, f"doors-{place.short}")


def _day(request: HttpRequest) -> date:
    """The day from which is looked: ``?on=``, else today. Raises :class:`BadInput` for what is none."""
    asked = request.GET.get("on", "")
    return read.first_day(asked) if asked else datetime.now(UTC).date()


def _feed(request: HttpRequest, path: str) -> dict[str, str]:
    whole = absolute(request, path)
    return {"https": whole, "webcal": f"webcal:{whole.partition(':')[2]}"}


def _calendar(request: HttpRequest, name: str, found: Iterable[EventView], file: str) -> HttpResponse:
    def where(one: EventView) -> str:
        return absolute(request, event_address(one))

    content = doorcalendar.calendar_of(name, found, where, datetime.now(UTC).date())
    answer = HttpResponse(content, content_type=doorcalendar.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return answer


def event_address(one: EventView) -> str:
    """Where an event can be read: its own page when it is kept, else its procedure."""
    if one.at:
        return reverse("door-event", args=[one.state, one.key])
    return f"{reverse('door', args=[one.step.procedure])}#{one.step.id}"


def _table(request: HttpRequest, state: str, found: list[EventView]) -> Table:
    columns = ("state", "step", "occasion", "first", "last", "standing", "source", "address", "note", "why")
    more = ("name", "rule", "confidence", "margin_days", "version", "method", "key", "quote")

    def row(one: EventView) -> tuple[Any, ...]:
        told = (one.state, one.step_id, one.occasion, one.first, one.last, one.standing, one.source, one.address)
        how = (one.rule, one.confidence, one.margin, one.version, one.method, one.key, one.evidence.get("quote", ""))
        return (*told, one.note, one.why, one.step.name(names.ui()), *how)

    return Table(
        name=f"doors-{state}",
        columns=(*columns, *more),
        rows=(row(one) for one in found),
        query=f"days of procedures of {state}",
        address=address(request),
        version=data_version(),
    )
