"""The consolidated document as a Word file: numbered paragraphs, each with a footnote that says whose it is.

Reads: its parts. Writes: bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from smallplaces_site.corpus import word
from smallplaces_site.rounds.paper import Part, paragraphs

_NUMBERED, _SMALL = "Numbered Paragraph", "Small Print"
_RIGHT_TO_LEFT = {"ar"}


@dataclass(frozen=True, slots=True)
class Paper:
    """The document ready to be written. ``facts`` stand under the title; ``columns`` head the tables of numbers."""

    title: str
    lang: str
    facts: tuple[tuple[str, str], ...]
    parts: Sequence[Part]
    columns: tuple[str, str, str, str]
    foot: str


def to_docx(paper: Paper, *, made: datetime) -> bytes:
    """The file. ``made``: the day for its own properties."""
    document = Document()
    word.a4(document)
    _styles(document, paper.lang)
    properties = document.core_properties
    properties.title, properties.language = paper.title[:255], word.TAGS.get(paper.lang, paper.lang)
    properties.author = properties.last_modified_by = "Small Places"
    properties.created = properties.modified = made
    notes = word.Footnotes(document, paper.lang)
    document.add_heading(paper.title, level=0)
    for label, value in paper.facts:
        line = document.add_paragraph(style=_SMALL)
        line.add_run(f"{label}: ").bold = True
        line.add_run(value)
    for part in paper.parts:
        _part(document, part, paper, notes)
    if paper.lang in _RIGHT_TO_LEFT:
        for paragraph in document.paragraphs:
            word.language(paragraph, word.TAGS[paper.lang], "rtl")
    word.footer(document, paper.foot, _SMALL)
    notes.close()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _part(document: Doc, part: Part, paper: Paper, notes: word.Footnotes) -> None:
    document.add_heading(f"{part.number}. {part.heading}", level=1)
    for sentence in part.summary:
        document.add_paragraph(sentence)
    if part.table:
        _table(document, part, paper.columns)
    for line in part.lines:
        for count, text in enumerate(paragraphs(line.text)):
            paragraph = document.add_paragraph(style=_NUMBERED)
            if not count:
                paragraph.add_run(f"{line.name}: ").bold = True
            paragraph.add_run(text)
            notes.add(paragraph, line.note)
    for sentence in part.gaps:
        document.add_paragraph(sentence, style=_SMALL)


def _table(document: Doc, part: Part, columns: Sequence[str]) -> None:
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in part.table:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _styles(document: Doc, lang: str) -> None:
    styles = document.styles
    word.font(styles["Normal"], lang, 11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 18), ("Heading 1", 13)):
        word.font(styles[name], lang, size)
        styles[name].font.color.rgb = word.INK
    body = styles.add_style(_NUMBERED, WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = styles["Normal"]
    word.numbered(document, body)
    small = styles.add_style(_SMALL, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = styles["Normal"]
    word.font(small, lang, 9)
    small.font.color.rgb = word.QUIET
    small.paragraph_format.space_after = Pt(2)
