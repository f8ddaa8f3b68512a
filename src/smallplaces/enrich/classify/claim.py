"""What is claimed of a paragraph: its kind and its labels, each with evidence, method, version and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """One label of the vocabulary ``scheme``. ``confidence`` is between 0 and 1; ``evidence`` are words of the text."""

    label: str
    scheme: str
    confidence: float
    evidence: tuple[str, ...]
    method: str
    version: str

    def as_json(self) -> dict[str, Any]:
        """The shape that the command line and others print."""
        return {
            "label": self.label,
            "scheme": self.scheme,
            "confidence": round(self.confidence, 3),
            "evidence": list(self.evidence),
            "method": self.method,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Classification:
    """``kind``: concern, recommendation, request, commendation or other. Labels stand the surest first."""

    kind: Label
    themes: tuple[Label, ...]
    groups: tuple[Label, ...]
    sdgs: tuple[Label, ...]
    actions: tuple[Label, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape that the command line and others print."""
        facets = {
            name: [one.as_json() for one in getattr(self, name)] for name in ("themes", "groups", "sdgs", "actions")
        }
        return {"kind": self.kind.label, "kind_evidence": self.kind.as_json(), **facets}
