"""Views and decisions on individual communications, paragraph by paragraph, joined with OHCHR's data of the cases.

Reads: ``jurisprudence_documents.jsonl`` and ``ohchr_metadata.jsonl`` (held in memory: a few megabytes), then
``jurisprudence_paragraphs.jsonl`` document by document. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.sources.annotated import Lines, documents
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.delivery import deliver
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.jurisprudence.cases import Case, read_cases
from smallplaces.sources.jurisprudence.decision import Decision, parcel
from smallplaces.sources.jurisprudence.naming import read_name, winners
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record

_FILED = str.maketrans("/.", "--")
#: The order of reading, by how the file's name begins.
_ORDER = ("jurisprudence_documents", "ohchr_metadata", "jurisprudence_paragraphs")


@cache
def _corrections() -> dict[str, dict[str, Any]]:
    return read_yaml(Path(__file__).with_name("corrections.yml"))


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every decision as a whole edition. One without metadata or text is refused; a double is signalled."""
    decisions: dict[str, Decision] = {}
    cases: dict[str, Case] = {}

    def read_file(file: File) -> Iterator[Item]:
        if _order(file) == 0:
            return _metadata(file, decisions)
        if _order(file) == 1:
            return read_cases(file, cases)
        return _texts(file, decisions, cases, context)

    def rest() -> Iterator[Item]:
        return (decision.record.refuse("has no paragraphs") for decision in decisions.values())

    yield from deliver(tuple(sorted(files, key=_order)), context, read_file, rest)


def _order(file: File) -> int:
    name = PurePosixPath(file.name).name
    return next((i for i, start in enumerate(_ORDER) if name.startswith(start)), len(_ORDER))


def _metadata(file: File, decisions: dict[str, Decision]) -> Iterator[Item]:
    for line in json_lines(file):
        if isinstance(line, Refusal):
            yield line
            continue
        where, fields = line
        document = str(fields.get("doc_id") or "")
        record = Record({**fields, **_corrections().get(document, {})}, where)
        try:
            name = read_name(document, record.need("symbol_guess"))
            decisions[document] = Decision(record, name, record.text("lang", "en"), record.number("paragraphs") or 0)
        except BadRecord as error:
            yield record.refuse(error.message)
            continue
        if not name.certain:
            yield Signal(where, f"not a symbol: {record.text('symbol_guess')!r}")


def _texts(file: File, decisions: dict[str, Decision], cases: dict[str, Case], context: Context) -> Iterator[Item]:
    doubles = _doubles(decisions)
    borne = winners(decision.name for decision in decisions.values())
    names: dict[str, tuple[str, ...]] = {}
    for double, taken in doubles.items():
        names[taken] = (*names.get(taken, ()), double)
    total = len(decisions)
    for lines in documents(file, "doc_id"):
        if isinstance(lines, Refusal):
            yield lines
            continue
        decision = decisions.pop(lines.document, None)
        if decision is None:
            yield Refusal(lines.where, "no metadata for this document", lines.document)
        elif lines.document in doubles:
            yield Signal(decision.record.where, f"{lines.document} is the same document as {doubles[lines.document]}")
        elif not context.languages or decision.lang in context.languages:
            ids = (lines.document, *names.get(lines.document, ()))
            case = next((cases[document] for document in ids if document in cases), Case())
            yield from _one(replace(decision, case=case, ids=ids, borne=borne), lines, file)
        context.progress(total - len(decisions), total)


def _one(decision: Decision, lines: Lines, file: File) -> Iterator[Item]:
    try:
        yield from parcel(decision, lines, file)
    except BadRecord as error:
        yield decision.record.refuse(error.message)


def _doubles(decisions: dict[str, Decision]) -> dict[str, str]:
    """Which documents are left out, and for which: of two texts of one document in one language, the longer is taken,
    else the one filed under the better spelling."""

    def order(pair: tuple[str, Decision]) -> tuple[int, bool, str]:
        misspelled = pair[0] != pair[1].name.key.lower().translate(_FILED)
        return -pair[1].declared, misspelled, pair[0]

    taken: dict[tuple[str, ...], str] = {}
    doubles: dict[str, str] = {}
    for document, decision in sorted(decisions.items(), key=order):
        first = taken.setdefault((decision.lang, *decision.name.document), document)
        if first != document:
            doubles[document] = first
    return doubles
