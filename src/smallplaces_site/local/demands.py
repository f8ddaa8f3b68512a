"""The demands to one State with the machine's claims, each once. What people decided comes later: that changes often.

Reads: claims, the paragraphs they were made of, threads. Writes: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from smallplaces.model.document import Kind
from smallplaces_site.corpus.models import Change, Reading, Work
from smallplaces_site.corpus.read.documents import ParagraphView, WorkView, assemble, rows_of, views
from smallplaces_site.corpus.read.news import DataVersion, remembering
from smallplaces_site.lineage.demands import date_of
from smallplaces_site.lineage.models import Member
from smallplaces_site.local.models import Claim
from smallplaces_site.local.views import Labelled, Why

#: The line of the change log that says that claims are others now.
CLAIMS = "claims"
#: The line that says that a person decided something of them.
DECIDED = "decided"
_CHUNK = 900


@dataclass(frozen=True, slots=True)
class Said:
    """A machine's claims on one paragraph, as :class:`smallplaces_site.local.models.Claim` keeps them."""

    kind: str
    labels: tuple[Labelled, ...]
    level: str
    head: str
    department: str
    basis: tuple[str, ...]
    reasons: tuple[Why, ...]
    confidence: float
    method: str
    version: str


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand as the store holds it. ``thread``: key of the longest one it stands in, ``first`` its first year,
    ``times`` its demands; ``sure``: how sure it is that it stands there."""

    work: WorkView
    lang: str
    paragraph: ParagraphView
    date: str
    said: Said
    thread: str = ""
    first: str = ""
    times: int = 1
    sure: float = 0.0

    @property
    def place(self) -> tuple[int, str]:
        """What decisions on it are found by."""
        return self.work.id, self.paragraph.key

    def values(self, facet: str) -> tuple[str, ...]:
        """The labels that sources give it."""
        return tuple(dict.fromkeys(value for name, _, value, _ in self.paragraph.labels if name == facet))


def version_without_decisions() -> DataVersion:
    """The version of everything but what people decide of claims."""
    last = Change.objects.exclude(what=DECIDED).order_by("-id").values_list("id", "at").first()
    return DataVersion(last[0], last[1].astimezone(UTC)) if last else DataVersion()


@remembering(6, version_without_decisions)
def demands(state: str) -> tuple[Demand, ...]:
    """Every demand to a State, newest first."""
    claims = list(Claim.objects.filter(work__concerned__state=state).exclude(level="").select_related("paragraph"))
    works = {view.id: view for view in views(list(Work.objects.filter(pk__in={row.work_id for row in claims})))}
    threads = _threads([row.paragraph_id for row in claims])
    found = [
        Demand(works[work], lang, paragraph, date_of(works[work]), said(row), *threads.get(row.paragraph_id, ()))
        for work, lang, paragraph, row in _shown(claims, works)
    ]
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def said(row: Claim) -> Said:
    """A row as a record."""
    return Said(
        kind=row.kind,
        labels=tuple(
            Labelled(facet, scheme, label, confidence, tuple(words), method, version)
            for facet, scheme, label, confidence, words, method, version in row.labels
        ),
        level=row.level,
        head=row.head,
        department=row.department,
        basis=tuple(row.basis),
        reasons=tuple(
            Why(whose, sentence, tuple(words), action, matter, head, department, tuple(basis))
            for whose, sentence, words, action, matter, head, department, basis in row.reasons
        ),
        confidence=row.confidence,
        method=row.method,
        version=row.version,
    )


def _shown(claims: Iterable[Claim], works: dict[int, WorkView]) -> Iterator[tuple[int, str, ParagraphView, Claim]]:
    """The claims with their paragraphs. Of a review that databases know, what they know is counted, as everywhere: a
    report prints once what several States asked."""
    rows = {row.paragraph_id: row for row in claims}
    homes = {row.paragraph.edition_id for row in claims}
    editions = ((view.id, one) for view in works.values() for one in view.editions if one.id in homes)
    for work, edition in editions:
        readings = Reading.objects.filter(paragraph__edition_id=edition.id)
        shown = [one for one in assemble(rows_of(readings)) if one.id in rows]
        if works[work].kind == Kind.UPR_REPORT:
            known = [one for one in shown if any(source != edition.whole for *_, source in one.labels)]
            shown = known or shown
        for one in shown:
            yield work, edition.lang, one, rows[one.id]


def _threads(paragraphs: list[int]) -> dict[int, tuple[str, str, int, float]]:
    """Paragraph -> its longest thread: key, first year, demands in it, how sure it is that it stands there."""
    found: dict[int, list[tuple[int, int, str, str, float]]] = defaultdict(list)
    for start in range(0, len(paragraphs), _CHUNK):
        rows = Member.objects.filter(paragraph_id__in=paragraphs[start : start + _CHUNK])
        fields = ("paragraph_id", "thread__occasions", "thread__asked", "thread__key", "thread__first", "confidence")
        for paragraph, occasions, asked, key, first, sure in rows.values_list(*fields):
            found[paragraph].append((occasions, asked, key, first[:4], sure))
    return {
        paragraph: (key, first, asked, sure)
        for paragraph, held in found.items()
        for _, asked, key, first, sure in [max(held)]
    }
