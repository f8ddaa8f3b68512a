"""The history of what is followed: a deed for every change, that says who, when, and what from what to what.

``note`` is called by actions, in the transaction of the change. Reading: :func:`history_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from smallplaces_site.followup.models import Action, Indicator, Item, Unit
from smallplaces_site.people.deeds import record
from smallplaces_site.people.models import Deed, Membership

Subject = Item | Action | Indicator | Unit


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. ``what``: what was done ("started", "changed", "moved"…); ``changes``: (field, from, to);
    ``subject``: item, action or indicator, and its number."""

    at: datetime
    by: str
    what: str
    subject: str
    number: int
    title: str
    changes: tuple[tuple[str, str, str], ...]


def note(
    by: Membership | None,
    right: str,
    subject: Subject,
    what: str,
    *,
    changes: Mapping[str, Any] | None = None,
    place: str = "",
) -> None:
    """Record that something was done to ``subject``. ``changes``: field -> [from, to]."""
    detail = {"did": what, "title": str(getattr(subject, "title", subject))[:120], "changes": dict(changes or {})}
    record(by, right, name_of(subject), place=place, detail=detail)


def name_of(subject: Subject) -> str:
    """How deeds name it: "followup/item/12"."""
    return f"followup/{type(subject).__name__.lower()}/{subject.pk}"


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[Any]]:
    """The fields that differ, each with from and to, as JSON can hold them."""
    return {name: [plain(before.get(name)), plain(value)] for name, value in after.items() if before.get(name) != value}


def plain(value: object) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def history_of(item_id: int) -> list[ChangeLine]:
    """Every change of an item, of what serves it and of what was said of it: latest first."""
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        return []
    subjects = [name_of(item)]
    subjects += [f"followup/action/{pk}" for pk in item.actions.values_list("pk", flat=True)]
    subjects += [f"followup/indicator/{pk}" for pk in item.indicators.values_list("pk", flat=True)]
    return [_line(deed) for deed in Deed.objects.filter(subject__in=subjects).order_by("-at", "-pk")]


def _line(deed: Deed) -> ChangeLine:
    _, kind, number = deed.subject.split("/")
    changes = deed.detail.get("changes", {})
    return ChangeLine(
        at=deed.at,
        by=deed.by,
        what=str(deed.detail.get("did", "")),
        subject=kind,
        number=int(number),
        title=str(deed.detail.get("title", "")),
        changes=tuple((name, _text(before), _text(after)) for name, (before, after) in changes.items()),
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
