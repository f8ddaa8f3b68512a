"""``smallplaces cite``: what a text refers to."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.markup import escape

from smallplaces.enrich.cite import annotate
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out


@app.command()
def cite(
    body: Annotated[str, typer.Option(help="The body that speaks (CRPD): what “the Convention” means here.")] = "",
    lang: Annotated[str, typer.Option(help="The language of the text. Default: as it looks.")] = "",
    symbol: Annotated[str, typer.Option(help="The document's own symbol: what “para. 12 above” means here.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
) -> None:
    """Read a text from standard input and print every reference in it: symbols, articles, general comments…"""
    found = annotate(sys.stdin.read(), body=body, lang=lang, symbol=symbol)
    if as_json:
        emit([citation.as_json() for citation in found])
        return
    for citation in found:
        leads_to = ", ".join(citation.targets) or "unresolved: " + ", ".join(citation.candidates)
        out.print(f"[bold]{escape(citation.text)}[/]  {citation.kind} → {escape(leads_to)}", highlight=False)
    if not found:
        out.print("no reference found")
