"""Analysis of texts for search, one analyser a group of languages: the same object for index and query."""

from __future__ import annotations

import importlib
from functools import cache

from smallplaces.text.analysis.base import GAP, Analyser, Analysis, Reading, Token

__all__ = ["GAP", "Analyser", "Analysis", "Reading", "Token", "analyser"]

_MODULES = {"ar": "arabic", "zh": "chinese", "ko": "korean"}
_SNOWBALL = frozenset({"en", "fr", "es", "ru"})


@cache
def analyser(group: str) -> Analyser:
    """The analyser of a group of :data:`smallplaces.text.language.GROUPS`, made at first use."""
    if group in _SNOWBALL:
        from smallplaces.text.analysis.stemmed import StemmedAnalyser  # noqa: PLC0415 (only what a text needs)

        return StemmedAnalyser(group)
    module = importlib.import_module(f"smallplaces.text.analysis.{_MODULES.get(group, 'plain')}")
    found: Analyser = module.analyser()
    return found
