"""General comments and general recommendations, paragraph by paragraph.

Before 2004 a general comment bears the symbol of the annual report that printed it, and so shares it with
others. Its key is then made of the body and the number, "gc:CESCR/4"; every general comment answers to that
key, under whatever symbol it was published.

Reads: ``documents.jsonl`` (metadata), ``paragraphs.jsonl`` (text). Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from smallplaces.errors import BadRecord, BadSymbol
from smallplaces.model import symbol
from smallplaces.model.document import Edition, Kind, Origin, Paragraph, Parcel, Work
from smallplaces.sources.annotated import Lines, day, each_document, paragraphs, without_text
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.delivery import deliver
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record

_NUMBER = re.compile(r"No\. ?0*(\d+)(?: of the ([A-Z]+))?")
_REVISED = re.compile(r"\s*\[REVISED\]\s*", re.IGNORECASE)
_BETWEEN = re.compile(r",|–(?=[A-Z])|;")
#: Symbols of reports and compilations that print many general comments.
_SHARED = frozenset({"GA", "ECOSOC", "HRI"})
#: From then on the date in the set is that of the document, not of the adoption.
_OWN_DOCUMENTS_SINCE = 2004
_REPEATED = ("signature", "committee", "name", "adoption_date", "adoption_year", "link", "doc_file")


@cache
def _corrections() -> Mapping[str, Mapping[str, Any]]:
    return read_yaml(Path(__file__).with_name("corrections.yml"))


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every general comment as a whole English edition. One without a committee, a number or text is refused."""
    if context.languages and "en" not in context.languages:
        return
    about: dict[str, Record] = {}

    def read_file(file: File) -> Iterator[Item]:
        is_metadata = PurePosixPath(file.name).name.startswith("documents")
        return _metadata(file, about) if is_metadata else each_document(file, "doc_file", about, context, _comment)

    # "documents" is read before "paragraphs", whatever the order in which they were found.
    yield from deliver(
        tuple(sorted(files, key=lambda file: file.name)), context, read_file, lambda: without_text(about)
    )


def _metadata(file: File, about: dict[str, Record]) -> Iterator[Item]:
    for line in json_lines(file):
        if isinstance(line, Refusal):
            yield line
            continue
        where, fields = line
        name = str(fields.get("file") or "")
        about[name] = Record({**fields, **_corrections().get(name, {})}, where)


def _comment(record: Record, lines: Lines, file: File) -> Iterator[Item]:
    work = _work(record)
    found: list[Paragraph] = []
    for line in lines.records:
        line.ignore(*_REPEATED)
    for item in paragraphs(lines):
        if isinstance(item, Paragraph):
            found.append(item)
        else:
            yield item
    if not found:
        raise BadRecord("has no text", where=record.where)
    declared = record.number("paragraphs")
    whole = declared == len(found)
    if not whole:
        yield Signal(record.where, f"declares {declared} paragraphs and has {len(found)}")
    if not (work.symbol or "printed_in" in work.facts):
        yield Signal(record.where, f"not a symbol: {record.text('Signature')!r}")
    edition = Edition("en", work.title["en"])
    yield Parcel(work, edition, tuple(found), Origin(file.sha256, file.name, lines.document), whole)
    dated, year = record.text("Adoption Date"), record.number("Adoption Year")
    if work.year is None:
        yield Signal(record.where, f"date not understood: {dated!r}")
    elif work.year != year:
        yield Signal(record.where, f"the year {year} contradicts the date {dated!r}")
    yield from record.unused()


def _work(record: Record) -> Work:
    printed = record.need("Signature")
    name = re.sub(r"\s+", " ", record.need("Name"))
    title = _REVISED.sub(" ", re.sub(r"No\. 0+(?=\d)", "No. ", name)).strip()
    bodies = tuple(code.strip() for code in record.need("Committee").split(","))
    by_number = _numbers(name, bodies, record)
    symbols = list(filter(None, map(_symbol, _BETWEEN.split(printed))))
    own = [s for s in symbols if s.kind is Kind.GENERAL_COMMENT]
    key = _document(own[0]) if own else by_number[0]
    canonical = [_document(s) for s in symbols if s.body not in _SHARED]
    aliases = dict.fromkeys(alias for alias in (*canonical, *by_number) if alias != key)
    given = record.text("Adoption Date")
    dated, year = day(given), re.search(r"\d{4}", given)
    distributed = dated if dated and any("/GC/" in s.canonical for s in own) else None
    if distributed and distributed.year < _OWN_DOCUMENTS_SINCE:
        distributed = None
    facts: dict[str, Any] = {
        "numbers": [alias.removeprefix("gc:") for alias in by_number],
        "short_title": record.text("Simplified Name"),
        "address": record.text("Link"),
        "date_given": given,
    }
    if symbols and not canonical:
        facts["printed_in"] = printed
    if _REVISED.search(name):
        facts["revised"] = True
    record.ignore("file")
    return Work(
        key=key,
        kind=Kind.GENERAL_COMMENT,
        title={"en": title},
        symbol=printed if canonical else "",
        aliases=tuple(aliases),
        body=by_number[0].removeprefix("gc:").split("/")[0] if not own else own[0].body,
        adopted=None if distributed else dated,
        distributed=distributed,
        year=int(year[0]) if year else None,
        facts=facts,
    )


def _numbers(name: str, bodies: tuple[str, ...], record: Record) -> list[str]:
    """The keys by number: one for each committee that adopted the comment."""
    found: dict[str, str] = {}
    for number, of in _NUMBER.findall(name):
        found.setdefault(of or bodies[0], number)  # a later number is one that the title speaks of
    if set(found) != set(bodies):
        raise BadRecord(f"no number for each of {', '.join(bodies)} in {name[:80]!r}", where=record.where)
    return [f"gc:{body}/{found[body]}" for body in bodies]


def _symbol(printed: str) -> symbol.Symbol | None:
    """The symbol, or None for what is only the name of a series: the comment has its number to be known by."""
    try:
        return symbol.parse(printed)
    except BadSymbol:
        return None


def _document(found: symbol.Symbol) -> str:
    """The document that bears the text: a corrigendum was worked into the document that it corrects."""
    return re.sub(r"/Corr\.\d+$", "", found.canonical)
