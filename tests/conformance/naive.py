"""A backend of few lines that holds entries in memory: what the seam means, said a second time."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from smallplaces.errors import Locked
from smallplaces.search import plan as p
from smallplaces.search.backends.base import Answer, Found, IndexState
from smallplaces.search.near import nearest
from smallplaces.search.plan import date_number
from smallplaces.search.prepare import Prepared, foreign, prepare_all, restore
from smallplaces.search.schema import Entry
from smallplaces.text.analysis import Reading, analyser
from smallplaces.text.language import group_of


class NaiveBatch:
    def __init__(self, held: dict[int, Prepared], watermark: int) -> None:
        self.held = dict(held)
        self.watermark = watermark

    def add(self, entries: Iterable[Entry]) -> int:
        ready = list(prepare_all(entries))
        self.held.update({one.entry.id: one for one in ready})
        return len(ready)

    def delete(self, ids: Iterable[int]) -> None:
        for number in ids:
            self.held.pop(number, None)


class NaiveBackend:
    def __init__(self, _folder: object) -> None:
        self._held: dict[int, Prepared] | None = None
        self._watermark = 0
        self._commits = 0
        self._writing = False

    def state(self) -> IndexState:
        return IndexState.MISSING if self._held is None else IndexState.READY

    @contextlib.contextmanager
    def _write(self, held: dict[int, Prepared], watermark: int) -> Iterator[NaiveBatch]:
        if self._writing:
            raise Locked("The search index is being written by this process.")
        self._writing = True
        try:
            batch = NaiveBatch(held, watermark)
            yield batch
            self._held, self._watermark = batch.held, batch.watermark
            self._commits += 1
        finally:
            self._writing = False

    def batch(self) -> Any:
        return self._write(self._held or {}, self._watermark)

    def rebuild(self) -> Any:
        return self._write({}, 0)

    def watermark(self) -> int:
        return self._watermark

    def count(self) -> int:
        return len(self._held or {})

    def ids(self) -> Iterator[int]:
        return iter(self._held or {})

    def generation(self) -> str:
        return str(self._commits)

    def status(self) -> Mapping[str, object]:
        return {"entries": self.count(), "watermark": self._watermark, "state": str(self.state())}

    def known(self, node: p.Node) -> bool:
        return any(score(one, node) for one in (self._held or {}).values())

    def values(self, facet: str) -> Mapping[str, int]:
        return Counter(value for one in (self._held or {}).values() for value in one.entry.facets.get(facet, ()))

    def near(self, word: str, groups: Sequence[str], limit: int = 5) -> Sequence[tuple[str, int]]:
        surface = Counter(
            word
            for one in (self._held or {}).values()
            for group, words in one.surface
            if group in groups
            for word in words.split()
        )
        return nearest(word, surface, limit)

    def search(self, plan: p.Plan) -> Answer:
        found = self._found(plan.node, plan.filters)
        facets = {name: self._count(plan, name) for name in plan.facets}
        total = len(found)
        works = None
        if plan.sort == "relevance":
            found.sort(key=lambda pair: (pair[1].entry.lang != plan.prefer, -pair[0]))
        else:
            up = plan.sort == "date"
            found.sort(key=lambda pair: (not pair[1].date, pair[1].date if up else -pair[1].date))
        counted = [(points, one, 1) for points, one in found]
        if plan.grouped:
            matches = Counter(one.entry.work for _, one in found)
            best: dict[str, Any] = {}
            for points, one in found:
                best.setdefault(one.entry.work, (points, one, matches[one.entry.work]))
            counted, works = list(best.values()), len(best)
        page = counted[plan.offset : plan.offset + plan.limit]
        return Answer(tuple(self._restored(*hit) for hit in page), total, facets, works)

    def matching(self, node: p.Node, filters: Sequence[p.Has]) -> Iterator[int]:
        return iter(sorted(one.entry.id for _, one in self._found(node, filters)))

    def _restored(self, points: float, one: Prepared, in_work: int) -> Found:
        return restore(one.stored, points, in_work)

    def _found(self, node: p.Node, filters: Iterable[p.Has]) -> list[tuple[float, Prepared]]:
        kept = [one for one in (self._held or {}).values() if all(score(one, has) for has in filters)]
        return [(points * one.entry.weight, one) for one in kept if (points := score(one, node))]

    def _count(self, plan: p.Plan, name: str) -> tuple[tuple[str, int], ...]:
        filters = [has for has in plan.filters if has.facet != name]
        counts = Counter(
            value for _, one in self._found(plan.node, filters) for value in one.entry.facets.get(name, ())
        )
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def score(one: Prepared, node: p.Node) -> float:  # noqa: PLR0911
    """How well an entry answers a node; nothing when it does not."""
    entry = one.entry
    match node:
        case p.Everything():
            return 1.0
        case p.Nothing():
            return 0.0
        case p.Has(facet, values):
            return 0.1 if set(values) & set(entry.facets.get(facet, ())) else 0.0
        case p.Dated(first, last):
            return 0.1 if first <= date_number(entry.date) < last else 0.0
        case p.OfWork(key, number, starts):
            works = [work.startswith(key) if starts else work == key for work in one.works]
            return 1000.0 if any(works) and number in {"", entry.number} else 0.0
        case p.Begins(prefix, groups):
            words = [word for group, words in one.surface if group in groups for word in words.split()]
            return 1.0 if any(word.startswith(prefix) for word in words) else 0.0
        case p.Without(item):
            return 0.0 if score(one, item) else 1.0
        case p.All(items):
            points = [score(one, item) for item in items]
            return sum(points) if all(points) else 0.0
        case p.Called(items):
            return max((score(one, item) for item in items), default=0.0)
        case p.Across((typed, added)):
            return score(one, typed) + p.ACROSS_LESS * score(one, added)
        case p.Any(items, least):
            points = [found for item in items if (found := score(one, item))]
            return sum(points) if len(points) >= least else 0.0
        case p.Match():
            return _match(one, node)


def _match(one: Prepared, node: p.Match) -> float:
    points = 0.1 if node.year and node.year in one.entry.facets.get("year", ()) else 0.0
    own = group_of(one.entry.lang)
    for group, reading in node.readings:
        if node.scope in {"title", "label"}:
            streams = [words.split() for part, target, words in one.terms if (part, target) == (node.scope, group)]
            points += sum(_times(stream, reading) for stream in streams)
            continue
        text = _times(_text(one), reading) if group == own else 0
        points += text
        if node.scope == "any":
            written = reading if group == own else _foreign(reading, group)
            points += 0.3 * (_times(_whole(one), written) - text)
            titles = [words.split() for part, target, words in one.terms if (part, target) == ("title", group)]
            points += sum(5 * _times(title, reading) for title in titles)
    return points


def _text(one: Prepared) -> list[str]:
    return analyser(group_of(one.entry.lang)).analyse(one.entry.text).joined().split()


def _whole(one: Prepared) -> list[str]:
    return next(words for part, _, words in one.terms if part == "all").split()


def _foreign(reading: Reading, group: str) -> Reading:
    places = tuple(tuple(foreign(term, group) for term in place) for place in reading.places)
    return Reading(places, reading.adjacent)


def _times(stream: list[str], reading: Any) -> int:
    places = reading.places
    if not reading.adjacent:
        return int(all(set(place) & set(stream) for place in places))
    width = len(places)
    starts = range(len(stream) - width + 1)
    return sum(all(stream[at + i] in places[i] for i in range(width)) for at in starts)
