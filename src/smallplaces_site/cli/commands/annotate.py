"""``smallplaces annotate``: find what paragraphs cite."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings

from smallplaces_site.actions import annotate as action
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.initialise import make_tables
from smallplaces_site.actions.lock import writing
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out, progress, table


@app.command()
def annotate(
    again: Annotated[bool, typer.Option(help="Read every paragraph anew, not only what is new.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find what paragraphs cite, and keep it. Imports do this by themselves.

    New and changed paragraphs are read; all of them when the method has a new version, and then what it gained and
    lost is printed, and written to a file line by line. What persons decided stays.
    """
    make_tables()
    with progress(quiet=as_json) as watch, writing("annotate"):
        done = catch_up(watch, again=again).annotated
    if as_json:
        emit(done)
        return
    heads = ["kind", "citations", "unresolved", "gained", "lost"]
    kinds = sorted({*done.kinds, *done.lost}, key=lambda kind: (-done.kinds[kind], kind))
    rows = [[kind, done.kinds[kind], done.unresolved[kind], done.gained[kind], done.lost[kind]] for kind in kinds]
    if rows:
        table("", heads, rows, numbers=(1, 2, 3, 4))
    out.print(f"{done.read:,} paragraphs read, {done.changed:,} cite otherwise than before", highlight=False)
    _tell_of_report(done)


def _tell_of_report(done: action.Annotated) -> None:
    if done.before:
        out.print(f"everything was read by version {done.version}, before by {done.before}", highlight=False)
    if done.report:
        out.print(f"gains and losses: {settings.HOME / done.report}", highlight=False, soft_wrap=True)
