"""``smallplaces backup`` and ``smallplaces restore``: everything in one file, and back again exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from smallplaces_site.actions import backup as action
from smallplaces_site.actions.initialise import initialise
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out, progress

_File = Annotated[Path, typer.Argument(help="The backup file (a zip).")]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def backup(file: _File, as_json: _Json = False) -> None:
    """Write everything into one file: a zip of JSON lines and raw files that any tool can open."""
    with progress(quiet=as_json) as watch:
        manifest = action.backup(file, watch)
    _tell("backed up to", file, manifest, as_json=as_json)


@app.command()
def restore(
    file: _File,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what the store holds.")] = False,
    as_json: _Json = False,
) -> None:
    """Bring a backup back exactly, into an empty store, and build the index."""
    initialise(example=False)
    with progress(quiet=as_json) as watch:
        manifest = action.restore(file, replace=replace, progress=watch)
    _tell("restored from", file, manifest, as_json=as_json)


def _tell(what: str, file: Path, manifest: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        emit({"file": str(file), **manifest})
        return
    rows = sum(manifest["tables"].values())
    out.print(f"{what} {file}: {rows:,} rows in {len(manifest['tables'])} tables", highlight=False, soft_wrap=True)
