"""Preparing entries in other processes, for batches that are large enough to pay for them.

Each process reads chunks of entries from its standard input and writes what was prepared to its standard output. It
ends when its input ends, so also when the process that started it is killed. Korean stays where it was asked for: its
analyser takes half a gigabyte and uses all processors by itself.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any, NamedTuple

from smallplaces.search.prepare import CHUNK, Prepared, prepare_some
from smallplaces.search.schema import Entry
from smallplaces.text.language import group_of, script_of

#: From so many entries on, other processes help.
LARGE = 10_000
_MOST = 4
_START = "import sys; sys.path[:] = {path!r}; from smallplaces.search.crew import serve; serve()"
_READY = b"\n"

#: The fields of what was prepared but the entry, which need not travel back.
_Row = tuple[Any, ...]


def prepare_many(entries: Iterable[Entry], large: int = LARGE) -> Iterator[Prepared]:
    """Prepare entries, in their order; with the help of other processes from ``large`` on."""
    source = iter(entries)
    for chunk in _chunks(islice(source, large)):
        yield from prepare_some(chunk)
    following = next(source, None)
    if following is None:
        return
    processors = os.cpu_count() or 1
    crew = Crew(min(processors, _MOST) if processors > 1 else 0)
    try:
        yield from crew.prepare(_chunks(chain([following], source)))
    finally:
        crew.stop()


def _chunks(source: Iterator[Entry]) -> Iterator[list[Entry]]:
    while chunk := list(islice(source, CHUNK)):
        yield chunk


class Crew:
    """Processes that prepare; :meth:`stop` must be called at the end."""

    def __init__(self, size: int) -> None:
        self.members = [_Member() for _ in range(size)]

    def prepare(self, chunks: Iterable[list[Entry]]) -> Iterator[Prepared]:
        """What the chunks hold, prepared, in their order. Until a member has started, and when all have
        died, it is done here."""
        sent: deque[_Sent] = deque()
        for chunk in chunks:
            done: list[Prepared] = []
            while sent and not self._free():
                done += sent.popleft().prepared()
            free = self._free()
            if free:
                sent.append(_Sent.to(free[0], chunk))
            else:
                done += prepare_some(chunk)
            yield from done
        for last in sent:
            yield from last.prepared()

    def _free(self) -> list[_Member]:
        return [member for member in self.members if member.free()]

    def stop(self) -> None:
        """End all processes, whatever they do."""
        for member in self.members:
            member.stop()


class _Sent(NamedTuple):
    """A chunk on its way, and the entries of it that a member has."""

    member: _Member
    chunk: list[Entry]
    away: list[Entry]

    @classmethod
    def to(cls, member: _Member, chunk: list[Entry]) -> _Sent:
        away = [entry for entry in chunk if not _needs_korean(entry)]
        member.send(away)
        return cls(member, chunk, away)

    def prepared(self) -> list[Prepared]:
        """The chunk prepared: what stayed is done here, and everything when the member died."""
        away = {id(entry) for entry in self.away}
        here = iter(prepare_some([entry for entry in self.chunk if id(entry) not in away]))
        rows = self.member.receive()
        if rows is None:
            there = iter(prepare_some(self.away))
        else:
            there = (Prepared(entry, *row) for entry, row in zip(self.away, rows, strict=True))
        return [next(there) if id(entry) in away else next(here) for entry in self.chunk]


def _needs_korean(entry: Entry) -> bool:
    beside = (entry.title, entry.heading, *entry.labels)
    return group_of(entry.lang) == "ko" or any(script_of(value) == "hangul" for value in beside)


class _Member:
    """One process, with at most one chunk at a time."""

    def __init__(self) -> None:
        start = _START.format(path=sys.path)
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and code)
            [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._started = False
        self._busy = False
        self._dead = False

    def free(self) -> bool:
        """Whether it has started and has nothing to do."""
        if not self._started and not self._dead:
            output = self.process.stdout
            if output is not None and select.select([output], [], [], 0)[0]:
                self._started = output.read(1) == _READY
                self._dead = not self._started
        return self._started and not self._busy and not self._dead

    def send(self, entries: list[Entry]) -> None:
        """Give it entries; what it makes of them must be taken by :meth:`receive`."""
        self._busy = True
        try:
            assert self.process.stdin is not None  # noqa: S101 (tells the type checker)
            pickle.dump(entries, self.process.stdin, pickle.HIGHEST_PROTOCOL)
            self.process.stdin.flush()
        except BrokenPipeError:
            self._dead = True

    def receive(self) -> list[_Row] | None:
        """The fields of :class:`Prepared` but the first, for each entry sent; None when there is no answer."""
        self._busy = False
        if self._dead:
            return None
        try:
            assert self.process.stdout is not None  # noqa: S101 (tells the type checker)
            rows: list[_Row] | None = pickle.load(self.process.stdout)  # noqa: S301 (from our own process)
        except (EOFError, pickle.UnpicklingError):
            self._dead = True
            return None
        return rows

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()
        self.process.wait()


def serve() -> None:
    """What a member does: prepare what comes in until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        answers.write(_READY)
        answers.flush()
        while True:
            pickle.dump(_rows(pickle.load(given)), answers, pickle.HIGHEST_PROTOCOL)  # noqa: S301 (from our own process)
            answers.flush()
    os._exit(0)  # without flushing what nobody reads


def _rows(entries: list[Entry]) -> list[_Row] | None:
    try:
        return [(one.terms, one.surface, one.works, one.date, one.stored) for one in prepare_some(entries)]
    except Exception:  # noqa: BLE001 (done again where it was asked for, it raises there)
        return None
