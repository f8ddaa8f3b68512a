"""Open the files of a source: packed or plain, text in a known encoding, tables and JSON lines row by row.

Reads: one :class:`File`. Writes: nothing. Never holds a whole file.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import zstandard

from smallplaces.errors import BadFile
from smallplaces.sources.base import File, Refusal
from smallplaces.sources.strict import excerpt

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LONGEST_CELL = 10_000_000

#: What a damaged packed file raises while it is read.
DAMAGE = (OSError, EOFError, zlib.error, zstandard.ZstdError)


@contextmanager
def open_bytes(file: File) -> Iterator[BinaryIO]:
    """The bytes of ``file``, unpacked when its first bytes say gzip or zstandard.

    Raises :class:`BadFile` when it cannot be opened, or when it turns out damaged while it is read.
    """
    try:
        with file.path.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            if start.startswith(_GZIP):
                with gzip.GzipFile(fileobj=raw) as plain:
                    yield cast(BinaryIO, plain)
            elif start == _ZSTD:
                reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
                with reader as stream:
                    yield cast(BinaryIO, stream)
            else:
                yield raw
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


def json_lines(file: File) -> Iterator[tuple[str, dict[str, Any]] | Refusal]:
    """Every line of a JSON lines file as (where, record); a line that is no JSON object is a refusal."""
    with open_text(file) as text:
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
