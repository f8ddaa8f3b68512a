"""The shape of a mirror: a public address is a path, host first. See docs/operate/mirror.md.

``https://documents.un.org/api/symbol/access?s=A%2F1&l=en`` is the file
``documents.un.org/api/symbol/access%3Fs=A%2F1&l=en``. Folders of fetched files have this shape too, so that what one
machine fetched is a mirror for another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from smallplaces.errors import BadInput

_LONGEST = 200  # bytes of one name; file systems take 255
_INDEX = "index.html"  # the file of an address that ends in a slash


def path_of(address: str) -> PurePosixPath:
    """The place of a public address inside a mirror.

    Raises :class:`BadInput` for what is no http address or would lead out of the folder.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput("is no http address", where=address)
    path = parts.path.lstrip("/")
    if not path or path.endswith("/"):
        path += _INDEX
    if parts.query:
        path += "%3F" + parts.query.replace("/", "%2F").replace("?", "%3F")
    segments = [parts.hostname, *path.split("/")]
    if any(segment in ("", ".", "..") or "\x00" in segment or "\\" in segment for segment in segments):
        raise BadInput("is an address without a place in a mirror", where=address)
    return PurePosixPath(*map(_shorten, segments))


def _shorten(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    return f"{name[:120]}~{hashlib.sha256(name.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Mirror:
    """Where to ask instead of the public addresses: a folder, or the root of a web server."""

    folder: Path | None = None
    url: str = ""

    @property
    def origin(self) -> str:
        """Host and port of a web mirror ("127.0.0.1:8000"); empty for a folder."""
        return authority(self.url) if self.url else ""

    def file(self, address: str) -> Path | None:
        """The file that stands for an address, if the folder has it.

        A literal question mark in its name will do, and so will decoded queries (their slashes being folders) and, in a
        mirror of one publisher, a path without the host.
        """
        if self.folder is None:
            return None
        root = self.folder.resolve()
        place = path_of(address)
        decoded = PurePosixPath(unquote(str(place)))
        for name in (place, place.with_name(place.name.replace("%3F", "?", 1)), decoded):
            for inside in (name, name.relative_to(name.parts[0])):
                path = root / inside
                if path.is_file() and path.resolve().is_relative_to(root):
                    return path
        return None

    def urls(self, address: str) -> tuple[str, ...]:
        """Where a web mirror may hold an address: as a server that understands queries, as plain files, and as the
        server of one publisher, without the host."""
        parts = urlsplit(address)
        root = self.url.rstrip("/")
        asked = parts.path + (f"?{parts.query}" if parts.query else "")
        plain = f"{root}/{quote(str(path_of(address)))}"
        return tuple(dict.fromkeys((f"{root}/{parts.hostname}{asked}", plain, f"{root}{asked}")))


def mirror_of(text: str) -> Mirror:
    """A mirror as a person names it: an http address or a folder. Raises :class:`BadInput` when it is neither."""
    if text.lower().startswith(("http://", "https://")):
        parts = urlsplit(text)
        if not parts.hostname or parts.username or parts.query or parts.fragment:
            raise BadInput("a mirror is the root of a web server, without user, query or fragment", where=text)
        return Mirror(url=text)
    folder = Path(text).expanduser()
    if not folder.is_dir():
        raise BadInput("a mirror is a folder or an http address", where=text)
    return Mirror(folder=folder)


def authority(url: str) -> str:
    """Host and port of an address, the port always said."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
