"""Results by document: the best paragraph of each work, with how many of its paragraphs match."""

from __future__ import annotations

from typing import Any

import tantivy
from tantivy import Order, Query

from smallplaces.search.plan import Plan

_FIRST_LOOK = 500
_WORKS = 60_000


def best_of_works(
    searcher: tantivy.Searcher, query: Query, plan: Plan
) -> tuple[int, list[tuple[float, Any, int]], int]:
    """(entries that match, [(score, address of the best entry, matches in its work)], works)."""
    depth = _FIRST_LOOK
    needed = plan.offset + plan.limit
    while True:
        total, hits = _hits(searcher, query, plan.sort, depth)
        hashes = searcher.fast_field_values("work_hash", [address for _, address in hits])
        best: dict[Any, tuple[float, Any]] = {}
        for work, (score, address) in zip(hashes, hits, strict=True):
            best.setdefault(work, (float(score or 0.0), address))
        if len(best) >= needed or depth >= total:
            break
        depth *= 4
    buckets = searcher.aggregate(query, {"w": {"terms": {"field": "work_hash", "size": _WORKS}}})["w"]["buckets"]
    counts = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
    page = list(best.items())[plan.offset : needed]
    return total, [(score, address, counts.get(work, 1)) for work, (score, address) in page], len(counts)


def _hits(searcher: tantivy.Searcher, query: Query, sort: str, depth: int) -> tuple[int, list[tuple[Any, Any]]]:
    if sort == "relevance":
        found = searcher.search(query, depth, weight_by_field="weight")
    elif sort == "date":
        found = searcher.search(query, depth, order_by_field="date_up", order=Order.Asc)
    else:
        found = searcher.search(query, depth, order_by_field="date")
    return total_of(found), list(found.hits)


def total_of(found: Any) -> int:
    """How many entries match (the engine's type stubs leave this out)."""
    return int(found.count)
