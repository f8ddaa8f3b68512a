"""Certified true copies of treaties, as recognised text of several languages in one.

The text is *not* delivered. The recognition drops words and changes letters ("drcbit à la liberté", articles without
their first words), and a reader who looks for the Covenant must never be shown that as its wording; the same treaties
stand in full in other sources. The bytes are archived, the treaty is named, and the report says so. The list of
participants mixes States that have only signed with parties and gives no dates: it is no treaty status.

Reads: JSON files, one treaty each. Writes: nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from smallplaces.errors import BadFile, BadRecord
from smallplaces.sources.base import Context, File, Item, Signal
from smallplaces.sources.delivery import deliver, each
from smallplaces.sources.reading import open_text
from smallplaces.sources.strict import Record
from smallplaces.vocab import resolve_treaty

_LEFT_OUT = (
    *("_id", "_source", "_type", "_fetched_at", "date", "url", "mtdsg_no", "chapter", "chapter_name", "conclusion"),
    *("entry_into_force", "registration_number", "text_reference", "notes"),  # the catalogue's own facts are checked
    *("signatories_count", "parties_count", "participants"),  # undated
)


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """A signal for every scan that is kept and not shown. An unknown treaty, or a file without text, is refused."""
    return deliver(files, context, _file, everything=False)


def _file(file: File) -> Iterator[Item]:
    with open_text(file) as text:
        try:
            content = json.load(text)
        except ValueError as error:
            raise BadFile(f"is not JSON: {error}", where=file.name) from error
    if not isinstance(content, dict):
        raise BadFile("is not a JSON object", where=file.name)
    yield from each([(file.name, content)], _treaty)


def _treaty(record: Record) -> Iterator[Item]:
    title = record.need("title")
    treaty = resolve_treaty(title)
    if treaty is None:
        raise BadRecord(f"unknown treaty {title!r}", where=record.where)
    record.need("text")
    record.ignore(*_LEFT_OUT)
    yield Signal(record.where, f"a recognised scan of treaty:{treaty.code}: kept in the archive, not shown")
    yield from record.unused()
