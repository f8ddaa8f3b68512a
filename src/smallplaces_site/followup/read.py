"""Reading follow-up: items, actions, indicators, and what each voice says of them, as plain records.

Reads: the tables of follow-up. Writes: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from smallplaces.errors import NotFound
from smallplaces_site.followup.models import Action, Evidence, Indicator, Item, Member, Unit
from smallplaces_site.followup.records import ActionView, EvidenceView, IndicatorView, ItemView, UnitView
from smallplaces_site.followup.rows import action_views, evidence_view, indicator_views, item_views, unit_view

_Row = TypeVar("_Row", Item, Action, Indicator)


def items_of(place: str = "", *, state: str = "", ended: bool = False) -> list[ItemView]:
    """What a place follows, by whole code; or, for no place, what the State and every place of it follow.

    Longest followed first. ``ended``: with what is no longer followed.
    """
    rows = _of(Item.objects.all(), place, state)
    return item_views(rows if ended else rows.filter(ended=None))


def item(pk: int) -> ItemView:
    """One item. Raises :class:`NotFound`."""
    found = item_views(Item.objects.filter(pk=pk))
    if not found:
        raise NotFound("Nothing with the number %(where)s is followed here.", where=str(pk))
    return found[0]


def items(ids: Iterable[int]) -> list[ItemView]:
    """The items of these ids that there are."""
    return item_views(Item.objects.filter(pk__in=list(ids)))


def following(*, work_key: str = "", paragraph_key: str = "", thread: str = "") -> list[ItemView]:
    """What follows a paragraph or a thread, in itself or in a cluster, anywhere."""
    named = {"thread": thread} if thread else {"work_key": work_key, "paragraph_key": paragraph_key}
    held = Member.objects.filter(**named).values("item_id")
    return item_views((Item.objects.filter(**named) | Item.objects.filter(pk__in=held)).filter(ended=None))


def actions_of(place: str = "", *, state: str = "") -> list[ActionView]:
    """The actions of a place, by whole code; or, for no place, those of the State and of every place of it."""
    return action_views(_of(Action.objects.all(), place, state))


def action(pk: int) -> ActionView:
    """One action. Raises :class:`NotFound`."""
    found = action_views(Action.objects.filter(pk=pk))
    if not found:
        raise NotFound("There is no action with the number %(where)s.", where=str(pk))
    return found[0]


def actions(ids: Iterable[int]) -> list[ActionView]:
    """The actions of these ids that there are."""
    return action_views(Action.objects.filter(pk__in=list(ids)))


def indicators_of(place: str = "", *, state: str = "") -> list[IndicatorView]:
    """The indicators of a place, by whole code; or, for no place, those of the State and of every place of it."""
    return indicator_views(_of(Indicator.objects.all(), place, state))


def indicator(pk: int) -> IndicatorView:
    """One indicator. Raises :class:`NotFound`."""
    found = indicator_views(Indicator.objects.filter(pk=pk))
    if not found:
        raise NotFound("There is no indicator with the number %(where)s.", where=str(pk))
    return found[0]


def indicators(ids: Iterable[int]) -> list[IndicatorView]:
    """The indicators of these ids that there are."""
    return indicator_views(Indicator.objects.filter(pk__in=list(ids)))


def evidence(pk: int) -> EvidenceView:
    """One piece of evidence that was not withdrawn. Raises :class:`NotFound`."""
    row = Evidence.objects.filter(pk=pk, withdrawn=None).first()
    if row is None:
        raise NotFound("There is no evidence with the number %(where)s.", where=str(pk))
    return evidence_view(row)


def units_of(state: str, place: str = "") -> list[UnitView]:
    """The units of a place, or of the State as a whole, by name."""
    rows = Unit.objects.filter(state=state, place=place).order_by("name_ko", "name_en")
    return [unit_view(row) for row in rows]


def counts_of(state: str) -> dict[str, int]:
    """How many items each place of a State follows, by whole code; under "" those of the State as a whole."""
    found: dict[str, int] = defaultdict(int)
    for place in Item.objects.filter(state=state, ended=None).values_list("place", flat=True):
        found[place] += 1
    return dict(found)


def _of(rows: QuerySet[_Row], place: str, state: str) -> QuerySet[_Row]:
    return rows.filter(place=place) if place else rows.filter(state=state) if state else rows
