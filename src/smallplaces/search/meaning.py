"""Which values of a facet a typed text means: ``state:"South Korea"``, ``body:crpd``, ``theme:housing``, and which
labels are called by it in another language: 여성폭력 is "Violence against women"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from smallplaces.model.language import CODES
from smallplaces.search import plan as p
from smallplaces.text.analysis import analyser
from smallplaces.text.language import script_of
from smallplaces.text.normalise import composed, folded
from smallplaces.vocab.labels import labels, resolve_label
from smallplaces.vocab.state import state_candidates

_STATES = frozenset({"state", "recommending"})
#: Facets whose labels have names in other languages.
_NAMED = ("theme", "group")
#: The scripts in which names are written; English ones are not here, because labels are found by them as they stand.
_SCRIPTS = {"fr": "latin", "es": "latin", "ru": "cyrillic", "ar": "arabic", "zh": "han", "ko": "hangul"}


def values_meant(facet: str, text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known values that ``text`` means: the value itself in any case, a State by any of its names, a label by its
    name in any language, else every value that holds all the words of the text."""
    wanted = folded(text).strip()
    called = {value: _names_of(facet, value) for value in known}
    same = [value for value, names in called.items() if wanted in names]
    if same:
        return tuple(same)
    if facet in _STATES:
        codes = {state.code for state in state_candidates(text)}
        return tuple(value for value in called if value in codes)
    parts = wanted.replace("-", " ").split()
    return tuple(
        v for v, names in called.items() if parts and any(all(part in name for part in parts) for name in names)
    )


@lru_cache(maxsize=16384)
def _names_of(facet: str, value: str) -> tuple[str, ...]:
    """All that a value of a facet is called, folded: itself and, where it is a label, its names."""
    label = resolve_label("", facet, value) if facet in _NAMED else None
    names = [name for lang in CODES for name in label.said(lang)] if label else []
    return tuple(dict.fromkeys(folded(name) for name in (value, *names)))


def with_labels(node: p.Node, known: Callable[[str], Iterable[str]]) -> p.Node:
    """The node, or the labels of the index (``known``: the values of a facet) that its words are the name of.

    Only plain words mean labels, and all of one script must stand in one name; what else the query asks (a filter,
    a word in another script) is asked as before. Where something is excluded, nothing is added. The names are not in
    the index itself, where seven languages would make every labelled paragraph several times as long.
    """
    items = node.items if isinstance(node, p.All) else (node,)
    rest: list[p.Node] = []
    words: dict[str, list[p.Match]] = {}
    if any(isinstance(item, p.Without) for item in items):
        return node
    for item in items:
        if isinstance(item, p.Match) and item.scope == "any" and not item.year:
            words.setdefault(script_of(item.word), []).append(item)
        else:
            rest.append(item)
    parts: list[p.Node] = []
    for script, some in words.items():
        meant = _meant(script, some, known)
        part = p.All(tuple(some)) if len(some) > 1 else some[0]
        parts.extend([p.Meant((part, *meant))] if meant else some)
    if not any(isinstance(part, p.Meant) for part in parts):
        return node
    return parts[0] if len(parts) == 1 and not rest else p.All((*parts, *rest))


def _meant(script: str, words: Sequence[p.Match], known: Callable[[str], Iterable[str]]) -> list[p.Has]:
    """The labels of the index that these words, all of one script, are the name of."""
    named = {code for group, its in _SCRIPTS.items() if its == script for code in _called(group, words)}
    if named:
        named -= _called("en", words)
    found = [p.Has(facet, _spelled(facet, named, known(facet))) for facet in _NAMED] if named else []
    return [has for has in found if has.values]


def _spelled(facet: str, codes: set[str], values: Iterable[str]) -> tuple[str, ...]:
    """The values that are spellings of these labels."""
    resolved = ((value, resolve_label("", facet, value)) for value in values)
    return tuple(value for value, label in resolved if label is not None and label.code in codes)


def _called(group: str, words: Sequence[p.Match]) -> set[str]:
    """Codes of the labels of which a name in this language holds all the words."""
    names: set[tuple[str, int]] | None = None
    for word in words:
        reading = dict(word.readings).get(group)
        if reading is None:
            return set()
        for place in reading.places:
            here = {name for term in place for name in _names(group).get(term, ())}
            names = here if names is None else names & here
            if not names:
                return set()
    return {code for code, _ in names or ()}


@cache
def _names(group: str) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Each term of the names of labels in a language -> the names it is in: code of the label, number of the name."""
    found: dict[str, list[tuple[str, int]]] = {}
    for code, label in labels().items():
        for number, name in enumerate(label.said(group) if not label.facet else ()):
            analysis = analyser(group).analyse(composed(name))
            for term in dict.fromkeys((*analysis.main, *analysis.extra)):
                found.setdefault(term, []).append((code, number))
    return found
