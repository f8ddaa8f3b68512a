"""Every language without an analyser of its own: words without case and accents; scripts written
without spaces (Thai, Lao, Khmer, Myanmar, Tibetan, Japanese) as pairs of letters."""

from __future__ import annotations

from smallplaces.text.analysis.base import WordAnalyser
from smallplaces.text.normalise import folded


def _term(word: str) -> str:
    return folded(word).replace("'", "") or word


def analyser() -> WordAnalyser:
    """The analyser of all other languages."""
    return WordAnalyser("other", _term)
