"""``collection.yml``: what an institution's files are and what their columns mean. Read strictly.

The format is described, with an example, in ``docs/guide/collection.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, TypeVar

from smallplaces.errors import BadFile
from smallplaces.model.document import EditionStatus, Kind, ParagraphKind
from smallplaces.sources.base import File
from smallplaces.sources.describe import read_yaml

NAME = "collection.yml"

#: What a column, or a constant for all rows, can hold.
FIELDS = frozenset(
    {
        *("text", "number", "heading", "paragraph_kind", "record", "file"),
        *("symbol", "key", "work_title", "kind", "body", "state", "session", "adopted", "distributed", "year"),
        *("lang", "status", "by"),
    }
)
_PLAIN = ("id", "title", "publisher", "licence", "address", "note", "encoding", "delimiter")
_REQUIRED = ("id", "title", "publisher", "licence")
_FOR_EACH_ROW = ("lang", "kind", "status")  # said once for all rows, or in a column
KNOWN = frozenset((*_PLAIN, *_REQUIRED, *_FOR_EACH_ROW, "by", "columns", "constants", "labels", "ignore", "files"))
_CHOICES: Mapping[str, type[StrEnum]] = {"kind": Kind, "status": EditionStatus, "paragraph_kind": ParagraphKind}
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?")
_LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """A column of labels: the facet they answer, and what stands between two labels in one cell."""

    column: str
    facet: str
    separator: str = ";"
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection. ``columns`` maps a field of :data:`FIELDS` to the column that holds it."""

    where: str
    folder: PurePosixPath
    title: str
    publisher: str
    licence: str
    id: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    address: str = ""
    note: str = ""
    encoding: str = ""
    delimiter: str = ""
    labels: tuple[LabelColumn, ...] = ()
    ignore: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def read_mapping(file: File) -> Collection:
    """The collection that ``file`` describes. Raises :class:`BadFile` naming the field that is wrong."""
    try:
        content = read_yaml(file.path)
    except BadFile as error:  # named as the person who gave it knows it
        raise BadFile(error.message, where=error.where.replace(str(file.path), file.name)) from error
    where = file.name
    _refuse(where, "does not know", [name for name in content if name not in KNOWN], KNOWN)
    _refuse(where, "lacks", [name for name in _REQUIRED if not content.get(name)], ())
    columns = _texts(where, "columns", content.get("columns", {}))
    constants = _texts(where, "constants", content.get("constants", {}))
    _refuse(where, "does not know the field", [name for name in (*columns, *constants) if name not in FIELDS], FIELDS)
    for name in (*_FOR_EACH_ROW, "by"):
        if content.get(name):
            constants.setdefault(name, str(content[name]).strip())
    _refuse(where, "lacks", [name for name in _FOR_EACH_ROW if name not in constants and name not in columns], ())
    for name, value in constants.items():
        check(name, value, where)
    plain = {name: str(content.get(name, "")).strip() for name in _PLAIN}
    if not _ID.fullmatch(plain["id"]):
        raise BadFile("id must be a short name of Latin letters, digits and hyphens", where=where)
    return Collection(
        where=where,
        folder=PurePosixPath(file.name).parent,
        columns=columns,
        constants=constants,
        labels=tuple(_labels(where, content.get("labels", []))),
        ignore=_words(where, "ignore", content.get("ignore", [])),
        files=_words(where, "files", content.get("files", [])),
        facts={name: plain[name] for name in ("publisher", "licence", "address") if plain[name]},
        **plain,
    )


def check(name: str, value: str, where: str) -> None:
    """Raise :class:`BadFile` when ``value`` is not one of those the field can have."""
    if name in _CHOICES and value not in list(_CHOICES[name]):
        raise BadFile(f"{name} cannot be {value!r}; it is one of {', '.join(_CHOICES[name])}", where=where)
    if name == "lang" and not _LANG.fullmatch(value):
        raise BadFile(f"lang must be a code such as ko or en, not {value!r}", where=where)


def _refuse(where: str, complaint: str, names: list[str], known: Any) -> None:
    if names:
        hint = f"; it knows {', '.join(sorted(known))}" if known else ""
        raise BadFile(f"the mapping {complaint} {', '.join(map(str, names))}{hint}", where=where)


def _texts(where: str, name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise BadFile(f"{name} must hold a field and its column on each line", where=where)
    return {str(key): str(text).strip() for key, text in value.items()}


def _words(where: str, name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadFile(f"{name} must be a list", where=where)
    return tuple(str(word) for word in value)


def _labels(where: str, value: Any) -> list[LabelColumn]:
    if not isinstance(value, list):
        raise BadFile("labels must be a list", where=where)
    found = []
    for entry in value:
        names = {"column", "facet", "separator", "scheme"}
        if not isinstance(entry, dict) or not {"column", "facet"} <= set(entry) <= names:
            raise BadFile("each of labels needs column and facet, and may have separator and scheme", where=where)
        found.append(LabelColumn(**{key: str(text) for key, text in entry.items()}))
    return found
