"""Paragraphs in plain words: what is approved for a place, what waits, and whether the paragraph changed since.

Reads: Restatement, and the wording of paragraphs as it is shown now. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from smallplaces_site.briefs.models import Restatement
from smallplaces_site.corpus.models import Reading
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.recognise import digest_of

#: (key of the document, key of the paragraph)
Named = tuple[str, str]
_CHUNK = 200
_NEVER = "…"  # the digest of a wording that is not there: none equals it


@dataclass(frozen=True, slots=True)
class RestatementView:
    """One version of a paragraph in plain words. ``stale``: the wording it was written from is no longer shown."""

    id: int
    work: str
    paragraph: str
    lang: str
    place: str
    state: str
    version: int
    text: str
    source_lang: str
    status: str
    by: str
    at: datetime
    approved_by: str
    approved_at: datetime | None
    why: str
    stale: bool

    @property
    def approved(self) -> bool:
        """Whether readers are shown it."""
        return self.status == Restatement.Status.APPROVED

    @property
    def waiting(self) -> bool:
        """Whether somebody should approve it."""
        return self.status == Restatement.Status.WRITTEN


def wording(work: str, paragraph: str, lang: str) -> str:
    """The wording of a paragraph as it is shown now; empty when nothing is."""
    rows = _shown([(work, paragraph, lang)])
    return rows.get((work, paragraph, lang), "")


def versions(work: str, paragraph: str) -> list[RestatementView]:
    """Everything that was written of one paragraph, the latest first."""
    return _views(Restatement.objects.filter(work=work, paragraph=paragraph).order_by("-pk"))


def approved(named: Iterable[Named], lang: str, place: places.PlaceView) -> dict[Named, RestatementView]:
    """What is shown at a place, by paragraph: the place's own words, else those of the nearest place above it, else the
    institution's. Of several versions the last that was decided on: what was taken back brings nothing older back."""
    nearest = [*(view.code for view in places.chain(place)), ""]
    wanted = list(dict.fromkeys(named))
    rows: list[Restatement] = []
    for start in range(0, len(wanted), _CHUNK):
        here = Q()
        for work, paragraph in wanted[start : start + _CHUNK]:
            here |= Q(work=work, paragraph=paragraph)
        held = Restatement.objects.filter(here, lang=lang, state=place.state, place__in=nearest)
        rows += held.exclude(status=Restatement.Status.WRITTEN)
    last: dict[tuple[str, str, str], Restatement] = {}  # the last decided version of each place
    for row in sorted(rows, key=lambda row: (nearest.index(row.place), -row.version)):
        last.setdefault((row.work, row.paragraph, row.place), row)
    best: dict[Named, Restatement] = {}
    for row in last.values():
        if row.status == Restatement.Status.APPROVED:
            best.setdefault((row.work, row.paragraph), row)
    return {(view.work, view.paragraph): view for view in _views(best.values())}


def waiting(state: str, place: str | None = None) -> list[RestatementView]:
    """What waits for approval: in a State, or for one place alone. The oldest first."""
    rows = Restatement.objects.filter(state=state, status=Restatement.Status.WRITTEN).order_by("pk")
    return _views(rows if place is None else rows.filter(place=place))


def one(pk: int) -> RestatementView | None:
    """One version by its id."""
    return next(iter(_views(Restatement.objects.filter(pk=pk))), None)


def _views(rows: Iterable[Restatement]) -> list[RestatementView]:
    held = list(rows)
    shown = _shown([(row.work, row.paragraph, row.source_lang) for row in held])
    return [
        RestatementView(
            id=row.pk,
            work=row.work,
            paragraph=row.paragraph,
            lang=row.lang,
            place=row.place,
            state=row.state,
            version=row.version,
            text=row.text,
            source_lang=row.source_lang,
            status=row.status,
            by=row.by,
            at=row.at,
            approved_by=row.approved_by,
            approved_at=row.approved_at,
            why=row.why,
            stale=_digest(shown.get((row.work, row.paragraph, row.source_lang))) != row.digest,
        )
        for row in held
    ]


def _digest(text: str | None) -> str:
    return _NEVER if text is None else digest_of(text)


def _shown(wanted: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
    """The wordings shown now, by document, paragraph and language."""
    found: dict[tuple[str, str, str], str] = {}
    asked = list(dict.fromkeys(wanted))
    for start in range(0, len(asked), _CHUNK):
        here = Q()
        for work, paragraph, lang in asked[start : start + _CHUNK]:
            here |= Q(paragraph__edition__work__key=work, paragraph__key=paragraph, paragraph__edition__lang=lang)
        rows = Reading.objects.filter(here, shown=True).values_list(
            "paragraph__edition__work__key", "paragraph__key", "paragraph__edition__lang", "text"
        )
        found.update({(work, paragraph, lang): text for work, paragraph, lang, text in rows})
    return found
