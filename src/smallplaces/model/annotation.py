"""Annotations: what a machine claims of a span of text, and on what evidence.

A claim is never a fact: it carries the words that led to it, the method and its version, and how sure the
method is. A person's decision about the same span stands above it and is kept elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class CitationKind(StrEnum):
    """How a text refers to something else."""

    SYMBOL = "symbol"  # by document symbol: CRPD/C/KOR/CO/2-3, para. 15
    ARTICLE = "article"  # of a treaty or declaration
    GENERAL_COMMENT = "general-comment"
    PARAGRAPH = "paragraph"  # of the same document: "paragraph 12 above"
    SDG = "sdg"
    RESOLUTION = "resolution"
    COMMUNICATION = "communication"
    LAW = "law"  # national and regional law, kept as text


@dataclass(frozen=True, slots=True)
class Annotation:
    """A claim on ``text[start:end]`` (characters of the text as given, end excluded).

    ``confidence`` is between 0 and 1; ``evidence`` says in a few words why. ``method`` and ``version`` name the
    code that made the claim, so that a better version can say what it gained and lost.
    """

    start: int
    end: int
    text: str
    kind: str
    confidence: float
    evidence: str
    method: str
    version: str


@dataclass(frozen=True, slots=True)
class Citation(Annotation):
    """A reference found in a text, with what it leads to.

    Targets are keys of works with an optional place inside: "treaty:ICCPR/19(2)(b)" (the article as a whole is
    "treaty:ICCPR/19"), "CCPR/C/GC/36#p12", "gc:CCPR/8" for comments that have no symbol of their own,
    "sdg:8.5", "communication:CCPR/878/1999". A reference that may mean several things has no targets, and says
    in ``candidates`` what it may mean.
    """

    targets: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def resolved(self) -> bool:
        """Whether it is known what is meant."""
        return bool(self.targets)

    def as_json(self) -> dict[str, Any]:
        """The shape that the command line, the API and the export share."""
        shape: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": str(self.kind),
            "targets": list(self.targets),
            "confidence": round(self.confidence, 2),
            "evidence": self.evidence,
        }
        if not self.targets:
            shape |= {"resolved": False, "candidates": list(self.candidates)}
        return shape


def article_of(target: str) -> str:
    """The article-level target of a pinpoint: "treaty:ICCPR/19(2)(b)" gives "treaty:ICCPR/19"."""
    return target.split("(", 1)[0] if target.startswith("treaty:") else target
