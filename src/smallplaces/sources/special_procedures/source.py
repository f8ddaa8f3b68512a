"""Thematic reports of Special Rapporteurs, paragraph by paragraph.

Reads: ``sp_reports_documents.jsonl`` (metadata), ``sp_reports_paragraphs.jsonl`` (text). Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from smallplaces.errors import BadRecord, BadSymbol
from smallplaces.model import symbol
from smallplaces.model.document import Edition, Kind, Origin, Paragraph, Parcel, Work
from smallplaces.sources.annotated import Lines, each_document, paragraphs, without_text
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.delivery import deliver
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import json_lines
from smallplaces.sources.special_procedures.numbering import sorted_out
from smallplaces.sources.strict import Record
from smallplaces.vocab import resolve_body

_ANY_MANDATE = "SP"


@cache
def _mandates() -> Mapping[str, str]:
    return read_yaml(Path(__file__).with_name("mandates.yml"))


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every report as a whole English edition. One without a symbol, metadata or text is refused."""
    if context.languages and "en" not in context.languages:
        return
    about: dict[str, Record] = {}

    def read_file(file: File) -> Iterator[Item]:
        is_metadata = PurePosixPath(file.name).name.startswith("sp_reports_documents")
        return _metadata(file, about) if is_metadata else each_document(file, "file", about, context, _report)

    # "documents" is read before "paragraphs", whatever the order in which they were found.
    yield from deliver(
        tuple(sorted(files, key=lambda file: file.name)), context, read_file, lambda: without_text(about)
    )


def _metadata(file: File, about: dict[str, Record]) -> Iterator[Item]:
    for line in json_lines(file):
        if isinstance(line, Refusal):
            yield line
        else:
            about[str(line[1].get("file") or "")] = Record(line[1], line[0])


def _report(record: Record, lines: Lines, file: File) -> Iterator[Item]:
    work, odd = _work(record)
    found: list[Paragraph] = []
    for line in lines.records:
        line.ignore("file", "symbol", "section")  # the set fills no sections
    for item in paragraphs(lines):
        if isinstance(item, Paragraph):
            found.append(item)
        else:
            yield item
    if not found:
        raise BadRecord("has no text", where=record.where)
    declared = record.number("paragraphs")
    if declared != len(found):
        odd.append(f"declares {declared} paragraphs and has {len(found)}")
    edition = Edition("en", work.title["en"])
    origin = Origin(file.sha256, file.name, lines.document)
    yield Parcel(work, edition, sorted_out(found), origin, whole=declared == len(found))
    yield from (Signal(record.where, what) for what in odd)
    yield from record.unused()


def _work(record: Record) -> tuple[Work, list[str]]:
    try:
        found = symbol.parse(record.need("symbol"))
    except BadSymbol as error:
        raise BadRecord(error.message, where=record.where) from error
    mandate = record.need("mandate")
    odd = [] if mandate in _mandates() else [f"unknown mandate {mandate!r}"]
    name = _mandates().get(mandate, mandate)
    body = resolve_body(name)
    record.ignore("file", "date")  # the date is the year again
    return Work(
        key=found.canonical,
        kind=Kind.SPECIAL_PROCEDURE,
        title={"en": record.need("title")},
        symbol=found.canonical,
        body=body.code if body else _ANY_MANDATE,
        year=record.number("year"),
        session=found.session,
        facts={"mandate": name, "address": record.text("link")},
    ), odd
