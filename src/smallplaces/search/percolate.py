"""Search turned round: which of very many saved searches does a new paragraph answer?

A saved search is kept with what any paragraph that answers it must hold: a formula over keys ("en:hous" a term,
"state=kor" a value, "^dis" a beginning). New paragraphs are analysed once and give their keys. Three sieves follow, each
finer and dearer than the one before: searches that are filed under a key at hand; those whose formula holds; and, of
these, those that the engine itself finds, asked of an index of the new paragraphs alone. The first two may let too
much through and never too little; the last is the engine, so that the answer is the one that searching would give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from smallplaces.model import symbol as symbols
from smallplaces.model.language import CODES
from smallplaces.search import plan as p
from smallplaces.search.across import Scope, widened
from smallplaces.search.meaning import with_labels
from smallplaces.search.prepare import Prepared
from smallplaces.search.schema import SCHEMA_VERSION
from smallplaces.text.analysis import GAP
from smallplaces.text.language import GROUPS
from smallplaces.text.normalise import folded
from smallplaces.vocab.labels import labels, resolve_label
from smallplaces.vocab.state import state_candidates

#: Raise when formulas come out otherwise: those of saved searches are then made anew.
VERSION = f"1.{SCHEMA_VERSION}"

#: A key, or ("&" | "|", formulas). All of none is always true, any of none never.
Formula = str | tuple[str, tuple["Formula", ...]]

ALWAYS: Formula = ("&", ())
NEVER: Formula = ("|", ())
#: Where searches are filed that no key can be named for.
ANY_PARAGRAPH = "*"

_OPEN = "?"  # a value that only the index can tell
_STATES = frozenset({"state", "recommending"})
_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Saved:
    """A search as it was saved: the words, the chosen values, and whether other languages are asked too."""

    text: str
    filters: Mapping[str, Sequence[str]]
    across: bool = True
    without: tuple[str, ...] = ()


# -- what a search needs ---------------------------------------------------------------------------


def formula_of(saved: Saved) -> Formula:
    """What every paragraph that answers the search holds. Depends on the search and the vocabulary alone, not on what the
    index holds today."""
    asked = p.plan_query(saved.text, _KNOWLEDGE)
    node = with_labels(asked.node, _label_values)
    wide = None
    if saved.across and asked.tree is not None:
        wide = widened(asked.tree, lambda part: p.plan_part(part, _KNOWLEDGE, []), Scope(CODES, "", saved.without))
    words = _either([_needs(node), _needs(wide.node)]) if wide else _needs(node)
    chosen = [
        _either([_value(facet, value) for value in values])
        for facet, values in saved.filters.items()
        if values and facet != "cites"  # spelt in several ways, which only the store can tell
    ]
    return _all([words, *chosen])


def filed_under(formula: Formula) -> tuple[str, ...]:
    """The keys one of which every paragraph that answers holds: as few and as telling as the formula allows."""
    keys = _filing(formula)
    return (ANY_PARAGRAPH,) if keys is None else tuple(sorted(keys))


def _needs(node: p.Node) -> Formula:  # noqa: PLR0911 (one answer a kind of node)
    match node:
        case p.Match(_, readings, _, year):
            said = [_all(_either(_term(group, t) for t in place) for place in read.places) for group, read in readings]
            return _either([*said, *([_value("year", year)] if year else [])])
        case p.Begins(prefix, _):
            return f"^{prefix[:_BEGINNING]}"
        case p.Has(facet, values):
            return _has(facet, values)
        case p.OfWork(key, _, starts):
            return ALWAYS if starts else f"work={key}"
        case p.All(items):
            return _all(map(_needs, items))
        case p.Any(items, least):
            return _either(map(_needs, items)) if least == 1 else ALWAYS
        case p.Nothing():
            return NEVER
        case _:
            return ALWAYS


def _has(facet: str, values: Sequence[str]) -> Formula:
    if _OPEN in values:
        return ALWAYS
    known = [resolve_label("", facet, value) for value in values] if facet in {"theme", "group"} else []
    if known:
        return _either(f"label={label.code}" if label else ALWAYS for label in known)
    return _either(_value(facet, value) for value in values)


def _values(facet: str, text: str) -> Sequence[str]:
    """Every value that a typed one may mean, whatever the index holds; :data:`_OPEN` when only the index can tell."""
    if facet not in _STATES:
        return (_OPEN,)
    return tuple({folded(text).strip(), *(state.code for state in state_candidates(text))})


@cache
def _label_values(_facet: str) -> tuple[str, ...]:
    return tuple(label.value for label in labels().values() if not label.facet)


_KNOWLEDGE = p.Knowledge(values=_values, symbol=symbols.in_query, cited=lambda _text: (_OPEN,))


def _term(group: str, term: str) -> str:
    return f"{group}:{term}"


def _value(facet: str, value: str) -> str:
    return f"{facet}={value.casefold()}"


def _all(formulas: Iterable[Formula]) -> Formula:
    kept = tuple(dict.fromkeys(one for one in formulas if one != ALWAYS))
    if NEVER in kept:
        return NEVER
    return kept[0] if len(kept) == 1 else ("&", kept)


def _either(formulas: Iterable[Formula]) -> Formula:
    kept = tuple(dict.fromkeys(one for one in formulas if one != NEVER))
    if ALWAYS in kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else ("|", kept)


def _filing(formula: Formula) -> frozenset[str] | None:
    """The best set of keys; None when there is none."""
    if isinstance(formula, str):
        return frozenset({formula})
    sign, parts = formula
    found = [_filing(part) for part in parts]
    if sign == "|":
        return None if None in found else frozenset().union(*(keys for keys in found if keys is not None))
    return min((keys for keys in found if keys is not None), key=_cost, default=None)


def _cost(keys: frozenset[str]) -> float:
    """Few keys before many, long words before short ones, words before values, which many paragraphs share."""
    return sum(1.0 if "=" in key and not key.startswith("work=") else 4.0 / (len(key) + 4) ** 2 for key in keys)


# -- what paragraphs hold --------------------------------------------------------------------------


def keys_of(prepared: Prepared) -> Iterator[str]:
    """Every key that a paragraph holds. Some may come more than once."""
    yield ANY_PARAGRAPH
    for part, group, joined in prepared.terms:
        if part != "all":
            continue
        for term in set(joined.split()):
            other, gap, foreign = term.partition(GAP)
            if not gap:
                yield _term(group, term)
            elif other in GROUPS:
                yield _term(other, foreign)
    for _, surface in prepared.surface:
        for word in surface.split():
            for length in range(1, _BEGINNING + 1):
                yield f"^{word[:length]}"
    for work in prepared.works:
        yield f"work={work}"
    for facet, values in prepared.entry.facets.items():
        for value in values:
            yield _value(facet, value)
            if facet in {"theme", "group"} and (label := _label(facet, value)):
                yield f"label={label}"


@lru_cache(maxsize=16384)
def _label(facet: str, value: str) -> str:
    known = resolve_label("", facet, value)
    return known.code if known else ""


class Held:
    """The keys of some paragraphs: which of them holds which, one bit a paragraph."""

    def __init__(self, prepared: Sequence[Prepared]) -> None:
        self.everything = (1 << len(prepared)) - 1
        self.by_key: dict[str, int] = {}
        for number, one in enumerate(prepared):
            bit = 1 << number
            for key in keys_of(one):
                self.by_key[key] = self.by_key.get(key, 0) | bit

    def where(self, formula: Formula) -> int:
        """The paragraphs for which the formula holds, as bits."""
        if isinstance(formula, str):
            return self.by_key.get(formula, 0)
        sign, parts = formula
        if sign == "|":
            found = 0
            for part in parts:
                found |= self.where(part)
            return found
        found = self.everything
        for part in parts:
            found &= self.where(part)
            if not found:
                return 0
        return found
