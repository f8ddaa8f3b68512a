"""A table on a printed page, whose file does not say where cells end, is no part of the paragraph above. Invented."""

from __future__ import annotations

from pathlib import Path

from tests.core.printed_page import typed

from smallplaces.model.document import ParagraphKind
from smallplaces.parse import parse_file


def test_rows_with_wide_gaps_are_a_table(tmp_path: Path) -> None:
    rows = [("Town", "2019", "2020"), ("Exampleton", "45", "46"), ("Samplewick", "12", "13")]
    texts = [(72, 700, "1. The towns of Exampland have opened libraries for all of their readers since the year 2019.")]
    texts += [
        (x, 680 - 12 * i, cell) for i, row in enumerate(rows) for x, cell in zip((72, 230, 390), row, strict=True)
    ]
    texts += [(72, 620, "2. Exampland will count its libraries again in the next invented year, and report on them.")]
    texts += [
        (72, 600, "3. It thanks the towns that took part in the count, and those that will take part in the next.")
    ]
    path = tmp_path / "invented.pdf"
    path.write_bytes(typed(texts))
    document = parse_file(path)
    assert next(p.text for p in document.paragraphs if p.number == "1").endswith("since the year 2019.")
    table = next(p.text for p in document.paragraphs if p.kind is ParagraphKind.TABLE)
    assert table.split("\n") == [" ".join(row) for row in rows]
    assert [p.number for p in document.paragraphs if p.number] == ["1", "2", "3"]
