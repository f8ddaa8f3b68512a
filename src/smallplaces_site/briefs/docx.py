"""A brief as a Word file: real styles, numbered lines, links, page numbers, and fonts that Korean offices have.

Reads: a printed brief. Writes: bytes. Styles can be changed in the word processor; nothing is drawn by hand.
"""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from smallplaces_site.briefs.printed import Printed, PrintedLine
from smallplaces_site.corpus import word

_SMALL = "Brief Small"
_QUOTE = "Brief Text"


def to_docx(brief: Printed, *, made: datetime) -> bytes:
    """The file. ``made``: the day it was made, for the file's own properties."""
    document = Document()
    word.a4(document)
    _styles(document, brief.lang)
    _properties(document, brief, made)
    document.add_heading(brief.title, level=0)
    for label, value in brief.facts:
        _fact(document, label, value, _SMALL)
    for text in (*brief.introduction, brief.summary, brief.nothing):
        if text:
            document.add_paragraph(text)
    for section in brief.sections:
        document.add_heading(f"{section.name} ({section.count})", level=1)
        for line in section.lines:
            _line(document, line)
    for text in brief.key:
        document.add_paragraph(text, style=_SMALL)
    word.footer(document, brief.foot, _SMALL)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _line(document: Doc, line: PrintedLine) -> None:
    head = document.add_paragraph(style="List Number")
    head.paragraph_format.keep_with_next = True
    if line.address.startswith("http"):
        word.link(head, line.citation, line.address, bold=True)
    else:
        head.add_run(line.citation).bold = True
    head.add_run(f"  {line.shape} {line.verdict}")
    document.add_paragraph(line.document, style=_SMALL).paragraph_format.keep_with_next = True
    for text in line.text:
        word.language(document.add_paragraph(text, style=_QUOTE), line.lang, line.direction)
    for text in (line.plain_by, line.warning):
        if text:
            document.add_paragraph(text, style=_SMALL)
    for label, value in line.rests:
        _fact(document, label, value, _SMALL)
    if line.machine:
        document.add_paragraph(line.machine, style=_SMALL)
    if line.note:
        document.add_paragraph(line.note)


def _fact(document: Doc, label: str, value: str, style: str) -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(value)


def _styles(document: Doc, lang: str) -> None:
    styles = document.styles
    word.font(styles["Normal"], lang, 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 20), ("Heading 1", 14), ("List Number", 10.5)):
        word.font(styles[name], lang, size)
        styles[name].font.color.rgb = word.INK
    styles["List Number"].font.bold = True
    styles["List Number"].paragraph_format.space_before = Pt(8)
    for name, indent, size in ((_SMALL, 0.63, 9), (_QUOTE, 0.63, 10.5)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        word.font(style, lang, size)
        style.paragraph_format.left_indent = Cm(indent)
        style.paragraph_format.space_after = Pt(2)
    styles[_SMALL].font.color.rgb = word.QUIET


def _properties(document: Doc, brief: Printed, made: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.language = brief.title[:255], word.TAGS[brief.lang]
    properties.author = properties.last_modified_by = "Small Places"
    properties.comments = brief.foot[:255]
    properties.created = properties.modified = made
