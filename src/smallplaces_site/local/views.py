"""What readers see of claims and decisions: plain records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's word: ``verdict`` is confirmed, corrected or rejected; ``who`` the person and organisation. ``place``:
    code of the local government that says so of itself; empty for the institution."""

    verdict: str
    who: str
    why: str
    at: datetime
    place: str = ""
    level: str = ""
    head: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a machine: whose (national, local, shared), the sentence that decided and its words."""

    whose: str
    sentence: str
    words: tuple[str, ...]
    action: str
    matter: str
    head: str
    department: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Competence:
    """Whose a demand is: what holds now, and how that came about.

    ``level``: national, shared, local (province and municipality), province, municipality, education or unclear.
    ``verdict``: that, said to the place asked for: ours, province, shared, national or unclear; empty without a place.
    ``decided``: the institution's word, if it has spoken; then it holds. ``taught``: its word on the same demand
    elsewhere (``taught_by``: the work and paragraph), proposed here. ``opinions``: what local governments say of
    themselves. ``claimed``: the machine's level.
    """

    level: str
    verdict: str
    head: str
    department: str
    basis: tuple[str, ...]
    reasons: tuple[Why, ...]
    confidence: float
    method: str
    version: str
    claimed: str
    decided: Decided | None = None
    taught: Decided | None = None
    taught_by: str = ""
    opinions: tuple[Decided, ...] = ()

    @property
    def reason(self) -> Why | None:
        """The reason that weighs most: that of the head of competence."""
        return next((why for why in self.reasons if why.head == self.head), next(iter(self.reasons), None))

    @property
    def unsure(self) -> bool:
        """Whether nobody has decided and the machine does not know, or hardly."""
        return self.decided is None and (self.level == "unclear" or self.confidence < 0.6)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label that no source gave: a machine's claim with its evidence, or a person's. ``decided``: a person's word
    on it."""

    facet: str
    scheme: str
    label: str
    confidence: float
    evidence: tuple[str, ...]
    method: str
    version: str
    decided: Decided | None = None

    @property
    def holds(self) -> bool:
        """Whether nobody rejected or replaced it."""
        return self.decided is None or self.decided.verdict == "confirmed"


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand to a State, once whatever number of sources and languages carry it, and whose it is for a place.

    ``kind`` is that of the document, ``key`` names the paragraph in it, ``number`` is printed. ``date`` is ISO in the
    precision that is known. ``sentence`` decided whose it is, ``words`` are those in it that spoke. ``thread`` names
    the longest thread it stands in; it was first asked in ``first_year``, ``times`` times in all (1 without a thread).
    ``position`` is the State's: supported, noted, in-part, pending; empty outside reviews. ``themes`` and ``groups``
    are labels as sources spell them, else as a machine or a person gave them.
    """

    paragraph_id: int
    work_key: str
    symbol: str
    kind: str
    body: str
    key: str
    number: str
    lang: str
    text: str
    date: str
    verdict: str
    level: str
    head: str
    department: str
    basis: tuple[str, ...]
    sentence: str
    words: tuple[str, ...]
    confidence: float
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    thread: str
    first_year: str
    times: int
    position: str
    recommending: tuple[str, ...]
    competence: Competence


@dataclass(frozen=True, slots=True)
class Queued:
    """A demand that waits for a person. ``worth``: how much it is worth a look; ``because``: why, as codes: unclear,
    unsure, new, wide (concerns many places), long (asked again and again), taught (decided elsewhere)."""

    asked: Asked
    labels: tuple[Labelled, ...]
    worth: float
    because: tuple[str, ...]
