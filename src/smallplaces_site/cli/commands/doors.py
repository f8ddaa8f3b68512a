"""``smallplaces doors``, ``foresee`` and ``events``: what is open, closes or comes, and the days themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.markup import escape

from smallplaces.errors import BadInput
from smallplaces.vocab import resolve_state
from smallplaces_site.actions.foresee import foresee_changes
from smallplaces_site.actions.keep_event import import_events
from smallplaces_site.actions.lock import writing
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, out, progress
from smallplaces_site.corpus.read import places
from smallplaces_site.doors import read
from smallplaces_site.doors.shape import board_shape

_PARTS = {
    "now": "Open now",
    "soon": f"Closes or happens within {read.SOON} days",
    "later": "Comes until the end of next year",
    "through": "Only through others",
    "month": "What to do this month",
}


@app.command()
def doors(
    state: Annotated[str, typer.Option(help="The State, by code or name. Default: the site's own.")] = "",
    actor: Annotated[str, typer.Option(help="state, nhri-a, nhri-b, local, ngo-ecosoc, ngo or person.")] = "local",
    place: Annotated[str, typer.Option(help="A place instead of a State: KR-26, 부산.")] = "",
    on: Annotated[str, typer.Option(help="The day from which to look: 2026-11-24. Default: today.")] = "",
    lang: Annotated[str, typer.Option(help="The language of names and explanations.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what an actor can do at the United Nations and at home, when, and where only others can."""
    code, where = _whose(state, place)
    board = read.board(code, actor, read.first_day(on) if on else datetime.now(UTC).date())
    if as_json:
        emit({"place": where, **board_shape(board, lang)})
        return
    out.print(escape(f"{where or code}, {actor}, {board.on.isoformat()}"), style="bold", highlight=False)
    for name, title in _PARTS.items():
        ways: tuple[read.Way, ...] = getattr(board, name)
        out.print(escape(f"\n{title}"), style="bold", highlight=False)
        for way in ways:
            out.print(escape(f"  {_line(way, lang)}"), highlight=False)
        if not ways:
            out.print("  nothing is known", highlight=False)


@app.command()
def foresee(
    again: Annotated[bool, typer.Option(help="Go through every State, not only those that changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read deadlines from concluding observations and the calendar of reviews. What people said of an event stays."""
    with writing("foresee"), progress(quiet=as_json) as watch:
        done = foresee_changes(lambda count, total: watch("deadlines", count, total), again=again)
    if as_json:
        emit({"states": done.states, "new": done.new, "changed": done.changed})
        return
    out.print(f"{done.states} States gone through, {done.new} versions of events are new", highlight=False)


@app.command()
def events(
    table: Annotated[Path, typer.Argument(help="A CSV file: state, step, first, source and more.", exists=True)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Import announced days from a table. Rows that cannot be are refused with a reason; the others are kept."""
    try:
        text = table.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("not a readable UTF-8 file", where=str(table)) from error
    with writing("events"):
        done = import_events(text, None, machine=True)
    if as_json:
        emit({"kept": done.kept, "same": done.same, "refused": [[line, str(why)] for line, why in done.refused]})
    else:
        out.print(f"{done.kept} kept, {done.same} known already, {len(done.refused)} refused", highlight=False)
        for line, why in done.refused:
            out.print(escape(f"  line {line}: {why}"), highlight=False)
    if done.refused:
        raise typer.Exit(Exit.REFUSED)


def _whose(state: str, place: str) -> tuple[str, str]:
    """The State's code, and the place's when one was given."""
    if place:
        found = places.called(place, state.upper() if len(state) == 3 else "")
        if len(found) != 1:
            known = "; ".join(one.short for one in found) or "none"
            raise BadInput(f"name one place; it may be: {known}", where=f"place {place}")
        return found[0].state, found[0].short
    known_state = resolve_state(state or settings.SETTINGS["SMALLPLACES_STATE"])
    if known_state is None:
        raise BadInput("no State of that code or name is known", where=f"state {state}")
    return known_state.code, ""


def _line(way: read.Way, lang: str) -> str:
    by = f" — only through {', '.join(way.access.through)}" if way.access.through else ""
    if way.event is None:
        return f"{way.step.name(lang)}{by}"
    day = way.event.first if way.event.first == way.event.last else f"{way.event.first} to {way.event.last}"
    return f"{day}  {way.step.name(lang)} [{way.event.standing}, {way.event.confidence:.0%}]{by}"
