"""Write down an action, change it, move it on the board, set and meet its days. Right: followup.plan.

Reads: Item, Unit. Writes: Action, Due, Deed. Raises :class:`BadInput` for an action without title, that ends before it
begins, with an amount without currency, or that serves what is followed elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.actions.follow_item import goals, responsible
from smallplaces_site.followup.history import changed, note
from smallplaces_site.followup.models import Action, Due, Item
from smallplaces_site.followup.where import located
from smallplaces_site.people.deeds import signature
from smallplaces_site.people.models import Membership

RIGHT = "followup.plan"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action is. ``items`` and ``units`` are ids; ``amount`` is in ``currency`` (ISO 4217)."""

    title: str
    description: str = ""
    start: date | None = None
    end: date | None = None
    budget_line: str = ""
    amount: Decimal | None = None
    currency: str = ""
    status: str = Action.Status.PLANNED
    sdgs: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    units: tuple[int, ...] = ()


_SIMPLE = tuple(field.name for field in fields(Plan) if field.name not in {"items", "units"})


@transaction.atomic
def write_action(who: Who, plan: Plan, *, state: str = "", place: str = "", action_id: int | None = None) -> Action:
    """A new action of a place or (without one) of the State; or with ``action_id`` that one, changed."""
    row = action_row(action_id) if action_id is not None else None
    state, place = (row.state, row.place) if row else located(state, place)
    by = allowed(who, RIGHT, state, place)
    checked = _checked(plan)
    serves = served(plan.items, state, place)
    units = responsible(plan.units, state, place)
    before: dict[str, object] = _facts(row) if row else {}
    if row is None:
        row = Action(state=state, place=place, by=signature(by))
    for name, value in checked.items():
        setattr(row, name, value)
    row.save()
    _serve(row, serves, by)
    row.units.set(units)
    if not before:
        note(by, RIGHT, row, "planned", place=place)
    elif changes := changed(before, _facts(row)):
        note(by, RIGHT, row, "changed", changes=changes, place=place)
    return row


@transaction.atomic
def move_action(who: Who, action_id: int, status: str) -> Action:
    """Move an action to another column of the board."""
    row = action_row(action_id)
    by = allowed(who, RIGHT, row.state, row.place)
    if status not in Action.Status.values:
        raise BadInput(
            "“%(given)s” is no status of an action. There are: %(known)s.",
            given=status[:20],
            known=tuple(Action.Status.values),
            field="status",
        )
    if row.status != status:
        note(by, RIGHT, row, "moved", changes={"status": [row.status, status]}, place=row.place)
        row.status = status
        row.save(update_fields=["status"])
    return row


@transaction.atomic
def set_due(who: Who, action_id: int, on: date, what: str) -> Due:
    """A day by which something of an action has to be done."""
    row = action_row(action_id)
    by = allowed(who, RIGHT, row.state, row.place)
    if not what.strip():
        raise BadInput("Say what has to be done by that day.", field="what")
    due, new = Due.objects.get_or_create(action=row, on=on, what=" ".join(what.split())[:200])
    if new:
        note(by, RIGHT, row, "due set", changes={due.what: ["", str(on)]}, place=row.place)
    return due


@transaction.atomic
def meet_due(who: Who, due_id: int, met: date) -> Due:
    """Say that what was due is done, and on which day."""
    due = Due.objects.filter(pk=due_id).select_related("action").first()
    if due is None:
        raise NotFound("There is no due date with the number %(where)s.", where=str(due_id))
    row = due.action
    by = allowed(who, RIGHT, row.state, row.place)
    if due.met is None:
        due.met = met
        due.save(update_fields=["met"])
        note(by, RIGHT, row, "due met", changes={due.what: [str(due.on), str(met)]}, place=row.place)
    return due


def action_row(action_id: int) -> Action:
    """The row of an action. Raises :class:`NotFound`."""
    found = Action.objects.filter(pk=action_id).first()
    if found is None:
        raise NotFound("There is no action with the number %(where)s.", where=str(action_id))
    return found


def served(ids: Iterable[int], state: str, place: str) -> list[Item]:
    """The items that something of a place may serve: its own, and those of the State as a whole; what is the State's
    may serve any of it. Raises :class:`BadInput` for another."""
    wanted = set(ids)
    found = [row for row in Item.objects.filter(pk__in=wanted, state=state) if not place or row.place in {place, ""}]
    if len(found) != len(wanted):
        raise BadInput("One of the recommendations that you chose is followed elsewhere, or not at all.", field="items")
    return found


def _serve(row: Action, items: list[Item], by: Membership | None) -> None:
    before = {item.pk: item for item in row.items.all()}
    after = {item.pk: item for item in items}
    for pk, item in before.items():
        if pk not in after:
            note(by, RIGHT, item, "action taken away", changes={"action": [row.title, ""]}, place=row.place)
    for pk, item in after.items():
        if pk not in before:
            note(by, RIGHT, item, "action added", changes={"action": ["", row.title]}, place=row.place)
    row.items.set(items)


def _checked(plan: Plan) -> dict[str, Any]:
    given = {name: value for name, value in asdict(plan).items() if name in _SIMPLE}
    title = " ".join(plan.title.split())
    currency = plan.currency.strip().upper()
    if not title:
        raise BadInput("Give the action a title.", field="title")
    if plan.start and plan.end and plan.end < plan.start:
        raise BadInput("It ends before it begins: check both days.", field="end")
    if plan.status not in Action.Status.values:
        raise BadInput(
            "“%(given)s” is no status of an action. There are: %(known)s.",
            given=plan.status[:20],
            known=tuple(Action.Status.values),
            field="status",
        )
    if plan.amount is not None and (
        plan.amount < 0 or len(currency) != 3 or not currency.isascii() or not currency.isalpha()
    ):
        raise BadInput("An amount is a positive number with its currency, three letters: KRW.", field="amount")
    return given | {
        "title": title[:300],
        "description": plan.description.strip(),
        "budget_line": plan.budget_line.strip()[:200],
        "currency": currency if plan.amount is not None else "",
        "status": str(plan.status),
        "sdgs": goals(plan.sdgs),
        "plans": [name for name in dict.fromkeys(one.strip() for one in plan.plans) if name],
    }


def _facts(row: Action) -> dict[str, object]:
    facts: dict[str, object] = {name: getattr(row, name) for name in _SIMPLE}
    return facts | {
        "units": sorted(str(unit) for unit in row.units.all()),
        "items": sorted(row.items.values_list("pk", flat=True)),
    }
