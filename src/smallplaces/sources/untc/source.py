"""Certified true copies of treaties, as recognised text of several languages in one.

What the depositary says of the treaty (conclusion, entry into force, registration, reference) is taken as facts.
The text is left to a parser, marked as a recognised scan. The list of participants mixes States that have only
signed with parties, and gives no dates: it is not used.

Reads: JSON files, one treaty each. Writes: nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from smallplaces.errors import BadFile, BadRecord
from smallplaces.model.document import Edition, EditionStatus, Kind, Origin, Work
from smallplaces.sources.base import Context, File, Item, ToParse
from smallplaces.sources.delivery import deliver, each
from smallplaces.sources.reading import open_text
from smallplaces.sources.strict import Record
from smallplaces.vocab import resolve_treaty

_FACTS = {
    "conclusion": "concluded",
    "entry_into_force": "entry_into_force",
    "registration_number": "registration_number",
    "text_reference": "text_reference",
    "notes": "depositary_notes",
    "url": "address",
    "mtdsg_no": "depositary_number",
}
#: A footnote's number that stuck to a year: "New York, 18 December 19791".
_STUCK = re.compile(r"(?<=\b[12]\d{3})\d{1,2}$")


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every file with its treaty. One of an unknown treaty, or without text, is refused. Never complete: a choice."""
    return deliver(files, context, _file, everything=False)


def _file(file: File) -> Iterator[Item]:
    with open_text(file) as text:
        try:
            content = json.load(text)
        except ValueError as error:
            raise BadFile(f"is not JSON: {error}", where=file.name) from error
    if not isinstance(content, dict):
        raise BadFile("is not a JSON object", where=file.name)
    yield from each([(file.name, content)], lambda record: _treaty(record, file))


def _treaty(record: Record, file: File) -> Iterator[Item]:
    title = record.need("title")
    treaty = resolve_treaty(title)
    if treaty is None:
        raise BadRecord(f"unknown treaty {title!r}", where=record.where)
    record.need("text")
    facts = {here: _STUCK.sub("", record.text(there)) for there, here in _FACTS.items() if record.text(there)}
    work = Work(
        key=f"treaty:{treaty.code}",
        kind=Kind.TREATY,
        title=treaty.title,
        body=treaty.body,
        adopted=treaty.adopted,
        year=treaty.adopted.year if treaty.adopted else None,
        facts={"depositary": facts},
    )
    edition = Edition("", status=EditionStatus.OFFICIAL, facts={"ocr": True})
    yield ToParse(file, work, edition, Origin(file.sha256, file.name, record.need("_id")))
    record.ignore("_source", "_type", "_fetched_at", "date", "chapter", "chapter_name")  # known, or of no use
    record.ignore("signatories_count", "parties_count", "participants")  # undated
    yield from record.unused()
