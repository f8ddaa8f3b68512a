"""Addenda of the Universal Periodic Review: the State's answers reach the recommendations' numbers.

Every document here is invented (Exampland is no State), in the layouts that States use.
"""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.core.printed_page import typed

from smallplaces.model.document import Kind, ParagraphKind
from smallplaces.parse import ParsedDocument, parse_file, positions

COVER = """United Nations

A/HRC/37/99/Add.1

Distr.: General
1 March 2018

Original: English

Human Rights Council
Thirty-seventh session

Report of the Working Group on the Universal Periodic Review

Exampland

Addendum

Views on conclusions and/or recommendations, voluntary commitments and replies presented by the State under review

"""

RUNNING = """1. Exampland thanks the States that took part in its invented review.

2. Exampland accepts recommendations 137.1, 137.2 and 137.4 to 137.6, accepts in part 137.7 and takes note of
137.8-137.10.

3. Recommendations 137.3 and 137.11 do not enjoy the support of Exampland. Recommendation 137.12 is under consideration.

4. Growth was 3.5 per cent in the invented year.
"""

LISTED = """1. Exampland presents its invented answers.

A. Recommendations that enjoy the support of Exampland

137.2 Build more libraries (France).

137.5 Continue to support children who read (Spain, Peru).

B. Recommendations noted by Exampland

137.1 Accede to a treaty about libraries (Chile).
Libraries are governed by the provinces.

137.14 Open libraries at night (Norway).
Supported in part. Towns open them on Fridays.
"""

SHORT = """1. The positions of Exampland are these.

Accepted: 137.1, 137.4-137.6, 137.9,
137.10 and 137.12.

Noted: 137.2 and 137.3.

Partially accepted: 137.7.
"""


def written(folder: Path, text: str, cover: str = COVER) -> ParsedDocument:
    path = folder / "addendum.txt"
    path.write_text(cover + text, encoding="utf-8")
    return parse_file(path)


def answered(document: ParsedDocument) -> dict[str, str]:
    return {
        p.number: next((label.value for label in p.labels if label.facet == "position"), "")
        for p in document.paragraphs
        if p.kind is ParagraphKind.RECOMMENDATION
    }


def test_running_text(tmp_path: Path) -> None:
    document = written(tmp_path, RUNNING)
    assert document.kind is Kind.UPR_ADDENDUM
    expected = dict.fromkeys(("137.1", "137.2", "137.4", "137.5", "137.6"), "supported")
    expected |= {"137.7": "in-part"} | dict.fromkeys(("137.3", "137.8", "137.9", "137.10", "137.11"), "noted")
    assert answered(document) == expected | {"137.12": "pending"}
    assert [p.number for p in document.paragraphs if p.kind is ParagraphKind.PARAGRAPH and p.number] == list("1234")
    first = next(p for p in document.paragraphs if p.number == "137.11")
    assert first.facts["answered_in"] == "3"
    assert first.text == "Recommendations 137.3 and 137.11 do not enjoy the support of Exampland."
    assert not document.warnings


def test_entries_under_headings(tmp_path: Path) -> None:
    document = written(tmp_path, LISTED)
    assert answered(document) == {"137.2": "supported", "137.5": "supported", "137.1": "noted", "137.14": "in-part"}
    entry = next(p for p in document.paragraphs if p.number == "137.1")
    assert "Libraries are governed by the provinces." in entry.text
    assert entry.heading[-1] == "B. Recommendations noted by Exampland"
    assert document.cover.symbol == "A/HRC/37/99/Add.1"


def test_lists_of_numbers(tmp_path: Path) -> None:
    expected = dict.fromkeys(("137.1", "137.4", "137.5", "137.6", "137.9", "137.10", "137.12"), "supported")
    expected |= {"137.2": "noted", "137.3": "noted", "137.7": "in-part"}
    assert answered(written(tmp_path, SHORT)) == expected


def test_table_in_a_word_file(tmp_path: Path) -> None:
    made = docx.Document()
    for line in COVER.split("\n\n"):
        made.add_paragraph(line.strip())
    made.add_paragraph("1. Exampland answers in a table.")
    rows = (
        ("Recommendation", "Position", "Comment"),
        ("137.1 Build more libraries (France)", "Supported", "Exampland takes note of the need."),
        ("137.4. Continue to support readers (Chile)", "Noted", "The provinces decide."),
        ("137.40 Open at night", "Supported in part", ""),
        ("137.3 Close no library (Peru)", "Supported", "It is not accepted by all towns."),
    )
    table = made.add_table(rows=len(rows), cols=3)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.add_paragraph("2. Exampland will report again.")
    path = tmp_path / "addendum.docx"
    made.save(str(path))
    document = parse_file(path)
    assert answered(document) == {"137.1": "supported", "137.4": "noted", "137.40": "in-part", "137.3": "supported"}
    entry = next(p for p in document.paragraphs if p.number == "137.1")
    assert entry.text == "Build more libraries (France)\nSupported\nExampland takes note of the need."
    assert [label.value for label in entry.labels if label.facet == "recommending"] == ["FRA"]
    assert [p.text for p in document.paragraphs if p.number == "2"] == ["Exampland will report again."]


def test_table_on_a_printed_page(tmp_path: Path) -> None:
    front = [line for line in COVER.replace("commitments and replies", "commitments\nand replies").split("\n") if line]
    texts = [(72, 800 - 14 * i, line) for i, line in enumerate(front)]
    texts.append((72, 600, "1. Exampland presents its invented answers in the table below, in the order it likes."))
    rows = (
        (("137.1 Build more libraries in all of", "the towns (France)"), ("Supported",), ("Exampland takes note of",)),
        (("137.4 Continue to support readers", "of all ages (Chile)"), ("Noted",), ("The provinces", "decide.")),
        (("137.40 Open libraries at night",), ("Supported", "in part"), ("On Fridays only.",)),
        (("137.3 Close no library (Peru)",), ("Supported",), ("No town is closed, and", "this is not accepted.")),
    )
    y = 570
    for row in rows:
        texts += [(x, y - 12 * i, t) for x, cell in zip((72, 260, 340), row, strict=True) for i, t in enumerate(cell)]
        y -= 12 * max(map(len, row)) + 8
    texts.append(
        (72, y - 20, "2. Exampland will report on all of the recommendations again in the next invented cycle.")
    )
    path = tmp_path / "addendum.pdf"
    path.write_bytes(typed(texts))
    document = parse_file(path)
    assert answered(document) == {"137.1": "supported", "137.4": "noted", "137.40": "in-part", "137.3": "supported"}
    entry = next(p for p in document.paragraphs if p.number == "137.4")
    assert entry.text == "Continue to support readers of all ages (Chile)\nNoted\nThe provinces decide."
    assert [p.number for p in document.paragraphs if p.kind is ParagraphKind.PARAGRAPH and p.number] == ["1", "2"]


def test_french_and_spanish(tmp_path: Path) -> None:
    french = COVER.replace(
        "Views on conclusions and/or recommendations, voluntary commitments and replies presented by "
        "the State under review",
        "Observations sur les conclusions et/ou recommandations, "
        "engagements exprimés volontairement et réponses de l’État examiné",
    )
    text = """1. Les recommandations 101.1 et 101.3 sont acceptées.

2. L’Exemplie prend note des recommandations 101.2 et 101.4 à 101.6 et accepte partiellement la recommandation 101.7.

3. Les recommandations 101.8 et 101.9 ne bénéficient pas du soutien de l’Exemplie.
"""
    noted = dict.fromkeys(("101.2", "101.4", "101.5", "101.6", "101.8", "101.9"), "noted")
    assert (
        answered(written(tmp_path, text, french))
        == {"101.1": "supported", "101.3": "supported", "101.7": "in-part"} | noted
    )
    spanish = COVER.replace(
        "Views on conclusions and/or recommendations, voluntary commitments and replies presented by "
        "the State under review",
        "Opiniones sobre las conclusiones y/o recomendaciones, "
        "compromisos voluntarios y respuestas del Estado examinado",
    )
    text = """1. Ejemplonia acepta las recomendaciones 88.1 a 88.3 y 88.5.

2. Las recomendaciones 88.4 y 88.6 no cuentan con el apoyo de Ejemplonia.

3. Ejemplonia acepta parcialmente la recomendación 88.7 y toma nota de la 88.8.
"""
    expected = dict.fromkeys(("88.1", "88.2", "88.3", "88.5"), "supported") | {"88.7": "in-part"}
    assert answered(written(tmp_path, text, spanish)) == expected | dict.fromkeys(("88.4", "88.6", "88.8"), "noted")


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("enjoy the support of Exampland", "supported"),
        ("did not enjoy the support of Exampland", "noted"),
        ("Exampland supports this recommendation in part", "in-part"),
        ("will be examined by Exampland", "pending"),
        ("considered to be already implemented", "supported"),
        ("has not been accepted", "noted"),
        ("jouissent d’une bonne santé", ""),
    ],
)
def test_words_of_a_position(text: str, position: str) -> None:
    assert positions.said(text) == position
