"""Work on many texts, done by several processes.

Each process reads chunks of texts, and the function that is to read them, from its standard input and writes what the
function answers to its standard output. It ends when its input ends, so also when the process that started it is
killed.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import astuple
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

from smallplaces.enrich.cite import annotate
from smallplaces.model.annotation import Citation

#: From so many passages on, other processes are worth their start.
LARGE = 2_000
_CHUNK = 400
_MOST = 4
_START = "import sys; sys.path[:] = {path!r}; from smallplaces.enrich.crew import serve; serve()"


class Passage(NamedTuple):
    """A text and what is known of it: see :func:`smallplaces.enrich.cite.annotate`."""

    text: str
    body: str = ""
    lang: str = ""
    symbol: str = ""


_Rows = list[list[tuple[Any, ...]]]


P = TypeVar("P")
R = TypeVar("R")


class Crew:
    """Reads texts, with the help of other processes when there are ``large`` many in all."""

    def __init__(self, passages: int, large: int = LARGE) -> None:
        processors = os.cpu_count() or 1
        size = min(processors, _MOST) if passages >= large and processors > 1 else 0
        self._free: SimpleQueue[_Member] = SimpleQueue()
        self.members = [_Member() for _ in range(size)]
        for member in self.members:
            self._free.put(member)
        self._threads = ThreadPoolExecutor(max_workers=size) if size else None

    def begin(self, passages: Sequence[Passage]) -> Iterator[list[Citation]]:
        """Start on these passages; what each of them cites, in their order, when it is asked for."""
        return ([Citation(*row) for row in rows] for rows in self.map(_cited, passages))

    def map(self, work: Callable[[Sequence[P]], list[R]], items: Sequence[P]) -> Iterator[R]:
        """Start ``work`` on chunks of ``items``; its answers in their order, when they are asked for.

        ``work`` is a function of a module or a partial of one, which others can be told of by name; it answers with one
        plain record an item.
        """
        chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
        if self._threads is None:
            return (answer for chunk in chunks for answer in work(chunk))
        return _in_order([self._threads.submit(self._send, work, chunk) for chunk in chunks])

    def _send(self, work: Callable[[Sequence[P]], list[R]], chunk: Sequence[P]) -> list[R]:
        member = self._free.get()
        try:
            answers = member.ask(work, chunk)
        finally:
            self._free.put(member)
        return work(chunk) if answers is None else answers

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for member in self.members:
            member.stop()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)


def _in_order(parts: list[Future[list[R]]]) -> Iterator[R]:
    for part in parts:
        yield from part.result()


def _cited(passages: Sequence[Passage]) -> _Rows:
    """The fields of every citation, passage by passage."""
    return [
        [astuple(one) for one in annotate(text, body=body, lang=lang, symbol=symbol)]
        for text, body, lang, symbol in passages
    ]


class _Member:
    """One process, asked by one thread at a time."""

    def __init__(self) -> None:
        start = _START.format(path=sys.path)
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and code)
            [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, work: Callable[[Sequence[P]], list[R]], chunk: Sequence[P]) -> list[R] | None:
        """What ``work`` answers; None when the process is gone."""
        given, answers = self.process.stdin, self.process.stdout
        assert given is not None  # noqa: S101 (tells the type checker)
        assert answers is not None  # noqa: S101
        try:
            pickle.dump((work, list(chunk)), given, pickle.HIGHEST_PROTOCOL)
            given.flush()
            found: list[R] = pickle.load(answers)  # noqa: S301 (from our own process)
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            return None
        return found

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()


def serve() -> None:
    """What a member does: work on what comes in until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        while True:
            work, chunk = pickle.load(given)  # noqa: S301 (from our own process)
            pickle.dump(work(chunk), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    os._exit(0)  # without flushing what nobody reads
