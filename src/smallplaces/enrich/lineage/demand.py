"""What goes into lineage and what comes out: demands, what each asks, threads of those that ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Demand:
    """One paragraph that asks something of one State: a recommendation of the Universal Periodic Review, or a
    paragraph of concluding observations.

    ``id`` names the paragraph for ever (work key + "#" + paragraph key). ``date`` is ISO 8601 in the precision that is
    known and may be empty. ``occasion`` is the document, or the review, in which it was made: what is asked twice on
    one occasion is not yet asked again. ``themes`` are labels, ``articles`` targets such as "treaty:CRPD/19", ``cites``
    what the paragraph cites ("CRPD/C/KOR/CO/1#p38"). ``direct``: the whole text is the demand, as in the review;
    otherwise only sentences that recommend are.
    """

    id: str
    text: str
    lang: str = "en"
    date: str = ""
    body: str = ""
    occasion: str = ""
    themes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a demand asks. ``item`` is the letter it stands under ("b"), if any; ``act`` the kind of act
    asked for; ``family`` the key of the known demand that it is, with its ``variant`` ("abolition", "moratorium")."""

    demand: Demand
    item: str
    text: str
    act: str = ""
    family: str = ""
    variant: str = ""

    @property
    def id(self) -> str:
        """The demand, and the item where it has one: what a decision of a person names."""
        return f"{self.demand.id}/{self.item}" if self.item else self.demand.id


class Reason(StrEnum):
    """Why a demand stands in a thread."""

    FAMILY = "family"  # it makes a known demand, in whatever words
    WORDS = "words"  # it asks for the same in like words
    CITATION = "citation"  # it cites an earlier demand of the thread
    DECISION = "decision"  # a person said so


@dataclass(frozen=True, slots=True)
class Member:
    """A demand in a thread, and why. ``beside`` is the id of the ask it was found by, ``evidence`` the words shared or
    the variant of the demand; ``confidence`` is between 0 and 1."""

    ask: Ask
    reason: Reason
    evidence: tuple[str, ...]
    beside: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Thread:
    """Demands that ask the same, oldest first. ``family`` is the key of a known demand, else empty; ``wording`` what
    the most typical member asks, ``lang`` its language."""

    family: str
    wording: str
    lang: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision: that demands belong together (``together``), or that those of ``left`` do not belong with
    those of ``right``. Both hold ids of asks or of demands. Later rulings stand above earlier ones."""

    together: bool
    left: tuple[str, ...]
    right: tuple[str, ...]
