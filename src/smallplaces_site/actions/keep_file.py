"""Keep a file that somebody hands in: into the archive under its SHA-256, when it is of a kind that is accepted.

Reads: bytes as they come. Writes: the archive, RawFile. Raises :class:`BadFile` for a file that is empty, too large, of
a kind that is not accepted, or not what its name says.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.utils import timezone

from smallplaces.archive import Archive
from smallplaces.errors import BadFile
from smallplaces_site.corpus.models import RawFile

#: Bytes that a file may have.
LARGEST = 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN = "application/vnd.openxmlformats-officedocument"
#: What is accepted: ending -> (media type, how the bytes begin; empty: text). Nothing that a browser would run.
KINDS: MappingProxyType[str, tuple[str, bytes]] = MappingProxyType(
    {
        ".pdf": ("application/pdf", b"%PDF-"),
        ".docx": (f"{_OPEN}.wordprocessingml.document", _ZIP),
        ".xlsx": (f"{_OPEN}.spreadsheetml.sheet", _ZIP),
        ".pptx": (f"{_OPEN}.presentationml.presentation", _ZIP),
        ".odt": ("application/vnd.oasis.opendocument.text", _ZIP),
        ".ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
        ".hwp": ("application/x-hwp", _OLE),
        ".hwpx": ("application/hwp+zip", _ZIP),
        ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
        ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
        ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
        ".csv": ("text/csv", b""),
        ".txt": ("text/plain", b""),
    }
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the archive: its digest, harmless name, media type and size in bytes."""

    sha256: str
    name: str
    kind: str
    size: int


def keep_file(name: str, chunks: Iterable[bytes], why: str) -> Kept:
    """Keep a file. ``chunks`` are its bytes; reading stops when they are more than :data:`LARGEST`. ``why``: what it
    is, as the record of the archive says it ("evidence")."""
    clean = harmless(name)
    kind, magic = _kind(clean)
    sha256, size = _keep(clean, chunks, magic)
    RawFile.objects.get_or_create(
        sha256=sha256, defaults={"name": clean, "address": why, "size": size, "received": timezone.now()}
    )
    return Kept(sha256, clean, kind, size)


def harmless(name: str) -> str:
    """A file's name that is only a name: no folders, no control characters, not too long."""
    leaf = re.split(r"[/\\]", name)[-1]
    leaf = re.sub(r"[\x00-\x1f\x7f\"<>|:*?\u202a-\u202e\u2066-\u2069]", "", leaf).strip(". ")
    stem, dot, ending = leaf.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:10]}" if stem else leaf[:120] or "file"


def _kind(name: str) -> tuple[str, bytes]:
    found = KINDS.get(Path(name).suffix.lower())
    if found is None:
        raise BadFile(
            "The file “%(where)s” is of a kind that is not taken here. These are: %(known)s.",
            known=tuple(ending.lstrip(".") for ending in KINDS),
            where=name,
        )
    return found


def _keep(name: str, chunks: Iterable[bytes], magic: bytes) -> tuple[str, int]:
    """Put the bytes into the archive; their SHA-256 and number."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=home, prefix=".kept-", suffix=Path(name).suffix.lower())
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise BadFile(
                        "The file “%(where)s” is too large: it may have %(most)d MB at most.",
                        most=LARGEST // (1024 * 1024),
                        where=name,
                    )
                head = head if len(head) >= 1024 else head + chunk[:1024]
                digest.update(chunk)
                target.write(chunk)
        if not size:
            raise BadFile("The file “%(where)s” is empty.", where=name)
        if not head.startswith(magic) or (not magic and b"\x00" in head):
            raise BadFile("The file “%(where)s” is not what its name says: save it anew in its format.", where=name)
        Archive(home / "archive").put(Path(draft), digest.hexdigest())
    finally:
        Path(draft).unlink(missing_ok=True)
    return digest.hexdigest(), size
