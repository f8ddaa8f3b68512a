"""The Typer application that every command registers itself on."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="smallplaces",
    help="Small Places: what the international human rights system says, brought close to home.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
