"""Open the files of a source: packed or plain, text in a known encoding, tables and JSON lines row by row.

Reads: one :class:`File`. Writes: nothing. Never holds a whole file.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar, cast

import zstandard

from smallplaces.errors import BadFile
from smallplaces.sources.base import File, Refusal
from smallplaces.sources.strict import excerpt

T = TypeVar("T")

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LONGEST_CELL = 10_000_000
_STEP = 1 << 20

#: Told (bytes done, bytes in all) from time to time.
Progress = Callable[[int, int | None], None]

#: What a damaged packed file raises while it is read.
DAMAGE = (OSError, EOFError, zlib.error, zstandard.ZstdError)


class _Watched:
    """A file that tells how far it has been read, in its own (packed) bytes."""

    def __init__(self, raw: BinaryIO, progress: Progress) -> None:
        self._raw, self._progress = raw, progress
        self._total = os.fstat(raw.fileno()).st_size
        self._told = 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        done = self._raw.tell()
        if done - self._told >= _STEP or done == self._total:
            self._told = done
            self._progress(done, self._total)
        return data


class _Eager(io.RawIOBase):
    """A gzip stream that hands over what it has before it reports that the rest is missing."""

    def __init__(self, plain: gzip.GzipFile) -> None:
        self._plain = plain

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._plain.read1(size) if size >= 0 else self._plain.read()

    def readinto(self, buffer: Any) -> int:
        data = self._plain.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_bytes(file: File, progress: Progress | None = None) -> Iterator[BinaryIO]:
    """The bytes of ``file``, unpacked when its first bytes say gzip or zstandard.

    ``progress`` is told how many bytes of the file are done. Raises :class:`BadFile` when it cannot be
    opened, or when it turns out damaged while it is read; what came before the damage has been read then.
    """
    try:
        with file.path.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            source = cast(BinaryIO, _Watched(raw, progress)) if progress else raw
            if start.startswith(_GZIP):
                with gzip.GzipFile(fileobj=source) as plain:
                    yield cast(BinaryIO, _Eager(plain))
            elif start == _ZSTD:
                reader = zstandard.ZstdDecompressor().stream_reader(source, read_across_frames=True)
                with reader as stream:
                    yield cast(BinaryIO, stream)
            else:
                yield source
    except DAMAGE as error:
        raise BadFile(f"cannot be read to its end: {error}", where=file.name) from error


@contextmanager
def open_text(file: File, encoding: str = "utf-8-sig") -> Iterator[io.TextIOWrapper]:
    """The text of ``file``, UTF-8 with or without a byte order mark unless ``encoding`` says otherwise.

    Raises :class:`BadFile` naming the encoding when the bytes are not in it.
    """
    with open_bytes(file) as stream:
        buffer = io.BufferedReader(cast(Any, stream))
        text = io.TextIOWrapper(buffer, encoding=encoding, newline="")
        try:
            yield text
        except UnicodeDecodeError as error:
            raise BadFile(f"is not {encoding.removesuffix('-sig')} text", where=file.name) from error
        finally:
            text.detach()
            buffer.detach()  # the stream is closed by whoever opened it


def detect_encoding(file: File) -> str | None:
    """``utf-8-sig``, ``utf-16`` (by its mark) or ``cp949`` (Korean Windows): what reads the whole file; else None."""
    with open_bytes(file) as stream:
        start = stream.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    return next((name for name in ("utf-8-sig", "cp949") if _is_in(file, name)), None)


def _is_in(file: File, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open_bytes(file) as stream:
            while chunk := stream.read(_STEP):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def json_lines(file: File, *, encoding: str = "utf-8-sig") -> Iterator[tuple[str, dict[str, Any]] | Refusal]:
    """Every line of a JSON lines file as (where, record); a line that is no JSON object is a refusal."""
    with open_text(file, encoding) as text:
        for line, content in enumerate(text, start=1):
            where = f"{file.name}:{line}"
            if not content.strip():
                continue
            try:
                record = json.loads(content)
            except ValueError as error:
                yield Refusal(where, f"not JSON: {error}", excerpt(content))
                continue
            if isinstance(record, dict):
                yield where, record
            else:
                yield Refusal(where, "not a JSON object", excerpt(content))


def table(
    file: File, *, delimiter: str = ",", encoding: str = "utf-8-sig"
) -> Iterator[tuple[str, dict[str, str]] | Refusal]:
    """Every row of a CSV file with a header as (where, record); ``where`` is the row's first line.

    A row with more or fewer cells than the header has is a refusal. Raises :class:`BadFile` when there is
    no header or two columns share a name.
    """
    csv.field_size_limit(_LONGEST_CELL)
    with open_text(file, encoding) as text:
        rows = csv.reader(text, delimiter=delimiter)
        header = [name.replace("\xa0", " ").strip() for name in next(rows, [])]
        if not any(header):
            raise BadFile("has no header row", where=file.name)
        double = {name for name in header if name and header.count(name) > 1}
        if double:
            raise BadFile(f"has more than one column called {', '.join(sorted(double))}", where=f"{file.name}:1")
        line = rows.line_num + 1
        for row in rows:
            where, line = f"{file.name}:{line}", rows.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if len(row) == len(header):
                yield where, dict(zip(header, row, strict=True))
            else:
                yield Refusal(where, f"has {len(row)} cells where the header has {len(header)}", excerpt(row))


def until_damage(file: File, rows: Iterator[T]) -> Iterator[T | Refusal]:
    """What can be read of ``file``; when it turns out damaged, a last refusal that says so."""
    try:
        yield from rows
    except BadFile as error:
        yield Refusal(error.where or file.name, error.message)
