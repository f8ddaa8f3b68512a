"""Letters to places: those a place got, one of them, and those an institution sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smallplaces.errors import NotFound
from smallplaces_site.actions import dispatch as actions
from smallplaces_site.actions.allowed import held
from smallplaces_site.actions.dispatch import Draft
from smallplaces_site.corpus.export import Cell, Table
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import title_of
from smallplaces_site.letters import read
from smallplaces_site.letters.read import ArrivalView, DispatchView
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import require
from smallplaces_site.web import names, placelines
from smallplaces_site.web.placelines import PlaceLine
from smallplaces_site.web.views.pages import address, as_file, wants_file, working_page

_COLUMNS = ("place", "code", "opened", "opened_by", "acknowledged", "acknowledged_by", "answer", "reminded")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a letter brings: its title and address, and paragraphs: (number, text, address, language)."""

    title: str
    address: str
    symbol: str = ""
    paragraphs: tuple[tuple[str, str, str, str], ...] = ()


def shown(what: Draft | DispatchView) -> Sent | None:
    """What a letter brings; nothing when it is here no more."""
    if what.brief is not None:
        return Sent(_("Brief %(number)s") % {"number": what.brief}, reverse("brief", args=[what.brief]))
    try:
        work = documents.work(what.work)
    except NotFound:
        return None
    edition = work.best_edition(names.ui(), what.lang)
    found = []
    for key in what.paragraphs if edition else ():
        try:
            one = documents.paragraph(edition.id, key) if edition else None
        except NotFound:
            continue
        if one is not None and edition is not None:
            link = reverse("paragraph", args=[work.key, one.key])
            found.append((one.number or one.key, one.text, link, edition.lang))
    return Sent(title_of(work, names.ui()), reverse("document", args=[work.key]), work.symbol, tuple(found))


@working_page
def of_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """The letters that a place got."""
    place = places.now(places.get(code))
    if place.short != code:
        return HttpResponseRedirect(reverse("place-letters", args=[place.short]))
    above = [placelines.line(view) for view in reversed(places.chain(place)[1:])]
    rows = [(one, next(it for it in one.arrivals if it.place == place.code)) for one in read.to_place(place.code)]
    context = {"one": placelines.line(place), "above": above, "rows": rows, "place": place}
    return render(request, "web/place_letters.html", context)


@working_page
def letter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One letter: to be read by everybody; acknowledged by its places; looked after by its sender."""
    found = read.dispatch(pk)
    if request.method == "POST":
        return _done(request, found)
    if isinstance(request.user, User):
        actions.open_dispatch(request.user, pk)
        found = read.dispatch(pk)
    sender = _is_sender(request, found)
    if (form := wants_file(request)) and sender:
        return as_file(_table(request, found), form)
    context: dict[str, Any] = {
        "letter": found,
        "what": shown(found),
        "places": [_line(one) for one in found.arrivals],
        "mine": [(_line(one), one) for one in found.arrivals if _acts_for(request, found, one)],
        "sender": sender,
        "rows": [(_line(one), one) for one in found.arrivals] if sender else [],
        "waiting": sum(one.acknowledged is None for one in found.arrivals),
    }
    return render(request, "web/letter.html", context)


@working_page
def sent(request: HttpRequest) -> HttpResponseBase:
    """What one's institution sent."""
    member = require(request.user, "dispatch.send")
    return render(request, "web/letters.html", {"rows": read.sent_by(member.organisation.pk), "member": member})


def _line(one: ArrivalView) -> PlaceLine:
    return placelines.line(places.get(one.place))


def _is_sender(request: HttpRequest, found: DispatchView) -> bool:
    if not isinstance(request.user, User) or held(request.user, "dispatch.send", found.state, "") is None:
        return False
    return request.user.memberships.filter(ended=None, organisation=found.organisation).exists()


def _acts_for(request: HttpRequest, found: DispatchView, one: ArrivalView) -> bool:
    user = request.user
    return isinstance(user, User) and held(user, "dispatch.acknowledge", found.state, one.place) is not None


def _done(request: HttpRequest, found: DispatchView) -> HttpResponseBase:
    if not isinstance(request.user, User):
        require(None, "dispatch.acknowledge")
        raise AssertionError  # require has refused
    if request.POST.get("do") == "remind":
        count = actions.remind(request.user, found.id)
        said = ngettext("Reminded %(count)d place.", "Reminded %(count)d places.", count) % {"count": count}
        messages.success(request, said)
    else:
        number = request.POST.get("arrival", "")
        arrival = int(number) if number.isdecimal() and len(number) < 19 else 0
        if arrival not in {one.id for one in found.arrivals}:
            raise NotFound("There is no letter with the number %(where)s.", where=number[:20])
        actions.acknowledge(request.user, arrival, request.POST.get("answer", ""))
        messages.success(request, _("Acknowledged. The sender sees it."))
    return HttpResponseRedirect(reverse("letter", args=[found.id]))


def _table(request: HttpRequest, found: DispatchView) -> Table:
    return Table(
        name=f"letter-{found.id}",
        columns=_COLUMNS,
        rows=_rows(found),
        query=f"letter {found.id}: who has opened and acknowledged it",
        address=address(request),
        version=data_version(),
    )


def _rows(found: DispatchView) -> Iterator[list[Cell]]:
    for one in found.arrivals:
        first = one.opened[0] if one.opened else None
        yield [
            _line(one).written,
            one.place,
            first[1].date() if first else None,
            [by for by, _at in one.opened],
            one.acknowledged.date() if one.acknowledged else None,
            one.by,
            one.answer,
            one.reminded.date() if one.reminded else None,
        ]
