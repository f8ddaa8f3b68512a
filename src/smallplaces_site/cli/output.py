"""How commands speak: tables and progress to people, one JSON object to machines, and exit codes.

0: done. 1: done, but something was refused or is wrong (or it could not be done). 2: the command was not used rightly.
3: another process holds the write lock.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

Watch = Callable[[str, int, int | None], None]

# Where nobody watches, lines are not folded to a window that is not there.
out = Console(width=None if sys.stdout.isatty() else 180)
err = Console(stderr=True)


class Exit(IntEnum):
    """Exit codes."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    LOCKED = 3


def emit(value: Any) -> None:
    """Print one JSON object on one line of standard output."""
    sys.stdout.write(json.dumps(_plain(value), ensure_ascii=False, default=str) + "\n")


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def table(title: str, columns: list[str], rows: list[list[Any]], *, numbers: tuple[int, ...] = ()) -> None:
    """Print a table; columns whose index is in ``numbers`` stand to the right, with thousands apart."""
    grid = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for index, column in enumerate(columns):
        grid.add_column(column, justify="right" if index in numbers else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row))
    out.print(grid)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Watch]:
    """A bar a stage on standard error, when a person is watching; silence otherwise."""
    if quiet or not err.is_terminal:
        yield lambda what, done, total: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def watch(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield watch
