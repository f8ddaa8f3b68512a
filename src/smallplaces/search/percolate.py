"""Search turned round: which of very many saved searches does a new paragraph answer?

A saved search is kept with what any paragraph that answers it holds: a formula over keys. New paragraphs are analysed
once and give their keys. Three sieves follow, each finer and dearer than the one before: searches that are filed under
a key at hand; those whose formula holds; and, of these, those that the engine itself finds, asked of an index of the
new paragraphs alone. The first two may let too much through and never too little; the last is the engine. Where a
formula says all that the engine would look at it is exact, and the engine need not be asked.

Keys: "en:hous" a term of a group, "en:adequ hous" terms side by side, "^dis" a beginning, "state=KOR" a value,
"label=…" a label by any of its names, "work=…" a document, "@…" a concept said by one of its terms.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice, pairwise, product

from smallplaces.model import symbol as symbols
from smallplaces.model.language import CODES
from smallplaces.search import plan as p
from smallplaces.search.across import Scope, widened
from smallplaces.search.meaning import with_labels
from smallplaces.search.prepare import Prepared, foreign
from smallplaces.search.schema import SCHEMA_VERSION
from smallplaces.text.analysis import GAP, Reading
from smallplaces.text.language import GROUPS
from smallplaces.text.normalise import folded
from smallplaces.vocab.labels import labels, resolve_label
from smallplaces.vocab.state import state_candidates

#: Raise when formulas come out otherwise: those of saved searches are then made anew.
VERSION = f"2.{SCHEMA_VERSION}"

#: A key, or ("&" | "|", formulas). All of none is always true, any of none never.
Formula = str | tuple[str, tuple["Formula", ...]]

ALWAYS: Formula = ("&", ())
NEVER: Formula = ("|", ())
#: Where searches are filed that no key can be named for.
ANY_PARAGRAPH = "*"

_OPEN = "?"  # a value that only the index can tell
_STATES = frozenset({"state", "recommending"})
_BEGINNING = 3
_SPELLINGS = 12  # of a phrase that the engine tries; see backends.tantivy.compile


@dataclass(frozen=True, slots=True)
class Saved:
    """A search as it was saved: the words, the chosen values, and whether other languages are asked too."""

    text: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    across: bool = True
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needed:
    """What every paragraph that answers a search holds.

    ``exact``: what holds it answers, and the engine need not be asked. ``keys``: one of them is held too, as few and
    as telling ones as the formula allows. ``concepts``: what the keys "@…" of the formula stand for.
    """

    formula: Formula
    exact: bool
    keys: tuple[str, ...]
    concepts: Mapping[str, Formula]


# -- what a search needs ---------------------------------------------------------------------------


def needed(saved: Saved) -> Needed:
    """What answers to a search hold. It depends on the search and the vocabulary alone, not on what the index holds."""
    asked = p.plan_query(saved.text, _KNOWLEDGE)
    node = with_labels(asked.node, _label_values)
    reader = _Reader()
    said = [reader.formula(node)]
    if saved.across and asked.tree is not None:
        wide = widened(asked.tree, lambda part: p.plan_part(part, _KNOWLEDGE, []), Scope(CODES, "", saved.without))
        said += [reader.formula(wide.node)] if wide else []
        reader.exact &= not saved.filters.get("lang")  # only the chosen languages are then asked besides
    chosen = [reader.chosen(facet, values) for facet, values in saved.filters.items() if values]
    formula = _all([_either(said), *chosen])
    keys = _filing(formula)
    return Needed(formula, reader.exact, (ANY_PARAGRAPH,) if keys is None else tuple(sorted(keys)), reader.concepts)


class _Reader:
    """Reads plans as formulas; notes whether one says less than its plan."""

    def __init__(self) -> None:
        self.exact = True
        self.concepts: dict[str, Formula] = {}

    def formula(self, node: p.Node) -> Formula:  # noqa: PLR0911 (one answer a kind of node)
        """What an entry that matches the node holds."""
        match node:
            case p.Match():
                return self._match(node)
            case p.Called(items):
                return self._concept(_either(map(self.formula, items)))
            case p.All(items):
                return _all(map(self.formula, items))
            case p.Any(items, 1):
                return _either(map(self.formula, items))
            case p.Has(facet, values) if facet in {"theme", "group"} and _OPEN not in values:
                return _either(f"label={_label(facet, value)}" for value in values)
            case p.Nothing():
                return NEVER
            case p.Everything():
                return ALWAYS
            case p.OfWork(key, "", False):
                return f"work={key}"
            case _:
                self.exact = False
                return _less(node)

    def chosen(self, facet: str, values: Sequence[str]) -> Formula:
        """What an entry with one of the chosen values of a facet holds."""
        if facet != "cites":
            return _either(_value(facet, value) for value in values)
        self.exact = False  # spelt in several ways, which only the store can tell
        return ALWAYS

    def _match(self, node: p.Match) -> Formula:
        self.exact &= node.scope == "any"
        said = [self._reading(group, reading) for group, reading in node.readings]
        return _either([*said, *([_value("year", node.year)] if node.year else [])])

    def _reading(self, group: str, reading: Reading) -> Formula:
        if len(reading.places) == 1 or not reading.adjacent:
            return _all(_either(_term(group, term) for term in place) for place in reading.places)
        spelled = list(islice(product(*reading.places), _SPELLINGS + 1))
        if len(spelled) <= _SPELLINGS:
            return _either(_term(group, " ".join(terms)) for terms in spelled)
        self.exact = False
        return _all(_either(_term(group, term) for term in place) for place in reading.places)

    def _concept(self, said: Formula) -> Formula:
        name = "@" + hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]
        self.concepts[name] = said
        return name


def _less(node: p.Node) -> Formula:
    """Something that entries which match the node hold, though others may too."""
    match node:
        case p.Begins(prefix, _):
            return f"^{prefix[:_BEGINNING]}"
        case p.OfWork(key, _, False):
            return f"work={key}"
        case p.Has(facet, values) if _OPEN not in values:
            return _either(_value(facet, value) for value in values)
        case _:
            return ALWAYS


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
    return f"{facet}={value}"


@lru_cache(maxsize=16384)
def _label(facet: str, value: str) -> str:
    known = resolve_label("", facet, value)
    return known.code if known else value


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
        return frozenset({max(_pairs(formula), key=len) if _is_long(formula) else formula})
    sign, parts = formula
    found = [_filing(part) for part in parts]
    if sign == "|":
        return None if None in found else frozenset().union(*(keys for keys in found if keys is not None))
    return min((keys for keys in found if keys is not None), key=_cost, default=None)


def _cost(keys: frozenset[str]) -> float:
    """Few keys before many, long words before short ones, words before values, which many paragraphs share."""
    return sum(1.0 if "=" in key and not key.startswith("work=") else 4.0 / (len(key) + 4) ** 2 for key in keys)


def _is_long(key: str) -> bool:
    """Whether a key is of more than two terms side by side: paragraphs give pairs, and what is longer is looked up."""
    return key.count(" ") > 1 and key.partition(":")[0] in GROUPS


def _pairs(key: str) -> list[str]:
    group, _, said = key.partition(":")
    return [_term(group, f"{first} {second}") for first, second in pairwise(said.split(" "))]


# -- what paragraphs hold --------------------------------------------------------------------------


class Held:
    """The keys of some paragraphs: which of them holds which, one bit a paragraph."""

    def __init__(self, prepared: Sequence[Prepared], concepts: Mapping[str, Formula] | None = None) -> None:
        self.everything = (1 << len(prepared)) - 1
        self._texts = [[f" {joined} " for part, _, joined in one.terms if part == "all"] for one in prepared]
        self._long: dict[str, int] = {}
        self._own_only = True  # concepts are not sought in titles of another language
        self.by_key: dict[str, int] = {}
        for number, one in enumerate(prepared):
            self._add(_own_keys(one), 1 << number)
        said = {name: where for name, formula in (concepts or {}).items() if (where := self.where(formula))}
        self.by_key.update(said)
        self._long.clear()
        self._own_only = False
        for number, one in enumerate(prepared):
            self._add(_foreign_keys(one), 1 << number)

    def _add(self, keys: Iterable[str], bit: int) -> None:
        for key in keys:
            self.by_key[key] = self.by_key.get(key, 0) | bit

    def _side_by_side(self, key: str) -> int:
        """The paragraphs that hold more than two terms side by side."""
        found = self._long.get(key)
        if found is None:
            group, _, said = key.partition(":")
            written = [f" {said} "]
            if not self._own_only:
                written.append("".join(f" {foreign(term, group)}" for term in said.split(" ")) + " ")
            may = self.where(("&", tuple(_pairs(key))))
            found = 0
            while may:
                bit = may & -may
                may ^= bit
                if any(words in text for text in self._texts[bit.bit_length() - 1] for words in written):
                    found |= bit
            self._long[key] = found
        return found

    def where(self, formula: Formula) -> int:
        """The paragraphs for which the formula holds, as bits."""
        if isinstance(formula, str):
            return self._side_by_side(formula) if _is_long(formula) else self.by_key.get(formula, 0)
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


def _own_keys(prepared: Prepared) -> Iterator[str]:
    yield ANY_PARAGRAPH
    for part, group, joined in prepared.terms:
        if part == "all":
            yield from _own_terms(group, joined.split())
    for _, surface in prepared.surface:
        for word in surface.split():
            for length in range(1, _BEGINNING + 1):
                yield f"^{word[:length]}"
    for work in prepared.works:
        yield f"work={work}"
    for facet, values in prepared.entry.facets.items():
        for value in values:
            yield _value(facet, value)
            if facet in _STATES:
                yield _value(facet, folded(value))
            elif facet in {"theme", "group"}:
                yield f"label={_label(facet, value)}"


def _own_terms(group: str, terms: list[str]) -> Iterator[str]:
    for term in set(terms):
        if GAP not in term:
            yield _term(group, term)
    for first, second in set(pairwise(terms)):
        if GAP not in first and GAP not in second:
            yield _term(group, f"{first} {second}")


def _foreign_keys(prepared: Prepared) -> Iterator[str]:
    """The terms of a title, a heading or a label in another language than the text's."""
    for part, _, joined in prepared.terms:
        if part != "all" or GAP not in joined:
            continue
        split = [tuple(term.partition(GAP)) for term in joined.split()]
        for group, gap, term in set(split):
            if gap and group in GROUPS:
                yield _term(group, term)
        for (group, gap, first), (other, also, second) in pairwise(split):
            if gap and also and group == other and group in GROUPS:
                yield _term(group, f"{first} {second}")
