"""Reading threads: those of a State, one with its members, as plain records.

Reads: Thread, Member, Decision and the paragraphs they stand on. Writes: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from smallplaces.enrich.lineage import thread_name
from smallplaces.errors import NotFound
from smallplaces_site.corpus.models import Paragraph, Work
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.documents import ParagraphView
from smallplaces_site.corpus.read.news import by_version, remembering
from smallplaces_site.corpus.read.states import Recommendation
from smallplaces_site.lineage.demands import date_of
from smallplaces_site.lineage.models import Decision, Member, Thread

_CHUNK = 900


@dataclass(frozen=True, slots=True)
class ThreadView:
    """One demand to one State: how often it was asked, on how many occasions, from when to when (ISO dates, in the
    precision that is known). ``dates``: those of its members, oldest first. ``bodies`` and ``positions`` as they occur;
    ``themes`` the commonest first."""

    key: str
    state: str
    family: str
    wording: str
    lang: str
    first: str
    last: str
    asked: int
    occasions: int
    dates: tuple[str, ...]
    bodies: tuple[str, ...]
    positions: tuple[str, ...]
    themes: tuple[str, ...]
    words: str  # everything it asks, in small letters: what a filter by words looks in

    def name(self, lang: str) -> str:
        """What it is called in ``lang``: the name of a known demand, else what its most typical member asks."""
        return thread_name(self.family, lang) or self.wording

    def name_lang(self, lang: str) -> str:
        """The language that :meth:`name` answers in."""
        return lang if thread_name(self.family, lang) else self.lang

    @property
    def since(self) -> str:
        """The year in which it was first asked; empty when no date is known."""
        return self.first[:4]

    @property
    def until(self) -> str:
        """The year in which it was last asked."""
        return self.last[:4]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A demand in a thread. ``item`` is the letter it stands under, ``text`` the part of the paragraph that asks this;
    ``reason`` is family, words, citation or decision; ``beside`` the member it was found by, as a name."""

    name: str
    demand: Recommendation
    item: str
    text: str
    date: str
    reason: str
    evidence: tuple[str, ...]
    beside: str
    confidence: float
    method: str
    version: str

    @property
    def position(self) -> str:
        """What the State said to it in the review; empty elsewhere."""
        return self.demand.position

    @property
    def grade(self) -> str:
        """The grade that the committee gave to what was done, when a source holds one."""
        return next(iter(self.demand.values("grade")), "")

    @property
    def place(self) -> str:
        """Paragraph and letter as printed: "42 (b)"; empty for what has no printed number."""
        return f"{self.demand.paragraph.number} ({self.item})" if self.item else self.demand.paragraph.number


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What a person decided of a thread's members."""

    verdict: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    who: str
    why: str
    at: datetime


def row_of(key: str) -> Thread:
    """The thread of that key, or of that former key. Raises :class:`NotFound`."""
    wanted = key.strip().replace("\x00", "\ufffd")  # no key has a NUL, and PostgreSQL takes none in a text
    found = Thread.objects.filter(key__iexact=wanted).first()
    if found is None:  # keys that were taken in are few: those of the same State are looked through
        rows = Thread.objects.filter(state=wanted.partition("-")[0].upper())
        found = next((row for row in rows if wanted in row.former), None)
    if found is None:
        raise NotFound("There is no thread with the key %(where)s.", where=wanted)
    return found


def thread(key: str) -> ThreadView:
    """One thread. Raises :class:`NotFound`."""
    row = row_of(key)
    return next(view for view in threads(row.state) if view.key == row.key)


@remembering(24)
def threads(state: str) -> tuple[ThreadView, ...]:
    """The threads of a State: those asked on most occasions first."""
    members = _members(Member.objects.filter(thread__state=state).select_related("thread"))
    rows = Thread.objects.filter(state=state).order_by("-occasions", "-asked", "first", "key")
    return tuple(_view(row, members[row.key]) for row in rows)


@by_version
def longest(state: str, limit: int = 5) -> tuple[ThreadView, ...]:
    """The threads that a State's page leads with: asked on several occasions."""
    return tuple(view for view in threads(state)[:limit] if view.occasions > 1)


def members(key: str) -> tuple[MemberView, ...]:
    """The members of a thread, oldest first. Raises :class:`NotFound`."""
    row = row_of(key)
    return tuple(_members(row.members.select_related("thread"))[row.key])


def before(paragraph: int) -> list[tuple[ThreadView, MemberView | None]]:
    """The threads that a paragraph (its id) stands in, each with the earliest demand of it that is older; nothing in
    its place where this paragraph was the first to ask. The longest first."""
    found = []
    for row in Member.objects.filter(paragraph=paragraph).select_related("thread"):
        first = members(row.thread.key)[0]
        found.append((thread(row.thread.key), first if first.date < row.date else None))
    return sorted(found, key=lambda pair: (-pair[0].occasions, -pair[0].asked, pair[0].key))


def decisions(key: str) -> tuple[DecisionView, ...]:
    """What people decided of the present members of a thread, latest first."""
    row = row_of(key)
    names = set(row.members.values_list("name", flat=True))
    found = Decision.objects.filter(state=row.state).order_by("-pk")
    return tuple(
        DecisionView(one.verdict, tuple(one.left), tuple(one.right), one.who, one.why, one.at)
        for one in found
        if names & {*one.left, *one.right}
    )


def _view(row: Thread, held: Sequence[MemberView]) -> ThreadView:
    themes = [theme for member in held for theme in member.demand.themes]
    return ThreadView(
        key=row.key,
        state=row.state,
        family=row.family,
        wording=row.wording,
        lang=row.lang,
        first=row.first,
        last=row.last,
        asked=row.asked,
        occasions=row.occasions,
        dates=tuple(member.date for member in held),
        bodies=tuple(dict.fromkeys(member.demand.work.body for member in held)),
        positions=tuple(dict.fromkeys(filter(None, (member.position for member in held)))),
        themes=tuple(sorted(set(themes), key=lambda theme: (-themes.count(theme), theme))),
        words=" ".join(member.text for member in held).casefold(),
    )


def _members(rows: Iterable[Member]) -> dict[str, list[MemberView]]:
    """Members by the key of their thread, oldest first."""
    ordered = sorted(rows, key=lambda row: (row.thread_id, row.place))
    shown = _demands(list({row.paragraph_id for row in ordered}))
    found: dict[str, list[MemberView]] = defaultdict(list)
    for row in ordered:
        if row.paragraph_id in shown:
            found[row.thread.key].append(
                MemberView(
                    name=row.name,
                    demand=shown[row.paragraph_id],
                    item=row.item,
                    text=row.text,
                    date=row.date or date_of(shown[row.paragraph_id].work),
                    reason=row.reason,
                    evidence=tuple(row.evidence),
                    beside=row.beside,
                    confidence=row.confidence,
                    method=row.method,
                    version=row.version,
                )
            )
    return found


def _demands(ids: Sequence[int]) -> dict[int, Recommendation]:
    """The paragraphs of these rows as they are shown, with their documents."""
    places: dict[int, list[str]] = defaultdict(list)
    langs: dict[int, tuple[int, str]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = Paragraph.objects.filter(pk__in=ids[start : start + _CHUNK]).select_related("edition")
        for row in rows:
            places[row.edition_id].append(row.key)
            langs[row.edition_id] = (row.edition.work_id, row.edition.lang)
    works = {
        view.id: view for view in documents.views(list(Work.objects.filter(pk__in={pk for pk, _ in langs.values()})))
    }
    wanted = set(ids)
    return {
        view.id: Recommendation(works[langs[edition][0]], langs[edition][1], view)
        for edition, keys in places.items()
        for view in _shown(edition, keys)
        if view.id in wanted
    }


def _shown(edition: int, keys: Sequence[str]) -> list[ParagraphView]:
    """Paragraphs of an edition; of many, all are read: a question for hundreds of keys costs more."""
    return documents.paragraphs(edition, keys=keys if len(keys) <= 30 else None)
