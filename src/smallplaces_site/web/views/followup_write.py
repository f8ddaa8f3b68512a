"""The pages on which follow-up is written: each shows a form, and calls one action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from smallplaces.errors import UserError
from smallplaces_site.actions.allowed import allowed
from smallplaces_site.actions.follow_action import Plan, meet_due, move_action, set_due, write_action
from smallplaces_site.actions.follow_evidence import add_file, add_link, withdraw
from smallplaces_site.actions.follow_grade import give_grade
from smallplaces_site.actions.follow_indicator import Measure, add_value, write_indicator
from smallplaces_site.actions.follow_item import change_item, end_item
from smallplaces_site.actions.follow_unit import name_unit
from smallplaces_site.actions.follow_voice import RIGHTS, Said
from smallplaces_site.actions.follow_voice import say as append
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.followup import read
from smallplaces_site.followup.models import Statement
from smallplaces_site.followup.records import ActionView, IndicatorView, ItemView
from smallplaces_site.web import followupforms as ask
from smallplaces_site.web import followupwords as words
from smallplaces_site.web import names
from smallplaces_site.web.followupask import Sheet, answer, sent
from smallplaces_site.web.views.pages import unknown, working_page


def _item_page(pk: int) -> str:
    return reverse("followup_item", args=[pk])


@working_page
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who is responsible for an item, which goals it serves, what a group is called."""
    one = read.item(pk)
    allowed(request.user, "followup.plan", one.state, one.place)
    units = _units(one.state, one.place)
    given = {"initial": {"title": one.title, "units": [unit.id for unit in one.units], "sdgs": one.sdgs}}
    form = ask.ItemForm(**(sent(request) or given), units=units, cluster=one.kind == "cluster")

    def act(said: dict[str, Any]) -> str:
        chosen = list(said.get("units", []))
        if said["unit_ko"] or said["unit_en"]:
            made = name_unit(
                request.user, name_ko=said["unit_ko"], name_en=said["unit_en"], state=one.state, place=one.place
            )
            chosen.append(made.pk)
        change_item(request.user, pk, title=said.get("title"), sdgs=said["sdgs"], units=chosen)
        return _item_page(pk)

    return answer(request, _about(form, one, _("Who is responsible"), _("Save")), act)


@require_POST
@working_page
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Follow an item no longer."""
    end_item(request.user, pk)
    return HttpResponseRedirect(_item_page(pk))


@working_page
def say(request: HttpRequest, pk: int, voice: str) -> HttpResponseBase:
    """Report, assess or comment; or correct what one said before."""
    if voice not in Statement.Voice.values:
        raise unknown(voice)
    one = read.item(pk)
    allowed(request.user, RIGHTS[Statement.Voice(voice)], one.state, one.place)
    replaces = _number(request.GET.get("replaces", ""))
    before = next((said for said in one.said(voice) if said.id == replaces), None)
    start_from: dict[str, Any] = {"as_of": timezone.localdate()}
    if before is not None:
        start_from |= {"progress": before.progress, "text": before.text, "as_of": before.as_of}
    form = ask.SayForm(**(sent(request) or {"initial": start_from}), voice=voice)

    def act(given: dict[str, Any]) -> str:
        said = Said(given["progress"], given["text"], given["as_of"], names.ui())
        append(request.user, pk, voice, said, replaces=replaces)
        return _item_page(pk)

    title = _("Correct what was said") if before else str(words.SAY[voice])
    return answer(request, _about(form, one, title, _("Sign and publish")), act)


@working_page
def grade(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Enter the committee's own grade."""
    one = read.item(pk)
    allowed(request.user, "followup.grade", one.state, one.place)
    replaces = _number(request.GET.get("replaces", ""))
    form = ask.GradeForm(**sent(request), body=_body(one))

    def act(given: dict[str, Any]) -> str:
        scale, _space, code = given["grade"].partition(" ")
        rest = {"symbol": given["symbol"], "on": given["on"], "paragraph": given["paragraph"]}
        give_grade(request.user, pk, scale, code, replaces=replaces, **rest)
        return _item_page(pk)

    return answer(request, _about(form, one, _("Enter the committee’s grade"), _("Save")), act)


@working_page
def new_action(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An action that serves an item."""
    one = read.item(pk)
    return _action(request, one.state, one.place, None, serves=pk)


@working_page
def edit_action(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change an action."""
    one = read.action(pk)
    return _action(request, one.state, one.place, one)


def _action(
    request: HttpRequest, state: str, place: str, one: ActionView | None, *, serves: int = 0
) -> HttpResponseBase:
    allowed(request.user, "followup.plan", state, place)
    given: dict[str, Any] = {"items": [serves]}
    if one is not None:
        simple = (
            "title",
            "description",
            "status",
            "start",
            "end",
            "budget_line",
            "amount",
            "currency",
            "sdgs",
            "plans",
        )
        given = {name: getattr(one, name) for name in simple}
        given |= {"items": list(one.items), "units": [unit.id for unit in one.units]}
    options = {"items": _servable(state, place), "units": _units(state, place)}
    form = ask.ActionForm(**(sent(request) or {"initial": given}), **options)

    def act(said: dict[str, Any]) -> str:
        fields = dict(said) | {"items": tuple(said.get("items", ())), "units": tuple(said.get("units", ()))}
        made = write_action(request.user, Plan(**fields), state=state, place=place, action_id=one.id if one else None)
        return reverse("followup_action", args=[made.pk])

    back = reverse("followup_action", args=[one.id]) if one else _item_page(serves)
    return answer(request, Sheet(form, _("Change this action") if one else _("Add an action"), _("Save"), back), act)


@require_POST
@working_page
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Move an action to another column."""
    row = move_action(request.user, pk, request.POST.get("status", ""))
    messages.success(
        request, _("“%(title)s” is now: %(status)s.") % {"title": row.title, "status": words.STATUS[row.status]}
    )
    board = reverse("followup_place", args=[places.get(row.place).short]) if row.place else ""
    return HttpResponseRedirect(f"{board or reverse('followup_state', args=[row.state])}#a{pk}")


@working_page
def due(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Set a day by which something has to be done."""
    one = read.action(pk)
    allowed(request.user, "followup.plan", one.state, one.place)

    def act(given: dict[str, Any]) -> str:
        set_due(request.user, pk, given["on"], given["what"])
        return reverse("followup_action", args=[pk])

    return answer(request, _on_action(ask.DueForm(**sent(request)), one, _("Set a due date"), _("Save")), act)


@require_POST
@working_page
def met(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that what was due is done."""
    row = meet_due(request.user, pk, timezone.localdate())
    return HttpResponseRedirect(reverse("followup_action", args=[row.action_id]))


@working_page
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add a link or a file that shows something."""
    one = read.action(pk)
    allowed(request.user, "followup.plan", one.state, one.place)

    def act(given: dict[str, Any]) -> str:
        if file := given["file"]:
            add_file(request.user, pk, given["title"], file.name or "", file.chunks())
        else:
            add_link(request.user, pk, given["title"], given["address"])
        return reverse("followup_action", args=[pk])

    return answer(
        request, _on_action(ask.EvidenceForm(**sent(request)), one, _("Add evidence"), _("Add evidence")), act
    )


@require_POST
@working_page
def withdraw_evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take evidence back."""
    row = withdraw(request.user, pk)
    return HttpResponseRedirect(reverse("followup_action", args=[row.action_id]))


@working_page
def new_indicator(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An indicator that serves an item."""
    one = read.item(pk)
    return _indicator(request, one.state, one.place, None, serves=pk)


@working_page
def edit_indicator(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change an indicator."""
    one = read.indicator(pk)
    return _indicator(request, one.state, one.place, one)


def _indicator(
    request: HttpRequest, state: str, place: str, one: IndicatorView | None, *, serves: int = 0
) -> HttpResponseBase:
    allowed(request.user, "indicator.write", state, place)
    given: dict[str, Any] = {"items": [serves], "frequency": "yearly"}
    if one is not None:
        given = {name: getattr(one, name) for name in ask.IndicatorForm.base_fields} | {"items": list(one.items)}
    form = ask.IndicatorForm(**(sent(request) or {"initial": given}), items=_servable(state, place))

    def act(said: dict[str, Any]) -> str:
        measure = Measure(**(dict(said) | {"items": tuple(said.get("items", ()))}))
        made = write_indicator(request.user, measure, state=state, place=place, indicator_id=one.id if one else None)
        return reverse("followup_indicator", args=[made.pk])

    back = reverse("followup_indicator", args=[one.id]) if one else _item_page(serves)
    title = _("Change this indicator") if one else _("Add an indicator")
    return answer(request, Sheet(form, title, _("Save"), back), act)


@working_page
def value(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add a value, or correct one."""
    one = read.indicator(pk)
    allowed(request.user, "indicator.write", one.state, one.place)
    replaces = _number(request.GET.get("replaces", ""))
    before = next((known for known in one.values if known.id == replaces), None)
    initial: dict[str, Any] = {"source": one.source}
    if before is not None:
        parts = [f"{of}: {part}" for of, part in before.parts]
        initial = {"on": before.on, "value": before.value, "source": before.source, "parts": parts}
    form = ask.ValueForm(**(sent(request) or {"initial": initial}))

    def act(given: dict[str, Any]) -> str:
        add_value(request.user, pk, replaces=replaces, **given)
        return reverse("followup_indicator", args=[pk])

    back = reverse("followup_indicator", args=[pk])
    title = _("Correct a value") if before else _("Add a value")
    return answer(request, Sheet(form, title, _("Save"), back, one.title), act)


def _about(form: forms.Form, one: ItemView, title: str, button: str) -> Sheet:
    return Sheet(form, title, button, _item_page(one.id), one.title, one.what.lang)


def _on_action(form: forms.Form, one: ActionView, title: str, button: str) -> Sheet:
    return Sheet(form, title, button, reverse("followup_action", args=[one.id]), one.title)


def _units(state: str, place: str) -> list[Any]:
    return [*read.units_of(state, place), *(read.units_of(state) if place else [])]


def _servable(state: str, place: str) -> list[ItemView]:
    """What something of a place may serve: its own items and those of the State as a whole."""
    return [one for one in read.items_of(state=state) if not place or one.place in {place, ""}]


def _body(one: ItemView) -> str:
    try:
        return documents.work(one.what.work_key).body if one.what.work_key else ""
    except UserError:
        return ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
