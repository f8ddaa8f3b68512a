"""Parse files from outside in a child process that can be killed.

The child has a bounded address space and a bounded time. Whatever it dies of becomes a :class:`BadFile` that says
why; the rest of a folder goes on. Children are used again for file after file.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Any

from smallplaces.errors import BadFile
from smallplaces.parse.base import Limits, ParsedDocument

_REUSED = 200  # a child is renewed after so many files, so that no leak grows


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a document, or the reason why there is none."""

    path: Path
    document: ParsedDocument | None = None
    error: BadFile | None = None


def _serve(pipe: Connection, limits: Limits) -> None:
    """The child: takes (path, hints), gives (document, error message, where)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    from smallplaces.parse.document import parse_file  # noqa: PLC0415  # after the limit, so that it binds everything

    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        if task is None:
            return
        path, hints = task
        try:
            answer: tuple[ParsedDocument | None, str, str] = (parse_file(path, hints=hints, limits=limits), "", "")
        except BadFile as error:
            answer = (None, error.message, error.where)
        except MemoryError:
            answer = (None, f"it needs more than {limits.memory >> 20} MB of memory", path.name)
        except RecursionError:
            answer = (None, "it is nested beyond any document", path.name)
        except Exception as error:  # noqa: BLE001  # a file from outside may break a library in any way
            answer = (None, f"it broke the reader: {type(error).__name__}: {error}"[:300], path.name)
        pipe.send(answer)


class _Child:
    """One child process and what it is doing."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.path: Path | None = None
        self.deadline = 0.0
        self.done = 0

    def give(self, path: Path, hints: Mapping[str, Any] | None) -> None:
        self.path = path
        self.deadline = monotonic() + self.limits.seconds
        self.pipe.send((path, dict(hints or {})))

    def take(self) -> Outcome:
        """The outcome of the file in work; the child may be dead after it."""
        path = self.path
        assert path is not None  # noqa: S101  # only asked of a child that works
        self.path = None
        self.done += 1
        try:
            document, message, where = self.pipe.recv()
        except (EOFError, ConnectionError, OSError):
            self.kill()
            return Outcome(
                path, error=BadFile("it killed the reader: damaged, or too large for its memory", where=path.name)
            )
        return Outcome(path, document, BadFile(message, where=where) if document is None else None)

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def overdue(self) -> Outcome:
        """Kill a child that took too long, and say so."""
        path = self.path
        assert path is not None  # noqa: S101
        self.path = None
        self.kill()
        return Outcome(path, error=BadFile(f"it took longer than {self.limits.seconds:g} seconds", where=path.name))

    @property
    def alive(self) -> bool:
        return not self.pipe.closed and self.process.is_alive()


def parse_many(
    paths: Iterable[Path],
    *,
    hints: Mapping[str, Mapping[str, Any]] | None = None,
    limits: Limits | None = None,
    children: int = 2,
) -> Iterator[Outcome]:
    """Parse many files in a few children, each outcome as soon as it is there (in no fixed order).

    ``hints`` are by file name. One bad file costs its own outcome and nothing else.
    """
    limits, hints = limits or Limits(), hints or {}
    waiting = iter(paths)
    crew: list[_Child] = []
    exhausted = False
    try:
        while True:
            while not exhausted and sum(child.path is not None for child in crew) < children:
                path = next(waiting, None)
                if path is None:
                    exhausted = True
                    break
                _free(crew, limits).give(Path(path), hints.get(Path(path).name))
            busy = [child for child in crew if child.path is not None]
            if not busy:
                return
            yield from _step(busy)
    finally:
        for child in crew:
            if child.alive:
                child.kill()


def _free(crew: list[_Child], limits: Limits) -> _Child:
    """A child without work, new when the old ones are dead or tired."""
    for child in crew[:]:
        if child.path is None and (not child.alive or child.done >= _REUSED):
            if child.alive:
                child.kill()
            crew.remove(child)
    for child in crew:
        if child.path is None:
            return child
    crew.append(_Child(limits))
    return crew[-1]


def _step(busy: list[_Child]) -> Iterator[Outcome]:
    nearest = max(0.0, min(child.deadline for child in busy) - monotonic())
    ready = wait([child.pipe for child in busy], timeout=nearest + 0.01)
    for child in busy:
        if child.pipe in ready:
            yield child.take()
        elif monotonic() > child.deadline:
            yield child.overdue()


def parse_safely(path: Path, *, hints: Mapping[str, Any] | None = None, limits: Limits | None = None) -> ParsedDocument:
    """Parse one file from outside in a child process. Raises :class:`BadFile` for whatever goes wrong with it."""
    path = Path(path)
    for outcome in parse_many([path], hints={path.name: hints or {}}, limits=limits, children=1):
        if outcome.document is not None:
            return outcome.document
        raise outcome.error or BadFile("it could not be read", where=path.name)
    raise BadFile("it could not be read", where=path.name)
