"""OHCHR's data about a case: who complained against whom, when it was decided, on which articles and issues.

Reads: ``ohchr_metadata.jsonl``. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from smallplaces.errors import BadRecord, BadSymbol
from smallplaces.model import symbol
from smallplaces.sources.annotated import day
from smallplaces.sources.base import File, Refusal, Signal
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record
from smallplaces.vocab import resolve_treaty

_ARTICLE = re.compile(r"([A-Z]+(?:-OP\d?)?)(?:-(\d+[\w-]*))?")
#: What a fact of the case is called in OHCHR's data -> here.
_TEXTS = {
    "Author": "author",
    "Victim": "victim",
    "Type_of_decision": "decision",
    "Comment": "comment",
    "Submission_date": "submitted",
    "Admission_date": "admissibility_decided",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What OHCHR says of one decision. ``articles`` are "treaty:ICCPR/14(3)(b)"; ``countries`` as it names them."""

    name: str = ""
    symbol: str = ""
    countries: tuple[str, ...] = ()
    communications: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    adopted: date | None = None
    facts: tuple[tuple[str, Any], ...] = ()


def read_cases(file: File, cases: dict[str, Case]) -> Iterator[Refusal | Signal]:
    """Put every case into ``cases`` by the id of its document; what cannot be used is refused or signalled."""
    for line in json_lines(file):
        if isinstance(line, Refusal):
            yield line
            continue
        record = Record(line[1], line[0])
        try:
            document = record.text("match_doc_id")
            case, odd = _case(record)
        except BadRecord as error:
            yield record.refuse(error.message)
            continue
        yield from (Signal(record.where, what) for what in odd)
        yield from record.unused()
        if not document:
            yield Signal(record.where, f"no text of {record.text('Id_string')} ({case.name})")
        elif document in cases:
            yield Signal(record.where, f"a second record of {document}: only its articles and issues are added")
            cases[document] = _joined(cases[document], case)
        else:
            cases[document] = case


def _joined(first: Case, second: Case) -> Case:
    def both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*one, *other)))

    articles, issues = both(first.articles, second.articles), both(first.issues, second.issues)
    communications = both(first.communications, second.communications)
    fields = (first.name, first.symbol, first.countries, communications, articles, issues)
    return Case(*fields, first.adopted, first.facts)


def _case(record: Record) -> tuple[Case, list[str]]:
    odd: list[str] = []
    articles = []
    for code in _texts(record, "Articles"):
        cited = article(code)
        if cited:
            articles.append(cited)
        else:
            odd.append(f"unknown article {code!r}")
    adopted = day(record.text("Date_of_adoption_of_the_Views"))
    decided = day(record.text("Admission_date"))
    if adopted is None and record.text("Type_of_decision") == "Inadmissibility decision":
        adopted = decided
    facts = {here: record.text(there) for there, here in _TEXTS.items() if record.text(there)}
    countries = _texts(record, "Countries")
    record.ignore("Session_No", "Committee")  # both are in the symbol
    name = re.sub(r"\s+(?=[,.;])", "", record.text("Display_name") or record.text("Author"))
    return Case(
        name=f"{name} v. {countries[0]}" if name and len(countries) == 1 else name,
        symbol=_symbol(record.text("Id_string")),
        countries=countries,
        communications=_communications(record.text("Communication_numbers")),
        articles=tuple(dict.fromkeys(articles)),
        issues=tuple(dict.fromkeys(_texts(record, "Issues"))),
        adopted=adopted,
        facts=tuple(facts.items()),
    ), odd


def _texts(record: Record, name: str) -> tuple[str, ...]:
    value = record.get(name, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadRecord(f"{name} must be a list of texts", where=record.where)
    return tuple(text.strip() for text in value if text.strip())


def _symbol(text: str) -> str:
    """The symbol when it is that of the decision itself, not of an annual report."""
    try:
        found = symbol.parse(text)
    except BadSymbol:
        return ""
    return found.canonical if "/D/" in found.canonical else ""


def _communications(text: str) -> tuple[str, ...]:
    """ "042/2008,043/2008/Rev.1," names 42/2008 and 43/2008."""
    return tuple(f"{int(number)}/{year}" for number, year in re.findall(r"\b(\d+)/(\d{4})\b", text))


@cache
def _instruments() -> dict[str, str]:
    return {short: str(name) for short, name in read_yaml(Path(__file__).with_name("articles.yml")).items()}


@cache
def article(code: str) -> str:
    """ "CCPR-14-3-b" is "treaty:ICCPR/14(3)(b)", "CCPR-OP" the Protocol as a whole; "" when unknown."""
    match = _ARTICLE.fullmatch(code)
    treaty = resolve_treaty(_instruments().get(match[1], "")) if match else None
    if match is None or treaty is None:
        return ""
    if not match[2]:
        return f"treaty:{treaty.code}"
    number, *parts = match[2].split("-")
    return f"treaty:{treaty.code}/{number}" + "".join(f"({part.lower()})" for part in parts)
