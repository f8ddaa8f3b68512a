"""``smallplaces example load|remove``: the invented State, for trying things out."""

from __future__ import annotations

import typer

from smallplaces_site.actions.example import load_example, remove_example
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import out

example = typer.Typer(help="The example set: one invented State, for trying things out.", no_args_is_help=True)
app.add_typer(example, name="example")


@example.command("load")
def load() -> None:
    """Put the invented State Exampland into the store."""
    outcome = load_example()
    out.print(f"example set loaded: {outcome.new + outcome.unchanged} records, all invented")


@example.command("remove")
def remove() -> None:
    """Take the example set out again, without a trace in search or pages."""
    out.print(f"example set removed: {remove_example()} documents")
