"""What paragraphs cite, with what each citation leads to. The other way round: :mod:`.citing`.

Reads: Citation, CitationTarget, and the documents that are cited. Writes: nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from smallplaces.model.target import Target, read_target
from smallplaces_site.corpus.models import Citation, CitationTarget, Reading, Work
from smallplaces_site.corpus.read import targets
from smallplaces_site.corpus.read.citing import Cited, CitingPage, CitingRow, citing, citing_counts
from smallplaces_site.corpus.read.documents import WorkView, views
from smallplaces_site.corpus.read.excerpts import opening
from smallplaces_site.corpus.titles import title_of

__all__ = [
    "CitationView",
    "Cited",
    "CitingPage",
    "CitingRow",
    "TargetView",
    "citations_of",
    "citing",
    "citing_counts",
    "resolved",
]

_CHUNK = 900


@dataclass(frozen=True, slots=True)
class TargetView:
    """One thing that a citation leads to.

    ``work`` is the document, None when the store does not hold it; ``title`` names it in the reader's language all the
    same, as far as the catalogue knows it. ``place`` is the pinpoint as cited ("19(2)(b)", "12"). ``paragraph`` is the
    key of the paragraph that holds it, in the edition ``lang``; empty when none is cited or held. ``preview`` begins
    its text.
    """

    target: str
    title: str
    place: str = ""
    work: WorkView | None = None
    paragraph: str = ""
    number: str = ""
    lang: str = ""
    preview: str = ""

    @property
    def held(self) -> bool:
        """Whether there is something to open."""
        return self.work is not None


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation on the shown text of a paragraph: ``text[start:end]``, with what it leads to.

    Without ``targets`` it is unresolved, and ``candidates`` are what it may mean. ``verdict`` is a person's:
    "confirmed", "replaced", or empty while nobody has looked. ``method`` and ``version`` name the code that found it.
    Where ``start`` and ``end`` are both 0 the heading above the paragraph says it (:attr:`by_heading`).
    """

    id: int
    start: int
    end: int
    text: str
    kind: str
    confidence: float
    evidence: str
    method: str
    version: str
    verdict: str
    targets: tuple[TargetView, ...]
    candidates: tuple[TargetView, ...]

    @property
    def resolved(self) -> bool:
        """Whether it is known what is meant."""
        return bool(self.targets)

    @property
    def by_heading(self) -> bool:
        """Whether it stands in the heading above, and nowhere in the text itself."""
        return self.end == 0


def citations_of(paragraph_ids: Iterable[int], *, lang: str = "en") -> dict[int, list[CitationView]]:
    """The citations of these paragraphs, in the order of the text; paragraphs that cite nothing are not in the answer.

    ``lang``: the reader's language, in which titles are given and previews chosen. What a person rejected is left out.
    """
    rows = _rows(sorted(set(paragraph_ids)))
    followed = _followed([row.id for row in rows])
    unclear = _candidates([row.id for row in rows if row.id not in followed])
    wanted = {target for some in (*followed.values(), *unclear.values()) for target in some}
    known = resolved(wanted, lang=lang)
    result: dict[int, list[CitationView]] = {}
    for row in rows:
        result.setdefault(row.paragraph_id, []).append(
            CitationView(
                *row[1:],
                targets=tuple(known[target] for target in followed.get(row.id, ())),
                candidates=tuple(known[candidate] for candidate in unclear.get(row.id, ())),
            )
        )
    return result


class _Row(NamedTuple):
    """A citation as the table has it, without the cost of a model object. After the first column: the fields of a
    :class:`CitationView`, in their order."""

    paragraph_id: int
    id: int
    start: int
    end: int
    text: str
    kind: str
    confidence: float
    evidence: str
    method: str
    version: str
    verdict: str


def _rows(ids: Sequence[int]) -> list[_Row]:
    found: list[_Row] = []
    for start in range(0, len(ids), _CHUNK):
        some = Citation.objects.filter(paragraph_id__in=ids[start : start + _CHUNK], reading__shown=True)
        kept = some.exclude(verdict="rejected").order_by("paragraph_id", "start")
        found.extend(itertools.starmap(_Row, kept.values_list(*_Row._fields)))
    return found


def _candidates(ids: Sequence[int]) -> dict[int, list[str]]:
    """What each of these citations, which lead to nothing, may mean."""
    found: dict[int, list[str]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = Citation.objects.filter(pk__in=ids[start : start + _CHUNK])
        found.update(rows.values_list("pk", "candidates"))
    return found


def _followed(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = CitationTarget.objects.filter(citation_id__in=ids[start : start + _CHUNK]).order_by("pk")
        for citation_id, target in rows.values_list("citation_id", "target"):
            found.setdefault(citation_id, []).append(target)
    return found


def resolved(wanted: Iterable[str], *, lang: str = "en") -> dict[str, TargetView]:
    """Each of these targets with the document and paragraph it leads to, where the store holds them."""
    parsed = {text: read_target(text) for text in wanted}
    named = targets.named({target.work for target in parsed.values()})
    works = _works({name.work for name in named.values() if name.work is not None})
    editions = {pk: work.best_edition(lang) for pk, work in works.items()}
    places: dict[int, set[str]] = {}
    for target in parsed.values():
        pk = named[target.work].work
        edition = editions.get(pk) if pk is not None else None
        if edition is not None:
            places.setdefault(edition.id, set()).update(target.paragraph_keys)
    texts = _texts(places)
    result = {}
    for text, target in parsed.items():
        pk = named[target.work].work
        result[text] = _view(text, target, works.get(pk) if pk is not None else None, texts, lang)
    return result


def _works(ids: set[int]) -> dict[int, WorkView]:
    found: dict[int, WorkView] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        some = views(list(Work.objects.filter(pk__in=ordered[start : start + _CHUNK])))
        found.update({view.id: view for view in some})
    return found


def _texts(places: dict[int, set[str]]) -> dict[tuple[int, str], tuple[str, str]]:
    """(edition, paragraph key) -> (printed number, text) of the paragraphs cited; without a key, of the first."""
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for edition, keys in places.items():
        rows = Reading.objects.filter(paragraph__edition_id=edition, paragraph__key__in=keys, shown=True)
        for key, number, text in rows.values_list("paragraph__key", "number", "text"):
            found[edition, key] = (number, text)
    return found


def _view(
    text: str, target: Target, work: WorkView | None, texts: dict[tuple[int, str], tuple[str, str]], lang: str
) -> TargetView:
    edition = work.best_edition(lang) if work else None
    if work is None or edition is None:
        return TargetView(text, title_of(work, lang) if work else targets.name_of(target, lang), target.place, work)
    key = next((key for key in target.paragraph_keys if (edition.id, key) in texts), "")
    number, wording = texts.get((edition.id, key), ("", ""))
    return TargetView(
        target=text,
        title=title_of(work, lang),
        place=target.place,
        work=work,
        paragraph=key,
        number=number,
        lang=edition.lang,
        preview=opening(wording),
    )
