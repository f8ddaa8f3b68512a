"""The JSON export, record by record, whatever happened to the file on its way.

Reads: one file, plain or packed. Writes: nothing. The fast way is ijson's. When it stumbles (a cut-off
download, bytes that are no UTF-8, a broken record) the rest of the file is cut into records by its
braces, so that one bad record costs one record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import ijson

from smallplaces.errors import BadFile
from smallplaces.sources.base import Context, File, Refusal
from smallplaces.sources.reading import open_bytes
from smallplaces.sources.strict import excerpt

_CHUNK: Final = 1 << 18
_BLANK: Final = b" \t\r\n"
_MARK: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_LONGEST: Final = 20_000_000  # bytes of one record; the longest real ones have some thousands
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*("?)|[{}]', re.DOTALL)

#: The number of a record in its file, from 1, and the record; or what cannot be taken.
Numbered = tuple[int, dict[str, Any]] | Refusal


def records(file: File, context: Context) -> Iterator[Numbered]:
    """Every record of the export. Problems are refusals; the last one says if the file is incomplete."""
    count = 0
    try:
        with open_bytes(file, context.progress) as stream:
            try:
                for record in ijson.items(_start(stream, file), "item", buf_size=_CHUNK, use_float=True):
                    count += 1
                    if isinstance(record, dict):
                        yield count, record
                    else:
                        yield Refusal(f"{file.name}: record {count}", "not a JSON object", excerpt(record))
                return
            except (ijson.JSONError, UnicodeDecodeError):
                pass  # what follows is read the slow way
        yield from _salvage(file, count)
    except BadFile as error:
        yield Refusal(file.name, error.message)


class _start:  # noqa: N801  # reads like the function it is to its caller
    """A stream from its first ``[`` on. Raises :class:`BadFile` when the file is no JSON array in UTF-8."""

    def __init__(self, stream: BinaryIO, file: File) -> None:
        self._stream = stream
        head = stream.read(_CHUNK)
        if head.startswith(_WIDE):
            raise BadFile("is UTF-16 text; the export is UTF-8", where=file.name)
        self._head = head.removeprefix(_MARK).lstrip(_BLANK)
        if not self._head:
            raise BadFile("is empty", where=file.name)
        if not self._head.startswith(b"["):
            raise BadFile("is not the export: a JSON array of records is expected", where=file.name)

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""
        head, self._head = self._head, b""
        return head or self._stream.read(size)


def _salvage(file: File, skip: int) -> Iterator[Numbered]:
    """The records after the first ``skip``, each cut out by its braces and read by itself."""
    count = skip
    with open_bytes(file) as stream:
        for count, piece in enumerate(_pieces(_start(stream, file)), start=1):
            if count <= skip:
                continue
            where = f"{file.name}: record {count}"
            try:
                yield count, json.loads(piece.decode("utf-8"))
            except UnicodeDecodeError:
                yield Refusal(where, "its text is not UTF-8", excerpt(piece.decode("utf-8", "replace")))
            except (ValueError, RecursionError) as error:
                yield Refusal(where, f"not JSON: {error}", excerpt(piece.decode("utf-8")))
    yield Refusal(file.name, f"the file is damaged or cut off; {count} records were found in it")


def _pieces(stream: _start) -> Iterator[bytes]:
    """The outermost ``{…}`` of a stream. What comes after the last complete one is left out."""
    rest, depth, begin, at = b"", 0, 0, 0
    while chunk := stream.read(_CHUNK):
        rest += chunk
        for token in _TOKEN.finditer(rest, at):
            if token[0].startswith(b'"') and not token[1]:
                break  # a text that goes on in the next chunk
            at = token.end()
            if token[0] == b"{":
                begin = token.start() if depth == 0 else begin
                depth += 1
            elif token[0] == b"}" and depth:
                depth -= 1
                if depth == 0:
                    yield rest[begin:at]
        # Keep the record that is open and, outside of strings, what is not read yet.
        keep = begin if depth else at
        rest, at, begin = rest[keep:], at - keep, 0
        if len(rest) > _LONGEST:
            raise BadFile("is not the export: one record does not end", where="")
