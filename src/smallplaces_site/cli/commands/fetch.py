"""``smallplaces fetch``: bring documents from their public addresses, or from a mirror."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Annotated

import typer
from django.db import close_old_connections

from smallplaces.errors import BadInput, Locked, NoRoom, Unreachable
from smallplaces.sources.mirror import Mirror, mirror_of
from smallplaces.vocab import resolve_body, resolve_state
from smallplaces_site.actions.initialise import make_tables
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, err, out, progress, table

if TYPE_CHECKING:  # the network's library is slow to load, and no other command needs it
    from smallplaces_site.actions.fetch import FetchResult
    from smallplaces_site.actions.watch import Watched

_UNITS = {"m": 60, "h": 3600, "d": 86_400}
_LANG = re.compile(r"[a-z]{2,3}")


@app.command()
def fetch(
    what: Annotated[list[str] | None, typer.Argument(help="Symbols in any spelling, or uhri, udhr.")] = None,
    lang: Annotated[str, typer.Option(help="Languages, with commas between.")] = "en",
    mirror: Annotated[str, typer.Option(help="A folder or http address to ask in place of the public ones.")] = "",
    look: Annotated[bool, typer.Option("--watch", help="Look for new documents of the States and bodies.")] = False,
    state: Annotated[list[str] | None, typer.Option(help="With --watch: a State (KOR). Repeatable.")] = None,
    body: Annotated[list[str] | None, typer.Option(help="With --watch: a body (CRPD, UPR). Repeatable.")] = None,
    interval: Annotated[str, typer.Option(help="With --watch: how often to look: 30m, 12h, 7d.")] = "1d",
    once: Annotated[bool, typer.Option("--once", help="With --watch: look once and end.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Import also what was imported before.")] = False,
    index: Annotated[bool, typer.Option(help="Bring the search index up to date afterwards.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (with --watch: one a pass).")] = False,
) -> None:
    """Fetch documents by symbol, or a publisher's whole export, and import them.

    Asks one server one thing at a time, asks only for what has changed, and goes on where it was interrupted. With
    --mirror nothing else is asked.
    """
    from smallplaces_site.actions import fetch as action  # noqa: PLC0415  # slow to load

    langs = _languages(lang)
    place = _mirror(mirror)
    if look:
        seconds = _seconds(interval)
        chosen = _states(state), _bodies(body)
        if not all(chosen) or what:
            raise typer.BadParameter("--watch takes --state and --body, and no symbols")
        make_tables()
        _keep_looking(*chosen, langs, place, None if once else seconds, as_json=as_json)
        return
    if not what:
        raise typer.BadParameter("say what to fetch: symbols, uhri or udhr; or --watch")
    try:
        wanted = action.targets(what, langs)
    except BadInput as error:
        raise typer.BadParameter(error.message) from error
    make_tables()
    with progress(quiet=as_json) as tell, action.client(place) as web:
        result = action.fetch(wanted, web, again=again, index=index, progress=tell)
    if as_json:
        emit(result)
    else:
        _tell(result)
    if not result.clean:
        raise typer.Exit(Exit.REFUSED)


def _keep_looking(
    states: list[str], bodies: list[str], langs: list[str], place: Mirror | None, pause: int | None, *, as_json: bool
) -> None:
    """One pass after another; a single one when there is no ``pause`` (seconds)."""
    from smallplaces_site.actions.fetch import client  # noqa: PLC0415  # slow to load
    from smallplaces_site.actions.watch import watch  # noqa: PLC0415

    while True:
        close_old_connections()  # a day between two passes outlives any connection
        try:
            with progress(quiet=as_json) as tell, client(place) as web:
                watched = watch(states, bodies, langs, web, progress=tell)
        except (Locked, NoRoom, Unreachable) as error:
            if pause is None:
                raise
            err.print(f"this time it could not be done: {error}", highlight=False, markup=False)
        else:
            if as_json:
                emit(watched)
            else:
                _tell_watched(watched)
            if pause is None and not watched.clean:
                raise typer.Exit(Exit.REFUSED)
        if pause is None:
            return
        time.sleep(pause)


def _tell(result: FetchResult) -> None:
    rows = [[got.target, got.lang, got.status, got.size or "", got.message or got.address] for got in result.got]
    table("", ["what", "language", "status", "bytes", "from"], rows, numbers=(3,))
    for outcome in result.imported:
        told = f"{outcome.new:,} new, {outcome.changed:,} changed, {outcome.unchanged:,} unchanged paragraphs"
        out.print(f"{outcome.source}: {told}, {outcome.refused:,} refused", highlight=False)
        for reason in outcome.reasons:
            out.print(f"  refused: {reason}", highlight=False, markup=False)


def _tell_watched(watched: Watched) -> None:
    if watched.means == "index":
        out.print(f"the mirror's index lists {watched.asked:,} documents of these States and bodies", highlight=False)
    else:
        asked = f"asked for {watched.asked:,} likely symbols; {len(watched.not_there):,} of them are not there"
        out.print(f"{asked}. A document with an unusual symbol is not found in this way.", highlight=False)
    for reason in watched.failed:
        err.print(f"could not be asked for: {reason}", highlight=False, markup=False)
    if watched.result.got:
        _tell(watched.result)
    elif not watched.failed:
        out.print("nothing new")


def _languages(text: str) -> list[str]:
    langs = [word.strip().lower() for word in text.split(",") if word.strip()]
    if not langs or not all(_LANG.fullmatch(word) for word in langs):
        raise typer.BadParameter(f"{text!r} is no list of languages: en,ko")
    return list(dict.fromkeys(langs))


def _mirror(text: str) -> Mirror | None:
    try:
        return mirror_of(text) if text else None
    except BadInput as error:
        raise typer.BadParameter(str(error)) from error


def _states(names: list[str] | None) -> list[str]:
    found = []
    for name in names or []:
        state = resolve_state(name)
        if state is None:
            raise typer.BadParameter(f"no State is called {name!r}")
        found.append(state.code)
    return found


def _bodies(names: list[str] | None) -> list[str]:
    found = []
    for name in names or []:
        body = resolve_body(name)
        if body is None:
            raise typer.BadParameter(f"no body is called {name!r}")
        found.append(body.code)
    return found


def _seconds(text: str) -> int:
    match = re.fullmatch(r"(\d{1,4})([mhd])", text.strip().lower())
    if match is None or int(match[1]) < 1:
        raise typer.BadParameter(f"{text!r} is no interval: 30m, 12h, 7d")
    return int(match[1]) * _UNITS[match[2]]
