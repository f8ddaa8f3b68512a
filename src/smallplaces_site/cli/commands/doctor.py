"""``smallplaces doctor``: is everything as it should be?"""

from __future__ import annotations

from typing import Annotated

import typer

from smallplaces_site.actions import doctor as action
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, out, progress


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended, then look again.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Also read every raw file and index entry.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Examine store, archive and index, and say what is wrong and what to do."""
    done: list[str] = []
    if repair:
        with progress(quiet=as_json) as watch:
            done = action.repair(lambda count, total: watch("index", count, total))
    findings = list(action.examine(deep=deep))
    if as_json:
        emit({"ok": all(finding.ok for finding in findings), "repaired": done, "findings": findings})
    else:
        for line in done:
            out.print(f"[green]mended[/] {line}", highlight=False)
        for finding in findings:
            mark = "[green]good[/]" if finding.ok else "[bold red]bad [/]"
            out.print(f"{mark} {finding.name}: {finding.says}", highlight=False)
            if not finding.ok and finding.advice:
                out.print(f"     {finding.advice}", highlight=False)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(Exit.REFUSED)
