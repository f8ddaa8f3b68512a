"""``smallplaces label``: claim of demands what they speak of and whose they are."""

from __future__ import annotations

from typing import Annotated

import typer

from smallplaces_site.actions.claim import claim_changes
from smallplaces_site.actions.initialise import make_tables
from smallplaces_site.actions.lock import writing
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out, progress


@app.command()
def label(
    again: Annotated[bool, typer.Option(help="Read every document anew, not only what is new.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Label what was asked of States, and say whose it is. Imports do this by themselves.

    Everything is read again when rules, their data or trained models are others. What people decided stays.
    """
    make_tables()
    with progress(quiet=as_json) as watch, writing("label"):
        done = claim_changes(lambda count, total: watch("claims", count, total), again=again)
    if as_json:
        emit(done)
        return
    out.print(
        f"{done.read:,} paragraphs of {done.documents:,} documents read, {done.asking:,} of them ask for something; "
        f"{done.changed:,} are claimed otherwise than before",
        highlight=False,
    )
    if done.before:
        out.print(f"everything was read by version {done.version}, before by {done.before}", highlight=False)
