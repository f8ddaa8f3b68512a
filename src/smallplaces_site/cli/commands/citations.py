"""``smallplaces citations``: what a document cites, or what cites it, as a file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from smallplaces_site.actions.export_citations import FORMS, export_citations, export_citing
from smallplaces_site.cli.app import app


@app.command()
def citations(
    name: Annotated[str, typer.Argument(help="A document by symbol or key; with --cited-by also “CRPD article 19”.")],
    cited_by: Annotated[bool, typer.Option("--cited-by", help="What cites it, instead of what it cites.")] = False,
    para: Annotated[str, typer.Option(help="Only what this paragraph of the document cites.")] = "",
    lang: Annotated[str, typer.Option(help="The language version. Default: English, else the first there is.")] = "",
    form: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMS)}.")] = "csv",
) -> None:
    """Write the citations of a document, or everything that cites it, to standard output.

    JSON-LD is linked data with the terms of schema.org.
    """
    if cited_by:
        chunks = export_citing(name, form, **({"lang": lang} if lang else {}))
    else:
        chunks = export_citations(name, form, lang=lang, paragraph=para)
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
