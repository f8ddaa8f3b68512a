"""Write the reference pages that are made from the code: ``python docs/generate.py``.

Reads: settings, commands, sources and the API as the code has them. Writes: ``docs/reference/``. A test
(``tests/docs/test_reference.py``) fails when a page and the code differ.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent / "reference"
_NOTE = "<!-- Made by docs/generate.py. Change the code, then run it again. -->"


def settings() -> str:
    """Every setting, from :data:`smallplaces.config.SETTINGS`."""
    from smallplaces.config import SETTINGS  # noqa: PLC0415 - each page imports what it is made from

    rows = [(f"`{s.name}`", s.type_name, f"`{s.default}`" if s.default else "empty", s.help) for s in SETTINGS]
    return _page(
        "Settings",
        "All settings are environment variables, read when the program starts. An empty one counts as not set. A "
        "value that cannot be read stops the start and names the setting.",
        _table(("name", "type", "default", "what it does"), rows),
        "A *rate* is a number of requests a second, minute, hour or day (`10/s`, `600/m`), or `no` for no limit. "
        "*Words* are separated by spaces or commas.",
    )


def commands() -> str:
    """Every command, from the typer application."""
    import typer.main  # noqa: PLC0415

    from smallplaces_site.cli.app import app  # noqa: PLC0415
    from smallplaces_site.cli.main import prepare  # noqa: PLC0415

    prepare()
    group: Any = typer.main.get_command(app)
    return _page(
        "Commands",
        "`smallplaces COMMAND --help` says the same at the prompt. With `--json` a command prints one JSON object on "
        "standard output; whatever is meant for people goes to standard error.",
        _table(
            ("exit code", "meaning"),
            [
                ("0", "done"),
                ("1", "something was refused, or it failed; the message says what"),
                ("2", "the command was used wrongly"),
                ("3", "another process holds the write lock; the message says which"),
            ],
        ),
        *_commands("", group),
    )


def _commands(above: str, group: Any) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        yield _command(above + name, command)
        if hasattr(command, "commands"):
            yield from _commands(f"{above}{name} ", command)


def _command(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["smallplaces", name, *(["[OPTIONS]"] if options else []), *map(_argument, arguments)])
    if hasattr(command, "commands"):
        usage += f" {' | '.join(command.commands)}"
    rows = [(f"`{_argument(p)}`", p.help or "") for p in arguments] + [
        (f"`{_option(p)}`", p.help or "") for p in options
    ]
    parts = [f"## {name}", f"```\n{usage}\n```", str(command.help or "").strip()]
    return "\n\n".join([*parts, _table(("argument or option", "meaning"), rows)] if rows else parts)


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    if parameter.nargs == -1:
        name += "..."
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return f"{names} {parameter.metavar}" if parameter.metavar else names


def sources() -> str:
    """Every source, from its ``source.yml``."""
    from smallplaces.sources import registry  # noqa: PLC0415

    described = sorted((source.description for source in registry.all()), key=lambda one: one.name)
    return _page(
        "Sources",
        "A source reads the files of one publisher. `smallplaces import FOLDER` offers it every file whose path ends "
        "like one of its patterns. Where two sources hold the same paragraph, the wording of the higher rank is shown "
        "and the other is kept.",
        *(
            "\n\n".join(
                [
                    f"## {one.name}",
                    f"{one.title}.",
                    _table(
                        ("", ""),
                        [
                            ("publisher", one.publisher),
                            ("address", one.address),
                            ("licence", one.licence),
                            ("languages", ", ".join(one.languages)),
                            ("reads", ", ".join(f"`{glob}`" for glob in one.finds)),
                            ("rank", str(one.rank)),
                        ],
                    ),
                    one.note,
                ]
            ).strip()
            for one in described
        ),
    )


def openapi() -> str:
    """The description of the API, as ``/api/v1/openapi.json`` serves it."""
    from smallplaces_site.cli.main import prepare  # noqa: PLC0415

    prepare()
    from smallplaces_site.api.main import api  # noqa: PLC0415 - needs Django

    description = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return json.dumps(description, indent=1, ensure_ascii=False) + "\n"


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", _NOTE, *parts]) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(head), "|" + " --- |" * len(head), *map(line, rows)])


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "commands.md": commands,
    "sources.md": sources,
    "openapi.json": openapi,
}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smallplaces_site.project.settings")
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
