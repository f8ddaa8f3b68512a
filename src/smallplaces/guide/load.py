"""Strict reading of the guide's files: a field that is missing, empty or unknown refuses the entry.

Reads ``guide/data/``: one file a treaty (its code in lower case), ``bodies.yml``, ``procedures.yml``, ``kinds.yml``
and ``glossary.yml``. Raises :class:`~smallplaces.errors.BadInput` naming the file and the entry.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import yaml

from smallplaces.errors import BadInput
from smallplaces.model.language import CODES, Names

DATA: Final = Path(__file__).parent / "data"

#: The languages in which every text of the guide is written.
WRITTEN: Final = ("en", "ko")

SubjectKind = Literal["body", "procedure", "kind"]
_FILES: Final[Mapping[SubjectKind, str]] = {
    "body": "bodies.yml",
    "procedure": "procedures.yml",
    "kind": "kinds.yml",
}
_NOT_A_TREATY: Final = frozenset({*_FILES.values(), "glossary.yml"})


@dataclass(frozen=True, slots=True)
class ArticleGuide:
    """One article in plain words. ``instrument`` is the treaty's code ("ICESCR"), ``number`` the article's ("11").

    ``title``, ``protects``, ``asks`` (what it asks of the State, and so of a city) and ``whom``
    (a phrase, not a sentence) each hold "en" and "ko". ``more`` names what to read next: the symbol of a general
    comment, "gc:CESCR/4" where it has no symbol of its own, "treaty:CRPD/28" for an article.
    """

    instrument: str
    number: str
    title: Names = field(hash=False)
    protects: Names = field(hash=False)
    asks: Names = field(hash=False)
    whom: Names = field(hash=False)
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectGuide:
    """A body, a procedure or a kind of document in plain words; ``code`` is its code in the vocabulary.

    ``what`` it is, ``use`` (what a local government can do with it) and ``read`` (how to read what comes out of it)
    each hold "en" and "ko". ``more`` may also name "body:CESCR", "procedure:upr", "kind:views".
    """

    kind: SubjectKind
    code: str
    what: Names = field(hash=False)
    use: Names = field(hash=False)
    read: Names = field(hash=False)
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the glossary. ``name`` and ``definition`` (a plain sentence or two) are in all seven languages.

    ``forms`` are other spellings under which a page may show the word (plural, abbreviation), by language.
    ``everyday`` are those spellings, folded, that mean something else in ordinary speech ("noted", "session").
    """

    code: str
    name: Names = field(hash=False)
    definition: Names = field(hash=False)
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    everyday: frozenset[str] = frozenset()
    see: tuple[str, ...] = ()

    def spellings(self, lang: str) -> tuple[str, ...]:
        """The name in ``lang`` and its other forms there."""
        return (self.name[lang], *self.forms.get(lang, ()))


@cache
def instruments() -> tuple[str, ...]:
    """The codes of the treaties that the guide explains, in order of file."""
    files = sorted(path for path in DATA.glob("*.yml") if path.name not in _NOT_A_TREATY)
    return tuple(_Fields(path.name, _read(path)).text("instrument") for path in files)


def articles(code: str) -> Mapping[str, ArticleGuide]:
    """The articles of a treaty that the guide explains, by number, in the treaty's order; empty for another treaty."""
    return _articles(code) if code in instruments() else MappingProxyType({})


def article(code: str, number: str) -> ArticleGuide | None:
    """The guide to one article ("ICESCR", "11"), or None."""
    return articles(code).get(number)


@cache
def subjects(kind: SubjectKind) -> Mapping[str, SubjectGuide]:
    """All bodies, procedures or kinds of document that the guide explains, by code."""
    name = _FILES[kind]
    found = {
        code: _subject(kind, code, _Fields(f"{name}: {code}", entry)) for code, entry in _read(DATA / name).items()
    }
    return MappingProxyType(found)


def subject(kind: SubjectKind, code: str) -> SubjectGuide | None:
    """The guide to one body ("CESCR"), procedure ("upr") or kind of document ("views"), or None."""
    return subjects(kind).get(code)


@cache
def glossary() -> Mapping[str, Term]:
    """Every term by code ("list-of-issues"), in the order of the file."""
    entries = _read(DATA / "glossary.yml")
    found = {code: _term(code, _Fields(f"glossary.yml: {code}", entry)) for code, entry in entries.items()}
    strangers = {code for term in found.values() for code in term.see} - set(found)
    if strangers:
        raise BadInput(f"no such term: {', '.join(sorted(strangers))}", where="glossary.yml")
    return MappingProxyType(found)


class _Fields:
    """The fields of one entry. Each method takes one away; :meth:`close` refuses what is left."""

    def __init__(self, where: str, fields: Any) -> None:
        self.where = where
        if not isinstance(fields, dict):
            raise BadInput("expected fields", where=where)
        self._fields: dict[str, Any] = dict(fields)

    def text(self, name: str) -> str:
        value = self._fields.pop(name, None)
        if not isinstance(value, str) or not value or value.strip() != value:
            raise BadInput(f"the field {name!r} must be a trimmed text", where=self.where)
        return value

    def texts(self, name: str, required: Iterable[str] = WRITTEN) -> Names:
        value = self._languages(name, required)
        where = f"{self.where}: {name}"
        texts = _Fields(where, value)
        return MappingProxyType({lang: texts.text(lang) for lang in value})

    def forms(self, name: str) -> Mapping[str, tuple[str, ...]]:
        value = self._languages(name, ())
        lists = _Fields(f"{self.where}: {name}", value)
        return MappingProxyType({lang: lists.words(lang) for lang in value})

    def words(self, name: str) -> tuple[str, ...]:
        value = self._fields.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise BadInput(f"the field {name!r} must list texts", where=self.where)
        if len(set(value)) != len(value):
            raise BadInput(f"the field {name!r} names something twice", where=self.where)
        return tuple(value)

    def entries(self, name: str) -> list[Any]:
        value = self._fields.pop(name, None)
        if not isinstance(value, list) or not value:
            raise BadInput(f"the field {name!r} must list entries", where=self.where)
        return value

    def close(self) -> None:
        if self._fields:
            raise BadInput(f"unknown field {', '.join(sorted(map(str, self._fields)))}", where=self.where)

    def _languages(self, name: str, required: Iterable[str]) -> dict[str, Any]:
        value = self._fields.pop(name, {})
        if not isinstance(value, dict) or not set(value) <= set(CODES):
            raise BadInput(f"the field {name!r} must hold texts by language", where=self.where)
        missing = [lang for lang in required if lang not in value]
        if missing:
            raise BadInput(f"{name!r} has no {', '.join(missing)}", where=self.where)
        return value


class _Loader(yaml.CSafeLoader):
    """The fast loader, refusing a key given twice (plain YAML keeps the last in silence)."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    mapping = loader.construct_mapping(node, deep=True)
    if len(mapping) != len(node.value):
        raise BadInput("a key is given twice", where=f"line {node.start_mark.line + 1}")
    return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        raise BadInput(str(error), where=path.name) from error
    except BadInput as error:
        raise BadInput(error.message, where=f"{path.name}: {error.where}") from error
    if not isinstance(content, dict):
        raise BadInput("expected a mapping", where=path.name)
    return content


@cache
def _articles(code: str) -> Mapping[str, ArticleGuide]:
    name = f"{code.lower()}.yml"
    file = _Fields(name, _read(DATA / name))
    if file.text("instrument") != code:
        raise BadInput(f"the file is not named after {code}", where=name)
    found: dict[str, ArticleGuide] = {}
    for position, entry in enumerate(file.entries("articles"), start=1):
        one = _article(code, _Fields(f"{name}: entry {position}", entry))
        if one.number in found:
            raise BadInput(f"article {one.number} stands twice", where=name)
        found[one.number] = one
    file.close()
    return MappingProxyType(found)


def _article(code: str, entry: _Fields) -> ArticleGuide:
    one = ArticleGuide(
        instrument=code,
        number=entry.text("article"),
        title=entry.texts("title"),
        protects=entry.texts("protects"),
        asks=entry.texts("asks"),
        whom=entry.texts("whom"),
        more=entry.words("more"),
    )
    entry.close()
    return one


def _subject(kind: SubjectKind, code: str, entry: _Fields) -> SubjectGuide:
    one = SubjectGuide(
        kind=kind,
        code=code,
        what=entry.texts("what"),
        use=entry.texts("use"),
        read=entry.texts("read"),
        more=entry.words("more"),
    )
    entry.close()
    return one


def _term(code: str, entry: _Fields) -> Term:
    term = Term(
        code=code,
        name=entry.texts("name", CODES),
        definition=entry.texts("definition", CODES),
        forms=entry.forms("forms"),
        everyday=frozenset(word.casefold() for word in entry.words("everyday")),
        see=entry.words("see"),
    )
    entry.close()
    strangers = term.everyday - {word.casefold() for lang in CODES for word in term.spellings(lang)}
    if strangers:
        raise BadInput(f"no spelling of it: {', '.join(sorted(strangers))}", where=entry.where)
    return term
