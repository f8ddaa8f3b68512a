"""Read items, actions or indicators from a sheet. Rights: followup.plan, and indicator.write for indicators.

Reads: a CSV or XLSX file of our own columns, of IMPACT OSS or of the NRTD (see ``followup/mappings.yml``). Writes: what
the single actions write. A row that is there already changes nothing or changes what differs. A row that cannot be used
is reported with its line, its reason and all that stood in it, and stops no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import Q

from smallplaces.errors import BadInput, NotFound, UserError
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.actions.follow_action import Plan, meet_due, set_due, write_action
from smallplaces_site.actions.follow_evidence import add_link
from smallplaces_site.actions.follow_indicator import Measure, add_value, write_indicator
from smallplaces_site.actions.follow_item import Target, change_item, follow, follow_cluster, gather
from smallplaces_site.actions.follow_unit import name_unit
from smallplaces_site.corpus.read import states
from smallplaces_site.followup.models import Action, Indicator, Item
from smallplaces_site.followup.sheets import Row, mapping_of, read_sheet
from smallplaces_site.followup.where import located

_MET = re.compile(r"^(?P<on>\d{4}-\d\d-\d\d):\s*(?P<what>.+?)(?:\s*\(met (?P<met>\d{4}-\d\d-\d\d)\))?$")
_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that could not be used: where it stands, why, and what stood in it."""

    line: int
    reason: UserError
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a sheet. ``unknown`` columns were not understood, ``left_out`` are not taken, with the reason.

    ``files`` are (line, name): the files of evidence that a row speaks of, and which no sheet can hold.
    """

    read: int
    done: int
    refused: tuple[Refused, ...]
    unknown: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    files: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Home:
    """For whom a sheet is read, and the files that its rows speak of."""

    who: Who
    state: str
    place: str
    files: list[tuple[int, str]] = field(default_factory=list)


def import_sheet(
    who: Who, kind: str, data: bytes, name: str, *, state: str = "", place: str = "", system: str = "own"
) -> Imported:
    """Read a sheet of items, actions or indicators for a place, or (without one) for its State and all its places.

    Raises :class:`~smallplaces.errors.BadFile` for what is no sheet, and
    :class:`~smallplaces_site.people.rights.Forbidden`.
    """
    meaning = mapping_of(system, kind)
    state, place = located(state, place)
    allowed(who, "indicator.write" if kind == "indicators" else "followup.plan", state, place)
    sheet = read_sheet(data, name, meaning)
    home = _Home(who, state, place)
    write = _WRITERS[kind]
    refused = []
    for row in sheet.rows:
        try:
            with transaction.atomic():
                write(_home(home, row.cells), row)
        except UserError as error:
            refused.append(Refused(row.line, error, row.raw))
    done = len(sheet.rows) - len(refused)
    return Imported(len(sheet.rows), done, tuple(refused), sheet.unknown, sheet.left_out, tuple(home.files))


def _home(home: _Home, cells: Mapping[str, str]) -> _Home:
    """Where a row belongs: for a place's sheet, to that place; else to the place that the row names."""
    state, place = located(cells.get("state", home.state), cells.get("place", home.place))
    if state != home.state or (home.place and place != home.place):
        raise BadInput("This row belongs to %(where)s, and the file is read for another place.", where=place or state)
    return _Home(home.who, state, place, home.files)


def _item(home: _Home, row: Row) -> None:
    cells = row.cells
    where = {"state": home.state, "place": home.place}
    members = [target_of(one) for one in _many(cells.get("members", ""))]
    if cells.get("kind") == Item.Kind.CLUSTER:
        known = Item.objects.filter(kind=Item.Kind.CLUSTER, title=cells.get("title", ""), **where).first()
        if known is None:
            item = follow_cluster(home.who, cells.get("title", ""), members, **where)
        else:
            item = gather(home.who, known.pk, members)
    elif group := cells.get("group"):
        known = Item.objects.filter(kind=Item.Kind.CLUSTER, title=group, **where).first()
        target = _target(cells, home.state)
        item = gather(home.who, known.pk, [target]) if known else follow_cluster(home.who, group, [target], **where)
    else:
        item = follow(home.who, _target(cells, home.state), **where)
    sdgs = _many(cells["sdgs"]) if "sdgs" in cells else None
    change_item(home.who, item.pk, sdgs=sdgs, units=_units(home, cells) if "units" in cells else None)


def _action(home: _Home, row: Row) -> None:
    cells = row.cells
    where = {"state": home.state, "place": home.place}
    start = _day(cells, "start")
    known = Action.objects.filter(title=cells.get("title", ""), start=start, **where).first()
    plan = Plan(
        title=cells.get("title", ""),
        description=cells.get("description", ""),
        status=cells.get("status", Action.Status.PLANNED).lower(),
        start=start,
        end=_day(cells, "end"),
        budget_line=cells.get("budget_line", ""),
        amount=_number(cells, "amount"),
        currency=cells.get("currency", ""),
        sdgs=tuple(_many(cells.get("sdgs", ""))),
        plans=tuple(_many(cells.get("plans", ""))),
        items=_items(home, cells),
        units=tuple(_units(home, cells)),
    )
    made = write_action(home.who, plan, action_id=known.pk if known else None, **where)
    for text in _many(cells.get("dues", "")):
        found = _MET.match(text)
        if found is None:
            raise BadInput("Write a due date as 2026-05-01: what has to be done, not as “%(where)s”.", where=text[:60])
        due = set_due(home.who, made.pk, _iso(found["on"], "dues"), found["what"])
        if found["met"]:
            meet_due(home.who, due.pk, _iso(found["met"], "dues"))
    for text in _many(cells.get("evidence", "")):
        title, _sep, shown = text.rpartition(": ")
        if made.evidence.filter(Q(address=shown) | Q(sha256=shown), withdrawn=None).exists():
            continue
        if shown.startswith(("http://", "https://")):
            add_link(home.who, made.pk, title, shown)
        else:
            home.files.append((row.line, title or shown))


def _indicator(home: _Home, row: Row) -> None:
    cells = row.cells
    where = {"state": home.state, "place": home.place}
    known = Indicator.objects.filter(title=cells.get("title", ""), **where).first()
    measure = Measure(
        title=cells.get("title", ""),
        kind=cells.get("kind", known.kind if known else "").lower(),
        right=cells.get("right", ""),
        attribute=cells.get("attribute", ""),
        unit=cells.get("unit", ""),
        source=cells.get("source", ""),
        disaggregation=tuple(_many(cells.get("disaggregation", ""))),
        frequency=cells.get("frequency", Indicator.Frequency.YEARLY).lower(),
        baseline=_number(cells, "baseline"),
        baseline_on=_day(cells, "baseline_on"),
        target=_number(cells, "target"),
        target_on=_day(cells, "target_on"),
        items=_items(home, cells),
    )
    made = write_indicator(home.who, measure, indicator_id=known.pk if known else None, **where)
    value, on = _number(cells, "value"), _day(cells, "on")
    if value is not None and on is not None:
        parts = [_part(text) for text in _many(cells.get("parts", ""))]
        add_value(home.who, made.pk, on, value, parts=parts, source=cells.get("value_source", ""))
    elif value is not None:
        raise BadInput("The value %(where)s needs the day of which it is.", where=str(value))


_WRITERS: Mapping[str, Callable[[_Home, Row], None]] = {"items": _item, "actions": _action, "indicators": _indicator}


def target_of(text: str) -> Target:
    """What "CRPD/C/XXE/CO/1#25", "CRPD/C/XXE/CO/1 25" or a thread's key names."""
    name, _mark, paragraph = text.strip().rpartition("#" if "#" in text else " ")
    return Target(work_key=name.strip(), paragraph_key=paragraph.strip()) if name else Target(thread=text.strip())


def _target(cells: Mapping[str, str], state: str) -> Target:
    if thread := cells.get("thread"):
        return Target(thread=thread)
    if cells.get("document") and cells.get("paragraph"):
        return Target(cells["document"], cells["paragraph"])
    text = _bare(cells.get("text", ""))
    if not text:
        raise BadInput("The row names no document with its paragraph, no thread and no text of a recommendation.")
    for one in states.recommendations(state):
        if _bare(one.paragraph.text) == text:
            return Target(one.work.key, one.paragraph.key)
    raise NotFound(
        "No recommendation to this State reads “%(where)s”: name its document and paragraph.", where=text[:60]
    )


def _bare(text: str) -> str:
    """The words of a recommendation without number, brackets and marks: what two systems write alike."""
    return " ".join(re.findall(r"\w+", re.sub(r"^[\d.\s]+|\([^)]*\)\.?\s*$", "", text))).casefold()


def _items(home: _Home, cells: Mapping[str, str]) -> tuple[int, ...]:
    named = _many(cells.get("items", ""))
    if not named and cells.get("document") and cells.get("paragraph"):
        named = [f"{cells['document']}#{cells['paragraph']}"]
    return tuple(dict.fromkeys(_served(home, text) for text in named))


def _served(home: _Home, text: str) -> int:
    """The item that a row names: the place's own before the State's."""
    held = Item.objects.filter(state=home.state, place__in={home.place, ""}).order_by("-place")
    if text.startswith("group: "):
        found = held.filter(kind=Item.Kind.CLUSTER, title=text.removeprefix("group: ")).first()
    else:
        target = target_of(text)
        rows = held.filter(thread=target.thread) if target.thread else held.filter(paragraph_key=target.paragraph_key)
        found = rows.first() if target.thread else rows.filter(work_key__iexact=target.work_key).first()
    if found is None:
        raise NotFound("“%(where)s” is not followed here yet: import the recommendations first.", where=text[:80])
    return found.pk


def _units(home: _Home, cells: Mapping[str, str]) -> list[int]:
    """The units of these names, made where they are new: "ko=복지과 | en=Welfare", or one name alone."""
    found = []
    for text in _many(cells.get("units", "")):
        names = dict(part.strip().partition("=")[::2] for part in text.split(" | ") if "=" in part)
        if not names:
            names = {"ko" if re.search("[가-힣]", text) else "en": text}
        unit = name_unit(
            home.who, name_ko=names.get("ko", ""), name_en=names.get("en", ""), state=home.state, place=home.place
        )
        found.append(unit.pk)
    return found


def _many(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;\n]", text) if one.strip()]


def _day(cells: Mapping[str, str], name: str) -> date | None:
    return _iso(cells[name], name) if cells.get(name) else None


def _iso(text: str, name: str) -> date:
    found = _DAY.match(text.strip()) or re.match(r"^(\d{4})()()$", text.strip())
    try:
        return date(*(int(part or 1) for part in found.groups())) if found else date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(
            "Write a day as 2026-05-01, not as “%(given)s”, in the column %(column)s.", given=text[:30], column=name
        ) from error


def _number(cells: Mapping[str, str], name: str) -> Decimal | None:
    text = cells.get(name, "").replace(",", "").replace(" ", "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise BadInput("“%(given)s” in the column %(column)s is not a number.", given=text[:30], column=name) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 14:
        raise BadInput(
            "The number %(given)s in the column %(column)s is too large to be kept.", given=text[:30], column=name
        )
    return value


def _part(text: str) -> tuple[str, Decimal]:
    name, _sep, number = text.rpartition(":")
    return name, _number({"part": number}, "part") or Decimal(0)
