"""Read a source's ``source.yml`` strictly: every field is known and of its type, or the file is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import yaml

from smallplaces.errors import BadFile
from smallplaces.sources.base import Address, Description, Expect

_REQUIRED = frozenset(f.name for f in fields(Description) if f.default is MISSING and f.default_factory is MISSING)
_KNOWN = frozenset(f.name for f in fields(Description))
_WORDS = frozenset({"languages", "finds"})
_OF_ADDRESS = {field.name: field for field in fields(Address)}


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that is a mapping. Raises :class:`BadFile` naming the file and, when known, the line."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadFile("is not UTF-8 text", where=str(path)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise BadFile(f"is not YAML: {getattr(error, 'problem', error)}", where=f"{path}{line}") from error
    if not isinstance(content, dict):
        raise BadFile("must hold fields with values", where=str(path))
    return content


def describe(folder: Path) -> Description:
    """The description of the source in ``folder``. Its name is the folder's.

    Raises :class:`BadFile` naming the file and the field that is unknown, missing or of the wrong type.
    """
    path = folder / "source.yml"
    content = {"name": folder.name, **read_yaml(path)}
    _refuse(path, "does not know the field", set(content) - _KNOWN)
    _refuse(path, "lacks the field", {name for name in _REQUIRED if content.get(name) in (None, "", [])})
    if content["name"] != folder.name:
        raise BadFile(f"name must be the folder's, {folder.name!r}", where=str(path))
    return Description(**{name: _value(path, name, value) for name, value in content.items()})


def _refuse(path: Path, complaint: str, names: set[str]) -> None:
    if names:
        raise BadFile(f"{complaint} {', '.join(sorted(map(str, names)))}", where=str(path))


def _value(path: Path, name: str, value: Any) -> Any:
    if name == "expect":
        return _expect(path, value)
    if name == "fetch":
        return _addresses(path, value)
    if name in _WORDS:
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        raise BadFile(f"{name} must be a list of words", where=str(path))
    wanted = {"rank": int}.get(name, str)
    if type(value) is not wanted:
        raise BadFile(f"{name} must be {wanted.__name__}, not {type(value).__name__}", where=str(path))
    return value.strip() if isinstance(value, str) else value


def _expect(path: Path, value: Any) -> Mapping[str, Expect]:
    if not isinstance(value, dict):
        raise BadFile("expect must hold counts with bounds", where=str(path))
    result = {}
    for count, bounds in value.items():
        sound = isinstance(bounds, dict) and set(bounds) <= {"minimum", "maximum"}
        if not sound or not all(type(bound) is int for bound in bounds.values()):
            raise BadFile(f"expect.{count} must hold minimum and maximum, both whole numbers", where=str(path))
        result[str(count)] = Expect(**bounds)
    return result


def _addresses(path: Path, value: Any) -> tuple[Address, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise BadFile("fetch must be a list of addresses", where=str(path))
    return tuple(_address(path, entry) for entry in value)


def _address(path: Path, entry: dict[Any, Any]) -> Address:
    required = {name for name, field in _OF_ADDRESS.items() if field.default is MISSING}
    _refuse(path, "fetch does not know the field", set(entry) - set(_OF_ADDRESS))
    _refuse(path, "fetch lacks the field", {name for name in required if not entry.get(name)})
    values: dict[str, Any] = {}
    for name, value in entry.items():
        if name == "limit":
            sound = type(value) is int and value > 0
        elif name == "languages":
            sound = isinstance(value, dict) and all(isinstance(word, str) for pair in value.items() for word in pair)
        elif name in ("address", "title"):
            sound = isinstance(value, str)
        else:
            sound = isinstance(value, list) and all(isinstance(word, str) for word in value)
        if not sound:
            raise BadFile(f"fetch.{name} is not of its type", where=str(path))
        values[name] = tuple(value) if isinstance(value, list) else value
    if not values["address"].startswith(("https://", "http://")):
        raise BadFile("fetch.address must be an http address", where=str(path))
    return Address(**values)
