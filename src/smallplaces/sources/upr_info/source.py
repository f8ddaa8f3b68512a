"""UPR Info's database: recommendations and pledges of the Universal Periodic Review, coded by people.

Reads: its CSV export. Writes: nothing. Works, keys and positions are those of :mod:`smallplaces.sources.upr`, so
that a recommendation met here and in the Universal Human Rights Index is one paragraph.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.model.document import Edition, EditionStatus, Label, Origin, Paragraph, ParagraphKind, Parcel, Work
from smallplaces.sources import upr
from smallplaces.sources.base import Context, File, Item, Refusal
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import table, until_damage
from smallplaces.sources.strict import Record, Tally
from smallplaces.vocab import resolve_state

_SCHEME = "upr-info"
_EDITION = Edition(lang="en", status=EditionStatus.RECORD)
_PARCEL = 500
_ACTIONS = frozenset("12345")
# Regional groups and organisations follow from the State; source_file says how the export was cut.
_IGNORED = ("To-Rgrp", "To-Org", "From-Rgrp", "From-Org", "source_file")


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Parcels of consecutive rows of one review, refusals, signals."""
    if context.languages and "en" not in context.languages:
        return
    for file in files:
        tally = Tally()
        work: Work | None = None
        held: list[Paragraph] = []
        for found in _decoded(file, tally):
            if isinstance(found, Refusal):
                yield found
                continue
            if work and (found[0].key != work.key or len(held) >= _PARCEL):
                yield _parcel(file, work, held)
                held = []
            work = found[0]
            held.append(found[1])
        if work:
            yield _parcel(file, work, held)
        yield from tally.signals()


def _parcel(file: File, work: Work, paragraphs: list[Paragraph]) -> Parcel:
    origin = Origin(sha256=file.sha256, address=file.name)
    return Parcel(work=work, edition=_EDITION, paragraphs=tuple(paragraphs), origin=origin, whole=False)


def _decoded(file: File, tally: Tally) -> Iterator[tuple[Work, Paragraph] | Refusal]:
    for found in until_damage(file, table(file)):
        if isinstance(found, Refusal):
            yield found
            continue
        where, row = found
        record = Record({name: _plain(cell) for name, cell in row.items()}, where)
        record.ignore(*_IGNORED)
        try:
            yield _review(record), _paragraph(record, tally)
        except BadRecord as error:
            yield record.refuse(error.message)
            continue
        for signal in record.unused():
            tally.add(signal.where, signal.what)


def _plain(cell: str) -> str:
    return " ".join((html.unescape(cell) if "&" in cell else cell).split())


def _review(record: Record) -> Work:
    name = record.need("To")
    state = _state(name)
    session = record.number("Session")
    if not state:
        raise BadRecord(f"the State under review is unknown: {name[:60]!r}")
    if session is None:
        raise BadRecord("Session is empty")
    return upr.review(state, session)


def _paragraph(record: Record, tally: Tally) -> Paragraph:
    """A recommendation; or a promise the State made by itself, which has no position and no recommending State."""
    text = record.need("Text")
    response = record.text("Response")
    is_pledge = response.casefold() in _corrections()["pledges"]
    number, words = upr.split_number(text)
    recommending = () if is_pledge else _recommending(record.text("From"), text, record.where, tally)
    labels = [*_coded(record, tally), *upr.round_labels(record.number("Session"), record.number("Cycle"))]
    facts: dict[str, Any] = {}
    if is_pledge:
        labels.append(Label("annotation-type", _SCHEME, "Voluntary pledge"))
        record.ignore("From")
    elif response:
        position = upr.position(response)
        if position is None:
            tally.add(record.where, f"unknown response {response[:60]!r}")
        else:
            labels.append(Label("position", "upr", position))
        if position != response.casefold():
            facts["position"] = response
    labels += [Label("recommending", "iso3", code) for code in recommending]
    return Paragraph(
        text=words,
        number=number,
        key="" if number or is_pledge else upr.recommendation_key(words, recommending),
        kind=ParagraphKind.PARAGRAPH if is_pledge else ParagraphKind.RECOMMENDATION,
        labels=tuple(labels),
        record=record.text("row_id"),
        facts=facts,
    )


def _coded(record: Record, tally: Tally) -> Iterator[Label]:
    """Issues and kind of action, as people coded them. Blank: nobody did."""
    for issue in record.text("Issue").split(","):
        if issue.strip():
            yield Label("theme", _SCHEME, issue.strip())
    action = record.text("Action")
    if action in _ACTIONS:
        yield Label("action", _SCHEME, action)
    elif action:
        tally.add(record.where, f"unknown action {action[:20]!r}")


def _recommending(name: str, text: str, where: str, tally: Tally) -> tuple[str, ...]:
    """Who recommends: the column says it; where it is empty, the bracket that closes the text."""
    if name in _corrections()["nobody"]:
        return ()
    if not name:
        return upr.in_brackets(text)
    state = _state(name)
    if not state:
        tally.add(where, f"unknown recommending State {name[:60]!r}")
        return ()
    return (state,)


@lru_cache(maxsize=4096)
def _state(name: str) -> str:
    state = resolve_state(name)
    return str(_corrections()["states"].get(name) or (state.code if state else ""))


@cache
def _corrections() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("corrections.yml"))
