"""``smallplaces import``: bring real documents in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from smallplaces_site.actions.import_files import Imported, import_files
from smallplaces_site.actions.initialise import make_tables
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, err, out, progress, table


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Folders or files. Sources find what they can read.")],
    source: Annotated[str, typer.Option(help="Only this source; it is then given any file named.")] = "",
    again: Annotated[bool, typer.Option(help="Read files again that were read before with the same code.")] = False,
    accept_withdrawals: Annotated[
        bool, typer.Option(help="Believe a delivery that lacks much of what the source gave before.")
    ] = False,
    index: Annotated[bool, typer.Option(help="Bring the search index up to date afterwards.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Import files and print what was read, new, changed, unchanged and refused.

    Importing the same again changes nothing. Everything good goes in; what is refused is listed, with its place and
    the reason, in a report file.
    """
    make_tables()
    with progress(quiet=as_json) as watch:
        result = import_files(
            paths, only=source, progress=watch, again=again, accept_withdrawals=accept_withdrawals, index=index
        )
    if as_json:
        emit(result)
    else:
        _tell(result)
    if not result.clean:
        raise typer.Exit(Exit.REFUSED)


def _tell(result: Imported) -> None:
    rows = [
        [o.source, o.read, o.new, o.changed, o.unchanged, o.withdrawn, o.refused, f"{o.seconds:.1f}", o.outcome]
        for o in result.outcomes
    ]
    heads = ["source", "read", "new", "changed", "unchanged", "withdrawn", "refused", "seconds", "outcome"]
    table("", heads, rows, numbers=(1, 2, 3, 4, 5, 6, 7))
    for name in result.resumed:
        out.print(f"{name}: an earlier import had been interrupted; this one completed it")
    for outcome in result.outcomes:
        if outcome.message:
            err.print(f"[bold]{outcome.source}[/]: {outcome.message}", highlight=False)
        for reason, count in list(outcome.reasons.items())[:5]:
            out.print(f"  {outcome.source}: {count:,} refused: {reason}", highlight=False, markup=False)
        if outcome.report:
            out.print(f"  {outcome.source}: report in {Path(settings.HOME) / outcome.report}", soft_wrap=True)
    if result.unread:
        names = ", ".join(result.unread[:5])
        more = f" and {len(result.unread) - 5} more" if len(result.unread) > 5 else ""
        out.print(f"no source reads: {names}{more}", highlight=False, markup=False)
    if result.cited is not None and result.cited.read:
        found, unresolved = sum(result.cited.kinds.values()), sum(result.cited.unresolved.values())
        out.print(f"citations: {found:,} in {result.cited.read:,} paragraphs read, {unresolved:,} of them unresolved")
    if result.indexed is not None:
        out.print(f"index: {result.indexed.written:,} paragraphs written, up to change {result.indexed.watermark}")
