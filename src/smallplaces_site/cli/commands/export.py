"""``smallplaces export``: what a query finds, as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from smallplaces.errors import BadFile
from smallplaces_site.actions.export_hits import FORMS, export_hits
from smallplaces_site.cli.app import app
from smallplaces_site.cli.commands.search import read_filters
from smallplaces_site.cli.output import err


@app.command()
def export(
    words: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help="As for search. None: everything.")] = None,
    lang: Annotated[list[str] | None, typer.Option(help="Only texts in this language. Repeatable.")] = None,
    filter_: Annotated[
        list[str] | None, typer.Option("--filter", metavar="FIELD=VALUE", help="As for search. Repeatable.")
    ] = None,
    across: Annotated[bool, typer.Option(help="As for search: look in other languages too.")] = True,
    form: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMS)}.")] = "jsonl",
    output: Annotated[Path | None, typer.Option(help="File to write. Default: standard output.")] = None,
) -> None:
    """Write every paragraph a query finds, in full, with the query, the date and the data version."""
    chunks = export_hits(" ".join(words or []), tuple(lang or ()), read_filters(filter_ or []), form, across=across)
    if output is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        return
    draft = output.with_name(f".{output.name}.draft")
    try:
        with draft.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
        draft.replace(output)
    except OSError as error:
        raise BadFile(f"cannot be written: {error.strerror}", where=str(output)) from error
    finally:
        draft.unlink(missing_ok=True)
    err.print(f"written: {output}", highlight=False, soft_wrap=True)
