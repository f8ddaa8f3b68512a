"""Which reader reads a file: told by its first bytes, never by its name.

A name that says otherwise is no reason to refuse a file whose bytes are clear: it is a warning.
"""

from __future__ import annotations

import dataclasses
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from smallplaces.errors import BadFile
from smallplaces.parse import doc, docx, html, pdf, plain, rtf
from smallplaces.parse.base import Extract, Limits

READERS: dict[str, Callable[[Path, Limits], Extract]] = {
    "pdf": pdf.read,
    "docx": docx.read,
    "doc": doc.read,
    "html": html.read,
    "rtf": rtf.read,
    "text": plain.read,
}
_SUFFIXES = {
    "pdf": {".pdf"},
    "docx": {".docx", ".docm", ".dotx"},
    "doc": {".doc", ".dot"},
    "html": {".html", ".htm", ".xhtml"},
    "rtf": {".rtf", ".doc"},
    "text": {".txt", ".text", ".md", ""},
}
_MARKUP = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|h1|table)\b", re.I | re.S
)
_OTHER = (
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x89PNG", "an image: it needs OCR"),
    (b"\xff\xd8\xff", "an image: it needs OCR"),
    (b"II*\x00", "an image: it needs OCR"),
    (b"MM\x00*", "an image: it needs OCR"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a compressed file: unpack it first"),
    (b"7z\xbc\xaf", "a compressed archive: unpack it first"),
    (b"Rar!", "a compressed archive: unpack it first"),
)


def format_of(path: Path, head: bytes) -> str:
    """The format that the first bytes of a file tell. Raises :class:`BadFile` when it is none of ours."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "doc"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    for magic, what in _OTHER:
        if head.startswith(magic):
            raise BadFile(f"it is {what}", where=path.name)
    if _MARKUP.match(head.lstrip(b"\xef\xbb\xbf")) or (path.suffix.lower() in _SUFFIXES["html"] and b"<" in head):
        return "html"
    if head[:400].count(0) > 4 and head[:2] not in (b"\xff\xfe", b"\xfe\xff") and head[:400].count(0) < 100:
        raise BadFile("not a kind of file that can be read", where=path.name)
    return "text"


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadFile("the archive is damaged or truncated", where=path.name) from error
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names:
        raise BadFile("an OpenDocument file: save it as DOCX", where=path.name)
    raise BadFile("a zip archive that holds no document: unpack it first", where=path.name)


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
    name = format_of(path, head)
    extract = READERS[name](path, limits)
    if path.suffix.lower() in _SUFFIXES[name] or not path.suffix:
        return extract
    warning = f"the name ends in {path.suffix}, but the file is {name.upper()}"
    return dataclasses.replace(extract, warnings=(*extract.warnings, warning))
