"""What a text says of recommendations: supported, in part, noted, pending. Words stand in ``data/upr.yml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = yaml.safe_load((Path(__file__).parent / "data" / "upr.yml").read_text("utf-8"))
    return tuple(
        (row["position"], re.compile("|".join(row["words"]).replace(" ", r"\s+"), re.IGNORECASE | re.DOTALL))
        for row in rows
    )


@lru_cache(maxsize=256)  # a list of recommendations asks for the paragraph above it once for each of them
def said(text: str) -> str:
    """The position that a text states, by the order of the data; empty when it states none."""
    return next((name for name, pattern in _words() if pattern.search(text)), "")


def spans(text: str) -> list[tuple[int, int, str]]:
    """Every statement of a position, in order, as (start, end, position). Of two that overlap the first in the data
    stands ("does not enjoy the support" is no support)."""
    found: list[tuple[int, int, str]] = []
    for name, pattern in _words():
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((*match.span(), name))
    return sorted(found)
