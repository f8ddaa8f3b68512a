"""The Excel export, row by row, in the shape of the JSON export.

Reads: one workbook; its first sheet. Writes: nothing. The columns are named in ``fields.yml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

from smallplaces.errors import BadFile
from smallplaces.sources.base import File, Refusal, Signal
from smallplaces.sources.uhri.stream import Numbered

_FIRST_DAY = dt.datetime(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_SINGLE = ("Text", "Symbol", "AnnotationId")
_DATES = ("PublicationDate", "PublicationDateOnUhri")
_SERIAL = (20_000, 80_000)  # 1954 to 2119: what can be a day of a UN document


def rows(file: File, columns: dict[str, str]) -> Iterator[Numbered | Signal]:
    """Every row below the header as (row number in the sheet, record), multi-value cells cut into lists."""
    try:
        book = calamine.CalamineWorkbook.from_path(file.path)
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (calamine.CalamineError, OSError, IndexError) as error:
        yield Refusal(file.name, f"cannot be read as an Excel workbook: {error}")
        return
    try:
        start, fields = _header(file, cells, columns)
    except BadFile as error:
        yield Refusal(file.name, error.message)
        return
    for column in cells[start - 1]:
        if str(column).strip() and _fold(column) not in columns:
            yield Signal(f"{file.name}: row {start}", f"unknown column {str(column).strip()!r}")
    for number, row in enumerate(cells[start:], start=start + 1):
        if any(str(cell).strip() for cell in row):
            yield number, {name: _value(name, cell) for name, cell in zip(fields, row, strict=False) if name}


def _header(file: File, cells: list[list[Any]], columns: dict[str, str]) -> tuple[int, list[str]]:
    """The number of the header's row (from 1) and the field of each column, empty when unknown."""
    for number, row in enumerate(cells[:20], start=1):
        fields = [columns.get(_fold(cell), "") for cell in row]
        if "Text" in fields and len(set(filter(None, fields))) > 3:
            return number, fields
    raise BadFile("is not the index's export: no row has the columns Text, Countries Concerned…", where=file.name)


def _fold(cell: Any) -> str:
    return " ".join(str(cell).split()).casefold()


def _value(name: str, cell: Any) -> Any:
    if name in _SINGLE:
        return str(cell)
    if name in _DATES:
        return _day(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    values = [line.strip() for line in str(cell).splitlines()]
    return [value for value in values if value]


def _day(cell: Any) -> str:
    """A cell as an ISO date, from a date, a serial number or text."""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    if isinstance(cell, str):
        try:
            cell = float(cell)
        except ValueError:
            return str(cell).strip()
    if isinstance(cell, int | float) and _SERIAL[0] < cell < _SERIAL[1]:
        return (_FIRST_DAY + dt.timedelta(days=float(cell))).isoformat(timespec="seconds")
    return str(cell)
