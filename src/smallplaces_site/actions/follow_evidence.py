"""Add evidence to an action, or take it back. Right: followup.plan.

Reads: Action. Writes: Evidence, RawFile, the archive, Deed. A file is kept for ever under its SHA-256; what is taken
back is no longer shown. Raises :class:`BadInput` for an address that is none, and :class:`BadFile` for a file that is
empty, too large, of a kind that is not accepted, or not what its name says.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from smallplaces.archive import Archive
from smallplaces.errors import BadFile, BadInput, NotFound
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.actions.follow_action import action_row
from smallplaces_site.corpus.models import RawFile
from smallplaces_site.followup.history import note
from smallplaces_site.followup.models import Evidence
from smallplaces_site.people.deeds import signature

RIGHT = "followup.plan"
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


@transaction.atomic
def add_link(who: Who, action_id: int, title: str, address: str) -> Evidence:
    """Evidence that stands elsewhere, by its address."""
    row = action_row(action_id)
    by = allowed(who, RIGHT, row.state, row.place)
    parts = urlsplit(address.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(address) > 1000:
        raise BadInput("an address begins with https:// and names a server", where=address[:80])
    made = Evidence.objects.create(
        action=row, title=_title(title, parts.hostname), address=address.strip(), by=signature(by)
    )
    note(by, RIGHT, row, "evidence added", changes={"evidence": ["", made.title]}, place=row.place)
    return made


@transaction.atomic
def add_file(who: Who, action_id: int, title: str, name: str, chunks: Iterable[bytes]) -> Evidence:
    """Evidence as a file. ``chunks`` are its bytes; reading stops when they are more than :data:`LARGEST`."""
    row = action_row(action_id)
    by = allowed(who, RIGHT, row.state, row.place)
    clean = harmless(name)
    kind, magic = _kind(clean)
    sha256, size = _keep(clean, chunks, magic)
    RawFile.objects.get_or_create(
        sha256=sha256,
        defaults={"name": clean, "address": "evidence", "size": size, "received": timezone.now()},
    )
    made = Evidence.objects.create(
        action=row, title=_title(title, clean), sha256=sha256, name=clean, kind=kind, size=size, by=signature(by)
    )
    note(by, RIGHT, row, "evidence added", changes={"evidence": ["", made.title]}, place=row.place)
    return made


@transaction.atomic
def withdraw(who: Who, evidence_id: int) -> Evidence:
    """Show a piece of evidence no longer. Its record and its bytes stay."""
    made = Evidence.objects.filter(pk=evidence_id).select_related("action").first()
    if made is None:
        raise NotFound("there is no evidence of that number", where=str(evidence_id))
    row = made.action
    by = allowed(who, RIGHT, row.state, row.place)
    if made.withdrawn is None:
        made.withdrawn = timezone.now()
        made.save(update_fields=["withdrawn"])
        note(by, RIGHT, row, "evidence taken back", changes={"evidence": [made.title, ""]}, place=row.place)
    return made


def harmless(name: str) -> str:
    """A file's name that is only a name: no folders, no control characters, not too long."""
    leaf = re.split(r"[/\\]", name)[-1]
    leaf = re.sub(r"[\x00-\x1f\x7f\"<>|:*?\u202a-\u202e\u2066-\u2069]", "", leaf).strip(". ")
    stem, dot, ending = leaf.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:10]}" if stem else leaf[:120] or "file"


def _kind(name: str) -> tuple[str, bytes]:
    found = KINDS.get(Path(name).suffix.lower())
    if found is None:
        known = ", ".join(ending.lstrip(".") for ending in KINDS)
        raise BadFile(f"files of this kind are not accepted; there are: {known}", where=name)
    return found


def _keep(name: str, chunks: Iterable[bytes], magic: bytes) -> tuple[str, int]:
    """Put the bytes into the archive; their SHA-256 and number."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=home, prefix=".evidence-", suffix=Path(name).suffix.lower())
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise BadFile(f"a file may have {LARGEST // (1024 * 1024)} MB at most", where=name)
                head = head if len(head) >= 1024 else head + chunk[:1024]
                digest.update(chunk)
                target.write(chunk)
        if not size:
            raise BadFile("the file is empty", where=name)
        if not head.startswith(magic) or (not magic and b"\x00" in head):
            raise BadFile("the file is not what its name says", where=name)
        Archive(home / "archive").put(Path(draft), digest.hexdigest())
    finally:
        Path(draft).unlink(missing_ok=True)
    return digest.hexdigest(), size


def _title(given: str, otherwise: str) -> str:
    return (" ".join(given.split()) or otherwise)[:200]
