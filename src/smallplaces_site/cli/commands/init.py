"""``smallplaces init``: make the home folder, the tables and the static files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from smallplaces_site.actions.initialise import initialise
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out


@app.command()
def init(
    example: Annotated[bool, typer.Option(help="Load the invented example set into an empty store.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make the store ready: tables, catalogue, static files, and an index that stands at the change log.

    Doing it again changes nothing.
    """
    done = initialise(example=example)
    if as_json:
        emit({"home": str(Path(settings.HOME)), "done": done})
        return
    for line in done or ["nothing to do"]:
        out.print(line)
