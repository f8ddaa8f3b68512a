"""``smallplaces sources``: what can be imported, and how the last import of each went."""

from __future__ import annotations

from typing import Annotated

import typer

from smallplaces.sources import registry
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, table
from smallplaces_site.corpus.models import Run


@app.command()
def sources(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """List the sources: publisher, licence, files they read, and the last import of each."""
    last = {run.source: run for run in Run.objects.order_by("pk")}
    rows = [(source.description, last.get(source.description.name)) for source in registry.all()]
    if as_json:
        emit(
            {
                "sources": [
                    {
                        "name": told.name,
                        "title": told.title,
                        "publisher": told.publisher,
                        "address": told.address,
                        "licence": told.licence,
                        "languages": told.languages,
                        "files": told.finds,
                        "last": {"at": run.started, "outcome": run.outcome, **run.counts} if run else None,
                    }
                    for told, run in rows
                ]
            }
        )
        return
    table(
        "",
        ["source", "what it is", "publisher", "licence", "files", "last import"],
        [
            [
                told.name,
                told.title,
                told.publisher,
                told.licence,
                ", ".join(told.finds),
                f"{run.started:%Y-%m-%d} {run.outcome}" if run else "never",
            ]
            for told, run in rows
        ],
    )
