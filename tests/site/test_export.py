"""Lists as files: what stands above the rows, and what a spreadsheet must never run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallplaces.errors import BadInput
from smallplaces_site.corpus.export import Cell, Table, file_name, write
from smallplaces_site.corpus.read.news import DataVersion

VERSION = DataVersion(1234, datetime(2026, 11, 23, tzinfo=UTC))
ROWS: list[tuple[Cell, ...]] = [
    ("=HYPERLINK(1)", 3, date(2008, 12, 11), ("a", "b")),
    ("한국\x00어\x0b", None, None, ()),
    ("x" * 40_000, -1, None, ("+1", "@x")),
]


def table(rows: Sequence[Sequence[Cell]] = ROWS, **more: object) -> Table:
    values: dict[str, object] = {
        "query": "=q",
        "address": "http://example.org/en/search?q=a",
        "version": VERSION,
        **more,
    }
    return Table(name="a list: of/things", columns=("text", "number", "day", "parts"), rows=rows, **values)  # type: ignore[arg-type]  # what the test changes


def whole(form: str, **more: object) -> bytes:
    return b"".join(write(table(**more), form))  # type: ignore[arg-type]  # as above


def test_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    content = whole("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    gap = lines.index([])
    top = {line[0]: line[1] for line in lines[:gap]}
    assert top["query"] == "'=q"
    assert top["data_version"] == "1234 (2026-11-23)"
    assert lines[gap + 1] == ["text", "number", "day", "parts"]
    assert lines[gap + 2] == ["'=HYPERLINK(1)", "3", "2008-12-11", "a; b"]
    assert lines[gap + 4][1:] == ["-1", "", "'+1; @x"]


def test_xlsx_holds_texts_as_texts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole("xlsx")))
    sheet = book["list"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=HYPERLINK(1)", "s")
    assert sheet["A3"].value == "한국어"
    assert len(str(sheet["A4"].value)) == 32_767
    assert sheet["B4"].value == -1
    assert book["about"]["B3"].value == "1234 (2026-11-23)"


def test_json_keeps_values_as_they_are() -> None:
    data = json.loads(whole("json", more=9))
    assert data["rows"][0] == {"text": "=HYPERLINK(1)", "number": 3, "day": "2008-12-11", "parts": ["a", "b"]}
    assert "9 rows" in data["note"]
    assert json.loads(whole("json", rows=[]))["rows"] == []


@given(st.lists(st.tuples(st.text(), st.integers(), st.none(), st.lists(st.text()))))
def test_any_text_survives(rows: list[tuple[Cell, ...]]) -> None:
    data = json.loads(whole("json", rows=rows))
    assert [list(row.values()) for row in data["rows"]] == [list(row) for row in rows]
    lines = list(csv.reader(io.StringIO(whole("csv", rows=rows).decode("utf-8-sig"), newline="")))
    assert all(not cell.startswith(("=", "@", "+")) for line in lines for cell in line)
    openpyxl.load_workbook(io.BytesIO(whole("xlsx", rows=rows)), read_only=True).close()


def test_other_forms_are_refused_by_name() -> None:
    with pytest.raises(BadInput, match="csv, xlsx, json"):
        whole("pdf")


def test_a_file_says_of_which_data_it_is() -> None:
    assert file_name(table(), "csv") == "a-list-of-things-v1234.csv"
