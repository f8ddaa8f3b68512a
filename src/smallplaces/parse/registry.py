"""Which reader reads a file: by its first bytes, never by its name alone."""

from __future__ import annotations

from pathlib import Path

from smallplaces.errors import BadFile
from smallplaces.parse import pdf
from smallplaces.parse.base import Extract, Limits


def read(path: Path, limits: Limits) -> Extract:
    """The lines of a file. Raises :class:`BadFile` for what cannot be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(path)) from error
    if size == 0:
        raise BadFile("the file is empty", where=path.name)
    if size > limits.file_bytes:
        raise BadFile(f"the file has {size:,} bytes; the limit is {limits.file_bytes:,}", where=path.name)
    if b"%PDF-" in head[:1024]:
        return pdf.read(path, limits)
    raise BadFile("not a kind of file that can be read", where=path.name)
