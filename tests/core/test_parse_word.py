"""Word files as Word prints them: automatic numbers, tables, text boxes, tracked changes. All are invented."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from smallplaces.model.document import ParagraphKind
from smallplaces.parse import Limits, ParsedDocument, parse_file
from smallplaces.parse.doc import _own
from smallplaces.parse.document import parse_lines

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
FIRST, SECOND, THIRD = "The Committee read the invented report.", "It is concerned about ramps.", "It recommends ramps."
ITEMS = ("Build ramps;", "Count them.")


def listed(made: Any, levels: list[tuple[str, str]], number: int = 77) -> None:
    """Add a list of these (format, text) levels to a document under a number."""
    root = made.part.numbering_part.element
    body = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{body}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def add(made: Any, text: str, level: int | None = None, number: int = 77, *, bold: bool = False) -> Any:
    paragraph = made.add_paragraph()
    paragraph.add_run(text).bold = bold
    if level is not None:
        properties = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(properties))
    return paragraph


def observations(headings: tuple[str, str], items: str) -> Any:
    """An invented document whose numbers are all automatic."""
    made = docx.Document()
    made.add_paragraph("CRPD/C/MLT/CO/9")
    made.add_paragraph("Concluding observations on the ninth periodic report of Malta").runs[0].bold = True
    listed(made, [headings, ("upperLetter", "%2.")], 78)
    listed(made, [("decimal", "%1."), (items, "(%2)")])
    add(made, "Introduction", 0, 78, bold=True)
    add(made, FIRST, 0)
    add(made, "Recommendations", 0, 78, bold=True)
    add(made, "Ramps", 1, 78, bold=True)
    for text in (SECOND, THIRD):
        add(made, text, 0)
        for item in ITEMS:
            add(made, item, 1)
    return made


def saved(made: Any, folder: Path) -> ParsedDocument:
    path = folder / "invented.docx"
    made.save(str(path))
    return parse_file(path)


def numbered(document: ParsedDocument) -> dict[str, str]:
    return {p.number: p.text for p in document.paragraphs if p.number and p.kind is ParagraphKind.PARAGRAPH}


@pytest.mark.parametrize(
    ("headings", "items", "path", "marks"),
    [
        (("upperRoman", "%1."), "lowerLetter", ("II. Recommendations", "A. Ramps"), "ab"),
        (("chineseCounting", "%1、"), "lowerLetter", ("二、 Recommendations", "A. Ramps"), "ab"),
        (("upperRoman", "%1."), "russianLower", ("II. Recommendations", "A. Ramps"), "аб"),
        (("upperRoman", "%1."), "ganada", ("II. Recommendations", "A. Ramps"), "가나"),
    ],
)
def test_automatic_numbers(
    tmp_path: Path, headings: tuple[str, str], items: str, path: tuple[str, ...], marks: str
) -> None:
    document = saved(observations(headings, items), tmp_path)
    listing = "\n".join(f"({mark}) {item}" for mark, item in zip(marks, ITEMS, strict=True))
    assert numbered(document) == {"1": FIRST, "2": f"{SECOND}\n{listing}", "3": f"{THIRD}\n{listing}"}
    assert next(p.heading for p in document.paragraphs if p.number == "3") == path
    assert (document.cover.symbol, document.cover.state) == ("CRPD/C/MLT/CO/9", "MLT")


def test_a_cited_symbol_is_not_the_document_s_own(tmp_path: Path) -> None:
    made = observations(("upperRoman", "%1."), "lowerLetter")
    for _ in range(4):
        add(made, "See A/HRC/45/12, para. 7.", 0)
    assert saved(made, tmp_path).cover.symbol == "CRPD/C/MLT/CO/9"


def test_a_symbol_that_only_the_running_head_holds(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "CRPD/C/MLT/CO/9"
    for text in (f"1. {FIRST}", f"2. {SECOND}"):
        made.add_paragraph(text)
    document = saved(made, tmp_path)
    assert document.cover.symbol == "CRPD/C/MLT/CO/9"
    assert "CRPD/C/MLT/CO/9" in document.furniture


def test_text_boxes_and_tracked_changes(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph(f"1. {FIRST}")
    changed = made.add_paragraph("2. It is ")
    changed._p.append(parse_xml(f'<w:del {W} w:id="1"><w:r><w:delText>not </w:delText></w:r></w:del>'))
    changed._p.append(parse_xml(f'<w:ins {W} w:id="2"><w:r><w:t>concerned about ramps.</w:t></w:r></w:ins>'))
    host = made.add_paragraph()
    box = "<w:txbxContent><w:p><w:r><w:t>3. It recommends ramps.</w:t></w:r></w:p></w:txbxContent>"
    host.add_run()._r.append(
        parse_xml(
            f"<mc:AlternateContent {MC} {W}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
    )
    cut = made.add_paragraph("4. The ramps of the ")
    cut._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="3"/></w:rPr>'))
    made.add_paragraph("town are invented.")
    expected = {"1": FIRST, "2": SECOND, "3": THIRD, "4": "The ramps of the town are invented."}
    assert numbered(saved(made, tmp_path)) == expected


def test_tables_hold_numbers_notes_and_other_tables(tmp_path: Path) -> None:
    made = docx.Document()
    listed(made, [("decimal", "%1.")])
    for text in (FIRST, SECOND):
        add(made, text, 0)
    table = made.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Town", "Ramps"), ("Exampleton", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    inner = table.rows[1].cells[1].add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "12", "13"
    add(made, THIRD, 0)
    document = saved(made, tmp_path)
    assert numbered(document) == {"1": FIRST, "2": SECOND, "3": THIRD}
    assert [p.text for p in document.paragraphs if p.kind is ParagraphKind.TABLE] == ["Town Ramps\nExampleton 12 13"]


def test_a_frame_of_one_cell_holds_paragraphs(tmp_path: Path) -> None:
    made = docx.Document()
    for text in (f"1. {FIRST}", f"2. {SECOND}"):
        made.add_paragraph(text)
    frame = made.add_table(rows=1, cols=1).rows[0].cells[0]
    frame.text = f"3. {THIRD}"
    frame.add_paragraph("4. The frame ends.")
    assert numbered(saved(made, tmp_path)) == {"1": FIRST, "2": SECOND, "3": THIRD, "4": "The frame ends."}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice, which writes the old DOC, is not installed")
def test_an_old_doc_keeps_its_automatic_numbers_without_libreoffice(tmp_path: Path) -> None:
    made = observations(("upperRoman", "%1."), "lowerLetter")
    table = made.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Town", "Ramps"), ("Exampleton", "12")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    add(made, "It asks for a report.", 0)
    path = tmp_path / "invented.docx"
    made.save(str(path))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(shutil.which("soffice")), "--headless", profile, "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    document = parse_lines(_own((tmp_path / "invented.doc").read_bytes(), Limits()), {})
    assert numbered(document) == numbered(parse_file(path))
    assert numbered(document)["4"] == "It asks for a report."
    assert [p.text for p in document.paragraphs if p.kind is ParagraphKind.TABLE] == ["Town Ramps\nExampleton 12"]
