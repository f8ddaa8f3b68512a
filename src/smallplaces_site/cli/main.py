"""The door of the command line: every command, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from smallplaces.errors import Locked, SmallPlacesError
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, err


def _register() -> None:
    """Import the commands; each registers itself on :data:`app`."""
    import smallplaces_site.cli.commands  # noqa: F401, PLC0415  # after Django is set up


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        prepare()
        code: Any = app(given, standalone_mode=False)
    except (typer.Exit, SystemExit) as error:
        code = getattr(error, "exit_code", getattr(error, "code", 0))
    except SmallPlacesError as error:
        code = _explain(error, as_json="--json" in given)
    except (KeyboardInterrupt, typer.Abort):
        err.print("stopped; what was done is kept, and the same command goes on from there")
        code = 130
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.OK
    except Exception as error:  # noqa: BLE001  # usage errors and a full disk, told apart below
        code = _other(error)
    sys.exit(int(code or 0))


def _other(error: Exception) -> Exit:
    """A wrong use of the command, or a full disk wherever it was met; anything else is a bug and shows its trace."""
    from smallplaces_site.actions.import_source import full_disk  # noqa: PLC0415  # after Django is set up

    if hasattr(error, "show"):
        error.show()
        return Exit.USAGE
    if full_disk(error):
        err.print("[bold red]smallplaces:[/] the disk is full; free some space and run the same command again")
        return Exit.REFUSED
    raise error


def prepare() -> None:
    """Set Django up and register the commands. Safe to call again."""
    import django  # noqa: PLC0415  # slow, and needs the settings' name first

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smallplaces_site.project.settings")
    django.setup()
    _register()


def _explain(error: SmallPlacesError, *, as_json: bool) -> Exit:
    message = str(error)
    if as_json:
        emit({"error": message, "kind": type(error).__name__})
    err.print(f"[bold red]smallplaces:[/] {message}", highlight=False, soft_wrap=True)
    if isinstance(error, Locked):
        return Exit.LOCKED
    return Exit.REFUSED
