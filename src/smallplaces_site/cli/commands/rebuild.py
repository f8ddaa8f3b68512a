"""``smallplaces rebuild``: the index from zero."""

from __future__ import annotations

from typing import Annotated

import typer

from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.lock import writing
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out, progress


@app.command()
def rebuild(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Build the search index anew from the store, beside the old one, and swap. The site stays up meanwhile."""
    with progress(quiet=as_json) as watch, writing("rebuild"):
        done = catch_up(watch, rebuild=True).indexed
    if as_json:
        emit(done)
    elif done is not None:
        out.print(f"{done.written:,} paragraphs indexed, up to change {done.watermark}")
