"""A plan compiled to queries of the engine. Terms that no entry holds are left out before.

Every entry is in one field "a_…" only, that of its language's group. Words that must all occur are therefore
looked for together group by group, which costs a fraction of looking for each in all groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise, product

import tantivy
from tantivy import Occur, Query

from smallplaces.search import plan as p
from smallplaces.search.backends.tantivy.schema import FACET, PARTS, SURFACE
from smallplaces.search.prepare import foreign, pair
from smallplaces.text.language import GROUPS

_ALL, _BESIDE = PARTS["all"], PARTS["beside"]
#: Words beside the text count this much less than words in it.
_BESIDE_LESS = -0.7
_PREFERENCE = 1000.0  # more than any words can score
_TITLE_BONUS = 0.5
_PHRASE_BONUS = 0.7
#: Looking whether words stand side by side is worth it up to this many candidates.
_PHRASE_LIMIT = 10_000
_SPELLINGS = 12
_REMEMBERED = 20_000

#: Something that words of one group answer: their places and whether these must be neighbours.
_Read = tuple[tuple[tuple[str, ...], ...], bool]


class Compiler:
    """Compiles for one searcher, whose dictionary tells which terms exist."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        self._counts: dict[tuple[str, str], int] = {}
        self._foreign = {
            group: frozenset(
                other for other in GROUPS if searcher.terms_with_prefix(_ALL + group, foreign("", other), limit=1)
            )
            for group in GROUPS
        }

    def query(self, node: p.Node, filters: Iterable[p.Has] = (), prefer: str = "") -> Query | None:
        """The query of a node under filters; None when no entry can match."""
        found = self.node(node)
        if found is None:
            return None
        if prefer and 0 < self._has(FACET + "lang", prefer) < self._searcher.num_docs / 2:  # else it is first anyway
            theirs = Query.term_query(self._schema, FACET + "lang", prefer, "basic")
            ahead = Query.const_score_query(theirs, _PREFERENCE)
            found = Query.boolean_query([(Occur.Must, found), (Occur.Should, ahead)])
        if bonus := self._in_title(node):
            found = Query.boolean_query([(Occur.Must, found), (Occur.Should, bonus)])
        limits = [self.node(limit) for limit in filters]
        if any(limit is None for limit in limits):
            return None
        if not limits:
            return found
        silent = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in limits if limit is not None]
        return Query.boolean_query([(Occur.Must, found), *silent])

    def node(self, node: p.Node) -> Query | None:  # noqa: PLR0911 (one answer a kind of node)
        """The query of one node; None when no entry can match."""
        match node:
            case p.Match():
                return self._match(node)
            case p.Begins(prefix, groups):
                return self._begins(prefix, groups)
            case p.Has(facet, values):
                return self._any_term(FACET + facet, values)
            case p.OfWork():
                return self._of_work(node)
            case p.Dated(first, last):
                days = Query.range_query(
                    self._schema, "date", tantivy.FieldType.Unsigned, first, last, include_upper=False
                )
                return Query.const_score_query(days, 0.1)
            case p.All(items):
                return self._all(items)
            case p.Any():
                return self._any(node)
            case p.Without(item):
                return self._without([item])
            case p.Everything():
                return self.everything()
            case p.Nothing():
                return None

    def at_most(self, node: p.Node) -> int:
        """How many entries can match at most, as far as the dictionary tells."""
        match node:
            case p.Match(_, readings, scope):
                part = PARTS[scope] if scope in {"title", "label"} else _ALL
                return sum(
                    min(sum(self._has(part + group, term) for term in place) for place in reading.places)
                    for group, reading in readings
                )
            case p.All(items):
                return min((self.at_most(item) for item in items), default=0)
            case p.Any(items):
                return sum(map(self.at_most, items))
            case p.Nothing():
                return 0
            case _:
                return int(self._searcher.num_docs)

    def everything(self) -> Query:
        """Every entry (and not the watermark)."""
        mark = Query.term_query(self._schema, "meta", "watermark", "basic")
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, mark)])

    def _has(self, field: str, term: str) -> int:
        found = self._counts.get((field, term))
        if found is None:
            if len(self._counts) >= _REMEMBERED:
                self._counts.clear()
            found = self._counts[field, term] = int(self._searcher.doc_freq(field, term))
        return found

    def _term(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, "freq" if field[1] == "_" else "basic")

    def _any_term(self, field: str, values: Iterable[str]) -> Query | None:
        known = [value for value in dict.fromkeys(values) if self._has(field, value)]
        if not known:
            return None
        if len(known) == 1:
            return Query.const_score_query(Query.term_query(self._schema, field, known[0], "basic"), 0.1)
        return Query.const_score_query(Query.term_set_query(self._schema, field, known), 0.1)

    def _match(self, node: p.Match) -> Query | None:
        if node.scope in {"title", "label"}:
            return _either(self._readings(PARTS[node.scope], node))
        found = self._by_group([node])
        if node.year and (year := self._any_term(FACET + "year", [node.year])):
            found.append(year)
        return _either(found)

    def _readings(self, part: str, node: p.Match) -> list[Query]:
        """A word in a part whose fields are those of its readings."""
        found = (self._reading(part + group, reading.places, reading.adjacent) for group, reading in node.readings)
        return [query for query in found if query is not None]

    def _by_group(self, items: Sequence[p.Node]) -> list[Query]:
        """Entries that hold all of the items, for each group a query."""
        return [query for group in GROUPS if (query := self._together(group, items)) is not None]

    def _together(self, group: str, items: Sequence[p.Node]) -> Query | None:
        must = [self._in_group(group, item) for item in items]
        if any(query is None for query in must):
            return None
        wanted = [(Occur.Must, query) for query in must if query is not None]
        words = [item for item in items if isinstance(item, p.Match) and item.scope == "any"]
        extra = [*self._less_beside(group, words), *self._side_by_side(group, words)]
        if len(wanted) == 1 and not extra:
            return wanted[0][1]
        return Query.boolean_query([*wanted, *((Occur.Should, query) for query in extra)])

    def _in_group(self, group: str, node: p.Node) -> Query | None:
        """Words in the entries of one group."""
        match node:
            case p.Match(_, _, "any"):
                return _either([q for read in self._reads(group, node) if (q := self._reading(_ALL + group, *read))])
            case p.Match():
                return self._in_text(group, node)
            case p.Called(items):
                return self._called([(group, item) for item in items])
            case p.Any(items):
                return _either([query for item in items if (query := self._in_group(group, item)) is not None])
            case _:
                raise TypeError(f"{node!r} is not made of words")

    def _reads(self, group: str, node: p.Match) -> Iterator[_Read]:
        """The readings of a word as they are written among the terms of a group."""
        for other, reading in node.readings:
            if other == group:
                yield reading.places, reading.adjacent
            elif other in self._foreign[group]:
                yield tuple(tuple(foreign(term, other) for term in place) for place in reading.places), reading.adjacent

    def _in_text(self, group: str, node: p.Match) -> Query | None:
        """A word in the text alone: where it stands at all, less where it stands only beside the text."""
        reading = dict(node.readings).get(group)
        found = self._reading(_ALL + group, reading.places, reading.adjacent) if reading else None
        if found is None or reading is None:
            return None
        places = [
            _either([self._term_in_text(group, term) for term in place if self._has(_ALL + group, term)])
            for place in reading.places
        ]
        must = [(Occur.Must, query) for query in (found, *places) if query is not None]
        neighbours = pairwise(reading.places) if reading.adjacent else ()
        pairs = [pair(one[0], other[0]) for one, other in neighbours if len(one) == len(other) == 1]
        mustnot = [(Occur.MustNot, self._only_beside(group, two)) for two in pairs]
        return Query.boolean_query([*must, *mustnot])

    def _only_beside(self, group: str, term: str) -> Query:
        return Query.term_query(self._schema, _BESIDE + group, term, "basic")

    def _term_in_text(self, group: str, term: str) -> Query:
        found = self._term(_ALL + group, term)
        if not self._has(_BESIDE + group, term):
            return found
        return Query.boolean_query([(Occur.Must, found), (Occur.MustNot, self._only_beside(group, term))])

    def _reading(self, field: str, places: tuple[tuple[str, ...], ...], adjacent: bool) -> Query | None:
        known = [[term for term in place if self._has(field, term)] for place in places]
        if not all(known):
            return None
        if len(known) == 1:
            return _either([self._term(field, term) for term in known[0]])
        if adjacent:
            return self._phrase(field, known)
        parts = [_either([self._term(field, term) for term in place]) for place in known]
        return Query.boolean_query([(Occur.Must, part) for part in parts if part is not None])

    def _phrase(self, field: str, places: list[list[str]]) -> Query | None:
        spelled = islice(product(*places), _SPELLINGS)
        return _either([Query.phrase_query(self._schema, field, list(words)) for words in spelled])

    def _begins(self, prefix: str, groups: Iterable[str]) -> Query | None:
        # Only what means something in an expression is escaped: the engine refuses to see others escaped, such as
        # the combining dot that folding leaves of a Turkish capital, or a Thai vowel sign.
        pattern = re.sub(r"([\\.+*?()|\[\]{}^$#&\-~])", r"\\\1", prefix) + ".*"
        known = [SURFACE + g for g in groups if self._searcher.terms_with_prefix(SURFACE + g, prefix, limit=1)]
        return _either([Query.regex_query(self._schema, field, pattern) for field in known])

    def _of_work(self, node: p.OfWork) -> Query | None:
        if node.starts:
            keys = [key for key, _ in self._searcher.terms_with_prefix("work", node.key)]
            return self._any_term("work", keys)
        work = self._any_term("work", [node.key])
        if work is None or not node.number:
            return None if work is None else Query.boost_query(work, 1000.0)
        if not self._has("number", node.number):
            return None
        number = Query.term_query(self._schema, "number", node.number, "basic")
        both = Query.boolean_query([(Occur.Must, work), (Occur.Must, number)])
        return Query.const_score_query(both, 1000.0)

    def _all(self, items: tuple[p.Node, ...]) -> Query | None:
        unwanted = [item.item for item in items if isinstance(item, p.Without)]
        wanted = [item for item in items if not isinstance(item, p.Without)]
        words = [item for item in wanted if _of_words(item)]
        found = [self.node(item) for item in wanted if not _of_words(item)]
        if words:
            found.append(_either(self._by_group(words)))
        if any(query is None for query in found):
            return None
        must = [(Occur.Must, query) for query in found if query is not None]
        if not must:
            return self._without(unwanted)
        mustnot = [(Occur.MustNot, query) for item in unwanted if (query := self.node(item)) is not None]
        return must[0][1] if len(must) == 1 and not mustnot else Query.boolean_query([*must, *mustnot])

    def _less_beside(self, group: str, words: Iterable[p.Match]) -> list[Query]:
        """What takes away from entries that hold a word only beside their text."""
        terms = {
            place[0]
            for word in words
            for other, reading in word.readings
            if other == group
            for place in reading.places
            if len(reading.places) == 1 and self._has(_BESIDE + group, place[0])
        }
        return [Query.boost_query(self._only_beside(group, term), _BESIDE_LESS) for term in terms]

    def _side_by_side(self, group: str, words: list[p.Match]) -> list[Query]:
        """A bonus for plain words that stand in the order in which they were asked."""
        if not 2 <= len(words) <= 6:
            return []
        readings = [dict(word.readings).get(group) for word in words]
        terms = [place[0] for reading in readings if reading is not None for place in reading.places]
        if None in readings or not 0 < min(self._has(_ALL + group, term) for term in terms) <= _PHRASE_LIMIT:
            return []
        phrase = Query.phrase_query(self._schema, _ALL + group, list(terms))
        return [Query.boost_query(phrase, _PHRASE_BONUS)]

    def _in_title(self, node: p.Node) -> Query | None:
        """A bonus for entries of documents whose title holds all of the words."""
        typed = node
        while isinstance(typed, p.Meant | p.Across):
            typed = typed.items[0]
        items = typed.items if isinstance(typed, p.All) else (typed,)
        words = [item for item in items if isinstance(item, p.Match) and item.scope == "any"]
        found: list[Query] = []
        for group, _ in words[0].readings if words else ():
            readings = [dict(word.readings).get(group) for word in words]
            parts = [
                self._reading(PARTS["title"] + group, reading.places, reading.adjacent) if reading else None
                for reading in readings
            ]
            if all(part is not None for part in parts):
                found.append(Query.boolean_query([(Occur.Must, part) for part in parts if part is not None]))
        either = _either(found)
        return Query.boost_query(either, _TITLE_BONUS) if either is not None else None

    def _any(self, node: p.Any) -> Query | None:
        if isinstance(node, p.Called):
            return self._called([(group, item) for item in node.items for group in GROUPS])
        if isinstance(node, p.Across):
            typed, added = (self.node(item) for item in node.items)
            less = [] if added is None else [Query.boost_query(added, p.ACROSS_LESS)]
            return _either([query for query in (typed, *less) if query is not None])
        found = [query for item in node.items if (query := self.node(item)) is not None]
        if len(found) < node.least:
            return None
        if node.least > 1:
            return Query.boolean_query([(Occur.Should, query) for query in found], node.least)
        return _either(found)

    def _called(self, terms: Iterable[tuple[str, p.Node]]) -> Query | None:
        """Entries of these groups that say one of the terms: the best counts, and that it is in the title."""
        said: list[Query] = []
        entitled: list[Query] = []
        for group, term in terms:
            if not isinstance(term, p.Match) or not any(group == other for other, _ in term.readings):
                continue
            if (found := self._in_group(group, term)) is not None:
                said.append(found)
                reading = dict(term.readings)[group]
                title = self._reading(PARTS["title"] + group, reading.places, reading.adjacent)
                entitled.extend([] if title is None else [Query.boost_query(title, _TITLE_BONUS)])
        if not entitled:
            return _best(said)
        must, should = _best(said), _best(entitled)
        return Query.boolean_query(
            [(Occur.Must, q) for q in (must,) if q] + [(Occur.Should, q) for q in (should,) if q]
        )

    def _without(self, items: Iterable[p.Node]) -> Query:
        found = [query for item in items if (query := self.node(item)) is not None]
        mark = Query.term_query(self._schema, "meta", "watermark", "basic")
        unwanted = [(Occur.MustNot, query) for query in (mark, *found)]
        return Query.boolean_query([(Occur.Must, Query.all_query()), *unwanted])


def _of_words(node: p.Node) -> bool:
    """Whether a node is made of nothing but words in texts and beside them."""
    match node:
        case p.Match(_, _, scope, year):
            return scope in {"any", "text"} and not year
        case p.Any(items, least):
            return least == 1 and all(map(_of_words, items))
        case _:
            return False


def _best(queries: list[Query]) -> Query | None:
    if len(queries) > 1:
        return Query.disjunction_max_query(queries)
    return queries[0] if queries else None


def _either(queries: list[Query]) -> Query | None:
    if len(queries) > 1:
        return Query.boolean_query([(Occur.Should, query) for query in queries])
    return queries[0] if queries else None
