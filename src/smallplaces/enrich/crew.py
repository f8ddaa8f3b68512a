"""Citations of many passages, found by several processes.

Each process reads chunks of passages from its standard input and writes what they cite to its standard output. It ends
when its input ends, so also when the process that started it is killed.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import astuple
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple

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


class Crew:
    """Finds citations, with the help of other processes when there are ``large`` many passages in all."""

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
        if self._threads is None:
            return (_cited(passage) for passage in passages)
        chunks = [passages[start : start + _CHUNK] for start in range(0, len(passages), _CHUNK)]
        return _in_order([self._threads.submit(self._send, chunk) for chunk in chunks])

    def _send(self, chunk: Sequence[Passage]) -> _Rows:
        member = self._free.get()
        try:
            rows = member.ask(chunk)
        finally:
            self._free.put(member)
        return [[astuple(found) for found in _cited(passage)] for passage in chunk] if rows is None else rows

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for member in self.members:
            member.stop()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)


def _in_order(parts: list[Future[_Rows]]) -> Iterator[list[Citation]]:
    for part in parts:
        for rows in part.result():
            yield [Citation(*row) for row in rows]


def _cited(passage: Passage) -> list[Citation]:
    return annotate(passage.text, body=passage.body, lang=passage.lang, symbol=passage.symbol)


class _Member:
    """One process, asked by one thread at a time."""

    def __init__(self) -> None:
        start = _START.format(path=sys.path)
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and code)
            [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, chunk: Sequence[Passage]) -> _Rows | None:
        """The fields of every citation, passage by passage; None when the process is gone."""
        given, answers = self.process.stdin, self.process.stdout
        assert given is not None  # noqa: S101 (tells the type checker)
        assert answers is not None  # noqa: S101
        try:
            pickle.dump(list(chunk), given, pickle.HIGHEST_PROTOCOL)
            given.flush()
            rows: _Rows = pickle.load(answers)  # noqa: S301 (from our own process)
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            return None
        return rows

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()


def serve() -> None:
    """What a member does: find citations in what comes in until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        while True:
            passages: list[Passage] = pickle.load(given)  # noqa: S301 (from our own process)
            rows = [[astuple(found) for found in _cited(passage)] for passage in passages]
            pickle.dump(rows, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    os._exit(0)  # without flushing what nobody reads
