"""Facet counts: every value of the facets asked for, counted over all that matches.

A chosen value does not hide its alternatives: a facet is counted without its own filter. Counts are
kept for as long as the searcher lives, that is until the next commit.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

import tantivy

from smallplaces.search.backends.tantivy.schema import FACET
from smallplaces.search.plan import Has, Node, Plan

if TYPE_CHECKING:
    from smallplaces.search.backends.tantivy.compile import Compiler

Counts = tuple[tuple[str, int], ...]

_MOST_VALUES = 1000
_KEPT = 500
#: Counting beside the search for hits pays from about here on.
_MANY = 2_000


@cache
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="facets")


class Counter:
    """Counts for one searcher."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._kept: OrderedDict[tuple[Node, tuple[Has, ...], str], Counts] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, plan: Plan, query: tantivy.Query, compiler: Compiler) -> Callable[[], dict[str, Counts]]:
        """Begin to count the plan's facets, beside the search for hits where there may be many; the
        function gives the counts. ``query`` is the compiled plan."""
        result, missing = self._recalled(plan)
        if missing and compiler.at_most(plan.node) >= _MANY:
            return _beside().submit(self._count, plan, query, compiler, result, missing).result
        return lambda: self._count(plan, query, compiler, result, missing)

    def _recalled(self, plan: Plan) -> tuple[dict[str, Counts], dict[tuple[Has, ...], list[str]]]:
        """(counts that are kept, the facets that must be counted, by the filters they are under)."""
        result: dict[str, Counts] = {}
        missing: dict[tuple[Has, ...], list[str]] = {}
        for name in plan.facets:
            filters = tuple(has for has in plan.filters if has.facet != name)
            kept = self._recall((plan.node, filters, name))
            if kept is not None:
                result[name] = kept
            else:
                missing.setdefault(filters, []).append(name)
        return result, missing

    def _count(
        self,
        plan: Plan,
        query: tantivy.Query,
        compiler: Compiler,
        result: dict[str, Counts],
        missing: dict[tuple[Has, ...], list[str]],
    ) -> dict[str, Counts]:
        for filters, names in missing.items():
            chosen = query if filters == plan.filters else compiler.query(plan.node, filters)
            counted = self._some(chosen, names) if chosen is not None else {}
            for name in names:
                result[name] = counted.get(name, ())
                self._keep((plan.node, filters, name), result[name])
        return {name: result[name] for name in plan.facets}

    def _some(self, query: tantivy.Query, names: list[str]) -> dict[str, Counts]:
        wanted = {name: {"terms": {"field": FACET + name, "size": _MOST_VALUES}} for name in names}
        answer = self._searcher.aggregate(query, wanted)
        return {name: _sorted(answer[name]["buckets"]) for name in names}

    def _recall(self, key: tuple[Node, tuple[Has, ...], str]) -> Counts | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: tuple[Node, tuple[Has, ...], str], counts: Counts) -> None:
        with self._lock:
            self._kept[key] = counts
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _sorted(buckets: list[dict[str, object]]) -> Counts:
    """Most first, then by value."""
    found = [(str(bucket["key"]), int(str(bucket["doc_count"]))) for bucket in buckets]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
