"""What every reader of a format hands over, and what a parse gives back.

A reader (pdf, docx, html, …) turns bytes into :class:`Line` objects in reading order. A PDF line is a
printed line; a DOCX or HTML line is a whole paragraph, which :attr:`Line.fresh` says. Everything after
that (furniture, cover, footnotes, structure) reads lines and does not know the format.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from smallplaces.model.document import (
    Edition,
    EditionStatus,
    Kind,
    Label,
    Paragraph,
    ParagraphKind,
    Parcel,
    Work,
    fingerprint,
)


@dataclass(slots=True)
class Line:
    """One printed line, or one paragraph where the format knows its paragraphs.

    ``text`` is as extracted; ``calls`` are the spans of it that are footnote calls (superscripts).
    Coordinates are PDF points, ``y`` the baseline from the foot of the page; zero where the format has
    no page. ``fresh`` is True where a paragraph is known to begin, False where it is known to go on,
    None where only the layout can tell. ``level`` is a heading level the format itself declares.
    ``role`` is what the format declares ("footnote", "table", "furniture"), else empty; ``note`` the
    number of a declared footnote. ``cells`` counts pieces of the line that stand apart like columns; ``pieces``
    are (left, right, text) of what stands apart, kept only on pages that look like a table of answers. ``column`` is
    the head of the column of such a table in which the line stands or is ticked.
    """

    text: str
    page: int = 1
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    calls: tuple[tuple[int, int], ...] = ()
    fresh: bool | None = None
    level: int = 0
    role: str = ""
    note: str = ""
    cells: int = 1
    rtl: bool = False
    pieces: tuple[tuple[float, float, str], ...] = ()
    column: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader gives: the lines, the number of pages (0 where the format has none), warnings."""

    lines: list[Line]
    pages: int = 0
    warnings: tuple[str, ...] = ()
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. Sizes in bytes, time in seconds; a file beyond them is refused."""

    file_bytes: int = 200 << 20
    pages: int = 5_000
    inner_bytes: int = 300 << 20  # of everything unpacked from an archive
    characters: int = 40_000_000
    memory: int = 1_500 << 20  # address space of the child process
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says. Dates stay apart; empty where the cover is silent."""

    symbol: str = ""
    title: str = ""
    body: str = ""
    state: str = ""
    session: str = ""
    original: str = ""
    adopted: date | None = None
    distributed: date | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as paragraphs.

    ``furniture`` is what was taken away: running heads, page and job numbers, barcodes, the cover's form and title, the
    table of contents. Every character that was extracted stands in exactly one paragraph or in the furniture; a
    paragraph's ``facts`` hold its number as printed ("marker") and the footnotes it calls ("calls").
    """

    kind: Kind
    lang: str
    cover: Cover
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: int = 0

    def to_json(self) -> dict[str, Any]:
        """The document as one JSON object (issue "Parse", item 1)."""
        cover = self.cover
        return {
            "symbol": cover.symbol,
            "title": cover.title,
            "body": cover.body,
            "state": cover.state,
            "kind": self.kind.value,
            "lang": self.lang,
            "dates": {
                "adopted": cover.adopted.isoformat() if cover.adopted else None,
                "distributed": cover.distributed.isoformat() if cover.distributed else None,
                "session": cover.session or None,
            },
            "pages": self.pages,
            "paragraphs": [paragraph_json(each) for each in self.paragraphs],
            "warnings": list(self.warnings),
        }

    def parcel(self, hints: Mapping[str, Any] | None = None) -> Parcel:
        """The document for the store. ``hints`` (symbol, kind, lang, state, body, key, title) win over what was read.

        Headings are kept as paths on the paragraphs, not as paragraphs of their own.
        """
        hints = hints or {}
        cover = self.cover
        symbol = str(hints.get("symbol") or cover.symbol)
        lang = str(hints.get("lang") or self.lang)
        title = str(hints.get("title") or cover.title)
        state = str(hints.get("state") or cover.state)
        body_text = tuple(each for each in self.paragraphs if each.kind is not ParagraphKind.HEADING)
        key = str(hints.get("key") or symbol or "file:" + fingerprint(title, *(p.text for p in body_text[:20])))
        facts: dict[str, Any] = {"original": cover.original} if cover.original else {}
        if self.warnings:
            facts["warnings"] = list(self.warnings)
        work = Work(
            key=key,
            kind=Kind(hints["kind"]) if hints.get("kind") else self.kind,
            title={lang: title} if title else {},
            symbol=symbol,
            body=str(hints.get("body") or cover.body),
            states=(state,) if state else (),
            adopted=cover.adopted,
            distributed=cover.distributed,
            year=known.year if (known := cover.adopted or cover.distributed) else None,
            session=cover.session,
        )
        edition = Edition(lang=lang, title=title, status=EditionStatus.OFFICIAL, facts=facts)
        return Parcel(work=work, edition=edition, paragraphs=tuple(_without_marker(each) for each in body_text))


def _without_marker(paragraph: Paragraph) -> Paragraph:
    facts = {key: value for key, value in paragraph.facts.items() if key != "marker"}
    return dataclasses.replace(paragraph, facts=facts)


def paragraph_json(paragraph: Paragraph) -> dict[str, Any]:
    """One paragraph as JSON; empty things are left out, except the number and the path."""
    record: dict[str, Any] = {
        "n": paragraph.number,
        "text": paragraph.text,
        "heading": list(paragraph.heading),
        "kind": paragraph.kind.value,
        "page": paragraph.page,
    }
    record.update({key: value for key, value in paragraph.facts.items() if key != "marker"})
    if paragraph.labels:
        record["labels"] = [{"facet": label.facet, "value": label.value} for label in paragraph.labels]
    return record


__all__ = ["Cover", "Extract", "Label", "Limits", "Line", "ParsedDocument", "paragraph_json"]
