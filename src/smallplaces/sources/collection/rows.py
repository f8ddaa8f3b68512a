"""One row of a collection -> the Work and Edition it belongs to, and one Paragraph.

Every complaint names the column as the institution's own file calls it.
"""

from __future__ import annotations

import re
from datetime import date

from smallplaces import vocab
from smallplaces.errors import BadFile, BadRecord
from smallplaces.model import symbol as symbols
from smallplaces.model.document import Edition, EditionStatus, Kind, Label, Paragraph, ParagraphKind, Work, fingerprint
from smallplaces.sources.collection.mapping import Collection, check
from smallplaces.sources.strict import Record

_DATE = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
_NUMBER = re.compile(
    r"제?\s*(\d{1,4}(?:\.\d{1,4})*(?:\s?\([a-z가-힣]{1,2}\))?)\s*(?:항|문단|조)?\s*[.)]?", re.IGNORECASE
)


class Row:
    """A record read through a collection's mapping: a field comes from its column, else from the constants."""

    def __init__(self, record: Record, collection: Collection) -> None:
        self._record, self._collection = record, collection

    def text(self, name: str) -> str:
        """The value of a field; empty when there is none."""
        column = self._collection.columns.get(name)
        value = self._record.text(column) if column else ""
        return value or self._collection.constants.get(name, "")

    def choice(self, name: str) -> str:
        """The value of a field that has a list of allowed values. Raises :class:`BadRecord` naming them."""
        value = self.text(name)
        if value:
            try:
                check(name, value, self._record.where)
            except BadFile as error:
                raise self.wrong(name, error.message) from error
        return value

    def day(self, name: str) -> date | None:
        """A date written 2022-09-09, 2022. 9. 9. or 2022년 9월 9일."""
        value = self.text(name)
        if not value:
            return None
        match = _DATE.fullmatch(value)
        try:
            if match is None:
                raise ValueError
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise self.wrong(name, f"not a date such as 2022-09-09: {value[:40]!r}") from None

    def wrong(self, name: str, what: str) -> BadRecord:
        """The complaint about a field, with the name of its column."""
        column = self._collection.columns.get(name)
        return BadRecord(f"column {column!r} ({name}): {what}" if column else f"{name}: {what}")

    def labels(self) -> tuple[Label, ...]:
        """The labels of every label column, each once."""
        found = []
        for entry in self._collection.labels:
            cell = self._record.text(entry.column)
            values = cell.split(entry.separator) if entry.separator else [cell]
            scheme = entry.scheme or self._collection.id
            found += [Label(entry.facet, scheme, value.strip()) for value in values if value.strip()]
        return tuple(dict.fromkeys(found))


def work(row: Row, collection: Collection) -> Work:
    """The Work of a row. Raises :class:`BadRecord` when nothing in the row or the mapping names one."""
    printed, own, title = row.text("symbol"), row.text("key"), row.text("work_title")
    canonical = symbols.normalise(printed) if printed else None
    if printed and canonical is None:
        raise row.wrong("symbol", f"not a UN document symbol: {printed[:60]!r}")
    name = own or (title and fingerprint(title))
    if not canonical and not name:
        raise BadRecord("nothing names the document: it needs a symbol, a key or a work_title")
    state, body, lang = row.text("state"), row.text("body"), row.choice("lang")
    found_state = vocab.resolve_state(state) if state else None
    found_body = vocab.resolve_body(body) if body else None
    if state and found_state is None:
        raise row.wrong("state", f"no State of the catalogue: {state[:60]!r}")
    if body and found_body is None:
        raise row.wrong("body", f"no body of the catalogue: {body[:60]!r}")
    year = row.text("year")
    if year and not re.fullmatch(r"\d{4}", year):
        raise row.wrong("year", f"not a year: {year[:20]!r}")
    return Work(
        key=canonical or f"{collection.id}:{name}",
        kind=Kind(row.choice("kind")),
        title={lang: title} if title else {},
        symbol=printed,
        aliases=(f"{collection.id}:{own}",) if canonical and own else (),
        body=found_body.code if found_body else "",
        states=(found_state.code,) if found_state else (),
        adopted=row.day("adopted"),
        distributed=row.day("distributed"),
        year=int(year) if year else None,
        session=row.text("session"),
    )


def edition(row: Row, collection: Collection) -> Edition:
    """The language version that a row belongs to, with who stands behind it."""
    return Edition(
        lang=row.choice("lang"),
        title=row.text("work_title"),
        status=EditionStatus(row.choice("status")),
        by=row.text("by") or collection.publisher,
        facts=collection.facts,
    )


def paragraph(row: Row) -> Paragraph:
    """The paragraph of a row. Raises :class:`BadRecord` when it has no text or an unreadable number."""
    text = row.text("text")
    if not text:
        raise row.wrong("text", "it is empty")
    printed = row.text("number")
    match = _NUMBER.fullmatch(printed) if printed else None
    if printed and match is None:
        raise row.wrong("number", f"not a paragraph number such as 15 or 137.197: {printed[:40]!r}")
    heading = tuple(part.strip() for part in row.text("heading").split(" > ") if part.strip())
    return Paragraph(
        text=text,
        number=re.sub(r"\s", "", match[1]) if match else "",
        kind=ParagraphKind(row.choice("paragraph_kind") or ParagraphKind.PARAGRAPH),
        heading=heading,
        labels=row.labels(),
        record=row.text("record"),
    )
