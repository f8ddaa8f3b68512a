"""Strict reading of the catalogue's files: every field is asked for, or the entry is refused.

Reads ``vocab/data/*.yml`` and ``*.json``, each one mapping of code -> fields. Raises
:class:`~smallplaces.errors.BadInput` naming the file and the entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from smallplaces.errors import BadInput
from smallplaces.model.language import CODES

DATA: Final = Path(__file__).parent / "data"
_ANY: Final = "any"  # the "language" of codes and of names that are the same in all


class _Loader(yaml.CSafeLoader):
    """The fast loader, refusing a key given twice (plain YAML keeps the last in silence)."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping = loader.construct_mapping(node, deep=True)
    if len(mapping) != len(node.value):
        raise BadInput("a key is given twice", where=f"line {node.start_mark.line + 1}")
    return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise BadInput("a key is given twice", where=", ".join(key for key, _ in pairs))
    return mapping


class Entry:
    """One entry of a file, or (without one) of a form. Each method takes one field away; :meth:`close` refuses what is
    left."""

    def __init__(self, file: str, code: str, fields: Any) -> None:
        self.code = code
        self.where = f"{file}: {code}" if file else ""
        if not isinstance(fields, dict):
            raise BadInput("expected fields", where=self.where)
        self._fields: dict[str, Any] = dict(fields)

    def _take(self, field: str, kind: type | tuple[type, ...], default: Any) -> Any:
        value = self._fields.pop(field, None)
        if value is None:
            if default is None:
                raise BadInput(f"the field {field!r} is missing", where=self.where)
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise BadInput(f"the field {field!r} cannot be {value!r}", where=self.where)
        return value

    def text(self, field: str, default: str | None = None) -> str:
        """A text; required unless a default is given."""
        return str(self._take(field, str, default))

    def has(self, field: str) -> bool:
        """Whether the field is there and not yet taken."""
        return field in self._fields

    def number(self, field: str) -> int | None:
        """A whole number, or None."""
        value = self._take(field, int, -1)
        return None if value == -1 else int(value)

    def flag(self, field: str) -> bool:
        """True or false; false when absent."""
        return bool(self._take(field, bool, False))

    def day(self, field: str) -> date | None:
        """A date, or None."""
        value = self._take(field, date, date.min)
        return None if value == date.min else value

    def words(self, field: str) -> tuple[str, ...]:
        """A list of texts; empty when absent."""
        value = self._take(field, list, [])
        if not all(isinstance(word, str) and word for word in value):
            raise BadInput(f"the field {field!r} must list texts", where=self.where)
        return tuple(value)

    def names(self, field: str, *, required: tuple[str, ...] = CODES) -> dict[str, str]:
        """A name in each language of the house. ``required=()`` takes what is there."""
        value = self._take(field, dict, {} if not required else None)
        self._languages(field, value, CODES)
        missing = [lang for lang in required if not value.get(lang)]
        if missing:
            raise BadInput(f"{field!r} has no {', '.join(missing)}", where=self.where)
        if not all(isinstance(name, str) and name.strip() == name for name in value.values()):
            raise BadInput(f"{field!r} must hold trimmed texts", where=self.where)
        return dict(value)

    def aliases(self, field: str = "aliases") -> dict[str, tuple[str, ...]]:
        """Other names, by language or "any"."""
        value = self._take(field, dict, {})
        self._languages(field, value, (*CODES, _ANY))
        return {lang: Entry(self.where, lang, {field: words}).words(field) for lang, words in value.items()}

    def _languages(self, field: str, value: Mapping[str, Any], known: tuple[str, ...]) -> None:
        strange = [str(lang) for lang in value if lang not in known]
        if strange:
            raise BadInput(f"{field!r} has the unknown language {', '.join(strange)}", where=self.where)

    def reasons(self, field: str) -> dict[str, str]:
        """Texts by some word of the file's own; empty when absent."""
        value = self._take(field, dict, {})
        if not all(isinstance(word, str) and isinstance(reason, str) and reason for word, reason in value.items()):
            raise BadInput(f"the field {field!r} must hold texts", where=self.where)
        return dict(value)

    def parts(self, field: str) -> tuple[Entry, ...]:
        """A list of records, each to be read as strictly; empty when absent."""
        value = self._take(field, list, [])
        return tuple(Entry(self.where, f"{field} {place}", part) for place, part in enumerate(value, start=1))

    def counts(self, field: str) -> dict[str, int]:
        """Whole numbers by some word of the file's own; empty when absent."""
        value = self._take(field, dict, {})
        if not all(isinstance(word, str) and isinstance(number, int) for word, number in value.items()):
            raise BadInput(f"the field {field!r} must hold whole numbers", where=self.where)
        return dict(value)

    def close(self) -> None:
        """Refuse the entry if a field was never asked for."""
        if self._fields:
            raise BadInput(f"unknown field {', '.join(sorted(self._fields))}", where=self.where)


def entries(name: str, folder: Path = DATA) -> Iterator[Entry]:
    """The entries of one file of the catalogue, in file order."""
    content = _content(folder / name)
    if not isinstance(content, dict):
        raise BadInput("expected a mapping of codes to fields", where=name)
    for code, fields in content.items():
        if not isinstance(code, str):
            raise BadInput(f"the code {code!r} must be a text: put it in quotes", where=name)
        yield Entry(name, code, fields)


def records(name: str, folder: Path = DATA) -> Iterator[Entry]:
    """The entries of a file that lists records, each with its code as ``id``, in file order."""
    content = _content(folder / name)
    if not isinstance(content, list):
        raise BadInput("expected a list of records", where=name)
    for place, record in enumerate(content, start=1):
        fields = dict(record) if isinstance(record, dict) else {}
        code = fields.pop("id", None)
        if not isinstance(code, str) or not code:
            raise BadInput("expected a record with an id", where=f"{name}: record {place}")
        yield Entry(name, code, fields)


def _content(path: Path) -> Any:
    """What stands in a file."""
    text = path.read_text(encoding="utf-8")
    try:
        if path.suffix == ".json":
            content = json.loads(text, object_pairs_hook=_no_twins)
        else:
            content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        raise BadInput(str(error), where=path.name) from error
    except BadInput as error:
        raise BadInput(error.message, where=f"{path.name}: {error.where}") from error
    return content
