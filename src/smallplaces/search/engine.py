"""The door to search: a query as typed, a page of hits back. Safe to share between threads."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from smallplaces.model import symbol as symbols
from smallplaces.model.language import CODES
from smallplaces.search import plan as p
from smallplaces.search.across import Scope, Wide, widened
from smallplaces.search.across_marks import shown
from smallplaces.search.backends.base import Answer, Backend, Batch, Found, IndexState
from smallplaces.search.excerpt import Sought, sought_terms
from smallplaces.search.hit import Added, GoesTo, Hit, Results
from smallplaces.search.meaning import values_meant, with_labels
from smallplaces.search.schema import Entry
from smallplaces.search.spelling import NEAR, Spelling

#: The facets that a page of results shows at first.
PAGE_FACETS = ("kind", "body", "state", "year", "theme", "lang")


class Engine:
    """Search over an index in a folder, or over any other backend.

    ``cited``: every form in which the index may hold what a person names as cited ("CRPD article 19"). Without it the
    forms are those that a symbol has.
    """

    def __init__(
        self,
        folder: Path | str | None = None,
        *,
        backend: Backend | None = None,
        cited: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        if backend is None:
            from smallplaces.search.backends.tantivy import TantivyBackend  # noqa: PLC0415 (another engine needs none)

            if folder is None:
                raise TypeError("an engine needs a folder or a backend")
            backend = TantivyBackend(Path(folder))
        self.backend = backend
        self._knowledge = p.Knowledge(values=self._values, symbol=symbols.in_query, cited=cited or _by_symbol)

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
        across: bool = False,
        without: Collection[str] = (),
    ) -> Results:
        """The page of hits for any text.

        Values of one facet in ``filters`` are alternatives; facets limit one another. ``langs`` are
        languages to find in. ``sort``: relevance, date (oldest first), -date; unknown dates last.
        ``group``: one hit a work, ``limit`` and ``offset`` then count works. ``prefer``: the reader's
        language; by relevance, what is found in it stands before what is found in others. ``across``: what
        the text names in the term base is looked for in the other languages too, but for the concepts of the codes
        ``without``.

        Raises :class:`~smallplaces.errors.BadInput` for a filter, facet, order or page that does not
        exist; never for ``text``.
        """
        begun = time.perf_counter()
        p.check_page(sort, limit, offset, facets)
        asked = p.plan_query(text, self._knowledge)
        chosen = p.plan_filters(self._spelled(filters or {}), langs)
        wide = self._wide(asked, chosen, prefer, without) if across else None
        plan = p.Plan(self._node(asked, wide), chosen, tuple(facets), sort, limit, offset, group, prefer)
        answer = self.backend.search(plan)
        added = wide.added if wide else ()
        results = Results(text, goes_to=self._goes_to(asked), notes=asked.notes, added=added)
        if answer.total == 0 and not isinstance(asked.node, p.Nothing):
            answer, plan, results = self._second_try(answer, replace(plan, node=asked.node), results)
        wanted = sought_terms(plan.node)
        return replace(
            results,
            hits=tuple(_hit(found, wanted, () if results.fuzzy else added) for found in answer.found),
            total=answer.total,
            facets=answer.facets,
            works=answer.works,
            took_ms=round((time.perf_counter() - begun) * 1000, 3),
        )

    def matching(
        self,
        text: str,
        *,
        langs: Sequence[str] = (),
        filters: Mapping[str, Sequence[str]] | None = None,
        across: bool = False,
        without: Collection[str] = (),
    ) -> Iterator[int]:
        """The id of every paragraph that :meth:`search` would find for this, without a limit, from the lowest up."""
        asked = p.plan_query(text, self._knowledge)
        chosen = p.plan_filters(self._spelled(filters or {}), langs)
        wide = self._wide(asked, chosen, "", without) if across else None
        return self.backend.matching(self._node(asked, wide), chosen)

    def _node(self, asked: p.Asked, wide: Wide | None) -> p.Node:
        """What is looked for: what was typed and the labels it names, and that in other languages."""
        node = with_labels(asked.node, self.backend.values)
        return p.Across((node, wide.node)) if wide else node

    def _wide(self, asked: p.Asked, chosen: tuple[p.Has, ...], prefer: str, without: Collection[str]) -> Wide | None:
        """The query in other languages: those that the index holds, and of these the chosen ones."""
        if asked.tree is None:
            return None
        held = self.backend.values("lang")
        asked_for = {value for has in chosen if has.facet == "lang" for value in has.values} or set(held)
        present = {value.partition("-")[0] for value in asked_for.intersection(held)}  # "zh" of "zh-Hant"
        here = [lang for lang in CODES if lang in present]
        return widened(asked.tree, lambda part: p.plan_part(part, self._knowledge, []), Scope(here, prefer, without))

    def _spelled(self, filters: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
        """The filters, with every form of what is cited."""
        if not filters.get("cites"):
            return filters
        forms = (form for value in filters["cites"] for form in self._knowledge.cited(value))
        return {**filters, "cites": tuple(dict.fromkeys(forms))}

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


def _by_symbol(text: str) -> tuple[str, ...]:
    """A target as typed and, where it is a symbol, as citations write it."""
    named = symbols.in_query(text)
    if named is None:
        return (text,)
    return tuple(dict.fromkeys((text, f"{named[0]}#p{named[1]}" if named[1] else named[0])))


def _hit(found: Found, wanted: Sought, added: Sequence[Added]) -> Hit:
    entry: Entry = found.entry
    excerpt, marks, matched, across = shown(found, wanted, added)
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
        across=across,
    )
