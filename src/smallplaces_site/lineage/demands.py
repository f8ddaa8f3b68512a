"""The demands made to a State, as the store holds them: each once, whatever number of sources and languages has it.

Reads: recommendations of reviews (counted as :mod:`smallplaces_site.corpus.read.states` counts them), paragraphs of
concluding observations and what they cite. Writes: nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from smallplaces.enrich.lineage import Demand
from smallplaces.model.document import Kind, ParagraphKind
from smallplaces_site.corpus.models import CitationTarget
from smallplaces_site.corpus.read import documents, states
from smallplaces_site.corpus.read.documents import ParagraphView, WorkView

#: The kinds of document whose paragraphs are demands.
KINDS = (Kind.CONCLUDING_OBSERVATIONS, Kind.UPR_REPORT)
_ASKS = (ParagraphKind.PARAGRAPH, ParagraphKind.RECOMMENDATION)
_ARTICLES = re.compile(r"\(arts?\.? ([\d, and]+)\)|\(제(\d+)조\)|\((?:art(?:ículo|icle)?s?\.?) (\d+)\)")
_CHUNK = 900


@dataclass(frozen=True, slots=True)
class Held:
    """A demand and the row it stands in."""

    demand: Demand
    paragraph_id: int


def demands_of(state: str) -> list[Held]:
    """Every demand to a State, in no particular order."""
    return _with_citations([*_of_reviews(state), *_of_committees(state)])


def _of_reviews(state: str) -> Iterator[Held]:
    for one in states.recommendations(state, "en"):
        if one.work.kind == Kind.UPR_REPORT:
            yield _held(one.work, one.lang, one.paragraph, direct=True)


def _of_committees(state: str) -> Iterator[Held]:
    for work in states.documents(state):
        edition = work.best_edition("en") if work.kind == Kind.CONCLUDING_OBSERVATIONS else None
        if edition is None:
            continue
        for paragraph in documents.paragraphs(edition.id):
            if paragraph.kind in _ASKS:
                yield _held(work, edition.lang, paragraph, direct=False)


def _held(work: WorkView, lang: str, paragraph: ParagraphView, *, direct: bool) -> Held:
    demand = Demand(
        id=f"{work.key}#{paragraph.key}",
        text=paragraph.text,
        lang=lang,
        date=date_of(work),
        body=work.body,
        occasion=work.key,
        themes=tuple(dict.fromkeys(value for facet, _, value, _ in paragraph.labels if facet == "theme")),
        articles=tuple(_articles(work, paragraph)),
        direct=direct,
    )
    return Held(demand, paragraph.id)


def date_of(work: WorkView) -> str:
    """When a document asked what it asks, in the precision that is known; empty when nothing is."""
    day = work.adopted or work.distributed
    return day.isoformat() if day else str(work.year or "")


def _articles(work: WorkView, paragraph: ParagraphView) -> Iterator[str]:
    """The articles that the heading above a paragraph names: committees order what they say by them."""
    for found in _ARTICLES.finditer(paragraph.heading[-1] if paragraph.heading else ""):
        for number in re.findall(r"\d+", "".join(group or "" for group in found.groups())):
            yield f"{work.body}/{number}"


def _with_citations(held: list[Held]) -> list[Held]:
    cites: dict[int, list[str]] = defaultdict(list)
    for ids in _chunks([one.paragraph_id for one in held if not one.demand.direct]):
        rows = CitationTarget.objects.filter(citation__paragraph_id__in=ids, target__contains="#p")
        for pk, target in rows.values_list("citation__paragraph_id", "target"):
            cites[pk].append(target)
    return [
        replace(one, demand=replace(one.demand, cites=tuple(dict.fromkeys(cites[one.paragraph_id]))))
        if one.paragraph_id in cites
        else one
        for one in held
    ]


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
