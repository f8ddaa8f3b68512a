"""The folder of an index: builds side by side, a pointer to the present one, one writer.

current              the name of the present build, replaced atomically
b-<number>/          a build: the engine's files and build.json, which tells its schema version
writing.lock         held by the process that writes
writing.json         who that is and since when
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from smallplaces.errors import Locked, NoRoom
from smallplaces.search.backends.base import IndexState
from smallplaces.search.schema import SCHEMA_VERSION

_SENTINEL = "build.json"


class IndexFolder:
    """Where an index lives."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pointer = str(path / "current")
        self._pointed: tuple[tuple[int, int], str] | None = None

    def current_name(self) -> str:
        """The name of the present build. Raises :class:`FileNotFoundError` before the first."""
        found = os.stat(self._pointer)  # noqa: PTH116 (asked at every search)
        stamp = (found.st_mtime_ns, found.st_ino)
        pointed = self._pointed
        if pointed is None or pointed[0] != stamp:
            pointed = self._pointed = (stamp, Path(self._pointer).read_text(encoding="utf-8").strip())
        return pointed[1]

    def current(self) -> Path | None:
        """The folder of the present build, or None before the first."""
        try:
            return self.path / self.current_name()
        except FileNotFoundError:
            return None

    def state(self) -> IndexState:
        """Whether the present build can be read by this version of the code."""
        build = self.current()
        if build is None:
            return IndexState.MISSING
        try:
            made = json.loads((build / _SENTINEL).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return IndexState.REBUILD
        return IndexState.READY if made.get("schema") == SCHEMA_VERSION else IndexState.REBUILD

    def new_build(self) -> Path:
        """An empty folder for a build that is not yet the present one."""
        with no_room():
            self.path.mkdir(parents=True, exist_ok=True)
            numbers = [int(build.name[2:]) for build in self.path.glob("b-*") if build.name[2:].isdigit()]
            build = self.path / f"b-{max(numbers, default=0) + 1}"
            build.mkdir()
            (build / _SENTINEL).write_text(json.dumps({"schema": SCHEMA_VERSION}), encoding="utf-8")
        return build

    def swap(self, build: Path) -> None:
        """Make ``build`` the present one, atomically, and throw the others away."""
        pointer = self.path / "current.new"
        with no_room():
            with pointer.open("w", encoding="utf-8") as file:
                file.write(build.name)
                file.flush()
                os.fsync(file.fileno())
            os.replace(pointer, self.path / "current")  # noqa: PTH105 (the name of the promise: atomic)
        self.sweep()

    def sweep(self) -> None:
        """Throw away builds that are not the present one. Readers keep the files they have open."""
        current = self.current()
        for build in self.path.glob("b-*"):
            if build != current:
                shutil.rmtree(build, ignore_errors=True)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write. Raises :class:`Locked` when another process has it."""
        with no_room():
            self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / "writing.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Locked(
                "The search index is being written by %(writer)s.", writer=self._writer(), where=str(self.path)
            ) from error
        try:
            who = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
            with no_room():
                (self.path / "writing.json").write_text(json.dumps(who), encoding="utf-8")
            yield
        finally:
            lock.release()

    def _writer(self) -> str:
        try:
            who = json.loads((self.path / "writing.json").read_text(encoding="utf-8"))
            return f"process {who['pid']} since {who['since']}"
        except (OSError, ValueError, KeyError):
            return "another process"


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """Turn a full disk into an error that says so."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom("The disk is full: the search index could not be written.") from error
        raise
