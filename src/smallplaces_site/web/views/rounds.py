"""Input rounds for those who ask: all of them, writing one, choosing places, seeing how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smallplaces.errors import BadInput, NotFound, UserError
from smallplaces_site.actions import send_round as actions
from smallplaces_site.actions.allowed import held
from smallplaces_site.actions.write_round import RIGHT, write_round
from smallplaces_site.corpus.export import Cell, Table
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Forbidden, may, membership_in, places_of, require
from smallplaces_site.rounds import read
from smallplaces_site.rounds.read import InvitationView, RoundView
from smallplaces_site.web import names, placelines
from smallplaces_site.web.errors import add_to, told
from smallplaces_site.web.roundforms import MoveForm, QuestionForm, RoundForm, SayForm, typed_question, typed_round
from smallplaces_site.web.roundlinks import links_of
from smallplaces_site.web.views.pages import address, as_file, wants_file, working_page

#: Of one form: a form has 1,000 fields at most.
_MOST_PLACES, _MOST_QUESTIONS = 900, 50
_COLUMNS = ("place", "code", "standing", "opened", "opened_by", "begun", "handed_in", "by", "version", "reminded")


def asked_by(request: HttpRequest, pk: int) -> RoundView:
    """A round for the institution that asks. To others it does not exist."""
    require(request.user, RIGHT)
    found = read.get(pk)
    if membership_in(request.user, RIGHT, [found.organisation]) is None:
        raise NotFound("There is no such round of questions.", where=str(pk))
    return found


@working_page
def index(request: HttpRequest) -> HttpResponseBase:
    """The rounds of one's institution, and the questions to the places that one acts for."""
    user = request.user
    if not isinstance(user, User):
        raise Forbidden("Questions to places are for those who ask and those who answer.")
    asking = may(user, RIGHT)
    if not asking and not places_of(user):
        require(user, RIGHT)
    ours = read.rounds_of(require(user, RIGHT).organisation_id) if asking else []
    rows = [(one, Counter(it.status for it in read.invitations(one.id))["handed-in"]) for one in ours]
    mine = [(places.get(code), read.to_place(code)) for code, _count in read.waiting_for(user)]
    context = {"rows": rows, "asking": asking, "mine": [(placelines.line(place), asked) for place, asked in mine]}
    return render(request, "web/rounds.html", {"section": "account", **context})


@working_page
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A round as it is written: what it is, and its questions."""
    found = asked_by(request, pk) if pk is not None else None
    require(request.user, RIGHT)
    if found is not None and found.sent is not None:
        return HttpResponseRedirect(reverse("round", args=[found.id]))
    more = request.method == "GET" and "more" in request.GET
    questions = formset_factory(QuestionForm, extra=1 if more or found is None else 0, can_delete=True, can_order=True)
    if request.method == "POST":
        form, rows = RoundForm(request.POST), questions(request.POST, prefix="q")
        if form.is_valid() and rows.is_valid():
            try:
                row = write_round(form.plan(_asked(rows)), by=request.user, pk=pk)
            except Forbidden:
                raise
            except UserError as error:
                add_to(form, error)
            else:
                return HttpResponseRedirect(_next(request, row.pk))
    else:
        given = {"lang": names.ui(), "step": request.GET.get("step", "")[:80]}
        form = RoundForm(initial=typed_round(found) if found else given)
        rows = questions(initial=[typed_question(one) for one in found.questions] if found else None, prefix="q")
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    context = {"section": "account", "form": form, "rows": rows, "found": found, "wrong": wrong}
    return render(request, "web/round_edit.html", context, status=400 if wrong else 200)


def _asked(rows: Any) -> tuple[Any, ...]:
    """The questions in the order that was asked for, without those taken away and those without words."""
    kept = [
        form.asked()
        for form in rows.ordered_forms
        if form.cleaned_data.get("text", "").strip() and form not in rows.deleted_forms
    ]
    return tuple(kept[: _MOST_QUESTIONS + 1])


def _next(request: HttpRequest, pk: int) -> str:
    then = request.POST.get("then", "")
    if then == "question":
        return reverse("round-edit", args=[pk]) + "?more=1#last"
    if then == "places":
        return reverse("round-places", args=[pk])
    messages.success(request, _("Saved."))
    return reverse("round", args=[pk])


@working_page
def where(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Choose the places, see whom it reaches, send it."""
    found = asked_by(request, pk)
    chosen = list(dict.fromkeys(request.POST.getlist("place")))[:_MOST_PLACES]
    do, hits, wrong = request.POST.get("do", ""), None, ""
    if do == "find":
        words = request.POST.get("q", "").strip()[:200]
        hits = places.called(words, found.state) if words else []
    elif do == "below":
        chosen += _below(request.POST.get("below", ""), found.state)
    elif do == "send":
        try:
            made = actions.send_round(pk, chosen, by=request.user)
        except Forbidden:
            raise
        except UserError as error:
            wrong = told(error)
        else:
            said = ngettext("Sent to %(count)d place.", "Sent to %(count)d places.", len(made))
            messages.success(request, said % {"count": len(made)})
            return HttpResponseRedirect(reverse("round", args=[pk]))
    there = {one.place for one in read.invitations(pk)}
    ticked = [view for code in chosen if (view := _known(code, found.state)) and view.code not in there]
    reach = actions.reach([view.code for view in ticked])
    context = {
        "section": "account",
        "one": found,
        "chosen": [(placelines.line(view), officials) for view, officials in reach],
        "silent": [placelines.line(view) for view, officials in reach if not officials],
        "found": [placelines.line(view) for view in hits or () if view not in ticked and view.code not in there],
        "searched": hits is not None,
        "q": request.POST.get("q", ""),
        "levels": _levels(found.state),
        "there": len(there),
        "wrong": wrong,
    }
    return render(request, "web/round_places.html", context, status=400 if wrong else 200)


def _known(code: str, state: str) -> PlaceView | None:
    try:
        view = places.now(places.get(code))
    except NotFound:
        return None
    return view if view.state == state else None


def _levels(state: str) -> list[tuple[str, str, int]]:
    """The choices of whole levels: (code, name, how many places)."""
    highest = placelines.in_order(places.highest(state), state)
    below = [(view, len(_below(view.short, state))) for view in highest]
    levels = [("", _("The places directly below the State"), len(highest))]
    return levels + [(view.short, view.name(names.ui()), count) for view, count in below if count]


def _below(code: str, state: str) -> list[str]:
    if not code:
        return [view.code for view in places.highest(state)]
    above = _known(code, state)
    return [view.code for view in places.below(above.code) if view.level != "authority"] if above else []


@working_page
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far a round is, and what its sender can do; whoever answers is led to their place's answers."""
    user = request.user
    if isinstance(user, User) and not _asks(user, pk):
        return HttpResponseRedirect(reverse("round-answer", args=[pk, _own_place(user, pk)]))
    found = asked_by(request, pk)
    if request.method == "POST":
        return _done(request, found)
    invited = read.invitations(pk)
    if form := wants_file(request):
        return as_file(_table(request, found, invited), form)
    counts = Counter(it.status for it in invited)
    context = {
        "section": "account",
        "one": found,
        "links": links_of(found.about, names.ui()),
        "rows": [(placelines.line(places.get(it.place)), it) for it in invited],
        "counts": {name.replace("-", "_"): counts[name] for name in ("not-opened", "opened", "begun", "handed-in")},
        "waiting": len(invited) - counts["handed-in"],
        "say": SayForm(auto_id="say-%s"),
        "move": MoveForm(auto_id="move-%s"),
        "today": datetime.now(UTC).date(),
    }
    return render(request, "web/round.html", context)


def _asks(user: User, pk: int) -> bool:
    return membership_in(user, RIGHT, [read.get(pk).organisation]) is not None


def _own_place(user: User, pk: int) -> str:
    """The place of a round that somebody answers for. Raises :class:`NotFound` when there is none."""
    found = read.get(pk)
    for it in read.invitations(pk) if found.sent else ():
        if held(user, "round.answer", found.state, it.place) is not None:
            return places.get(it.place).short
    raise NotFound("There is no such round of questions.", where=str(pk))


def _done(request: HttpRequest, found: RoundView) -> HttpResponseBase:
    try:
        said = _do(request, found)
    except BadInput as error:
        messages.error(request, told(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("round", args=[found.id]))


def _do(request: HttpRequest, found: RoundView) -> str:
    by, pk = request.user, found.id
    match request.POST.get("do", ""):
        case "remind":
            count = actions.remind_round(pk, by=by)
            said = ngettext("Reminded %(count)d place.", "Reminded %(count)d places.", count)
            return said % {"count": count}
        case "say":
            actions.clarify_round(pk, _valid(SayForm(request.POST))["text"], by=by)
            return _("Sent to all places of this round.")
        case "move":
            moved = _valid(MoveForm(request.POST))
            actions.clarify_round(pk, moved["text"], due=moved["due"], by=by)
            return _("The places have more time, and were told why.")
        case "close":
            actions.close_round(pk, by=by, share="share" in request.POST)
            return _("Closed. No more answers are taken.")
        case "reopen":
            actions.reopen_round(pk, by=by)
            return _("Open again: places can answer.")
        case "share":
            actions.share_round(pk, by=by)
            return _("Shared with the places of this round.")
        case _:
            raise BadInput("Choose what is to be done.")


def _valid(form: SayForm | MoveForm) -> dict[str, Any]:
    if not form.is_valid():
        raise BadInput(
            "Mend this first: %(faults)s",
            faults="; ".join(str(error) for errors in form.errors.values() for error in errors),
        )
    return form.cleaned_data


def _table(request: HttpRequest, found: RoundView, invited: list[InvitationView]) -> Table:
    return Table(
        name=f"round-{found.id}",
        columns=_COLUMNS,
        rows=_rows(invited),
        query=f"round {found.id}: which places have answered",
        address=address(request),
        version=data_version(),
    )


def _rows(invited: list[InvitationView]) -> Iterator[list[Cell]]:
    for it in invited:
        last = it.latest
        yield [
            placelines.line(places.get(it.place)).written,
            it.place,
            it.status,
            it.opened.date() if it.opened else None,
            it.opened_by,
            it.begun.date() if it.begun else None,
            last.at.date() if last else None,
            last.by if last else "",
            last.version if last else None,
            it.reminded.date() if it.reminded else None,
        ]
