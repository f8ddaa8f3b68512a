"""Write down an indicator and its values. Right: indicator.write.

Reads: Item. Writes: Indicator, Value, Deed. A value is appended, never edited: a correction is a new one that names the
one it replaces. Raises :class:`BadInput` for an indicator without title or kind, for a second value of a day that
corrects none, and for parts that have no name or no number.
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
from smallplaces_site.actions.follow_action import served
from smallplaces_site.followup.history import changed, note
from smallplaces_site.followup.models import Indicator, Value
from smallplaces_site.followup.where import located
from smallplaces_site.people.deeds import signature

RIGHT = "indicator.write"


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator is. ``items`` are ids; ``disaggregation`` says by what: sex, age…"""

    title: str
    kind: str
    right: str = ""
    attribute: str = ""
    unit: str = ""
    source: str = ""
    disaggregation: tuple[str, ...] = ()
    frequency: str = Indicator.Frequency.YEARLY
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    items: tuple[int, ...] = ()


_SIMPLE = tuple(field.name for field in fields(Measure) if field.name != "items")


@transaction.atomic
def write_indicator(
    who: Who, measure: Measure, *, state: str = "", place: str = "", indicator_id: int | None = None
) -> Indicator:
    """A new indicator of a place or (without one) of the State; or with ``indicator_id`` that one, changed."""
    row = indicator_row(indicator_id) if indicator_id is not None else None
    state, place = (row.state, row.place) if row else located(state, place)
    by = allowed(who, RIGHT, state, place)
    checked = _checked(measure)
    items = served(measure.items, state, place)
    before: dict[str, object] = _facts(row) if row else {}
    if row is None:
        row = Indicator(state=state, place=place, by=signature(by))
    for name, value in checked.items():
        setattr(row, name, value)
    row.save()
    row.items.set(items)
    if not before:
        note(by, RIGHT, row, "written", place=place)
    elif changes := changed(before, _facts(row)):
        note(by, RIGHT, row, "changed", changes=changes, place=place)
    return row


@transaction.atomic
def add_value(
    who: Who,
    indicator_id: int,
    on: date,
    value: Decimal,
    *,
    parts: Iterable[tuple[str, Decimal]] = (),
    source: str = "",
    replaces: int | None = None,
) -> Value:
    """Append the value of a day. The same value of the same day a second time changes nothing."""
    row = indicator_row(indicator_id)
    by = allowed(who, RIGHT, row.state, row.place)
    packed = [[_name(of), str(part)] for of, part in parts]
    corrected = _corrected(row, replaces)
    there = Value.objects.filter(indicator=row, on=on, replaced_by=None).first()
    if there is not None and corrected is None:
        if there.value == value and there.parts == packed:
            return there
        raise BadInput("There is a value of %(where)s already: correct that one.", where=str(on), field="on")
    made = Value.objects.create(
        indicator=row,
        on=on,
        value=value,
        parts=packed,
        source=source.strip()[:300],
        by=signature(by),
        replaces=corrected,
    )
    changes = {str(on): [str(corrected.value) if corrected else "", str(value)]}
    note(by, RIGHT, row, "value corrected" if corrected else "value added", changes=changes, place=row.place)
    return made


def indicator_row(indicator_id: int) -> Indicator:
    """The row of an indicator. Raises :class:`NotFound`."""
    found = Indicator.objects.filter(pk=indicator_id).first()
    if found is None:
        raise NotFound("There is no indicator with the number %(where)s.", where=str(indicator_id))
    return found


def _corrected(row: Indicator, replaces: int | None) -> Value | None:
    if replaces is None:
        return None
    found = Value.objects.filter(pk=replaces, indicator=row).first()
    if found is None:
        raise BadInput("This indicator has no such value: open the page again.", where=str(replaces))
    if Value.objects.filter(replaces=found).exists():
        raise BadInput("This value was corrected already: correct the later one.", where=str(replaces))
    return found


def _name(of: str) -> str:
    name = " ".join(of.split())
    if not name:
        raise BadInput("Say whose part of the value each part is.", field="parts")
    return name[:80]


def _checked(measure: Measure) -> dict[str, Any]:
    title = " ".join(measure.title.split())
    if not title:
        raise BadInput("Give the indicator a title.", field="title")
    if measure.kind not in Indicator.Kind.values:
        raise BadInput(
            "“%(given)s” is no kind of indicator. There are: %(known)s.",
            given=measure.kind[:20],
            known=tuple(Indicator.Kind.values),
            field="kind",
        )
    if measure.frequency not in Indicator.Frequency.values:
        raise BadInput(
            "“%(given)s” is no frequency. There are: %(known)s.",
            given=measure.frequency[:20],
            known=tuple(Indicator.Frequency.values),
            field="frequency",
        )
    given = {name: value for name, value in asdict(measure).items() if name in _SIMPLE}
    by_what = [one.strip()[:80] for one in measure.disaggregation if one.strip()]
    return given | {
        "title": title[:300],
        "kind": str(measure.kind),
        "frequency": str(measure.frequency),
        "right": measure.right.strip()[:120],
        "attribute": measure.attribute.strip()[:200],
        "unit": measure.unit.strip()[:60],
        "source": measure.source.strip()[:300],
        "disaggregation": list(dict.fromkeys(by_what)),
    }


def _facts(row: Indicator) -> dict[str, object]:
    facts: dict[str, object] = {name: getattr(row, name) for name in _SIMPLE}
    return facts | {"items": sorted(row.items.values_list("pk", flat=True))}
