"""What was fetched, kept in a folder of the shape of a mirror: the file, and what is known of it beside.

``<folder>/<host>/<path>`` is the file; ``<folder>/.state/<host>/<path>.json`` says from where and when it came and by
what the server knows it; ``….part`` is the beginning of a file that is not yet whole, with its own ``….part.json``.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from smallplaces.errors import BadFile, Locked, NoRoom
from smallplaces.sources.mirror import path_of

STATE = ".state"
_QUEUE = 900.0  # seconds to wait for another process that fetches the same file


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a server tells one version of a file from another, and what we know of the version we hold.

    ``url`` is where it was really asked (a mirror's address is not the publisher's): marks of one place mean nothing
    at another.
    """

    url: str = ""
    etag: str = ""
    modified: str = ""
    kind: str = ""
    size: int = 0
    sha256: str = ""
    at: str = ""  # ISO 8601

    @property
    def strong(self) -> str:
        """What If-Range may hold: an exact ETag, else the date of the last change; empty when there is neither."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


class Kept:
    """The place of one public address in the folder of fetched files."""

    def __init__(self, folder: Path, address: str) -> None:
        place = path_of(address)
        beside = folder / STATE / place
        self.address = address
        self.path = folder / place
        self.part = beside.with_name(beside.name + ".part")
        self._state = beside.with_name(beside.name + ".json")
        self._part_state = beside.with_name(beside.name + ".part.json")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process fetches this file meanwhile. Raises :class:`Locked` when one does for long."""
        with _room(self.part):
            lock = FileLock(self.part.with_suffix(".lock"), timeout=_QUEUE)
        try:
            lock.acquire()
        except Timeout as error:
            raise Locked("another process has been fetching this file for long", where=self.address) from error
        try:
            yield
        finally:
            lock.release()

    def held(self) -> Mark | None:
        """The mark of the file, if it is here and as it was written."""
        mark = _read(self._state)
        try:
            return mark if mark is not None and self.path.stat().st_size == mark.size else None
        except OSError:
            return None

    def begun(self) -> tuple[int, Mark] | None:
        """How many bytes of the next version are here, and its mark; None when nothing can be gone on with."""
        mark = _read(self._part_state)
        try:
            size = self.part.stat().st_size
        except OSError:
            return None
        return (size, mark) if mark is not None and mark.strong and size else None

    def begin(self, mark: Mark) -> None:
        """Note what the partial file will be a part of."""
        with _room(self.part):
            _write(self._part_state, mark)

    def forget(self) -> None:
        """Drop what was begun."""
        self.part.unlink(missing_ok=True)
        self._part_state.unlink(missing_ok=True)

    def forget_bytes(self) -> None:
        """The next bytes are the first ones."""
        self.part.unlink(missing_ok=True)

    def head(self) -> bytes:
        """The first bytes of what was begun."""
        with self.part.open("rb") as stream:
            return stream.read(1024)

    def finish(self, mark: Mark) -> None:
        """The partial file is whole: it takes the place of the file."""
        with _room(self.path):
            with self.part.open("rb+") as stream:
                os.fsync(stream.fileno())
            self.part.replace(self.path)
            _write(self._state, mark)
        self._part_state.unlink(missing_ok=True)

    def touch(self, mark: Mark) -> None:
        """The file was found unchanged."""
        with _room(self.path):
            _write(self._state, mark)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around what is written to :attr:`part`: a full disk is said as such."""
        with _room(self.part):
            yield


@contextmanager
def _room(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom("the disk is full; free some space and fetch again", where=str(path.parent)) from error
        raise BadFile(f"cannot be written: {error.strerror}", where=str(path)) from error


def _read(path: Path) -> Mark | None:
    try:
        return Mark(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # absent, torn or of another version: as if nothing were known


def _write(path: Path, mark: Mark) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{os.getpid()}-{path.name[:180]}")
    draft.write_text(json.dumps(asdict(mark)), encoding="utf-8")
    draft.replace(path)
