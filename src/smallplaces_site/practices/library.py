"""Finding practices: by words, as documents are found, and by what they are about.

Reads: published practices. Practices are a few hundred at most, so they are indexed in memory, apart from what the
United Nations say, and counted one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from smallplaces.search.backends.tantivy.memory import MemoryBackend
from smallplaces.search.engine import Engine
from smallplaces.search.prepare import prepare_all
from smallplaces.search.schema import Entry
from smallplaces.vocab.practices import PARTS, Practice
from smallplaces_site.practices.read import PracticeView, published

#: What a list of practices is narrowed by.
FACETS = ("kind", "state", "department", "group", "theme", "sdg", "head", "right", "language")
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """One practice that answers. ``excerpt`` and ``marks`` as in a search of documents; empty without words."""

    view: PracticeView
    excerpt: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was found: the practices, and how many there are by each value of each of :data:`FACETS`."""

    found: tuple[Found, ...]
    counts: Mapping[str, Counter[str]]


def find(words: str = "", chosen: Mapping[str, Sequence[str]] | None = None, *, prefer: str = "") -> Shelf:
    """Practices that answer ``words`` and have one of the chosen values in each facet. The counts of a facet are of
    what would be found without its own choice. ``prefer``: the reader's language."""
    everything = published()
    hits = _by_words(words, everything, prefer) if words.strip() else [Found(view) for view in everything.values()]
    wanted = {facet: set(values) for facet, values in (chosen or {}).items() if values and facet in FACETS}
    counts = {
        facet: Counter(
            value
            for hit in hits
            if _fits(hit.view.practice, {name: some for name, some in wanted.items() if name != facet})
            for value in values_of(hit.view.practice, facet)
        )
        for facet in FACETS
    }
    return Shelf(tuple(hit for hit in hits if _fits(hit.view.practice, wanted)), counts)


def values_of(practice: Practice, facet: str) -> tuple[str, ...]:
    """The values of a practice in one of :data:`FACETS`."""
    values: dict[str, tuple[str, ...]] = {
        "kind": (practice.kind,),
        "state": (practice.state,),
        "department": (practice.department,) if practice.department else (),
        "group": practice.groups,
        "theme": practice.themes,
        "sdg": tuple(dict.fromkeys(one.partition(".")[0] for one in practice.sdgs)),
        "head": practice.heads,
        "right": tuple(dict.fromkeys(one.partition("(")[0] for one in practice.rights)),
        "language": practice.langs(),
    }
    return values[facet]


def _fits(practice: Practice, wanted: Mapping[str, set[str]]) -> bool:
    return all(values & set(values_of(practice, facet)) for facet, values in wanted.items())


def _by_words(words: str, everything: Mapping[str, PracticeView], prefer: str) -> list[Found]:
    stamp = tuple((key, view.version) for key, view in everything.items())
    results = _engine(stamp).search(words, limit=_MOST, group=True, prefer=prefer, across=True)
    return [
        Found(everything[hit.work], hit.excerpt, hit.marks, hit.lang) for hit in results.hits if hit.work in everything
    ]


@lru_cache(maxsize=2)
def _engine(stamp: tuple[tuple[str, int], ...]) -> Engine:
    """The index of these practices in these versions."""
    views = published()
    shown = [views[key] for key, _version in stamp if key in views]
    return Engine(backend=MemoryBackend(prepare_all(_entries(shown))))


def _entries(views: Sequence[PracticeView]) -> list[Entry]:
    """An entry for each part of each practice in each language it is described in."""
    found: list[Entry] = []
    for view in views:
        practice = view.practice
        labels = (*practice.themes, *practice.groups)
        facets = {"state": (practice.state,), "theme": practice.themes, "group": practice.groups}
        for lang in practice.langs():
            for part in PARTS:
                text = practice.texts[part].get(lang, "")
                if text:
                    found.append(
                        Entry(
                            id=len(found) + 1,
                            work=practice.key,
                            symbol="",
                            lang=lang,
                            paragraph=part,
                            number="",
                            title=practice.title[lang],
                            text=text,
                            heading=practice.where.get(lang, ""),
                            labels=labels,
                            facets={**facets, "lang": (lang,)},
                            date=practice.since,
                        )
                    )
    return found
