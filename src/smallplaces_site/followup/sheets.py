"""Items, actions and indicators as rows of a sheet, and rows of a sheet as what they mean.

Reads: records; bytes of CSV and XLSX files; ``mappings.yml``, which says what the columns of other systems mean here.
Every column of a file is used, left out on purpose (with the reason), or said to be unknown.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from smallplaces.errors import BadFile, BadInput
from smallplaces.vocab.load import entries
from smallplaces_site.corpus.export import Cell
from smallplaces_site.followup import read
from smallplaces_site.followup.models import Item
from smallplaces_site.followup.records import VOICES, ActionView, Followed, IndicatorView, ItemView, UnitView, ValueView

ITEM_COLUMNS = (
    *("kind", "state", "place", "document", "paragraph", "thread", "title", "members", "sdgs", "units", "since"),
    *("report", "report_on", "assessment", "assessment_on", "comment", "comment_on"),
    *("grade_scale", "grade", "grade_document", "number"),
)
ACTION_COLUMNS = (
    *("state", "place", "title", "description", "status", "start", "end", "budget_line", "amount", "currency"),
    *("sdgs", "plans", "units", "items", "dues", "evidence", "number"),
)
INDICATOR_COLUMNS = (
    *("state", "place", "title", "kind", "right", "attribute", "unit", "source", "disaggregation", "frequency"),
    *("baseline", "baseline_on", "target", "target_on", "items", "on", "value", "parts", "value_source", "number"),
)
LARGEST = 10 * 1024 * 1024
_MOST_ROWS = 20_000
_LONGEST_TOP = 20  # lines that may stand above the names of the columns


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the columns of a file mean: theirs -> ours; ``left_out``: theirs -> why; ``values``: a field's words."""

    code: str
    kind: str
    columns: Mapping[str, str]
    left_out: Mapping[str, str]
    values: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it stands on in the file, its cells by our names, and as it was."""

    line: int
    cells: Mapping[str, str]
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, and its columns that nothing here answers to."""

    rows: tuple[Row, ...]
    unknown: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def rows_of(kind: str, state: str, place: str = "") -> Iterator[Sequence[Cell]]:
    """Rows of items, actions or indicators of a place, or of a State and its places, in the order of the columns."""
    if kind == "items":
        yield from (_item_row(one) for one in read.items_of(place, state=state, ended=True))
        return
    named = {one.id: reference(one.what, one.kind) for one in read.items_of(state=state, ended=True)}
    if kind == "actions":
        yield from (_action_row(one, named) for one in read.actions_of(place, state=state))
        return
    for indicator in read.indicators_of(place, state=state):
        for value in indicator.values or (None,):
            yield _indicator_row(indicator, value, named)


def reference(what: Followed, kind: str) -> str:
    """How a row names an item: "CRPD/C/XXE/CO/1#25", a thread's key, or "group: " and its name."""
    if kind == Item.Kind.CLUSTER:
        return f"group: {what.title}"
    return what.thread or f"{what.work_key}#{what.paragraph_key}"


def _item_row(one: ItemView) -> Sequence[Cell]:
    said: list[Cell] = []
    for voice in VOICES:
        latest = one.latest(voice)
        said += [one.progress(voice), latest.as_of if latest else None]
    grade = one.grade
    members = [reference(member, "") for member in one.members]
    head = (one.kind, one.state, one.place, one.what.work_key, one.what.paragraph_key, one.what.thread, one.title)
    graded = (grade.scale, grade.code, grade.symbol) if grade else ("", "", "")
    return (*head, members, one.sdgs, _unit_names(one.units), one.since.date(), *said, *graded, one.id)


def _action_row(one: ActionView, named: Mapping[int, str]) -> Sequence[Cell]:
    dues = [f"{due.on}: {due.what}" + (f" (met {due.met})" if due.met else "") for due in one.dues]
    shown = [f"{piece.title}: {piece.address or piece.sha256}" for piece in one.evidence]
    return (
        *(one.state, one.place, one.title, one.description, one.status, one.start, one.end, one.budget_line),
        *(str(one.amount) if one.amount is not None else "", one.currency, one.sdgs, one.plans),
        *(_unit_names(one.units), [named[pk] for pk in one.items if pk in named], dues, shown, one.id),
    )


def _indicator_row(one: IndicatorView, value: ValueView | None, named: Mapping[int, str]) -> Sequence[Cell]:
    numbers = [str(number.normalize()) if number is not None else "" for number in (one.baseline, one.target)]
    parts = [f"{of}: {part}" for of, part in value.parts] if value else []
    return (
        *(one.state, one.place, one.title, one.kind, one.right, one.attribute, one.unit, one.source),
        *(one.disaggregation, one.frequency, numbers[0], one.baseline_on, numbers[1], one.target_on),
        [named[pk] for pk in one.items if pk in named],
        *((value.on, str(value.value.normalize()), parts, value.source) if value else (None, "", "", "")),
        one.id,
    )


def _unit_names(units: Sequence[UnitView]) -> list[str]:
    return [" | ".join(f"{lang}={name}" for lang, name in one.names) for one in units]


@cache
def mappings() -> Mapping[str, Meaning]:
    """Every mapping by code: "own-items", "impactoss-actions", "nrtd-items"…"""
    found = {f"own-{kind}": _own(kind, columns) for kind, columns in _OWN.items()}
    for entry in entries("mappings.yml", Path(__file__).parent):
        found[entry.code] = Meaning(
            code=entry.code,
            kind=entry.text("kind"),
            columns={_folded(theirs): ours for theirs, ours in entry.reasons("columns").items()},
            left_out={_folded(theirs): why for theirs, why in entry.reasons("left_out").items()},
            values={_folded(theirs): ours for theirs, ours in entry.reasons("values").items()},
            source=entry.text("source"),
        )
        entry.close()
    return MappingProxyType(found)


_OWN = {"items": ITEM_COLUMNS, "actions": ACTION_COLUMNS, "indicators": INDICATOR_COLUMNS}
_SIGNED = "signed by somebody: it is said on the page, not imported"


def _own(kind: str, columns: Sequence[str]) -> Meaning:
    voices = {f"{voice}{end}": _SIGNED for voice in (*VOICES, "grade") for end in ("", "_on", "_scale", "_document")}
    left_out = {
        **voices,
        "number": "a number of the copy that wrote the file",
        "since": "set when follow-up begins here",
    }
    used = {column: column for column in columns if column not in left_out}
    return Meaning(f"own-{kind}", kind, used, left_out, {}, "Small Places")


def read_sheet(data: bytes, name: str, mapping: Meaning) -> Sheet:
    """The rows of a CSV or XLSX file. Raises :class:`BadFile` for another, a too large one, or one without columns
    that the mapping knows."""
    if len(data) > LARGEST:
        raise BadFile(
            "The file “%(where)s” is too large: it may have %(most)d MB at most.",
            most=LARGEST // (1024 * 1024),
            where=name,
        )
    lines = list(_xlsx(data, name) if data.startswith(b"PK") else _csv(data, name))
    top = next((place for place, cells in enumerate(lines[:_LONGEST_TOP]) if _is_header(cells, mapping)), None)
    if top is None:
        raise BadFile(
            "No line of the file “%(where)s” names the columns. There are: %(known)s.",
            known=tuple(mapping.columns),
            where=name,
        )
    if len(lines) - top > _MOST_ROWS:
        raise BadFile(
            "The file “%(where)s” has too many rows: it may have %(most)d at most.", most=_MOST_ROWS, where=name
        )
    header = [cell.strip() for cell in lines[top]]
    rows = [
        _row(line, header, cells, mapping)
        for line, cells in enumerate(lines[top + 1 :], start=top + 2)
        if any(cell.strip() for cell in cells)
    ]
    strange = [one for one in header if one and _folded(one) not in {*mapping.columns, *mapping.left_out}]
    left = [(one, mapping.left_out[_folded(one)]) for one in header if _folded(one) in mapping.left_out]
    return Sheet(tuple(rows), tuple(strange), tuple(left))


def _row(line: int, header: Sequence[str], cells: Sequence[str], mapping: Meaning) -> Row:
    raw = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
    found: dict[str, str] = {}
    for theirs, cell in raw.items():
        ours = mapping.columns.get(_folded(theirs))
        if ours and cell:
            said = mapping.values.get(_folded(cell), cell) if ours in {"status", "kind", "frequency"} else cell
            found[ours] = f"{found[ours]}\n{said}" if ours in found else said
    return Row(line, found, raw)


def _is_header(cells: Sequence[str], mapping: Meaning) -> bool:
    return sum(_folded(cell) in mapping.columns for cell in cells) >= min(2, len(mapping.columns))


def _folded(name: str) -> str:
    return " ".join(str(name).replace("_", " ").split()).casefold().replace(" ", "_")


def _csv(data: bytes, name: str) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(
            "The file “%(where)s” is not a text in UTF-8: save it as CSV UTF-8, or as XLSX.", where=name
        ) from error
    if "\x00" in text:
        raise BadFile("The file “%(where)s” is not a text.", where=name)
    try:
        yield from ([_plain(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise BadFile("The file “%(where)s” cannot be read as CSV: %(reason)s.", reason=error, where=name) from error


def _xlsx(data: bytes, name: str) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > 20 * LARGEST:
                raise BadFile("The file “%(where)s” unpacks to more than can be read.", where=name)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise BadFile(
            "The file “%(where)s” cannot be read as a sheet: save it as XLSX, or as CSV UTF-8.", where=name
        ) from error


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in {"=", "+", "-", "@"} else cell


def mapping_of(system: str, kind: str) -> Meaning:
    """The mapping of a system's items, actions or indicators. Raises :class:`BadInput` for one that is not known."""
    found = mappings().get(f"{system}-{kind}")
    if found is None:
        raise BadInput(
            "“%(given)s” is no kind of file that is read here. There are: %(known)s.",
            given=f"{system}-{kind}",
            known=tuple(mappings()),
        )
    return found
