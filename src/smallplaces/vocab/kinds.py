"""Names of the kinds of document, and how much each matters when relevance ties."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    path = Path(__file__).parent / "data" / "kinds.yml"
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, dict[str, Any]] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return loaded


def kind_name(kind: str, lang: str = "en") -> str:
    """The kind's name in ``lang``, else in English, else the kind itself."""
    names = _kinds().get(kind, {})
    return str(names.get(lang) or names.get("en") or kind)


def kind_weight(kind: str) -> float:
    """The kind's weight in ranking; 1.0 when it has none."""
    return float(_kinds().get(kind, {}).get("weight", 1.0))
