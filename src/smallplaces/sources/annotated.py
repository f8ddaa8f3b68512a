"""How one publisher, the annotated collection of treaty-body documents, writes a document: a line of metadata in
one file, a line for each paragraph in another.

Shared by the sources that read its sets (general comments, Views, reports of special procedures).
Reads: JSON lines. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.model.document import Label, Paragraph
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record

_SCHEME = "lszoszk"
_LEADING = re.compile(r"(\d{1,3})\.\s*(?=\D)")
_DATES = ("%d %B %Y", "%d %b %Y")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one document, which stand together in the file of paragraphs."""

    document: str
    where: str  # of the first line
    records: tuple[Record, ...]


def documents(file: File, name: str) -> Iterator[Lines | Refusal]:
    """The lines of ``file`` by document, as the field ``name`` says; lines that cannot be read are refusals.

    A document whose lines do not stand together is refused from its second place on, because each place
    would pass for the whole document.
    """
    seen: set[str] = set()
    for document, group in groupby(json_lines(file), key=lambda line: _document(line, name)):
        if document is None:
            yield from (line for line in group if isinstance(line, Refusal))
            continue
        records = tuple(Record(line[1], line[0]) for line in group if not isinstance(line, Refusal))
        if not document or document in seen:
            reason = "lines of this document stood further up" if document else f"{name} is empty"
            yield Refusal(records[0].where, reason, document)
            continue
        seen.add(document)
        yield Lines(document, records[0].where, records)


def each_document(
    file: File,
    name: str,
    about: dict[str, Record],
    context: Context,
    make: Callable[[Record, Lines, File], Iterator[Item]],
) -> Iterator[Item]:
    """What ``make`` yields for each document of ``file``, given its metadata, which is taken out of ``about``.

    A document without metadata, and one for which ``make`` raises :class:`BadRecord`, is refused.
    """
    total = len(about)
    for lines in documents(file, name):
        if isinstance(lines, Refusal):
            yield lines
            continue
        record = about.pop(lines.document, None)
        if record is None:
            yield Refusal(lines.where, "no metadata for this document", lines.document)
            continue
        try:
            yield from make(record, lines, file)
        except BadRecord as error:
            yield record.refuse(error.message)
        context.progress(total - len(about), total)


def without_text(about: dict[str, Record]) -> Iterator[Item]:
    """A refusal for each document that is still in ``about`` when all files were read."""
    return (record.refuse("has no paragraphs") for record in about.values())


def _document(line: tuple[str, dict[str, Any]] | Refusal, name: str) -> str | None:
    return None if isinstance(line, Refusal) else str(line[1].get(name) or "")


def numbered(record: Record) -> str:
    """The printed number without its dot: "2.1" of "2.1.", "" when there is none."""
    return record.text("para_id").rstrip(". ")


def text_of(record: Record) -> str:
    """The text with plain line ends. Raises :class:`BadRecord` when there is none."""
    return record.need("text").replace("\r\n", "\n").replace("\r", "\n")


def groups(record: Record) -> tuple[tuple[Label, ...], dict[str, Any]]:
    """The persons concerned, as people labelled them, and the facts about the labelling.

    Null says that nobody labelled the paragraph; an empty list says that somebody did and found none.
    """
    value = record.get("labels")
    if value is None:
        return (), {"unlabelled": ["group"]}
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        raise BadRecord("labels must be a list of texts", where=record.where)
    return tuple(Label("group", _SCHEME, label.strip()) for label in value if label.strip()), {}


def paragraph(record: Record) -> Paragraph:
    """A plain paragraph: number, text, groups. A number that stayed in the text ("15.There are…") is taken out."""
    labels, facts = groups(record)
    number, text = numbered(record), text_of(record)
    inside = None if number else _LEADING.match(text)
    if inside:
        number, text = inside[1], text[inside.end() :]
    return Paragraph(text, number, labels=labels, facts=facts)


def paragraphs(lines: Lines) -> Iterator[Paragraph | Refusal | Signal]:
    """The paragraphs of a document whose lines hold nothing beyond number, text and labels."""
    for record in lines.records:
        record.ignore("seq")  # the order of the lines
        try:
            yield paragraph(record)
        except BadRecord as error:
            yield record.refuse(error.message)
        yield from record.unused()


def day(text: str) -> date | None:
    """A date such as "21 Nov 1997" or "24 January 2008", None when it is anything else."""
    words = re.sub(r"\s+", " ", text.strip())
    for form in _DATES:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    return None
