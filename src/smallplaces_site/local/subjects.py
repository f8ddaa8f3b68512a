"""The paragraphs of which something is claimed, each once whatever its languages, with what sources say of them.

Reads: Work, WorkState and the readings shown. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smallplaces.enrich.assess import Subject
from smallplaces.model.document import Kind, ParagraphKind
from smallplaces_site.corpus.models import Reading, Work
from smallplaces_site.corpus.read.documents import FALLBACK, ParagraphView, WorkView, assemble, rows_of, views

#: Kinds of document that ask States for something.
KINDS = (Kind.CONCLUDING_OBSERVATIONS, Kind.UPR_REPORT, Kind.SPECIAL_PROCEDURE)
_READ = {ParagraphKind.PARAGRAPH, ParagraphKind.RECOMMENDATION}
#: The facet in which a source says what a paragraph does, and how what asks for something begins there.
_TYPES = "annotation-type"
_ASKING = "recommendation"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a subject stands, and the edition in which it is read."""

    work: int
    key: str
    paragraph: int
    subject: Subject


def subjects(works: Sequence[Work]) -> Iterator[Place]:
    """Every paragraph of these documents that a claim can be made of. Documents that concern no State have none."""
    for view in views([row for row in works if row.states and row.kind in KINDS]):
        yield from _of(view)


def _of(work: WorkView) -> Iterator[Place]:
    """A document's paragraphs, each in the first language that has it. In reports of reviews only recommendations."""
    seen: set[str] = set()
    state = work.states[0] if len(work.states) == 1 else ""
    review = work.kind == Kind.UPR_REPORT
    for edition in sorted(work.editions, key=lambda one: (*FALLBACK, one.lang).index(one.lang)):
        for one in assemble(rows_of(Reading.objects.filter(paragraph__edition_id=edition.id))):
            if one.key in seen or one.kind not in _READ or (review and one.kind != ParagraphKind.RECOMMENDATION):
                continue
            seen.add(one.key)
            yield Place(work.id, one.key, one.id, _subject(one, edition.lang, state, review=review))


def _subject(one: ParagraphView, lang: str, state: str, *, review: bool) -> Subject:
    types = {value.casefold() for facet, _, value, _ in one.labels if facet == _TYPES}
    asks: bool | None = None
    if one.kind == ParagraphKind.RECOMMENDATION or any(name.startswith(_ASKING) for name in types):
        asks = True
    elif types:
        asks = False
    told = tuple(dict.fromkeys(value for facet, _, value, _ in one.labels if facet in {"theme", "group"}))
    known = frozenset(facet for facet, *_ in one.labels if facet in {"theme", "group", "sdg", "action"})
    return Subject(one.text, lang, state, review, asks, told, known, " / ".join(one.heading))
