"""Which sources there are, and which of them reads which file.

A source is a folder beside this file that holds ``source.yml`` and ``source.py``; nothing else registers it.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from smallplaces.errors import BadFile, BrokenPromise, NotFound
from smallplaces.sources.base import Source
from smallplaces.sources.describe import describe

#: One source and the files it reads, each with its path inside the imported folder.
Match = tuple[Source, list[tuple[Path, str]]]


@cache
def all() -> tuple[Source, ...]:  # registry.all() is what it is
    """Every source, in the order of import: the highest rank first, so that the better wording is there first."""
    described = (path.parent for path in Path(__file__).parent.glob("*/source.yml"))
    folders = (folder for folder in described if (folder / "source.py").is_file())
    return tuple(sorted(map(_load, folders), key=lambda source: (-source.description.rank, source.description.name)))


def _load(folder: Path) -> Source:
    module = importlib.import_module(f"smallplaces.sources.{folder.name}.source")
    read = getattr(module, "read", None)
    if read is None:
        raise BrokenPromise(f"{module.__name__} has no read()")
    return Source(description=describe(folder), read=read, folder=folder)


def get(name: str) -> Source:
    """The source called ``name``. Raises :class:`NotFound` listing the known names."""
    for source in all():
        if source.description.name == name:
            return source
    known = ", ".join(sorted(source.description.name for source in all()))
    raise NotFound(f"no source is called {name!r}; there are {known}")


def match(folder: Path, only: Source | None = None) -> list[Match]:
    """The sources that read something of ``folder``, in the order of import, each with its files by name.

    ``folder`` may hold the folders of several sources, be one source's own folder, or be a single file. With
    ``only``, no other source is asked, and a single file is given to it whatever its name.
    Raises :class:`BadFile` when there is no such file or folder, or it cannot be listed.
    """
    if only is not None and folder.is_file():
        return [(only, [(folder, folder.name)])]
    found: dict[str, list[tuple[Path, str]]] = {}
    for path, name in _files(folder):
        for source in _readers(path):
            found.setdefault(source.description.name, []).append((path, name))
    sources = all() if only is None else (only,)
    return [(s, found[s.description.name]) for s in sources if s.description.name in found]


def unmatched(folder: Path) -> list[str]:
    """Names of the files in ``folder`` that no source reads."""
    return [name for path, name in _files(folder) if not _readers(path)]


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every visible file under ``folder`` in a stable order, with its path inside of it."""
    if folder.is_file():
        yield folder, folder.name
        return
    if not folder.is_dir():
        raise BadFile("no such file or folder", where=str(folder))

    def fail(error: OSError) -> None:
        raise BadFile(f"cannot be listed: {error.strerror}", where=str(error.filename)) from error

    for parent, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            path = Path(parent, file)
            if not file.startswith(".") and path.is_file():
                yield path, path.relative_to(folder).as_posix()


def _readers(path: Path) -> list[Source]:
    """Who reads this file: the source whose marker its folder bears, alone; else all whose patterns fit."""
    place = path.absolute()
    for source in all():
        marker = source.description.marker
        if marker and any((parent / marker).is_file() for parent in place.parents):
            return [source]
    return [s for s in all() if any(_pattern(glob).search(place.as_posix()) for glob in s.description.finds)]


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as an expression over the end of a path: ``*`` stays within a folder, ``**/`` crosses folders."""
    parts = re.split(r"(\*\*/|\*|\?)", glob)
    meaning = {"**/": "(?:[^/]+/)*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("(?:^|/)" + "".join(meaning.get(part, re.escape(part)) for part in parts) + "$", re.IGNORECASE)
