"""What kind of document it is: by its symbol, else by the words of its title and first paragraphs.

Reads ``data/kinds.yml`` once, when first asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from smallplaces.model.document import Kind
from smallplaces.model.symbol import Symbol
from smallplaces.parse.base import Line

_UPR = re.compile(r"universal periodic review", re.IGNORECASE)
_LINE = 200  # characters of what may be a title that nothing sets apart
_UPR_OPENING = re.compile(r"working group on the universal periodic review .{0,140}held its", re.IGNORECASE | re.DOTALL)


@cache
def _titles() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    rows = yaml.safe_load((Path(__file__).parent / "data" / "kinds.yml").read_text("utf-8"))
    return tuple((Kind(row["kind"]), re.compile("|".join(row["words"]), re.IGNORECASE)) for row in rows)


def kind_of(symbol: Symbol | None, title: str, text: list[str]) -> Kind:
    """The kind. A symbol that fits one kind decides, unless the title says that it is an answer or a follow-up."""
    said = next((kind for kind, pattern in _titles() if pattern.search(title)), None)
    if said in (None, Kind.STATE_REPORT) and _UPR.search(title) and _UPR_OPENING.search(" ".join(text)[:3000]):
        return Kind.UPR_REPORT
    known = symbol.kind if symbol else None
    if known and not (symbol and symbol.suffixes and said):
        return known
    if said:
        return said
    if known:
        return known
    lines = (piece for piece in text[:3] if len(piece) < _LINE)
    first = next((kind for piece in lines for kind, pattern in _titles() if pattern.search(piece)), None)
    if first:
        return first
    opening = " ".join(text)[:2500]
    found = [(m.start(), kind) for kind, pattern in _titles() if (m := pattern.search(opening))]
    return min(found, key=lambda each: each[0])[1] if found else Kind.OTHER


def answers_review(symbol: Symbol | None, lines: list[Line], hints: Mapping[str, Any]) -> bool:
    """Whether the first lines are those of an addendum to a report of the Universal Periodic Review."""
    if hints.get("kind"):
        return Kind(hints["kind"]) is Kind.UPR_ADDENDUM
    if symbol and not symbol.suffixes:
        return False
    return says_addendum(lines)


def says_addendum(lines: list[Line]) -> bool:
    """Whether the title in these first lines is that of a State's answers to its review."""
    opening = re.sub(r"\s+", " ", " ".join(line.text for line in lines[:40]))
    return any(kind is Kind.UPR_ADDENDUM and pattern.search(opening) is not None for kind, pattern in _titles())
