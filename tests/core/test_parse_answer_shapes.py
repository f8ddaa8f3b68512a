"""Shapes in which States answer recommendations: lists, ticks in columns, counted recommendations. All invented."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.core.test_parse_responses import COVER, answered, written

from smallplaces.parse import ParsedDocument, parse_file

S, N, P, X = "supported", "noted", "in-part", "pending"


def numbered(*numbers: int) -> list[str]:
    return [f"137.{number}" for number in numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "1. Exampland answers.\n\n137.1 Join the invented convention (Chile).\nPosition: Accepted.\nMore.\n\n"
            "137.2 Close no library (Peru).\nPosition: Not accepted.\n\n"
            "137.3 Open at night (France).\nPosition of Exampland: partially accepted.\n",
            {"137.1": S, "137.2": N, "137.3": P},
            id="position on the next line",
        ),
        pytest.param(
            "1. Exampland accepts recommendations 137.1; 137.2; 137.5 and takes note of recommendations 137.7; "
            "137.8.\n\n"
            "2. The following recommendations do not enjoy its support: 137.10; 137.11; 137.12.\n",
            dict.fromkeys(numbered(1, 2, 5), S) | dict.fromkeys(numbered(7, 8, 10, 11, 12), N),
            id="lists parted by semicolons",
        ),
        pytest.param(
            "1. The position is this.\n\n137.1-137.12, 137.15 and 137.20: accepted.\n\n137.13, 137.14: noted.\n\n"
            "137.16 to 137.19: accepted in part.\n",
            dict.fromkeys(numbered(*range(1, 13), 15, 20), S)
            | dict.fromkeys(numbered(13, 14), N)
            | dict.fromkeys(numbered(*range(16, 20)), P),
            id="ranges before their position",
        ),
        pytest.param(
            "1. Malta accepts recommendation 137.1. Malta does not accept recommendation 137.2. Malta takes note of "
            "recommendation 137.3. Malta partially accepts recommendation 137.4. Malta considers recommendation 137.5 "
            "as already implemented. Recommendations 137.6 and 137.7 will be examined by Malta in due time.\n",
            {"137.1": S, "137.2": N, "137.3": N, "137.4": P, "137.5": S, "137.6": X, "137.7": X},
            id="sentences",
        ),
        pytest.param(
            "I. Recommendations supported\n\n137.1 to 137.5, 137.8\n\nII. Recommendations noted\n\n137.6 and 137.7\n",
            dict.fromkeys(numbered(1, 2, 3, 4, 5, 8), S) | dict.fromkeys(numbered(6, 7), N),
            id="lists under headings, no paragraph numbered",
        ),
        pytest.param(
            "1. Exampland thanks the Working Group for its 6 recommendations.\n\n"
            "Recommendation 1: Accepted. It is done.\n\n"
            "Recommendation 2: Not accepted. The provinces decide.\n\nRecommendation No. 3 (Chile)\n\n"
            "Exampland accepts this recommendation.\n\n"
            "Recommendations 4 and 5: Exampland takes note of these recommendations.\n\n"
            "Recommendation 6: Partially accepted.\n",
            {"1": S, "2": N, "3": S, "4": N, "5": N, "6": P},
            id="counted, as in the first cycle",
        ),
    ],
)
def test_answers_in_text(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    assert answered(written(tmp_path, text)) == expected


def test_a_semicolon_leaves_the_sentence_whole(tmp_path: Path) -> None:
    document = written(tmp_path, "1. Exampland accepts recommendations 137.1; 137.2; 137.5.\n\n2. It thanks all.\n")
    answer = next(p for p in document.paragraphs if p.number == "137.2")
    assert answer.text == "Exampland accepts recommendations 137.1; 137.2; 137.5."


def tabled(folder: Path, rows: list[tuple[str, ...]]) -> ParsedDocument:
    made = docx.Document()
    for line in COVER.split("\n\n"):
        made.add_paragraph(line.strip())
    made.add_paragraph("1. Exampland answers in a table.")
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    path = folder / "addendum.docx"
    made.save(str(path))
    return parse_file(path)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [
                ("Recommendation", "Accepted", "Partially accepted", "Noted"),
                ("137.1 Build libraries (France)", "X", "", ""),
                ("137.2 Read to children (Chile)", "", "", "X"),
                ("137.3 Open at night (Peru)", "", "x", ""),
                ("137.4 Close none (Peru)", "✓", "", ""),
            ],
            {"137.1": S, "137.2": N, "137.3": P, "137.4": S},
            id="a column for each position, ticked",
        ),
        pytest.param(
            [("Supported", "Noted"), ("137.1, 137.2, 137.5 to 137.7", "137.3; 137.4")],
            dict.fromkeys(numbered(1, 2, 5, 6, 7), S) | dict.fromkeys(numbered(3, 4), N),
            id="a column for each position, with lists",
        ),
        pytest.param(
            [
                ("No.", "Recommendation", "Response"),
                ("137.1", "Build libraries (France)", "Exampland supports this recommendation."),
                ("137.2", "Close some (Chile)", "Noted. See 137.1."),
                ("137.3", "Open at night (Peru)", "Under consideration"),
            ],
            {"137.1": S, "137.2": N, "137.3": X},
            id="the number in a column of its own",
        ),
        pytest.param(
            [("Recommendations", "Position"), ("137.1-137.5", "Accepted"), ("137.6, 137.7", "Noted")],
            dict.fromkeys(numbered(1, 2, 3, 4, 5), S) | dict.fromkeys(numbered(6, 7), N),
            id="ranges and their position",
        ),
    ],
)
def test_answers_in_a_table(tmp_path: Path, rows: list[tuple[str, ...]], expected: dict[str, str]) -> None:
    assert answered(tabled(tmp_path, rows)) == expected
