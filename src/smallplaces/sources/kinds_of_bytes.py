"""What a file is by its bytes, not by its name or by what a server calls it: pdf, zip, json, html, doc, rtf.

Used while a file arrives (its first bytes) and when it is there (its last ones): a server that promises a PDF and sends
a web page, or stops in the middle, is found out.
"""

from __future__ import annotations

import re
from pathlib import Path

NAMES = {
    "pdf": "a PDF",
    "zip": "a zip file",
    "docx": "a Word document",
    "doc": "an old Word document",
    "json": "JSON",
    "html": "a web page",
    "rtf": "RTF",
    "xml": "XML",
    "text": "text",
    "empty": "nothing",
    "unknown": "bytes of an unknown kind",
}
HEAD = 1024  # bytes by which a kind is told
_TAIL = 16 * 1024

_STARTS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|title|meta|div|table|p\b)", re.IGNORECASE)
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def kind_of(head: bytes) -> str:
    """One of :data:`NAMES`, from the first :data:`HEAD` bytes."""
    if not head.strip():
        return "empty"
    if b"%PDF-" in head[:HEAD]:
        return "pdf"
    by_start = next((kind for start, kind in _STARTS if head.startswith(start)), "")
    return by_start or _kind_of_text(head[:HEAD])


def _kind_of_text(head: bytes) -> str:
    if head[:2] in _UTF16:
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"[", b"{"):
        return "json"
    if _HTML.search(text):
        return "html"
    if text.startswith(b"<?xml"):
        return "xml"
    return "unknown" if b"\x00" in head else "text"


def answers(kind: str, wanted: tuple[str, ...]) -> bool:
    """Whether bytes of this kind can be one of the wanted files. A DOCX is a zip file to the eye."""
    return not wanted or kind in wanted or (kind == "zip" and "docx" in wanted)


def is_whole(path: Path, kind: str) -> bool:
    """Whether a file ends as files of its kind do, so that it was not cut off. True for kinds without a known end."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL))
        tail = stream.read()
    if kind == "pdf":
        return b"%%EOF" in tail or b"startxref" in tail
    if kind == "zip":
        return b"PK\x05\x06" in tail
    if kind == "json":
        return tail.rstrip()[-1:] in (b"]", b"}")
    return True  # pages without an end tag are common, and other kinds have no end of their own
