"""Reports of the Working Group on the Universal Periodic Review, as a folder of PDF files.

UPR Info and the Universal Human Rights Index know a review by State and session, "upr:KOR/2". A report answers to
that key too wherever its session is certain, so that the recommendations and the report are one Work.

Reads: ``wg_reports_index.csv`` and the names of the files. Writes: nothing. The files are read by a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from smallplaces.errors import BadRecord, BadSymbol
from smallplaces.model import symbol
from smallplaces.model.document import Edition, Kind, Origin, Work
from smallplaces.sources.base import Context, File, Item, Refusal, Signal, ToParse
from smallplaces.sources.delivery import deliver
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import table
from smallplaces.sources.strict import Record
from smallplaces.vocab import fold, states

_NAME = re.compile(r"(.+?)(\d{4})\.pdf", re.IGNORECASE)
_FINAL = re.compile(r"A/HRC/(\d+)/(\d+)(?:/.*)?")
_DRAFT = re.compile(r"A/HRC/WG\.6/(\d+)/L\.\d+(?:/.*)?")


@cache
def _reviews() -> Mapping[str, Any]:
    return read_yaml(Path(__file__).with_name("reviews.yml"))


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


@cache
def _states() -> Mapping[str, str]:
    """The States by their names without spaces, as the files are named; a name of two States is none."""
    found: dict[str, set[str]] = {}
    for state in states().values():
        aliases = (alias for lang in ("en", "any") for alias in state.aliases.get(lang, ()))
        for name in (state.names["en"], state.formal.get("en", ""), *aliases):
            found.setdefault(_squeezed(name), set()).add(state.code)
    clear = {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
    return {**clear, **_reviews()["states"]}


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every PDF with what is known of it; one whose State cannot be told is refused. A folder is never complete."""
    if context.languages and "en" not in context.languages:
        return
    index: dict[str, Record] = {}

    def read_file(file: File) -> Iterator[Item]:
        return _report(file, index) if file.name.lower().endswith(".pdf") else _index(file, index)

    yield from deliver(tuple(sorted(files, key=_order)), context, read_file, everything=False)


def _order(file: File) -> tuple[bool, str]:
    return file.name.lower().endswith(".pdf"), file.name


def _index(file: File, index: dict[str, Record]) -> Iterator[Item]:
    """Rows for reports that are not in the folder are many, and no oddity."""
    for line in table(file):
        if isinstance(line, Refusal):
            yield line
            continue
        record = Record(line[1], line[0])
        try:
            index[record.need("f")] = record
        except BadRecord as error:
            yield record.refuse(error.message)


def _report(file: File, index: dict[str, Record]) -> Iterator[Item]:
    name = PurePosixPath(file.name).name
    record = index.get(name)
    if record is None:
        yield Signal(file.name, "not in the index; its name alone was read")
        record = Record({}, file.name)
    try:
        work = _work(record, name)
        pages = record.number("pages")
    except BadRecord as error:
        yield record.refuse(error.message)
        return
    facts = {"pages": pages} if pages else {}
    yield ToParse(file, work, Edition("en", facts=facts), Origin(file.sha256, file.name, name))
    if not work.session:
        yield Signal(record.where, f"the session of the review is not known for {name}")
    record.ignore("f", "kb", "chars", "included_pdf")
    yield from record.unused()


def _work(record: Record, name: str) -> Work:
    match = _NAME.fullmatch(name)
    if match is None:
        raise BadRecord(f"{name!r} is not named after a State and a year", where=record.where)
    state = _states().get(_squeezed(match[1]))
    if not state:
        raise BadRecord(f"unknown State {match[1]!r}", where=record.where)
    printed = _reviews()["symbols"].get(name, record.text("sym"))
    canonical = _canonical(printed, record)
    session = str(_reviews()["reviews"].get(name, "") or session_of(canonical))
    review = f"upr:{state}/{session}" if session else ""
    is_final = _FINAL.fullmatch(canonical) is not None
    key = canonical if is_final else review
    year = record.number("year")
    original = record.text("orig")
    return Work(
        key=key,
        kind=Kind.UPR_REPORT,
        symbol=canonical,
        aliases=tuple(alias for alias in (canonical, review) if alias and alias != key),
        body="UPR",
        states=(state,),
        year=year or int(match[2]),
        session=session,
        facts={"original_language": original.title()} if original else {},
    )


def _canonical(printed: str, record: Record) -> str:
    """The symbol; the index leaves a dot or a doubled slash in some."""
    if not printed:
        return ""
    try:
        return symbol.parse(printed).canonical
    except BadSymbol as error:
        raise BadRecord(error.message, where=record.where) from error


def session_of(canonical: str) -> str:
    """The review session of a report by its symbol, "" when that is not certain."""
    draft = _DRAFT.fullmatch(canonical)
    if draft:
        return draft[1]
    final = _FINAL.fullmatch(canonical)
    known = _reviews()["sessions"].get(int(final[1])) if final else None
    if isinstance(known, int):
        return str(known)
    number = int(final[2]) if final else 0
    return next((str(session) for first, last, session in known or () if first <= number <= last), "")
