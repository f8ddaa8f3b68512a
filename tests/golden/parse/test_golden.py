"""Real documents: how many paragraphs, where they begin and end, their headings.

``documents.json`` was made by the parser, then compared: the bounds of every paragraph outside Arabic with a second
extraction (``bench/parse.py``), counts and openings read through. ``checked`` marks the documents of which pages were
held beside their images, paragraph by paragraph: numbers, first and last words, headings, footnotes. The documents
are read from the corpus; none of their text is kept here.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import Kind, Paragraph, ParagraphKind
from smallplaces.parse import Limits, parse_file, registry
from smallplaces.parse.document import parse_lines

EXPECTED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "documents.json").read_text("utf-8"))
NUMBERED = (ParagraphKind.PARAGRAPH, ParagraphKind.RECOMMENDATION)


def first(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def last(text: str, count: int) -> str:
    return " ".join(text.split()[-count:])


def numbered(paragraphs: tuple[Paragraph, ...]) -> list[Paragraph]:
    return [p for p in paragraphs if p.number and p.kind in NUMBERED]


@pytest.mark.corpus
@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: Path(e["file"]).stem[:40])
def test_document(corpus: Path, expected: dict[str, Any]) -> None:
    document = parse_file(corpus / expected["file"])
    found = numbered(document.paragraphs)
    headings = [p.text for p in document.paragraphs if p.kind is ParagraphKind.HEADING]
    assert (document.cover.symbol, document.kind, document.lang) == (
        expected["symbol"],
        expected["kind"],
        expected["lang"],
    )
    assert document.cover.state == expected["state"]
    assert str(document.cover.distributed or "") == expected["distributed"]
    if "session" in expected:
        assert (document.cover.session, str(document.cover.adopted or "")) == (expected["session"], expected["adopted"])
    assert sum(p.kind is ParagraphKind.PARAGRAPH for p in found) == expected["numbered"]
    assert sum(p.kind is ParagraphKind.RECOMMENDATION for p in found) == expected["recommendations"]
    assert sum(p.kind is ParagraphKind.FOOTNOTE for p in document.paragraphs) == expected["footnotes"]
    assert len(headings) == expected["headings"]
    assert [first(h, 6) for h in headings[:3] + headings[-2:]] == expected["outline"]
    by_number = {p.number: p.text for p in found}
    for number, (opening, closing) in expected["ends"].items():
        assert (first(by_number[number], 4), last(by_number[number], 4)) == (opening, closing)


@pytest.mark.corpus
@pytest.mark.parametrize("expected", EXPECTED[::6], ids=lambda e: Path(e["file"]).stem[:40])
def test_every_character_of_a_real_document_stands_in_one_place(corpus: Path, expected: dict[str, Any]) -> None:
    def letters(text: str) -> Counter[str]:
        return Counter(c for c in text if c.isalnum())

    extract = registry.read(corpus / expected["file"], Limits())
    document = parse_lines(extract, {})
    placed: Counter[str] = Counter()
    for paragraph in document.paragraphs:
        placed += letters(
            paragraph.text + paragraph.facts.get("marker", "") + "".join(paragraph.facts.get("calls", ()))
        )
    for piece in document.furniture:
        placed += letters(piece)
    assert placed == letters("".join(line.text for line in extract.lines))


@pytest.mark.corpus
def test_recommendations_carry_states_and_lists(corpus: Path) -> None:
    document = parse_file(corpus / "upr/wg-reports/korea2008.pdf")
    found = {p.number: p for p in document.paragraphs if p.kind is ParagraphKind.RECOMMENDATION}
    assert document.kind is Kind.UPR_REPORT
    states = [label.value for label in found["64.7"].labels if label.facet == "recommending"]
    assert {"DZA", "PHL", "EGY", "MEX", "PER"} <= set(states)
    assert all(label.value == "pending" for p in found.values() for label in p.labels if label.facet == "position")


@pytest.mark.corpus
def test_enough_documents_are_held() -> None:
    assert len(EXPECTED) >= 40
    assert {e["lang"] for e in EXPECTED} >= {"en", "es", "fr", "ru", "ar"}
    checked = [e for e in EXPECTED if e.get("checked")]
    assert len(checked) >= 25
    assert {e["lang"] for e in checked} >= {"en", "es", "fr", "ru", "ar"}
