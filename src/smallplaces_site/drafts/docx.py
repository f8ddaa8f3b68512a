"""A submission as a Word file: title, facts, headings, numbered paragraphs, footnotes that the word processor numbers.

Reads: a submission. Writes: bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from smallplaces.text.manuscript import Block, Cited, Note
from smallplaces_site.corpus import word

_NUMBERED = "Numbered Paragraph"
_SMALL = "Small Print"


@dataclass(frozen=True, slots=True)
class Paper:
    """A submission ready to be written. ``facts``: what stands under the title; ``sections``: heading and blocks;
    ``annexes``: the evidence, a line each; ``foot``: what stands below every page; ``footnotes``: a citation as typed
    to the words of its footnote."""

    title: str
    lang: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[Block, ...]], ...]
    annexes_title: str
    annexes: tuple[str, ...]
    foot: str
    footnotes: dict[str, str]


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
    for heading, blocks in paper.sections:
        if heading:
            document.add_heading(heading, level=1)
        _section(document, blocks, notes, paper.footnotes)
    if paper.annexes:
        document.add_heading(paper.annexes_title, level=1)
        for text in paper.annexes:
            document.add_paragraph(text, style="List Bullet")
    word.footer(document, paper.foot, _SMALL)
    notes.close()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _section(document: Doc, blocks: Sequence[Block], notes: word.Footnotes, footnotes: dict[str, str]) -> None:
    for block in blocks:
        if block.heading:
            document.add_heading(block.text, level=2)
            continue
        paragraph = document.add_paragraph(style=_NUMBERED)
        for piece in block.pieces:
            if isinstance(piece, str):
                paragraph.add_run(piece)
            elif isinstance(piece, Note):
                notes.add(paragraph, piece.text)
            elif isinstance(piece, Cited):
                notes.add(paragraph, footnotes.get(piece.typed, piece.typed))


def _styles(document: Doc, lang: str) -> None:
    styles = document.styles
    word.font(styles["Normal"], lang, 11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 18), ("Heading 1", 14), ("Heading 2", 12), ("List Bullet", 11)):
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
    small.paragraph_format.left_indent = Cm(0)
