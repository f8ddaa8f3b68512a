"""Original documents of the Committee on the Rights of Persons with Disabilities, as a folder of PDF files.

Reads: ``documents.jsonl`` (what is known of each file) and the names of the files. Writes: nothing. The files
themselves are read by a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from smallplaces.errors import BadRecord, BadSymbol
from smallplaces.model import symbol
from smallplaces.model.document import Edition, Kind, Origin, Work
from smallplaces.sources.annotated import day
from smallplaces.sources.base import Context, File, Item, Refusal, Signal, ToParse
from smallplaces.sources.delivery import deliver
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record
from smallplaces.vocab import resolve_state

_SYMBOL_IN_NAME = re.compile(r"_(CRPD_C_.+)\.pdf", re.IGNORECASE)
_KINDS = {
    "CO": Kind.CONCLUDING_OBSERVATIONS,
    "FCO": Kind.FOLLOW_UP,
    "Q": Kind.LIST_OF_ISSUES,
    "RQ": Kind.REPLIES,
    "report": Kind.STATE_REPORT,
    "?": None,  # not told by the publisher
}


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every PDF with what is known of it. A row whose file is not there is signalled: a folder may hold a choice."""
    about: dict[str, Record] = {}

    def read_file(file: File) -> Iterator[Item]:
        is_pdf = file.name.lower().endswith(".pdf")
        return _document(file, about, context) if is_pdf else _metadata(file, about)

    def rest() -> Iterator[Item]:
        return (Signal(record.where, f"{name} is not in the folder") for name, record in about.items())

    # Metadata first, whatever the order in which the files were found. A chosen folder is never complete.
    yield from deliver(tuple(sorted(files, key=_order)), context, read_file, rest, everything=False)


def _order(file: File) -> tuple[bool, str]:
    return file.name.lower().endswith(".pdf"), file.name


def _metadata(file: File, about: dict[str, Record]) -> Iterator[Item]:
    for line in json_lines(file):
        if isinstance(line, Refusal):
            yield line
            continue
        record = Record(line[1], line[0])
        try:
            about[record.need("pdf")] = record
        except BadRecord as error:
            yield record.refuse(error.message)


def _document(file: File, about: dict[str, Record], context: Context) -> Iterator[Item]:
    name = PurePosixPath(file.name).name
    record = about.pop(name, None)
    if record is None:
        yield Signal(file.name, "no metadata for this file; its name alone was read")
        record = Record({}, file.name)
    try:
        work, pages = _work(record, name), record.number("pages")
    except BadRecord as error:
        yield record.refuse(error.message)
        return
    lang = record.text("lang")
    if lang and context.languages and lang not in context.languages:
        return
    edition = Edition(lang, facts={"pages": pages} if pages else {})
    yield ToParse(file, work, edition, Origin(file.sha256, file.name, name))
    if not work.key:
        yield Signal(record.where, f"no symbol known for {name}: the document must tell")
    record.ignore("file_year", "kb", "country")  # the year of the symbol is not that of the document
    yield from record.unused()


def _work(record: Record, name: str) -> Work:
    printed = record.text("symbol") or _printed_in(name)
    try:
        found = symbol.parse(printed) if printed else None
    except BadSymbol as error:
        raise BadRecord(error.message, where=record.where) from error
    told = record.text("kind", "?")
    if told not in _KINDS:
        raise BadRecord(f"unknown kind {told!r}", where=record.where)
    code = record.text("iso3") or (found.state if found else "")
    state = resolve_state(code) if code and code != "EU" else None
    if code and code != "EU" and state is None:
        raise BadRecord(f"unknown State {code!r}", where=record.where)
    given = day(record.text("distr_date"))
    return Work(
        key=found.canonical if found else "",
        kind=_kind(found, _KINDS[told]),
        symbol=found.canonical if found else "",
        body="CRPD",
        states=(state.code,) if state else (),
        year=given.year if given else None,
        # Often the day of a meeting that the text names: the document itself says when it was distributed.
        facts={"date_given": given.isoformat()} if given else {},
    )


def _printed_in(name: str) -> str:
    """The symbol in a file's name: "…_2015_CRPD_C_EU_Q_1.pdf" is CRPD/C/EU/Q/1."""
    match = _SYMBOL_IN_NAME.search(name)
    return match[1].replace("_", "/") if match else ""


def _kind(found: symbol.Symbol | None, told: Kind | None) -> Kind:
    """The symbol knows better than the publisher's column, which takes a State's replies for the list of issues."""
    kind = (found.kind if found else None) or told or Kind.OTHER
    is_addendum = found is not None and any(suffix.startswith("Add.") for suffix in found.suffixes)
    return Kind.FOLLOW_UP if kind is Kind.CONCLUDING_OBSERVATIONS and is_addendum else kind
