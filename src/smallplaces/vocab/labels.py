"""Names of the labels that sources give to paragraphs: themes, persons concerned, issues, actions, positions, outcomes.

Reads ``labels.yml``. A label stays what its source wrote; these are the words in which a page shows it and by which
a reader of another language finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from smallplaces.model.language import Names, in_language
from smallplaces.vocab.index import Index
from smallplaces.vocab.load import Entry, entries

#: Facets whose labels are words of one vocabulary, whichever of them a source files a label under.
_OPEN: Final = frozenset({"theme", "group", "issue"})


@dataclass(frozen=True, slots=True)
class NamedLabel:
    """A label with its names.

    ``value`` is its usual spelling, ``spellings`` are others. ``facet`` is empty when it may be a theme, a group or
    an issue, ``schemes`` when any source may use it. ``words`` are further words by which it is looked for, by
    language ("여성폭력").
    """

    code: str
    value: str
    facet: str
    schemes: tuple[str, ...]
    names: Names = field(hash=False)
    spellings: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(hash=False)

    def said(self, lang: str) -> tuple[str, ...]:
        """All that it is called in ``lang``."""
        own = (self.value, *self.spellings) if lang == "en" else ()
        return tuple(dict.fromkeys((self.names[lang], *own, *self.words.get(lang, ()))))


@cache
def labels() -> Mapping[str, NamedLabel]:
    """Every label of the catalogue by code."""
    return MappingProxyType({entry.code: _label(entry) for entry in entries("labels.yml")})


@lru_cache(maxsize=16384)
def resolve_label(scheme: str, facet: str, value: str) -> NamedLabel | None:
    """The label that a source spells so, or None.

    ``scheme`` is whose label it is ("uhri", "upr-info"), empty when that is not known. Spellings are compared
    folded, so that case, "&", non-breaking and double blanks do not matter.
    """
    index = _indexes().get("" if facet in _OPEN else facet)
    known = index.find(value) if index else None
    return known if known and (not scheme or not known.schemes or scheme in known.schemes) else None


def label_name(scheme: str, facet: str, value: str, lang: str = "en") -> str:
    """The name of a label in ``lang``, else in English; the value itself when the catalogue does not know it."""
    known = resolve_label(scheme, facet, value)
    return in_language(known.names, lang) if known else value


@cache
def _indexes() -> Mapping[str, Index[NamedLabel]]:
    """The labels by facet; those of the open facets stand under the empty name."""
    by_facet: dict[str, list[NamedLabel]] = {}
    for label in labels().values():
        by_facet.setdefault(label.facet, []).append(label)
    return {
        facet: Index("labels.yml", ((label, {label.value, *label.spellings}) for label in found))
        for facet, found in by_facet.items()
    }


def _label(entry: Entry) -> NamedLabel:
    label = NamedLabel(
        code=entry.code,
        value=entry.text("value", entry.code),
        facet=entry.text("facet", ""),
        schemes=entry.words("schemes"),
        names=entry.names("names"),
        spellings=entry.aliases().get("any", ()),
        words=entry.aliases("words"),
    )
    entry.close()
    return label
