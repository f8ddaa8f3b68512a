"""What readers of follow-up get: plain records, which know nothing of tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from smallplaces_site.followup.models import Action, Statement

#: The three voices, in the order in which they stand beside one another.
VOICES = tuple(Statement.Voice.values)


@dataclass(frozen=True, slots=True)
class UnitView:
    """An office that is responsible. ``place`` is empty for one of the State."""

    id: int
    state: str
    place: str
    names: tuple[tuple[str, str], ...]

    def name(self, lang: str) -> str:
        """Its name in ``lang``, else in the other language it has one in."""
        known = dict(self.names)
        return known.get("ko" if lang == "ko" else "en") or next(iter(known.values()))


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed: a paragraph by document and key, or a thread by key; with its words when it was taken up."""

    work_key: str
    paragraph_key: str
    thread: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """What a voice said. ``progress``: a code of :class:`Statement.Progress`, empty in a comment that leaves it open.

    ``replaces`` and ``replaced_by`` are ids of other statements, or None.
    """

    id: int
    item: int
    voice: str
    progress: str
    text: str
    lang: str
    as_of: date
    at: datetime
    by: str
    organisation: str
    user: int
    replaces: int | None
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class GradeView:
    """A committee's grade: scale and code as :mod:`smallplaces.vocab.grades` has them."""

    id: int
    scale: str
    code: str
    symbol: str
    paragraph: str
    on: date
    at: datetime
    by: str
    replaces: int | None
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """Something that is followed. ``place`` is empty for the State as a whole; ``members`` are those of a cluster.

    ``statements``: everything that was said, latest first. ``actions`` and ``indicators``: ids.
    """

    id: int
    kind: str
    state: str
    place: str
    what: Followed
    members: tuple[Followed, ...]
    sdgs: tuple[str, ...]
    units: tuple[UnitView, ...]
    actions: tuple[int, ...]
    indicators: tuple[int, ...]
    statements: tuple[StatementView, ...]
    grades: tuple[GradeView, ...]
    since: datetime
    by: str
    ended: datetime | None

    @property
    def title(self) -> str:
        """Its words, or the name of a cluster."""
        return self.what.title

    def said(self, voice: str) -> tuple[StatementView, ...]:
        """Everything that one voice said, latest first, with what was corrected since."""
        return tuple(one for one in self.statements if one.voice == voice)

    def latest(self, voice: str) -> StatementView | None:
        """What a voice says now; None when it has said nothing. Corrected statements do not count."""
        return next((one for one in self.said(voice) if one.replaced_by is None), None)

    def progress(self, voice: str) -> str:
        """How far it is, as that voice sees it; "no-information" when it has said nothing of it."""
        found = next((one.progress for one in self.said(voice) if one.replaced_by is None and one.progress), "")
        return found or Statement.Progress.NO_INFORMATION.value

    @property
    def grade(self) -> GradeView | None:
        """The committee's latest grade."""
        return next((one for one in self.grades if one.replaced_by is None), None)


@dataclass(frozen=True, slots=True)
class DueView:
    """A day by which something has to be done. ``met``: the day on which it was."""

    id: int
    action: int
    on: date
    what: str
    met: date | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A link (``address``) or a file (``sha256``, ``name``, media type, bytes)."""

    id: int
    action: int
    title: str
    address: str
    sha256: str
    name: str
    kind: str
    size: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """Something that is done. ``items``: ids of what it serves. ``amount`` is in ``currency`` (ISO 4217)."""

    id: int
    state: str
    place: str
    title: str
    description: str
    start: date | None
    end: date | None
    budget_line: str
    amount: Decimal | None
    currency: str
    status: str
    sdgs: tuple[str, ...]
    plans: tuple[str, ...]
    units: tuple[UnitView, ...]
    items: tuple[int, ...]
    dues: tuple[DueView, ...]
    evidence: tuple[EvidenceView, ...]
    since: datetime
    by: str

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.status not in {Action.Status.DONE, Action.Status.STOPPED}

    @property
    def next_due(self) -> DueView | None:
        """What is due first of what was not met."""
        return next((one for one in self.dues if one.met is None), None)


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of an indicator; ``parts`` are the disaggregated values: (of whom, value)."""

    id: int
    on: date
    value: Decimal
    parts: tuple[tuple[str, Decimal], ...]
    source: str
    at: datetime
    by: str
    replaces: int | None
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """A measure of an attribute of a right. ``values`` are those that hold, oldest first; ``corrected`` those that
    were replaced."""

    id: int
    state: str
    place: str
    title: str
    kind: str
    right: str
    attribute: str
    unit: str
    source: str
    disaggregation: tuple[str, ...]
    frequency: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    items: tuple[int, ...]
    values: tuple[ValueView, ...]
    corrected: tuple[ValueView, ...]
    since: datetime
    by: str

    @property
    def latest(self) -> ValueView | None:
        """The value of the latest day."""
        return self.values[-1] if self.values else None
