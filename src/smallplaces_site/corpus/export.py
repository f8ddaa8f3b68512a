"""Lists as files: CSV, XLSX and JSON, each with the query, the date, the data version and the address in it.

Reads: rows as they come. Writes: bytes as they go, so that a long list needs no memory.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font

from smallplaces.errors import BadInput
from smallplaces_site.corpus.read.news import DataVersion

#: A value of a cell. Sequences are written as one text, parts joined by "; ".
Cell = str | int | float | date | None | Sequence[str]
#: A line as it is written.
Line = Sequence[str | int | float]

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
LICENCE = "Each text stays under the licence of its source: see the page about the data."

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet may take for a command (OWASP, CSV injection)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # not allowed in XML
_LONGEST_CELL = 32_767  # a limit of the XLSX format
_CUT = " […]"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Table:
    """A list to be written. ``columns`` are the keys of JSON and the headings of the others, in order.

    ``query`` says in words what was asked, ``address`` where the same list can be seen again. ``more`` says, when
    the list was cut, how many rows there would be in all.
    """

    name: str  # stem of the file's name
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    query: str
    address: str
    version: DataVersion
    licence: str = LICENCE
    more: int | None = None

    def header(self) -> dict[str, str]:
        """What stands above the rows: query, date, data version, address, licence."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        header = {"query": self.query, "date": made, "data_version": str(self.version)}
        header |= {"address": self.address, "licence": self.licence}
        if self.more is not None:
            header["note"] = f"The list was cut here; there are {self.more} rows in all."
        return header


def write(table: Table, form: str) -> Iterator[bytes]:
    """The bytes of ``table`` as csv, xlsx or json. Raises :class:`BadInput` for another form."""
    writers = {"csv": _csv, "xlsx": _xlsx, "json": _json}
    if form not in writers:
        raise BadInput(
            "Lists can be had as %(known)s, not as “%(given)s”.", known=tuple(writers), given=form[:20], field="format"
        )
    return writers[form](table)


def file_name(table: Table, form: str) -> str:
    """A file name that says what it is and of which data: "recommendations-KOR-v1234.csv"."""
    stem = re.sub(r"[^\w.-]+", "-", table.name).strip("-.") or "list"
    return f"{stem[:80]}-v{table.version.cursor}.{form}"


def _csv(table: Table) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, without which spreadsheets misread it; commas; CRLF as in RFC 4180."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield b"\xef\xbb\xbf"
    top: list[Line] = [[key, _harmless(value)] for key, value in table.header().items()]
    names: list[Line] = [[], list(table.columns)]
    for count, row in enumerate(chain(top, names, _texts(table.rows))):
        writer.writerow(row)
        if count % 200 == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def _texts(rows: Iterable[Sequence[Cell]]) -> Iterator[Line]:
    for row in rows:
        cells = [_plain(cell) for cell in row]
        yield [_harmless(cell) if isinstance(cell, str) else cell for cell in cells]


def _harmless(text: str) -> str:
    """An apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _drain(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    return "; ".join(cell)


def _xlsx(table: Table) -> Iterator[bytes]:
    """Two sheets: the rows, and "about" with the header. Texts are written as texts, never as formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("list")
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    sheet.append([_xlsx_cell(sheet, column, bold) for column in table.columns])
    for row in table.rows:
        sheet.append([_xlsx_cell(sheet, _plain(cell)) for cell in row])
    about = book.create_sheet("about")
    for key, value in table.header().items():
        about.append([_xlsx_cell(about, key, bold), _xlsx_cell(about, value)])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _xlsx_cell(sheet: object, value: str | int | float, font: Font | None = None) -> SheetCell:
    if isinstance(value, str):
        value = _CONTROL.sub("", value)
        if len(value) > _LONGEST_CELL:
            value = value[: _LONGEST_CELL - len(_CUT)] + _CUT
    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # the stubs do not know the write-only sheet
    if isinstance(value, str):
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _json(table: Table) -> Iterator[bytes]:
    """One object: the header's fields, then "rows", a list of objects."""
    head = json.dumps(table.header(), ensure_ascii=False, indent=1)
    yield (head[: head.rindex("}")].rstrip() + ',\n "rows": [').encode("utf-8", "replace")
    for count, row in enumerate(table.rows):
        cells = {name: _json_value(cell) for name, cell in zip(table.columns, row, strict=True)}
        yield f"{',' if count else ''}\n  {json.dumps(cells, ensure_ascii=False)}".encode("utf-8", "replace")
    yield b"\n ]\n}\n"


def _json_value(cell: Cell) -> object:
    if cell is None or isinstance(cell, str | int | float):
        return cell
    return cell.isoformat() if isinstance(cell, date) else list(cell)
