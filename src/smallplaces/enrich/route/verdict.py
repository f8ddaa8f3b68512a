"""What is said of a recommendation: whose it is, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

#: Said relative to the place asked for: "province" is said to a municipality of what its province does.
VERDICTS: Final = ("ours", "province", "shared", "national", "unclear")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one thing asked is whose it is. ``whose``: national, local or shared. ``evidence``: the words that decided,
    as they stand in ``sentence``. ``action``, ``matter``, ``head`` and ``department`` may be empty."""

    whose: str
    sentence: str
    evidence: tuple[str, ...]
    action: str = ""
    matter: str = ""
    head: str = ""
    department: str = ""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A machine's proposal. ``verdict``: one of :data:`VERDICTS`. ``level``: who acts: national, shared (the State and
    local governments), local (province and municipality), province, municipality, education, or unclear. ``head``,
    ``department`` and ``basis`` are those of the reason that weighs most for the place. ``confidence``: 0 to 1."""

    verdict: str
    level: str
    head: str
    department: str
    basis: tuple[str, ...]
    reasons: tuple[Reason, ...]
    confidence: float
    method: str
    version: str

    def as_json(self) -> dict[str, Any]:
        """The route as the command line prints it."""
        return {
            "verdict": self.verdict,
            "level": self.level,
            "head": self.head,
            "department": self.department,
            "basis": list(self.basis),
            "evidence": [
                {"whose": why.whose, "sentence": why.sentence, "words": list(why.evidence)} for why in self.reasons
            ],
            "confidence": self.confidence,
            "method": self.method,
            "version": self.version,
        }
