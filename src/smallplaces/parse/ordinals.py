"""Sessions are counted in words on covers ("twenty-seventh session") and in figures everywhere else.

The words of each language and their values stand in ``data/words``: a number is the sum of its words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from smallplaces.parse.wording import pattern, values


@cache
def _readers() -> tuple[tuple[dict[str, int], tuple[str, ...]], ...]:
    """For each language: the beginnings of words with their values, and the same from the longest."""
    return tuple((known, tuple(sorted(known, key=len, reverse=True))) for known in values("ordinals").values())


@cache
def _between() -> re.Pattern[str]:
    return pattern("between", r"\b", r"\b")


def in_figures(text: str) -> str:
    """An ordinal in any of the languages, or any that holds figures, as a number: "twenty-seventh" is "27",
    "soixante-dix-huitième" is "78", "三十二" is "32", "104th" is "104".

    What is neither comes back as it is.
    """
    figures = re.match(r"\d{1,3}", text)
    if figures:
        return str(int(figures[0]))
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).casefold().strip())
    number = _chinese(plain) or next((n for known, order in _readers() if (n := _summed(plain, known, order))), 0)
    return str(number) if number else text


def _summed(text: str, known: dict[str, int], order: tuple[str, ...]) -> int:
    """The sum of the words of ``text``; 0 when one of them is no ordinal of this language."""
    rest = _between().sub(" ", text)
    total = 0
    for compound in (word for word in order if "-" in word):
        if compound in rest:
            total += known[compound]
            rest = re.sub(rf"{re.escape(compound)}s?(?=\W|$|ième)", " ", rest)
            rest = re.sub(r"^\s*ième", " ", rest)
    pieces = re.findall(r"[^\W\d_]+", rest)
    for piece in pieces:
        bare = re.sub(r"^(?:و?ال|و(?=[عثأخست]))", "", piece)
        found = next((word for word in order if bare.startswith(word) and len(bare) - len(word) < 6), None)
        if found is None:
            return 0
        total += known[found]
    return total


def _chinese(text: str) -> int:
    """A number below a thousand in Chinese signs; 0 for anything else."""
    signs = values("figures").get("zh", {})
    if not text or any(sign not in signs for sign in text):
        return 0
    total, digit = 0, 0
    for sign in text:
        value = signs[sign]
        if value >= 10:
            total, digit = total + max(digit, 1) * value, 0
        else:
            digit = value
    return total + digit
