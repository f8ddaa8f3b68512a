"""Word files: what briefs and submissions have in common. Real styles, page numbers, links, footnotes, fonts that
Korean offices have. Nothing is drawn by hand, so that everything can be changed in the word processor.

Reads and writes: a document of python-docx, and its footnotes, which that library does not know.
"""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

#: (Latin, East Asian) fonts by language of the text: 맑은 고딕 comes with every Korean Windows.
FONTS: Final = {"ko": ("맑은 고딕", "맑은 고딕")}
_OTHER_FONTS: Final = ("Calibri", "맑은 고딕")
TAGS: Final = {
    **{"ko": "ko-KR", "en": "en-GB", "fr": "fr-FR", "es": "es-ES"},
    **{"ar": "ar-SA", "ru": "ru-RU", "zh": "zh-CN"},
}
INK: Final = RGBColor(0x1D, 0x1C, 0x1A)
QUIET: Final = RGBColor(0x4B, 0x48, 0x41)
_ACCENT: Final = RGBColor(0x11, 0x47, 0x5C)
_LINK: Final = "Hyperlink"
_NOTES_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NOTES_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def a4(document: Doc) -> None:
    """A page as offices print it."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)


def font(style: Any, lang: str, size: float) -> None:
    """Give a style the fonts, the size in points and the language of a text."""
    latin, asian = FONTS.get(lang, _OTHER_FONTS)
    style.font.name, style.font.size = latin, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), asian)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("w:lang", val=TAGS.get(lang, lang), eastAsia="ko-KR"))


def language(paragraph: Paragraph, lang: str, direction: str) -> None:
    """Say in which language a quotation is, so that no speller marks it as wrong; and its direction."""
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(element("w:lang", val=lang, eastAsia=lang))
    if direction == "rtl":
        paragraph._p.get_or_add_pPr().append(element("w:bidi"))


def link(paragraph: Paragraph, text: str, address: str, *, bold: bool = False) -> None:
    """A link to an address."""
    styles = paragraph.part.document.styles  # type: ignore[attr-defined]  # the part of a document has them
    if _LINK not in styles:
        style = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
        style.font.underline = True
        style.font.color.rgb = _ACCENT
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    held = OxmlElement("w:hyperlink")
    held.set(qn("r:id"), relation)
    run = paragraph.add_run(text, style=_LINK)
    run.bold = bold or None
    held.append(run._r)
    paragraph._p.append(held)


def footer(document: Doc, text: str, style: str) -> None:
    """What stands below every page, with its number and how many there are."""
    words = document.sections[0].footer.paragraphs[0]
    words.style = document.styles[style]
    words.paragraph_format.left_indent = Cm(0)
    words.add_run(f"{text} · " if text else "")
    field(words, "PAGE")
    words.add_run(" / ")
    field(words, "NUMPAGES")


def field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor counts. LibreOffice shows the text inside until it has counted."""
    run = paragraph.add_run()
    for kind, inner in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        if kind in ("begin", "separate", "end"):
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            part = OxmlElement("w:instrText" if kind is None else "w:t")
            part.text = inner
            run._r.append(part)


def numbered(document: Doc, style: Any) -> None:
    """Let every paragraph of a style have a number of its own: 1., 2., … through the whole document."""
    numbering = document.part.numbering_part.element
    taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
    abstract = max(taken, default=0) + 1
    shape = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>'
    )
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(shape)
    else:
        first.addprevious(shape)
    number = max((int(one.get(qn("w:numId"))) for one in numbering.findall(qn("w:num"))), default=0) + 1
    held = element("w:num", numId=str(number))
    held.append(element("w:abstractNumId", val=str(abstract)))
    numbering.append(held)
    properties = style.element.get_or_add_pPr()
    own = OxmlElement("w:numPr")
    own.append(element("w:ilvl", val="0"))
    own.append(element("w:numId", val=str(number)))
    properties.append(own)


class Footnotes:
    """The footnotes of one document: add them in order, then :meth:`close` writes them into the file."""

    def __init__(self, document: Doc, lang: str) -> None:
        self._document = document
        self._notes = parse_xml(
            f"<w:footnotes {nsdecls('w')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        )
        self._count = 0
        styles = document.styles
        text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        font(text, lang, 9)
        mark = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
        self._styles = (text.style_id, mark.style_id)

    def add(self, paragraph: Paragraph, text: str) -> int:
        """A note at the end of what the paragraph holds so far; its number."""
        self._count += 1
        run = paragraph.add_run(style="Footnote Reference")
        run._r.append(element("w:footnoteReference", id=str(self._count)))
        note = element("w:footnote", id=str(self._count))
        body = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        properties.append(element("w:pStyle", val=self._styles[0]))
        body.append(properties)
        body.append(_run(element("w:footnoteRef"), self._styles[1]))
        words = OxmlElement("w:t")
        words.text = f" {text}"
        words.set(qn("xml:space"), "preserve")
        body.append(_run(words))
        note.append(body)
        self._notes.append(note)
        return self._count

    def close(self) -> None:
        """Write the notes into the file. Without any there is no part for them."""
        if not self._count:
            return
        package = self._document.part.package
        blob = etree.tostring(self._notes, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, blob, package)
        self._document.part.relate_to(part, _NOTES_RELATION)


def element(name: str, **attributes: str) -> Any:
    """An element of the format, with attributes of its namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _run(inner: Any, style: str = "") -> Any:
    run = OxmlElement("w:r")
    if style:
        properties = OxmlElement("w:rPr")
        properties.append(element("w:rStyle", val=style))
        run.append(properties)
    run.append(inner)
    return run
