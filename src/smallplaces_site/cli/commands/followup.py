"""``smallplaces followup`` and ``smallplaces remind``: follow-up as sheets, and letters about days that come."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from smallplaces.errors import BadFile, BadInput, NotFound
from smallplaces_site.actions.allowed import OPERATOR, Who
from smallplaces_site.actions.follow_import import import_sheet
from smallplaces_site.actions.follow_voice import Said
from smallplaces_site.actions.follow_voice import say as append
from smallplaces_site.actions.remind import remind as write_letters
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, out
from smallplaces_site.corpus import export as sheets
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.followup.sheets import ACTION_COLUMNS, INDICATOR_COLUMNS, ITEM_COLUMNS, rows_of
from smallplaces_site.followup.where import located
from smallplaces_site.people.models import User

followup = typer.Typer(help="Follow-up: items, actions and indicators as sheets.", no_args_is_help=True)
app.add_typer(followup, name="followup")

_COLUMNS = {"items": ITEM_COLUMNS, "actions": ACTION_COLUMNS, "indicators": INDICATOR_COLUMNS}
_As = Annotated[
    str, typer.Option("--as", help="Act as this person, by e-mail address. Default: whoever runs the server.")
]
_Place = Annotated[str, typer.Option(help="Code of a place. Default: the State as a whole.")]
_State = Annotated[str, typer.Option(help="ISO 3166-1 alpha-3 code, when no place is given.")]


def person(address: str) -> Who:
    """Who acts: the person of that address, or for none whoever runs the command line. Raises :class:`NotFound`."""
    if not address:
        return OPERATOR
    found = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    if found is None:
        raise NotFound("nobody has an account of that address", where=address)
    return found


@followup.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="items, actions or indicators.")],
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file.")],
    place: _Place = "",
    state: _State = "",
    system: Annotated[str, typer.Option(help="Whose columns they are: own, impactoss or nrtd.")] = "own",
    acting: _As = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read a sheet. A row that cannot be used is named with its line and reason, and stops no other."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file)) from error
    done = import_sheet(person(acting), kind, data, file.name, state=state, place=place, system=system)
    if as_json:
        emit(done)
    else:
        out.print(f"{done.done} of {done.read} rows used")
        for name, why in done.left_out:
            out.print(escape(f"column {name} is not taken: {why}"), highlight=False)
        for name in done.unknown:
            out.print(escape(f"column {name} was not understood"), highlight=False)
        for line, name in done.files:
            said = f"line {line}: a file is not in the sheet; add it on the page: {name}"
            out.print(escape(said), highlight=False, soft_wrap=True)
        for one in done.refused:
            row = "; ".join(f"{name}: {cell}" for name, cell in one.row.items() if cell)
            out.print(escape(f"line {one.line}: {one.reason} [{row}]"), highlight=False, soft_wrap=True)
    if done.refused:
        raise typer.Exit(Exit.REFUSED)


@followup.command()
def export(
    kind: Annotated[str, typer.Argument(help="items, actions or indicators.")],
    file: Annotated[Path, typer.Argument(help="Where to write: a name that ends in .csv, .xlsx or .json.")],
    place: _Place = "",
    state: _State = "",
) -> None:
    """Write a sheet: of a place, or of a State and all its places."""
    if kind not in _COLUMNS:
        raise BadInput(f"there are {', '.join(_COLUMNS)}", where=kind)
    state, place = located(state, place)
    table = sheets.Table(
        name=f"follow-up-{kind}",
        columns=_COLUMNS[kind],
        rows=rows_of(kind, state, place),
        query=f"follow-up {kind} of {place or state}",
        address="",
        version=data_version(),
    )
    chunks = sheets.write(table, file.suffix.lstrip(".").lower())
    try:
        with file.open("wb") as target:
            target.writelines(chunks)
    except OSError as error:
        raise BadFile(f"cannot be written: {error.strerror}", where=str(file)) from error
    out.print(escape(f"wrote {file}"), highlight=False)


@followup.command()
def say(
    item: Annotated[int, typer.Argument(help="Number of the item, as its address has it.")],
    voice: Annotated[str, typer.Argument(help="report, assessment or comment.")],
    progress: Annotated[str, typer.Argument(help="no-information, not-started, under-way, partly, done or reversed.")],
    acting: _As,
    text: Annotated[str, typer.Option(help="In words.")] = "",
) -> None:
    """Append a statement in one of the three voices, signed by a person."""
    made = append(person(acting), item, voice, Said(progress, text))
    out.print(escape(f"{made.voice}: {made.progress}, signed by {made.by}"), highlight=False)


@app.command()
def remind() -> None:
    """Put letters about days that come within two weeks, or have passed, into the outbox. Run it every morning."""
    out.print(f"{write_letters()} letters put into the outbox")
