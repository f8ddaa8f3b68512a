"""Names of the labels that sources give to paragraphs: themes, persons concerned, issues, actions, positions, outcomes.

Reads ``labels.yml``. A label stays what its source wrote; these are the words in which a page shows it and by which
a reader of another language finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from smallplaces.model.language import Names, in_language
from smallplaces.vocab.index import Index
from smallplaces.vocab.load import Entry, entries

#: Facets whose labels are words of one vocabulary, whichever of them a source files a label under.
_OPEN: Final = frozenset({"theme", "group", "issue"})


@dataclass(frozen=True, slots=True)
class _Label:
    """One label. ``value`` is its usual spelling; ``schemes`` is empty when any source may use it."""

    code: str
    value: str
    facet: str
    schemes: tuple[str, ...]
    names: Names = field(hash=False)
    spellings: tuple[str, ...]
    words: tuple[str, ...]


def label_name(scheme: str, facet: str, value: str, lang: str = "en") -> str:
    """The name of a label in ``lang``; the value itself when the catalogue does not know it.

    ``scheme`` is whose label it is ("uhri", "upr-info"), empty when that is not known. Spellings are compared
    folded, so that case, "&", non-breaking and double blanks do not matter.
    """
    known = _find(scheme, facet, value)
    return in_language(known.names, lang) if known else value


def label_words(scheme: str, facet: str, value: str) -> tuple[str, ...]:
    """By what readers may search for a label: its names in all languages, other spellings and words.

    Empty when the catalogue does not know it.
    """
    known = _find(scheme, facet, value)
    return known.words if known else ()


@lru_cache(maxsize=16384)
def _find(scheme: str, facet: str, value: str) -> _Label | None:
    index = _indexes().get("" if facet in _OPEN else facet)
    known = index.find(value) if index else None
    return known if known and (not scheme or not known.schemes or scheme in known.schemes) else None


@cache
def _indexes() -> Mapping[str, Index[_Label]]:
    """The labels by facet; those of the open facets stand under the empty name."""
    by_facet: dict[str, list[_Label]] = {}
    for entry in entries("labels.yml"):
        label = _label(entry)
        by_facet.setdefault(label.facet, []).append(label)
    return {
        facet: Index("labels.yml", ((label, {label.value, *label.spellings}) for label in labels))
        for facet, labels in by_facet.items()
    }


def _label(entry: Entry) -> _Label:
    names = entry.names("names")
    aliases = tuple(alias for found in entry.aliases().values() for alias in found)
    label = _Label(
        code=entry.code,
        value=entry.text("value", entry.code),
        facet=entry.text("facet", ""),
        schemes=entry.words("schemes"),
        names=names,
        spellings=aliases,
        words=tuple(dict.fromkeys((*names.values(), *aliases, *entry.words("words")))),
    )
    entry.close()
    return label
