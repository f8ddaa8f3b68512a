"""Add, move or call off an event of a procedure, by hand or by a table. Right: event.write.

Reads: events. Writes: another version of the event, signed, with its source and reason; Deed. Earlier versions stay.
Raises :class:`Forbidden`, :class:`NotFound` for an event that is none, :class:`BadInput` for a day, step or source that
cannot be.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db import transaction

from smallplaces.errors import BadInput, NotFound, UserError
from smallplaces.vocab import resolve_state
from smallplaces.vocab.steps import steps
from smallplaces_site.doors import store
from smallplaces_site.doors.models import EventVersion
from smallplaces_site.doors.read import first_day, last_day
from smallplaces_site.doors.store import PERSON, Said
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, User
from smallplaces_site.people.rights import Scope, require

COLUMNS = ("state", "step", "occasion", "first", "last", "standing", "source", "address", "note", "why")
_REQUIRED = ("state", "step", "first", "source")
_LONGEST = {"occasion": 120, "source": 400, "address": 400, "note": 400, "why": 1000}
_OCCASION = "given"


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody says of an event. Empty ``last``: the same as ``first``. ``why``: the reason, for a move."""

    state: str
    step: str
    first: str
    source: str
    last: str = ""
    occasion: str = ""
    standing: str = "announced"
    address: str = ""
    note: str = ""
    why: str = ""


@dataclass(slots=True)
class Imported:
    """How many rows became versions, how many said nothing new, and the refused ones: (line, reason)."""

    kept: int = 0
    same: int = 0
    refused: list[tuple[int, UserError]] = field(default_factory=list)


def keep_event(entry: Entry, user: User | None, *, machine: bool = False) -> EventVersion | None:
    """Keep what ``user`` says of an event; nothing when it is said already. ``machine``: the command line, by rights of
    whoever runs the server."""
    said = _checked(entry)
    by = None if machine else require(user, "event.write", Scope(said.state))
    return _keep(said, by)


def move_event(key: str, first: str, last: str, *, source: str, why: str, user: User | None) -> EventVersion | None:
    """Give an event another day, with the source that says so and the reason."""
    held = _held(key)
    by = require(user, "event.write", Scope(held.event.state))
    if not why.strip():
        raise BadInput("Say why the day is another.", field="why")
    entry = _entry_of(held, first=first, last=last, source=source, why=why, standing="announced")
    return _keep(_checked(entry), by)


def cancel_event(key: str, *, source: str, why: str, user: User | None) -> EventVersion | None:
    """Call an event off, with the source that says so and the reason."""
    held = _held(key)
    by = require(user, "event.write", Scope(held.event.state))
    if not why.strip():
        raise BadInput("Say why it is called off.", field="why")
    entry = _entry_of(held, first=held.first, last=held.last, source=source, why=why, standing="cancelled")
    return _keep(_checked(entry), by)


def import_events(text: str, user: User | None, *, machine: bool = False) -> Imported:
    """Keep the events of a table (CSV, UTF-8, with a header of :data:`COLUMNS`). A bad row never stops the others.

    Raises :class:`BadInput` when the table has no such header.
    """
    done = Imported()
    for line, entry in _rows(text):
        try:
            kept = keep_event(entry, user, machine=machine)
        except UserError as error:
            done.refused.append((line, error))
            continue
        if kept is None:
            done.same += 1
        else:
            done.kept += 1
    return done


def _rows(text: str) -> Iterator[tuple[int, Entry]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in _REQUIRED if name not in names]
    strange = [name for name in names if name not in COLUMNS]
    if missing or strange:
        if missing:
            raise BadInput(
                "The table has no column %(missing)s. Its columns are: %(known)s.",
                missing=tuple(missing),
                known=tuple(COLUMNS),
            )
        raise BadInput(
            "The column %(strange)s is not known. The columns are: %(known)s.",
            strange=tuple(strange),
            known=tuple(COLUMNS),
        )
    reader.fieldnames = names
    for row in reader:
        given = {name: (row.get(name) or "").strip() for name in COLUMNS}
        yield reader.line_num, Entry(**{**given, "standing": given["standing"] or "announced"})


def _checked(entry: Entry) -> Said:
    state = resolve_state(entry.state)
    if state is None:
        raise BadInput("No State is known by the code or name “%(where)s”.", where=entry.state, field="state")
    if entry.step not in steps():
        raise BadInput("There is no step “%(where)s”: see the list of procedures.", where=entry.step, field="step")
    if not entry.source.strip():
        raise BadInput("Say where the day is announced: an event needs its source.", field="source")
    if entry.standing not in EventVersion.Standing.values:
        raise BadInput(
            "“%(given)s” is no standing of an event. There are: %(known)s.",
            given=entry.standing,
            known=tuple(EventVersion.Standing.values),
            field="standing",
        )
    if entry.address and not entry.address.startswith(("https://", "http://")):
        raise BadInput("Write an address that begins with https://.", field="address")
    for name, most in _LONGEST.items():
        value = getattr(entry, name)
        if len(value) > most or "\x00" in value:
            raise BadInput("This is too long: write at most %(most)d characters.", most=most, field=name)
    last = entry.last or entry.first
    if last_day(last) < first_day(entry.first):
        raise BadInput(
            "It ends (%(last)s) before it begins (%(first)s): check both days.",
            first=entry.first,
            last=last,
            field="last",
        )
    return Said(
        state=state.code,
        step=entry.step,
        occasion=entry.occasion.strip() or f"{_OCCASION}-{entry.first[:4]}",
        first=entry.first,
        last=last,
        standing=entry.standing,
        source=entry.source.strip(),
        address=entry.address.strip(),
        note=entry.note.strip(),
        why=entry.why.strip(),
        confidence=1.0,
        method=PERSON,
    )


@transaction.atomic
def _keep(said: Said, by: Membership | None) -> EventVersion | None:
    kept = store.keep(replace(said, by=signature(by)))
    if kept is not None:
        detail = {"first": said.first, "last": said.last, "standing": said.standing, "source": said.source}
        record(by, "event.write", said.key, detail=detail)
    return kept


def _held(key: str) -> EventVersion:
    held = store.current(key)
    if held is None:
        raise NotFound("There is no day of procedures called “%(where)s”.", where=key)
    return held


def _entry_of(held: EventVersion, *, first: str, last: str, source: str, why: str, standing: str) -> Entry:
    return Entry(
        state=held.event.state,
        step=held.event.step,
        occasion=held.event.occasion,
        first=first,
        last=last,
        standing=standing,
        source=source,
        note=held.note,
        why=why,
    )
