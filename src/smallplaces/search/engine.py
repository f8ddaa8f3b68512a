"""The door to search: a query as typed, a page of hits back. Safe to share between threads."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from smallplaces.model import symbol as symbols
from smallplaces.search import plan as p
from smallplaces.search.backends.base import Answer, Backend, Batch, Found, IndexState
from smallplaces.search.excerpt import Sought, marked, sought_terms
from smallplaces.search.hit import GoesTo, Hit, Results
from smallplaces.search.meaning import values_meant, with_labels
from smallplaces.search.schema import Entry
from smallplaces.search.spelling import NEAR, Spelling

#: The facets that a page of results shows at first.
PAGE_FACETS = ("kind", "body", "state", "year", "theme", "lang")


class Engine:
    """Search over an index in a folder, or over any other backend."""

    def __init__(self, folder: Path | str | None = None, *, backend: Backend | None = None) -> None:
        if backend is None:
            from smallplaces.search.backends.tantivy import TantivyBackend  # noqa: PLC0415 (another engine needs none)

            if folder is None:
                raise TypeError("an engine needs a folder or a backend")
            backend = TantivyBackend(Path(folder))
        self.backend = backend
        self._knowledge = p.Knowledge(values=self._values, symbol=symbols.in_query)

    # -- asking --------------------------------------------------------------------------------

    def search(
        self,
        text: str,
        *,
        langs: Sequence[str] = (),
        filters: Mapping[str, Sequence[str]] | None = None,
        facets: Sequence[str] = (),
        sort: str = "relevance",
        limit: int = 20,
        offset: int = 0,
        group: bool = False,
        prefer: str = "",
    ) -> Results:
        """The page of hits for any text.

        Values of one facet in ``filters`` are alternatives; facets limit one another. ``langs`` are
        languages to find in. ``sort``: relevance, date (oldest first), -date; unknown dates last.
        ``group``: one hit a work, ``limit`` and ``offset`` then count works. ``prefer``: the reader's
        language; by relevance, what is found in it stands before what is found in others.

        Raises :class:`~smallplaces.errors.BadInput` for a filter, facet, order or page that does not
        exist; never for ``text``.
        """
        begun = time.perf_counter()
        p.check_page(sort, limit, offset, facets)
        asked = p.plan_query(text, self._knowledge)
        chosen = p.plan_filters(filters or {}, langs)
        node = with_labels(asked.node, self.backend.values)
        plan = p.Plan(node, chosen, tuple(facets), sort, limit, offset, group, prefer)
        answer = self.backend.search(plan)
        results = Results(text, goes_to=self._goes_to(asked), notes=asked.notes)
        if answer.total == 0 and not isinstance(asked.node, p.Nothing):
            answer, plan, results = self._second_try(answer, replace(plan, node=asked.node), results)
        wanted = sought_terms(plan.node)
        return replace(
            results,
            hits=tuple(_hit(found, wanted) for found in answer.found),
            total=answer.total,
            facets=answer.facets,
            works=answer.works,
            took_ms=round((time.perf_counter() - begun) * 1000, 3),
        )

    def matching(
        self, text: str, *, langs: Sequence[str] = (), filters: Mapping[str, Sequence[str]] | None = None
    ) -> Iterator[int]:
        """The id of every paragraph that :meth:`search` would find for this, without a limit, from the lowest up."""
        asked = p.plan_query(text, self._knowledge)
        node = with_labels(asked.node, self.backend.values)
        return self.backend.matching(node, p.plan_filters(filters or {}, langs))

    def _second_try(self, answer: Answer, plan: p.Plan, results: Results) -> tuple[Answer, p.Plan, Results]:
        """Nothing matched: suggest another spelling, and answer with what comes near."""
        spelling = Spelling(self.backend)
        suggestion = spelling.suggest(results.query, plan.node)
        tries = [spelling.loosened(plan.node)]
        if suggestion:
            tries.insert(0, (p.plan_query(suggestion, self._knowledge).node, NEAR))
        for node, note in filter(None, tries):
            found = self.backend.search(replace(plan, node=node))
            if found.total:
                notes = (*results.notes, note)
                return (
                    found,
                    replace(plan, node=node),
                    replace(results, did_you_mean=suggestion, fuzzy=True, notes=notes),
                )
        return answer, plan, replace(results, did_you_mean=suggestion)

    def _goes_to(self, asked: p.Asked) -> GoesTo | None:
        if asked.symbol is None or not self.backend.known(p.OfWork(asked.symbol[0])):
            return None
        return GoesTo(*asked.symbol)

    def _values(self, facet: str, text: str) -> Sequence[str]:
        return values_meant(facet, text, self.backend.values(facet))

    # -- keeping -------------------------------------------------------------------------------

    def batch(self) -> AbstractContextManager[Batch]:
        """Changes committed together; see :meth:`smallplaces.search.backends.base.Backend.batch`."""
        return self.backend.batch()

    def rebuild(self) -> AbstractContextManager[Batch]:
        """A new index beside the old one, swapped in at the end of the block."""
        return self.backend.rebuild()

    def state(self) -> IndexState:
        """Whether the index is ready, missing or must be rebuilt."""
        return self.backend.state()

    def watermark(self) -> int:
        """The last change that the index holds."""
        return self.backend.watermark()

    def count(self) -> int:
        """How many entries the index holds."""
        return self.backend.count()

    def ids(self) -> Iterable[int]:
        """The id of every entry."""
        return self.backend.ids()

    def warm(self, *, korean: bool = True) -> None:
        """Load what the first query would wait for: files, facet counts of the whole, names of States,
        and Kiwi when the index holds Korean (four seconds and 500 MB)."""
        self.search("", facets=PAGE_FACETS, limit=1)
        self.search("rights OR droits OR derechos OR права", limit=5)
        self.search("droits", limit=1)  # the names of labels
        self._values("state", "Exampland")
        if korean and self.backend.values("lang").get("ko"):
            from smallplaces.text.analysis.korean import warm  # noqa: PLC0415 (loads 500 MB)

            warm()
            self.search("권리", limit=1)


def _hit(found: Found, wanted: Sought) -> Hit:
    entry: Entry = found.entry
    excerpt, marks, matched = marked(found, wanted)
    return Hit(
        id=entry.id,
        work=entry.work,
        symbol=entry.symbol,
        lang=entry.lang,
        paragraph=entry.paragraph,
        number=entry.number,
        title=entry.title,
        excerpt=excerpt,
        marks=marks,
        score=round(found.score, 4),
        matched=matched,
        date=entry.date,
        facets=entry.facets,
        heading=entry.heading,
        in_work=found.in_work,
    )
