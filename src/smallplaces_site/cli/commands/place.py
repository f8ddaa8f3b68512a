"""``smallplaces place``: which place is meant, and where it lies."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape

from smallplaces.errors import NotFound
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out
from smallplaces_site.corpus.read import places


@app.command()
def place(
    name: Annotated[str, typer.Argument(help="A code or a name in any language: KR-26, 부산 중구, Khomas.")],
    state: Annotated[str, typer.Option(help="Only places of this State (alpha-3 code).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
) -> None:
    """Show every place that a name may mean, with its code, what it lies in and what it was called before."""
    found = places.called(name, state.upper())
    if not found:
        raise NotFound("no place of that code or name is known here", where=name)
    if as_json:
        emit([_shape(one) for one in found])
        return
    for one in found:
        past = "".join(f"; until {old.valid_to} {old.name('ko')}" for old in places.former(one))
        out.print(escape(f"{one.short}  {places.written(one)}  ({one.kind or one.level}{past})"), highlight=False)


def _shape(one: places.PlaceView) -> dict[str, Any]:
    return {
        "code": one.code,
        "short": one.short,
        "state": one.state,
        "level": one.level,
        "kind": one.kind,
        "names": dict(one.names),
        "above": [upper.short for upper in places.chain(one)[1:]],
        "below": [lower.short for lower in places.below(one.code)],
        "valid_from": one.valid_from,
        "former": [{"names": dict(old.names), "until": old.valid_to} for old in places.former(one)],
    }
