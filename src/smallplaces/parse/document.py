"""One file -> one :class:`ParsedDocument`. The order of the steps, and nothing else.

Reads: a file. Writes: nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smallplaces.model.document import Kind, Paragraph, ParagraphKind
from smallplaces.parse import blocks as layout
from smallplaces.parse import columns, cover, furniture, law, notes, ocr, registry, responses, structure, ticks, upr
from smallplaces.parse.base import Extract, Limits, Line, ParsedDocument
from smallplaces.parse.kinds import answers_review, kind_of
from smallplaces.parse.language import language_of
from smallplaces.parse.text import Words, join
from smallplaces.text.segment import UNMARKED, gaps

_OF_ARTICLES = (Kind.TREATY, Kind.LAW)
_OF_STATES = (Kind.STATE_REPORT, Kind.REPLIES, Kind.FOLLOW_UP, Kind.UPR_ADDENDUM)  # what they call adopted is another's


def parse_file(path: Path, *, hints: Mapping[str, Any] | None = None, limits: Limits | None = None) -> ParsedDocument:
    """Read a PDF, DOCX, DOC, HTML, RTF or plain text file.

    ``hints`` may hold lang, kind, symbol. Raises :class:`~smallplaces.errors.BadFile` saying why a file cannot be
    read. Not bounded in time or memory: for files from outside use ``parse_safely``.
    """
    extract = registry.read(Path(path), limits or Limits())
    document = parse_lines(extract, hints or {})
    return _noisy(document) if ocr.WARNING in extract.warnings else document


def _noisy(document: ParsedDocument) -> ParsedDocument:
    """A document read from pictures: each paragraph says so."""
    marked = tuple(dataclasses.replace(each, facts={**each.facts, "ocr": True}) for each in document.paragraphs)
    warnings = tuple(dict.fromkeys((ocr.WARNING, *document.warnings)))
    return dataclasses.replace(document, paragraphs=marked, warnings=warnings)


def parse_lines(extract: Extract, hints: Mapping[str, Any]) -> ParsedDocument:
    """Everything after the reader: lines -> paragraphs."""
    words = Words(extract.lines)
    lines, taken = furniture.part(extract.lines)
    symbol = cover.symbol_of([line for line in extract.lines if line.page == 1][:80], [line.text for line in taken])
    treaty = law.chosen(extract, hints) if symbol is None or hints.get("kind") in _OF_ARTICLES else None
    if treaty:
        return treaty
    lines, found, rules = notes.part(lines)
    addendum = answers_review(symbol, extract.lines, hints)
    known = responses.bases(line.text for line in lines) if addendum else frozenset[int]()
    blocks = layout.build(ticks.marked(columns.rows(lines, known)) if known else lines, known)
    front = _front(blocks, known)
    listed = cover.contents(blocks)
    form, title_at = cover.form_and_title(front)
    title = " – ".join(join(front[i].lines, words).strip(" *") for i in title_at)
    away = {id(block) for i, block in enumerate(front) if i in form or i in title_at}
    away |= {id(blocks[i]) for i in listed}
    kept = [block for block in blocks if id(block) not in away]
    kind = Kind(hints["kind"]) if hints.get("kind") else kind_of(symbol, title, [block.text for block in kept[:12]])
    kind = Kind.UPR_ADDENDUM if addendum else kind
    text = structure.paragraphs(kept, words, items_apart=kind is Kind.UPR_REPORT)
    if kind is Kind.UPR_REPORT:
        text = upr.recommendations(text)
    elif kind is Kind.UPR_ADDENDUM:
        text = responses.attach(text)
    elif kind is Kind.RESOLUTION:
        text = structure.with_preamble(text)
    footnotes = [_footnote(note, words) for note in found]
    removed = [*taken, *rules, *(line for block in blocks if id(block) in away for line in block.lines)]
    lang = str(hints.get("lang") or language_of("\n".join(p.text for p in text[:400])))
    facts = cover.read(
        symbol,
        [line.text for block in front for line in block.lines] + [line.text for line in taken[:12]],
        [p.text for p in footnotes[:3]],
        [] if kind in _OF_STATES else [p.text for p in text[:4]] + [p.text for p in text[-2:]],
        title,
    )
    warnings = [*extract.warnings, *_holes(text, kind)]
    return ParsedDocument(
        kind=kind,
        lang=lang,
        cover=facts,
        paragraphs=(*text, *footnotes),
        furniture=tuple(line.text for line in removed),
        warnings=tuple(warnings),
        pages=extract.pages,
    )


def _front(blocks: list[layout.Block], known: frozenset[int]) -> list[layout.Block]:
    """The blocks before the text begins: it begins at the headings above the first number, or above the first list of
    numbers that an addendum answers (``known``)."""
    begins = (i for i, block in enumerate(blocks) if block.marker or (known and responses.names(block.text, known)))
    start = next(begins, -1)
    if start < 0:
        page = blocks[0].lines[0].page if blocks else 1
        start = next((i for i, b in enumerate(blocks) if b.lines[0].page > page or len(b.text) > 300), len(blocks))
    body = notes.body_size([line for block in blocks for line in block.lines])
    first = start
    for position in range(start - 1, max(-1, start - 6), -1):
        block = blocks[position]
        if _opens_text(block, blocks[start : start + 1], body):
            first = position
        elif block.kind != "heading" or block.lines[0].size:
            break  # where no sizes are known, a heading between a numbered one and the text belongs to the text
    return blocks[:first]


def _opens_text(block: layout.Block, following: list[layout.Block], body: float) -> bool:
    """Whether a heading above the first number belongs to the text and not to the title."""
    first = block.lines[0]
    if block.kind != "heading" or (following and first.page < following[0].lines[0].page - 1):
        return False
    if body and first.size > 1.55 * body:
        return False
    return block.rank < UNMARKED or (cover.opens(block.text) and len(block.text) < 60) or 0 < first.size <= body + 0.7


def _footnote(note: notes.Note, words: Words) -> Paragraph:
    text = join(note.lines, words, note.cut)
    first = note.lines[0]
    calls = [first.text[a:b] for a, b in first.calls if a >= note.cut]
    facts = structure.facts_of(first.text[: note.cut], calls + structure.calls_of(note.lines[1:]))
    return Paragraph(text, note.mark, kind=ParagraphKind.FOOTNOTE, page=first.page, facts=facts)


def _holes(text: list[Paragraph], kind: Kind) -> list[str]:
    """A warning that names the numbers missing from the sequence. An addendum answers in any order it likes."""
    counted = {ParagraphKind.PARAGRAPH} | ({ParagraphKind.RECOMMENDATION} if kind is not Kind.UPR_ADDENDUM else set())
    numbers = [tuple(int(part) for part in p.number.split(".")) for p in text if p.number and p.kind in counted]
    missing = gaps(numbers)
    return [f"paragraph numbers missing from the sequence: {', '.join(missing[:20])}"] if missing else []


__all__ = ["Line", "parse_file", "parse_lines"]
