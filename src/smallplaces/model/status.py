"""Treaty status: a dated list of what a State did. Never a single flag."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActionKind(StrEnum):
    """What a State does to a treaty (Vienna Convention on the Law of Treaties, arts. 11-15, 19, 54)."""

    SIGNATURE = "signature"
    RATIFICATION = "ratification"
    ACCESSION = "accession"
    SUCCESSION = "succession"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    WITHDRAWAL = "withdrawal"
    RESERVATION = "reservation"
    DECLARATION = "declaration"
    OBJECTION = "objection"
    RECORDED = "recorded-as-party"  # a source says "party" without saying how


@dataclass(frozen=True, slots=True)
class TreatyAction:
    """One dated act. ``date`` is ISO 8601 in the precision the source has ("2008-12-11", "2008" or "").

    ``as_of`` is the day (or year) on which the source's table was true.
    """

    treaty: str  # code of the treaties vocabulary: "CRPD", "OP-CRPD"
    state: str  # ISO 3166-1 alpha-3
    kind: ActionKind
    date: str = ""
    text: str = ""  # of reservations, declarations and objections
    articles: tuple[str, ...] = ()  # the articles a reservation names, when the source says so
    as_of: str = ""
    record: str = ""
