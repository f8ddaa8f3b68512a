"""Invented files in the shapes that sources read. Every State, text and number in them is made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

_THEMES = ("Right to health", "Right to education", "Violence against women", "Right to an adequate standard of living")
_STATES = ("Austria", "Brazil", "Chad", "Denmark")


def uhri_records(count: int, *, mended: int = -1) -> Iterator[dict[str, Any]]:
    """Records in the shape of the UHRI's full export, six to a document. ``mended``: this one's text differs."""
    for number in range(count):
        document = number // 6
        text = f"{number % 6 + 1}.The Committee is concerned about invented matter {number}, and asks for a remedy."
        yield {
            "AffectedPersons": ["Children"] if number % 3 else [],
            "AnnotationId": str(UUID(int=number + 1)),
            "AnnotationType": "- Concerns/Observations",
            "Body": "- CRC",
            "Countries": [_STATES[document % 4]],
            "DocumentId": str(UUID(int=10_000_000 + document)),
            "PublicationDate": "2020-02-12T00:00:00",
            "PublicationDateOnUhri": "2020-03-03T10:53:45.827",
            "Regions": [],
            "Sdgs": ["3 - GOOD HEALTH AND WELL-BEING"],
            "Symbol": f"CRC/C/{('AUT', 'BRA', 'TCD', 'DNK')[document % 4]}/CO/{document + 1}",
            "Text": text + (" Mended." if number == mended else ""),
            "Themes": [_THEMES[number % 4]],
            "UprCycle": None,
            "UprPositions": [],
            "UprRecommendingCountry": [],
            "UprRecommendingRegions": [],
            "UprSession": [],
        }


def uhri_export(folder: Path, count: int, *, mended: int = -1) -> Path:
    """A full-export file of invented records."""
    path = folder / "export-full-en.json"
    path.write_text(json.dumps(list(uhri_records(count, mended=mended))), encoding="utf-8")
    return path
