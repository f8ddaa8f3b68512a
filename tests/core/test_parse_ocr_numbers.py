"""Numbers that hang before paragraphs and that a scanner misread. All lines are invented."""

from __future__ import annotations

import pytest

from smallplaces.parse.base import Line
from smallplaces.parse.ocr_numbers import Scanned, repaired

TEXT = "The invented Committee reads the report of Exampland and is concerned about its ramps."


def scanned(*leads: str) -> list[Scanned]:
    """A line for each lead, parted from its text by a tab; "" stands for a line that goes on."""
    return [
        Scanned(Line(f"{lead} {TEXT}", x0=90 + i % 3), lead, 3.0) if lead else Scanned(Line(TEXT, x0=90), "The", 0.4)
        for i, lead in enumerate(leads)
    ]


def heads(lines: list[Line]) -> list[str]:
    return [line.text.removesuffix(TEXT).strip() for line in lines]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["1.", "2,", "3:", "4."], ["1.", "2.", "3.", "4."]),
        (["1.", "", "Zs", "3.", "4.", "qe", "6."], ["1.", "", "2.", "3.", "4.", "5.", "6."]),
        (["I.", "2.", "3.", "D.", "5."], ["1.", "2.", "3.", "4.", "5."]),
        (["2.1", "2:2", "ad", "2.4", "3.1"], ["2.1", "2.2", "2.3", "2.4", "3.1"]),
        (["1.", "2.", "(a)", "(b)", "3."], ["1.", "2.", "(a)", "(b)", "3."]),
    ],
)
def test_misread_numbers(read: list[str], right: list[str]) -> None:
    assert heads(repaired(scanned(*read))) == right


def test_what_cannot_be_told_is_left_as_it_was_read() -> None:
    assert heads(repaired(scanned("1.", "Zs", "qe", "xx", "3.", "4."))) == ["1.", "Zs", "qe", "xx", "3.", "4."]


def test_an_annex_counts_from_one_again() -> None:
    lines = [*scanned("1.", "2.", "qe", "4."), Scanned(Line("Annex", x0=90), "Annex"), *scanned("1.", "qe", "3.")]
    assert heads(repaired(lines)) == ["1.", "2.", "3.", "4.", "Annex", "1.", "2.", "3."]


def test_roman_numbers_read_as_letters() -> None:
    lines = [Scanned(Line(f"{mark} Ramps", x0=60), mark, 3.0) for mark in ("Il.", "IlI.")]
    assert [line.text for line in repaired(lines)] == ["II. Ramps", "III. Ramps"]
