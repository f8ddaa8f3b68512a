"""The status of human rights treaties: what each State did, and when.

Reads: ``actions_YEAR.csv`` (dated acts), ``declarations_YEAR.jsonl`` (reservations, declarations, objections
with their texts) and ``status_YEAR_hr_status_TREATY.csv`` (party or not, with a year). Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from smallplaces import vocab
from smallplaces.errors import BadRecord
from smallplaces.model.document import fingerprint
from smallplaces.model.status import ActionKind, TreatyAction
from smallplaces.sources.base import Context, File, Item, Refusal
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import json_lines, table, until_damage
from smallplaces.sources.strict import Record
from smallplaces.sources.treaty_status import wording

_NAME = re.compile(r"(?:^|/)(?P<what>actions|declarations|status)_(?P<year>\d{4})(?:_hr_status_(?P<treaty>\w+))?\.\w+$")
_SEE = re.compile(r"See chapter (?P<chapter>IV|V)\.(?P<number>\d+)\.?", re.IGNORECASE)
_CHAPTERS = {"IV": "4", "V": "5"}
_SIGNATURES = "Signature"

#: (record, year of the table, texts read before by treaty number and participant) -> acts
Reader = Callable[[Record, str, dict[tuple[str, str], str]], Iterator[TreatyAction]]


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every act of every file; a row that names no treaty or State of the catalogue is refused."""
    for file in sorted(files, key=lambda file: file.name):
        match = _NAME.search(file.name)
        if match is None:
            yield Refusal(
                file.name, "its name says neither what it holds nor the year: actions_2015.csv, status_2022_…"
            )
            continue
        yield from _rows(file, match)


def _rows(file: File, match: re.Match[str]) -> Iterator[Item]:
    readers: dict[str, Reader] = {"actions": _action, "declarations": _declaration, "status": _standing}
    read_row = readers[match["what"]]
    texts: dict[tuple[str, str], str] = {}
    rows = json_lines(file) if match["what"] == "declarations" else table(file)
    for found in until_damage(file, rows):
        if isinstance(found, Refusal):
            yield found
            continue
        where, row = found
        record = Record({"file": match["treaty"] or "", **row}, where)
        try:
            yield from read_row(record, match["year"], texts)
        except BadRecord as error:
            yield record.refuse(error.message)
            continue
        yield from record.unused()


def _action(record: Record, year: str, _: dict[tuple[str, str], str]) -> Iterator[TreatyAction]:
    record.ignore("file", "treaty_name", "raw_value")
    number, participant = record.need("mtdsg_no"), record.need("participant")
    column, letter = record.need("column"), record.text("action_code")
    if letter and letter not in _tables()["acts"]:
        raise BadRecord(f"an act with the letter {letter!r} is unknown")
    if column.startswith(_SIGNATURES):
        kind = ActionKind.SIGNATURE  # also "Succession to signature": it makes nobody a party
    else:
        kind = ActionKind(_tables()["acts"][letter]) if letter else ActionKind.RATIFICATION
    yield TreatyAction(
        treaty=_treaty(_tables()["treaties"].get(number, ""), number),
        state=_state(participant),
        kind=kind,
        date=_date(record.need("date_iso")),
        as_of=year,
        record=f"{number}/{participant}/{kind}",
    )


def _declaration(record: Record, year: str, texts: dict[tuple[str, str], str]) -> Iterator[TreatyAction]:
    record.ignore("file")
    number, participant = record.need("mtdsg_no"), record.need("participant")
    text = record.text("text")
    if not text:
        raise BadRecord("the text is empty")
    see = _SEE.fullmatch(text)
    if see:  # the same words were printed under another treaty
        text = texts.get((f"{_CHAPTERS[see['chapter'].upper()]}-{see['number']}", participant), text)
    texts[number, participant] = text
    treaty, state = _treaty(_tables()["treaties"].get(number, ""), number), _state(participant)
    for kind, words in wording.acts(text):
        yield TreatyAction(
            treaty=treaty,
            state=state,
            kind=kind,
            text=words,
            articles=wording.articles(words),
            as_of=year,
            record=f"{number}/{participant}/{kind}/{fingerprint(words)}",
        )


def _standing(record: Record, year: str, _: dict[tuple[str, str], str]) -> Iterator[TreatyAction]:
    """Party with a year, or signatory. "No action" is no act."""
    record.ignore("note", "no action")
    file, status = record.need("file"), record.need("status")
    party, signed = record.text("state party") == "1", record.text("signatory") == "1"
    treaty, iso2, name = _treaty(_tables()["files"].get(file, ""), file), record.text("iso2"), record.need("member")
    state = str(_tables()["states"].get(iso2) or _state(iso2 if len(iso2) == 2 else name))
    since = record.text("year ratification or accession")
    if (status == "state party") != party or (status == "signatory state") != (signed and not party):
        raise BadRecord(f"its columns contradict one another: {status!r}, party {party}, signatory {signed}")
    if party and not re.fullmatch(r"(?:19|20)\d\d", since):
        raise BadRecord(f"a party without a year: {since!r}")
    if party:
        yield TreatyAction(treaty, state, ActionKind.RECORDED, since, as_of=year, record=f"{file}/{state}/{year}")
    elif signed:
        yield TreatyAction(treaty, state, ActionKind.SIGNATURE, as_of=year, record=f"{file}/{state}/{year}")


def _treaty(code: str, said: str) -> str:
    found = vocab.resolve_treaty(code) if code else None
    if found is None:
        raise BadRecord(f"the catalogue has no treaty {said!r}")
    return str(found.code)


def _state(name: str) -> str:
    found = vocab.resolve_state(name)
    if found is None:
        raise BadRecord(f"the catalogue has no State {name[:60]!r}")
    return found.code


def _date(text: str) -> str:
    if not re.fullmatch(r"(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?", text):
        raise BadRecord(f"not a date: {text[:20]!r}")
    return text


@cache
def _tables() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("tables.yml"))
