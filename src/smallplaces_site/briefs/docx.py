"""A brief as a Word file: real styles, numbered lines, links, page numbers, and fonts that Korean offices have.

Reads: a printed brief. Writes: bytes. Styles can be changed in the word processor; nothing is drawn by hand.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from smallplaces_site.briefs.printed import Printed, PrintedLine

#: (Latin, East Asian) fonts by language of the brief: 맑은 고딕 comes with every Korean Windows.
_FONTS = {"ko": ("맑은 고딕", "맑은 고딕"), "en": ("Calibri", "맑은 고딕")}
_TAGS = {"ko": "ko-KR", "en": "en-GB"}
_INK = RGBColor(0x1D, 0x1C, 0x1A)
_QUIET = RGBColor(0x4B, 0x48, 0x41)
_SMALL = "Brief Small"
_QUOTE = "Brief Text"
_LINK = "Hyperlink"


def to_docx(brief: Printed, *, made: datetime) -> bytes:
    """The file. ``made``: the day it was made, for the file's own properties."""
    document = Document()
    _page(document)
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
    _footer(document, brief.foot)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _line(document: Doc, line: PrintedLine) -> None:
    head = document.add_paragraph(style="List Number")
    head.paragraph_format.keep_with_next = True
    if line.address.startswith("http"):
        _link(head, line.citation, line.address)
    else:
        head.add_run(line.citation).bold = True
    head.add_run(f"  {line.shape} {line.verdict}")
    document.add_paragraph(line.document, style=_SMALL).paragraph_format.keep_with_next = True
    for text in line.text:
        _language(document.add_paragraph(text, style=_QUOTE), line.lang, line.direction)
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


def _page(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)


def _styles(document: Doc, lang: str) -> None:
    styles = document.styles
    _font(styles["Normal"], lang, 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 20), ("Heading 1", 14), ("List Number", 10.5)):
        _font(styles[name], lang, size)
        styles[name].font.color.rgb = _INK
    styles["List Number"].font.bold = True
    styles["List Number"].paragraph_format.space_before = Pt(8)
    for name, indent, size in ((_SMALL, 0.63, 9), (_QUOTE, 0.63, 10.5)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style, lang, size)
        style.paragraph_format.left_indent = Cm(indent)
        style.paragraph_format.space_after = Pt(2)
    styles[_SMALL].font.color.rgb = _QUIET
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = RGBColor(0x11, 0x47, 0x5C)


def _font(style: Any, lang: str, size: float) -> None:
    latin, asian = _FONTS[lang]
    style.font.name, style.font.size = latin, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), asian)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", val=_TAGS[lang], eastAsia="ko-KR"))


def _language(paragraph: Paragraph, lang: str, direction: str) -> None:
    """Say in which language a quotation is, so that no speller marks it as wrong; and its direction."""
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(_element("w:lang", val=lang, eastAsia=lang))
    if direction == "rtl":
        paragraph._p.get_or_add_pPr().append(_element("w:bidi"))


def _link(paragraph: Paragraph, text: str, address: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text, style=_LINK)
    run.bold = True
    link.append(run._r)
    paragraph._p.append(link)


def _footer(document: Doc, text: str) -> None:
    footer = document.sections[0].footer
    words = footer.paragraphs[0]
    words.style = document.styles[_SMALL]
    words.paragraph_format.left_indent = Cm(0)
    words.add_run(f"{text} · ")
    _field(words, "PAGE")
    words.add_run(" / ")
    _field(words, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor counts. LibreOffice shows the text inside until it has counted."""
    run = paragraph.add_run()
    for kind, inner in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        if kind in ("begin", "separate", "end"):
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            element = OxmlElement("w:instrText" if kind is None else "w:t")
            element.text = inner
            run._r.append(element)


def _properties(document: Doc, brief: Printed, made: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.language = brief.title[:255], _TAGS[brief.lang]
    properties.author = properties.last_modified_by = "Small Places"
    properties.comments = brief.foot[:255]
    properties.created = properties.modified = made


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
