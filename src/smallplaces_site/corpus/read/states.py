"""Reading by State: its documents, its treaty status, and what was recommended to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max

from smallplaces.model.document import Kind
from smallplaces_site.corpus.models import Edition, Reading, StatusAction, Work, WorkState
from smallplaces_site.corpus.read.documents import (
    FALLBACK,
    EditionView,
    ParagraphView,
    WorkView,
    assemble,
    rows_of,
    views,
)
from smallplaces_site.corpus.read.news import by_version, remembering

_MANY = 500  # ids in one question to the database


@dataclass(frozen=True, slots=True)
class StateCount:
    """A State and how much the store holds about it."""

    code: str
    documents: int
    last_year: int | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """One dated act of a State towards a treaty, as a source records it (``as_of``: when its table was true)."""

    treaty: str
    state: str
    kind: str
    date: str
    text: str
    articles: tuple[str, ...]
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation to a State, with what its sources say of it."""

    work: WorkView
    lang: str
    paragraph: ParagraphView

    def values(self, facet: str) -> tuple[str, ...]:
        """The labels of that facet, each once."""
        return tuple(dict.fromkeys(value for name, _, value, _ in self.paragraph.labels if name == facet))

    @property
    def position(self) -> str:
        """What the State under review said: supported, noted, in-part, pending; empty outside the UPR."""
        return next(iter(self.values("position")), "")

    @property
    def recommending_states(self) -> tuple[str, ...]:
        """The States that recommend, as alpha-3 codes."""
        return self.values("recommending")

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes its sources give it."""
        return self.values("theme")

    @property
    def cycle(self) -> str:
        """The cycle of the Universal Periodic Review, when a source gives it. Never inferred from a year."""
        return next(iter(self.values("cycle")), "")

    @property
    def session(self) -> str:
        """The session: of the Working Group, or of the committee."""
        return next(iter(self.values("session")), "") or self.work.session


@by_version
def counts() -> dict[str, StateCount]:
    """Every State with documents, by code."""
    rows = WorkState.objects.values("state").annotate(documents=Count("work_id"), last=Max("work__year"))
    return {row["state"]: StateCount(row["state"], row["documents"], row["last"]) for row in rows}


@remembering(12)
def documents(state: str) -> tuple[WorkView, ...]:
    """The documents that concern a State, newest first."""
    rows = Work.objects.filter(concerned__state=state)
    return tuple(views(sorted(rows, key=_newest, reverse=True)))


def _newest(work: Work) -> tuple[int, str, str]:
    day = work.adopted or work.distributed
    return (work.year or (day.year if day else 0), day.isoformat() if day else "", work.key)


@by_version
def actions(state: str) -> tuple[ActionView, ...]:
    """What a State did towards treaties: by treaty, then by date; what has no date comes last."""
    return action_views(StatusAction.objects.filter(state=state, current=True))


def action_views(rows: object) -> tuple[ActionView, ...]:
    """Rows of StatusAction as plain records, sorted by treaty, State and date."""
    found = [
        ActionView(
            treaty=row.treaty,
            state=row.state,
            kind=row.kind,
            date=row.date,
            text=row.text,
            articles=tuple(row.articles),
            as_of=row.as_of,
            source=row.source,
        )
        for row in rows  # type: ignore[attr-defined]  # any iterable of rows
    ]
    return tuple(sorted(found, key=lambda act: (act.treaty, act.state, act.date or "9999", act.kind)))


@remembering(6)
def recommendations(state: str, lang: str = "en") -> tuple[Recommendation, ...]:
    """Every recommendation to a State, newest document first, then in reading order.

    Each stands once: in ``lang`` where the document has its recommendations in that language, else in the first
    of the other languages that does.
    """
    works = {work.id: work for work in documents(state)}
    found: list[Recommendation] = []
    for pk, work_id, tongue in _with_recommendations(list(works), lang):
        held = Reading.objects.filter(paragraph__edition_id=pk)
        # A whole document may show a paragraph that a database calls a recommendation: one of its readings decides.
        called = held.filter(current=True, kind="recommendation").values("paragraph_id")
        shown = assemble(rows_of(held.filter(paragraph_id__in=called)))
        if works[work_id].kind == Kind.UPR_REPORT:
            shown = _once(shown, works[work_id].edition(tongue))
        found.extend(Recommendation(works[work_id], tongue, paragraph) for paragraph in shown)
    return tuple(found)


def _once(shown: list[ParagraphView], edition: EditionView | None) -> list[ParagraphView]:
    """A report prints once what several States asked, and databases once a State: where they know a review, theirs
    are counted, and of the report's own those that they know too."""
    whole = edition.whole if edition else ""
    known = [one for one in shown if any(source != whole for _, _, _, source in one.labels)]
    return known or shown


def _with_recommendations(works: list[int], lang: str) -> list[tuple[int, int, str]]:
    """(edition, work, language) of one edition a work, in the order of ``works``."""
    order = {code: rank for rank, code in enumerate(dict.fromkeys((lang, *FALLBACK)))}
    best: dict[int, tuple[int, int, str]] = {}
    for start in range(0, len(works), _MANY):
        held = Edition.objects.filter(
            work_id__in=works[start : start + _MANY],
            paragraphs__readings__kind="recommendation",
            paragraphs__readings__current=True,
        ).distinct()
        for edition in held:
            rank = order.get(edition.lang, len(order))
            if edition.work_id not in best or rank < best[edition.work_id][0]:
                best[edition.work_id] = (rank, edition.pk, edition.lang)
    return [(best[pk][1], pk, best[pk][2]) for pk in works if pk in best]
