"""Raw bytes for ever: each file by its SHA-256, written once, never changed.

Reads: a file. Writes: ``<home>/archive/ab/cd/<sha256>`` (compressed with zstandard unless it already
is). Where and when the bytes came from is a record of the store, not of this module.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import zstandard

from smallplaces.errors import BadFile, NoRoom, NotFound

_CHUNK = 1 << 20
_PACKED = (".gz", ".zst", ".zip", ".pdf", ".docx", ".xlsx", ".xz", ".bz2")


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal. Raises :class:`BadFile` when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(path)) from error


class Archive:
    """The folder of raw files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def _find(self, sha256: str) -> Path | None:
        place = self._place(sha256)
        for path in (place, place.with_suffix(".zst")):
            if path.exists():
                return path
        return None

    def holds(self, sha256: str) -> bool:
        """Whether these bytes are here."""
        return self._find(sha256) is not None

    def put(self, path: Path, sha256: str) -> None:
        """Keep the bytes of ``path``. Does nothing when they are here already.

        The file appears under its final name only when it is complete and on disk. Raises
        :class:`NoRoom` when the disk is full and :class:`BadFile` when ``path`` cannot be read.
        """
        if self.holds(sha256):
            return
        place = self._place(sha256)
        if not path.name.lower().endswith(_PACKED):
            place = place.with_suffix(".zst")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
            with os.fdopen(handle, "wb") as target, path.open("rb") as source:
                self._copy(source, target, compress=place.suffix == ".zst")
                target.flush()
                os.fsync(target.fileno())
            Path(draft).replace(place)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoRoom("the disk is full; free some space and import again", where=str(self.folder)) from error
            raise BadFile(f"cannot be archived: {error.strerror}", where=str(path)) from error

    @staticmethod
    def _copy(source: BinaryIO, target: BinaryIO, *, compress: bool) -> None:
        if compress:
            zstandard.ZstdCompressor(level=3).copy_stream(source, target)
            return
        while chunk := source.read(_CHUNK):
            target.write(chunk)

    @contextmanager
    def open(self, sha256: str) -> Iterator[BinaryIO]:
        """The bytes as they came. Raises :class:`NotFound` when they are not here."""
        path = self._find(sha256)
        if path is None:
            raise NotFound("The file %(where)s is not here.", where=sha256)
        with path.open("rb") as stream:
            if path.suffix == ".zst":
                with zstandard.ZstdDecompressor().stream_reader(stream) as plain:
                    yield plain
            else:
                yield stream

    def all(self) -> Iterator[str]:
        """Every SHA-256 held."""
        for path in self.folder.glob("??/??/*"):
            if not path.name.startswith("."):
                yield path.stem


def sha256_of(archive: Archive, sha256: str) -> str:
    """SHA-256 of what the archive really holds under this name; other than ``sha256`` when the bytes are damaged."""
    total = hashlib.sha256()
    try:
        with archive.open(sha256) as stream:
            while chunk := stream.read(_CHUNK):
                total.update(chunk)
    except (OSError, zstandard.ZstdError):
        return ""
    return total.hexdigest()
