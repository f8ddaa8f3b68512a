"""How far a document is translated, and what of the translation has to be looked at again.

Reads: editions, current and earlier readings, the runs that brought them. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from smallplaces.errors import NotFound
from smallplaces_site.corpus.models import Edition, Reading, Work
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.aligned import CONTENT, Row, aligned
from smallplaces_site.corpus.read.documents import FALLBACK, EditionView, ParagraphView, WorkView, views
from smallplaces_site.corpus.read.news import remembering

#: What stands apart from the run of the text, and is not counted.
_APART = ("footnote", "heading")


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph whose original is no longer what was translated. ``before``: the original as it was when the present
    wording of the translation came in; ``at``: when the new one came in."""

    original: ParagraphView
    translated: ParagraphView
    before: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Translation:
    """A document in one language beside another. ``pairs`` are the original's paragraphs in order, each with its
    translation; ``doubtful`` rows have both and do not agree; ``alone`` stands only in the translation."""

    work: WorkView
    original: EditionView
    lang: str
    into: EditionView | None
    pairs: tuple[tuple[ParagraphView, ParagraphView | None], ...]
    changed: tuple[Changed, ...]
    doubtful: tuple[Row, ...]
    alone: tuple[ParagraphView, ...]

    @property
    def total(self) -> int:
        """How many paragraphs there are to translate."""
        return len(self.pairs)

    @property
    def missing(self) -> tuple[ParagraphView, ...]:
        """The paragraphs that nobody has translated."""
        return tuple(mine for mine, other in self.pairs if other is None)

    @property
    def done(self) -> int:
        """How many paragraphs have a translation."""
        return self.total - len(self.missing)


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of the overview: a document, and how many of its original's paragraphs have a translation. ``newest``:
    the day on which the newest of these came in."""

    work: WorkView
    original: EditionView
    into: EditionView
    total: int
    done: int
    newest: date | None


def translation(name: str, lang: str, original: str = "") -> Translation:
    """How the document of that name stands in ``lang``. Its original is the edition in the language given, else the
    best there is in another. Raises :class:`NotFound` when the store holds no text to translate from."""
    work = documents.work(name)
    base = work.edition(original) if original else None
    base = base or _original(work, lang)
    if base is None or base.lang == lang:
        raise NotFound("The document %(where)s has no text here to translate from.", where=work.symbol or work.key)
    into = work.edition(lang)
    if into is None:
        pairs = tuple((one, None) for one in _counted(documents.paragraphs(base.id)))
        return Translation(work, base, lang, None, pairs, (), (), ())
    rows = aligned(work.key, (base.lang, lang)).rows
    both = [(row, row.paragraphs.get(base.lang), row.paragraphs.get(lang)) for row in rows]
    return Translation(
        work,
        base,
        lang,
        into,
        pairs=tuple((mine, other) for _, mine, other in both if mine is not None and mine.kind not in _APART),
        changed=_changed([(mine, other) for _, mine, other in both if mine is not None and other is not None]),
        doubtful=tuple(row for row, mine, other in both if mine and other and _in_doubt(row, mine, other)),
        alone=tuple(_counted(other for _, mine, other in both if mine is None and other is not None)),
    )


def _original(work: WorkView, lang: str) -> EditionView | None:
    """The edition that a translation into ``lang`` is held against: official text first, in the usual order."""
    others = [one for one in work.editions if one.lang != lang]
    order = {code: place for place, code in enumerate(FALLBACK)}
    others.sort(key=lambda one: (not one.status.startswith("official"), order.get(one.lang, len(order)), one.lang))
    return others[0] if others else None


def _counted(paragraphs: Iterable[ParagraphView]) -> list[ParagraphView]:
    return [one for one in paragraphs if one.kind not in _APART]


def _in_doubt(row: Row, mine: ParagraphView, other: ParagraphView) -> bool:
    renumbered = row.status == CONTENT and other.number and mine.number != other.number
    return bool(renumbered or row.differs or row.joined)


def _changed(pairs: list[tuple[ParagraphView, ParagraphView]]) -> tuple[Changed, ...]:
    """The pairs whose original had another wording, from the same source, when the translation's came in. Loading the
    translation again without changing its wording says nothing of the original's."""
    again = [(mine, other) for mine, other in pairs if mine.version > 1]
    if not again:
        return ()
    translated = dict(
        Reading.objects.filter(paragraph_id__in=[other.id for _, other in again], shown=True).values_list(
            "paragraph_id", "run__started"
        )
    )
    wordings: dict[tuple[int, str], list[tuple[datetime, str]]] = {}
    rows = Reading.objects.filter(paragraph_id__in=[mine.id for mine, _ in again]).order_by("pk")
    for paragraph, source, started, text in rows.values_list("paragraph_id", "source", "run__started", "text"):
        wordings.setdefault((paragraph, source), []).append((started, text))
    found = []
    for mine, other in again:
        history = wordings[mine.id, mine.source]
        before = [text for started, text in history if started <= translated[other.id]]
        if before and before[-1] != mine.text:
            found.append(Changed(mine, other, before[-1], history[-1][0]))
    return tuple(found)


@remembering(8)
def progress(lang: str) -> tuple[Progress, ...]:
    """Every document that has a text in ``lang`` and in another language: least complete first, then the newest."""
    rows = Work.objects.filter(editions__lang=lang, pk__in=_in_several()).distinct()
    pairs = []
    for work in views(list(rows)):
        into, original = work.edition(lang), _original(work, lang)
        if into is not None and original is not None:
            pairs.append((work, original, into))
    keys = _keys([one.id for _, original, into in pairs for one in (original, into)])
    newest = _newest([into.id for _, _, into in pairs])
    found = [
        Progress(
            work,
            original,
            into,
            total=len(keys.get(original.id, ())),
            done=len(keys.get(original.id, set()) & keys.get(into.id, set())),
            newest=newest.get(into.id),
        )
        for work, original, into in pairs
    ]
    found.sort(key=lambda one: (one.newest or date.min, one.work.key), reverse=True)
    found.sort(key=lambda one: one.done / one.total if one.total else 1.0)
    return tuple(found)


def _in_several() -> list[int]:
    """The documents that are held in more than one language."""
    seen: set[int] = set()
    several = set()
    for work in Edition.objects.values_list("work_id", flat=True):
        if work in seen:
            several.add(work)
        seen.add(work)
    return sorted(several)


def _keys(editions: list[int]) -> dict[int, set[str]]:
    """The keys of the paragraphs that count, by edition."""
    found: dict[int, set[str]] = {}
    for edition in editions:
        rows = Reading.objects.filter(paragraph__edition_id=edition, shown=True).exclude(kind__in=_APART)
        found[edition] = set(rows.values_list("paragraph__key", flat=True))
    return found


def _newest(editions: list[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for edition in editions:
        rows = Reading.objects.filter(paragraph__edition_id=edition, shown=True).order_by("-run__started")
        started = rows.values_list("run__started", flat=True).first()
        if started is not None:
            found[edition] = started.date()
    return found
