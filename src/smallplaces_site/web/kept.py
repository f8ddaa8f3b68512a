"""Files that people handed in, given back: always to be kept, never to be opened in the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from smallplaces.archive import Archive
from smallplaces.errors import NotFound

_CHUNK = 64 * 1024


def kept_file(sha256: str, name: str, kind: str, size: int) -> StreamingHttpResponse:
    """A file of the archive as an attachment that no browser runs. Raises :class:`NotFound` when it is not there."""
    archive = Archive(Path(settings.HOME) / "archive")
    if not sha256 or not archive.holds(sha256):
        raise NotFound("The file %(where)s is not here.", where=name)
    response = StreamingHttpResponse(_bytes(archive, sha256), content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Length"] = str(size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _bytes(archive: Archive, sha256: str) -> Iterator[bytes]:
    with archive.open(sha256) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
