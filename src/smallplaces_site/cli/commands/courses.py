"""``smallplaces courses``: which there are, whether a folder of them is sound, packages for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from smallplaces import courses as shelf
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, out

courses = typer.Typer(help="Courses for officials: check, list, export.", no_args_is_help=True)
app.add_typer(courses, name="courses")


@courses.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of courses, or one course. Default: our own.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what is wrong with courses, and where: file, line, and what is expected."""
    found = shelf.shelf(folder)
    if as_json:
        emit({"courses": sorted(found.courses), "faults": found.faults})
    else:
        for fault in found.faults:
            out.print(escape(str(fault)), highlight=False, soft_wrap=True)
        out.print(f"{len(found.courses)} courses without fault, {len(found.faults)} faults")
    if found.faults:
        raise typer.Exit(Exit.REFUSED)
