"""The Sustainable Development Goals: 17 goals, 169 targets.

Reads ``sdgs.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.model.goal import Goal
from smallplaces.model.language import CODES
from smallplaces.vocab.index import Index
from smallplaces.vocab.load import Entry, entries

_CODE = re.compile(
    r"^\W*(?:(?:SDG|ODD|ODS|ЦУР|Goal|Target|목표|세부목표)\s*)?(\d{1,2}(?:\.(?:\d{1,2}|[a-d]))?)(?![\d.])", re.I
)


@cache
def sdgs() -> Mapping[str, Goal]:
    """Goals ("5") and targets ("5.2", "5.a") by code: the goals first."""
    found = {entry.code: _goal(entry) for entry in entries("sdgs.yml")}
    orphans = [goal.code for goal in found.values() if goal.goal not in found]
    if orphans:
        raise BadInput(f"targets without a goal: {', '.join(orphans)}", where="sdgs.yml")
    return MappingProxyType(found)


def resolve_sdg(text: str) -> Goal | None:
    """The goal or target that a label begins with ("5 - GENDER EQUALITY", "16.b - …", "SDG 5.2"), or that bears
    that short name, or None."""
    numbered = _CODE.match(unicodedata.normalize("NFKC", text))
    return sdgs().get(numbered[1].lower()) if numbered else _index().find(text)


def _goal(entry: Entry) -> Goal:
    languages = ("en", "ko") if "." in entry.code else CODES
    goal = Goal(entry.code, entry.names("names", required=languages))
    entry.close()
    return goal


@cache
def _index() -> Index[Goal]:
    return Index("sdgs.yml", ((goal, set(goal.names.values())) for goal in sdgs().values()))
