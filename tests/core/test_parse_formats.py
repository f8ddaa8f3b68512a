"""Every format gives the same paragraphs of one invented document (Exampland is no State)."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from smallplaces.model.document import Kind, ParagraphKind
from smallplaces.parse import ParsedDocument, parse_file

NUMBERED = (
    "The Committee considered the invented report of Exampland at its 1st meeting.",
    "The Committee is concerned that:",
    "The Committee recommends that Exampland open its libraries to everyone.",
)
SUBITEMS = ("(a) Ramps are missing at the town hall;", "(b) Interpreters are missing at the clinic.")


def numbers(document: ParsedDocument) -> list[str]:
    return [p.number for p in document.paragraphs if p.kind is ParagraphKind.PARAGRAPH and p.number]


def text_of(document: ParsedDocument, number: str) -> str:
    return next(p.text for p in document.paragraphs if p.number == number and p.kind is ParagraphKind.PARAGRAPH)


def headings(document: ParsedDocument) -> list[str]:
    return [p.text for p in document.paragraphs if p.kind is ParagraphKind.HEADING]


def check(document: ParsedDocument) -> None:
    assert numbers(document) == ["1", "2", "3"]
    assert text_of(document, "1") == NUMBERED[0]
    assert text_of(document, "2") == "\n".join((NUMBERED[1], *SUBITEMS))
    assert text_of(document, "3") == NUMBERED[2]
    assert headings(document)[-2:] == ["I. Introduction", "II. Recommendations"]
    last = next(p for p in document.paragraphs if p.number == "3")
    assert last.heading[-1] == "II. Recommendations"
    assert document.kind is Kind.CONCLUDING_OBSERVATIONS
    assert document.lang == "en"


def add_number(paragraph: docx.text.paragraph.Paragraph, number: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    wrapper = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", number)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), str(value))
        wrapper.append(element)
    properties.append(wrapper)


def automatic_list(document: docx.document.Document) -> int:
    """A list of two levels, "1." and "(a)", as Word keeps it; returns its number."""
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, (form, text) in enumerate((("decimal", "%1."), ("lowerLetter", "(%2)"))):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            element.append(child)
        abstract.append(element)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "77")
    number.append(reference)
    root.append(number)
    return 77


def word_file(path: Path, *, automatic: bool) -> Path:
    document = docx.Document()
    document.add_paragraph().add_run("Concluding observations on the invented report of Exampland").bold = True
    document.add_heading("I. Introduction", 1)
    number = automatic_list(document) if automatic else 0

    def numbered(label: str, text: str, level: int = 0) -> None:
        paragraph = document.add_paragraph(text if automatic else f"{label}\t{text}")
        if automatic:
            add_number(paragraph, number, level)

    numbered("1.", NUMBERED[0])
    numbered("2.", NUMBERED[1])
    for item in SUBITEMS:
        numbered(item[:3], item[4:], 1)
    document.add_heading("II. Recommendations", 1)
    numbered("3.", NUMBERED[2])
    document.save(path)
    return path


@pytest.mark.parametrize("automatic", [False, True], ids=["typed numbers", "automatic numbers"])
def test_docx(tmp_path: Path, automatic: bool) -> None:
    check(parse_file(word_file(tmp_path / "invented.docx", automatic=automatic)))


def test_docx_macros_are_reported_and_left_alone(tmp_path: Path) -> None:
    path = word_file(tmp_path / "invented.docm", automatic=False)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"not looked at")
    assert any("macros" in warning for warning in parse_file(path).warnings)


RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}
{\b Concluding observations on the invented report of Exampland\par}
{\b I. Introduction\par}
1.\tab The Committee considered the invented report of Exampland at its 1st meeting.{\super 1}\par
2.\tab The Committee is concerned that:\par
(a)\tab Ramps are missing at the town hall;\par
(b)\tab Interpreters are missing at the clinic.\par
{\b II. Recommendations\par}
3.\tab The Committee recommends that Exampland open its libraries to everyone.{\super\chftn
{\footnote\pard {\super\chftn} Caf\'e9 \u8364?uro.}}\par
}"""


def test_rtf(tmp_path: Path) -> None:
    path = tmp_path / "invented.rtf"
    path.write_text(RTF, encoding="ascii")
    document = parse_file(path)
    check(document)
    note = next(p for p in document.paragraphs if p.kind is ParagraphKind.FOOTNOTE)
    assert (note.number, note.text) == ("1", "Café €uro.")


HTML = """<!doctype html><html><head><title>x</title><script>var a = "1. no";</script></head><body>
<nav><ul><li>Home</li></ul></nav>
<h1>Concluding observations on the invented report of Exampland</h1>
<h2>I. Introduction</h2>
<p>1.&nbsp;&nbsp;The Committee considered the invented report of Exampland
 at its 1st meeting.<sup>1</sup></p>
<p>2. The Committee is concerned that:</p>
<p>(a) Ramps are missing at the town hall;</p><p>(b) Interpreters are missing at the clinic.</p>
<h2>II. Recommendations</h2>
<p>3. The Committee recommends that Exampland open its libraries to everyone.</p>
<div id="ftn1"><p>1 An invented note.</p></div>
</body></html>"""


def test_html(tmp_path: Path) -> None:
    path = tmp_path / "invented.html"
    path.write_text(HTML, encoding="utf-8")
    document = parse_file(path)
    check(document)
    note = next(p for p in document.paragraphs if p.kind is ParagraphKind.FOOTNOTE)
    assert (note.number, note.text) == ("1", "An invented note.")


def test_html_lists_get_the_numbers_a_browser_shows(tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    path.write_text(
        "<h1>Notes</h1><ol start=4><li>Four is here.</li><li>Five is here.<ol><li>Inside.</li></ol></li></ol>"
    )
    document = parse_file(path)
    assert numbers(document) == ["4", "5"]
    assert text_of(document, "5").endswith("(a) Inside.")


def test_a_list_whose_items_say_their_numbers_again(tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    path.write_text(
        "<h1>Notes</h1><ol><li><span>1.</span>One is here.</li><li><span>2.</span>Two is here.<ol type=a>"
        "<li><span>(a)</span> Inside.</li></ol></li></ol>"
    )
    document = parse_file(path)
    assert [(p.number, p.text) for p in document.paragraphs if p.number] == [
        ("1", "One is here."),
        ("2", "Two is here.\n(a) Inside."),
    ]


def test_notes_told_by_links_that_lead_to_one_another(tmp_path: Path) -> None:
    path = tmp_path / "linked.html"
    path.write_text(
        "<h1>Notes</h1><ol><li>1.One is here.<a href='#n1' id='c1'>1</a></li></ol><p>(a) An item<a href='#n2' id='c2'>2"
        "</a> of it.</p><ol><li>2.Two is in <a href='#c9'>9</a> places.</li></ol>"
        "<p><a id='n1' href='#c1'>1</a> First note.</p><p><a id='n2' href='#c2'>2</a> Second note.</p>"
    )
    document = parse_file(path)
    assert [(p.number, p.text) for p in document.paragraphs if p.number] == [
        ("1", "One is here.\n(a) An item of it."),
        ("2", "Two is in 9 places."),
        ("1", "First note."),
        ("2", "Second note."),
    ]


PLAIN = """
          Concluding observations on the invented report of Exampland

I. Introduction

1.   The Committee considered the invented report of Exampland at its
1st meeting.

2.   The Committee is concerned that:

     (a) Ramps are missing at the town hall;

     (b) Interpreters are missing at the clinic.

II. Recommendations

3.   The Committee recommends that Exampland open its libraries to
everyone.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_plain_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "invented.txt"
    path.write_text(PLAIN, encoding=encoding)
    check(parse_file(path))


def test_a_cyrillic_text_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "invented.txt"
    path.write_bytes("1. Комитет рассмотрел доклад.\n\n2. Комитет рекомендует построить пандусы.\n".encode("cp1251"))
    document = parse_file(path)
    assert document.lang == "ru"
    assert text_of(document, "2") == "Комитет рекомендует построить пандусы."


def test_wrong_suffix_is_a_warning_not_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "invented.pdf"
    path.write_text(PLAIN)
    document = parse_file(path)
    assert numbers(document) == ["1", "2", "3"]
    assert any(".pdf" in warning for warning in document.warnings)
