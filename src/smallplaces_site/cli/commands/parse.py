"""``smallplaces parse``: a file becomes numbered paragraphs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smallplaces.parse import parse_safely
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, err, out


@app.command()
def parse(
    file: Annotated[Path, typer.Argument(help="A PDF, DOCX, DOC, HTML, RTF or text file.")],
    pages: Annotated[bool, typer.Option("--pages", help="Say on which page each paragraph begins.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read a UN document from a file and print its paragraphs."""
    document = parse_safely(file)
    if as_json:
        emit(document.to_json())
        return
    told = document.to_json()
    out.print(f"[bold]{told['symbol'] or file.name}[/] {told['title'] or ''}", highlight=False)
    for paragraph in told["paragraphs"]:
        page = f"[dim]p. {paragraph['page']}[/] " if pages and paragraph.get("page") else ""
        number = f"[bold]{paragraph['n']}.[/] " if paragraph["n"] else ""
        out.print(f"\n{page}{number}", end="", highlight=False)
        out.print(paragraph["text"], highlight=False, markup=False)
    for warning in told["warnings"]:
        err.print(f"warning: {warning}", highlight=False, markup=False)
