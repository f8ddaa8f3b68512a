"""A plan compiled to queries of the engine. Terms that no entry holds are left out before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, product

import tantivy
from tantivy import Occur, Query

from smallplaces.search import plan as p
from smallplaces.search.backends.tantivy.schema import FACET, SURFACE
from smallplaces.text.analysis import Reading

#: Part -> (fields, how much a match there counts).
_SCOPES: dict[str, tuple[tuple[str, float], ...]] = {
    "any": (("t_", 1.0), ("m_", 0.3)),
    "text": (("t_", 1.0),),
    "title": (("h_", 1.0),),
    "label": (("l_", 1.0),),
}
_PHRASE_BONUS = 0.7
#: Looking whether words stand side by side is worth it up to this many candidates.
_PHRASE_LIMIT = 10_000
_SPELLINGS = 12


class Compiler:
    """Compiles for one searcher, whose dictionary tells which terms exist."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def query(self, node: p.Node, filters: Iterable[p.Has] = ()) -> Query | None:
        """The query of a node under filters; None when no entry can match."""
        found = self.node(node)
        if found is None:
            return None
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

    def everything(self) -> Query:
        """Every entry (and not the watermark)."""
        mark = Query.term_query(self._schema, "meta", "watermark", "basic")
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, mark)])

    def _has(self, field: str, term: str) -> int:
        return int(self._searcher.doc_freq(field, term))

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
        found: list[Query] = []
        for group, reading in node.readings:
            for prefix, boost in _SCOPES[node.scope]:
                query = self._reading(prefix + group, reading)
                if query is not None:
                    found.append(query if boost == 1.0 else Query.boost_query(query, boost))
        if node.year and (year := self._any_term(FACET + "year", [node.year])):
            found.append(year)
        return _either(found)

    def _reading(self, field: str, reading: Reading) -> Query | None:
        known = [[term for term in place if self._has(field, term)] for place in reading.places]
        if not all(known):
            return None
        if len(known) == 1:
            return _either([self._term(field, term) for term in known[0]])
        if reading.adjacent:
            return self._phrase(field, known)
        parts = [_either([self._term(field, term) for term in place]) for place in known]
        return Query.boolean_query([(Occur.Must, part) for part in parts if part is not None])

    def _phrase(self, field: str, places: list[list[str]]) -> Query | None:
        spelled = islice(product(*places), _SPELLINGS)
        return _either([Query.phrase_query(self._schema, field, list(words)) for words in spelled])

    def _begins(self, prefix: str, groups: Iterable[str]) -> Query | None:
        pattern = re.sub(r"([^\w])", r"\\\1", prefix) + ".*"
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
        wanted = [item for item in items if not isinstance(item, p.Without)]
        unwanted = [item.item for item in items if isinstance(item, p.Without)]
        found = [self.node(item) for item in wanted]
        if any(query is None for query in found):
            return None
        must = [(Occur.Must, query) for query in found if query is not None]
        if not must:
            return self._without(unwanted)
        mustnot = [(Occur.MustNot, query) for item in unwanted if (query := self.node(item)) is not None]
        return Query.boolean_query([*must, *mustnot, *self._side_by_side(wanted)])

    def _side_by_side(self, items: Iterable[p.Node]) -> list[tuple[Occur, Query]]:
        """A bonus for plain words that stand in the text in the order in which they were asked."""
        words = [item for item in items if isinstance(item, p.Match) and item.scope == "any"]
        if not 2 <= len(words) <= 6:
            return []
        bonuses: list[Query] = []
        for group, _ in words[0].readings:
            readings = [dict(word.readings).get(group) for word in words]
            terms = [place[0] for reading in readings if reading is not None for place in reading.places]
            if None not in readings and 0 < min(self._has("t_" + group, term) for term in terms) <= _PHRASE_LIMIT:
                bonuses.append(Query.phrase_query(self._schema, "t_" + group, list(terms)))
        return [(Occur.Should, Query.boost_query(bonus, _PHRASE_BONUS)) for bonus in bonuses]

    def _any(self, node: p.Any) -> Query | None:
        found = [query for item in node.items if (query := self.node(item)) is not None]
        if len(found) < node.least:
            return None
        if node.least > 1:
            return Query.boolean_query([(Occur.Should, query) for query in found], node.least)
        return _either(found)

    def _without(self, items: Iterable[p.Node]) -> Query:
        found = [query for item in items if (query := self.node(item)) is not None]
        mark = Query.term_query(self._schema, "meta", "watermark", "basic")
        unwanted = [(Occur.MustNot, query) for query in (mark, *found)]
        return Query.boolean_query([(Occur.Must, Query.all_query()), *unwanted])


def _either(queries: list[Query]) -> Query | None:
    if len(queries) > 1:
        return Query.boolean_query([(Occur.Should, query) for query in queries])
    return queries[0] if queries else None
