"""How much of an Arabic text reads as Arabic: the measure by which a reading of a PDF is chosen and doubted.

``data/arabic_words.txt`` holds words that are usual in United Nations documents. A word reads well when it is one of
them, bare or behind a conjunction, preposition or article, or shares its stem with one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_WORD = re.compile(r"(?<![(\u0621-\u064a])[\u0621-\u064a]+(?![)\u0621-\u064a])")  # what stands in brackets may be (أ)
_BEFORE = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_AFTER = ("هما", "هم", "هن", "ها", "نا", "كم", "ات", "ون", "ين", "ان", "ية", "وا", "ه", "ة", "ي", "ا", "ت")
_ALONE = frozenset("وأ")


@cache
def words() -> frozenset[str]:
    """The known words, without vowel signs."""
    return frozenset((Path(__file__).parent / "data" / "arabic_words.txt").read_text("utf-8").split())


@cache
def _stems() -> frozenset[str]:
    return frozenset(map(_stem, words()))


def _stem(word: str) -> str:
    """A word without one prefix and one suffix."""
    before = next((p for p in _BEFORE if word.startswith(p) and len(word) - len(p) > 2), "")
    word = word[len(before) :]
    after = next((s for s in _AFTER if word.endswith(s) and len(word) - len(s) > 2), "")
    return word[: len(word) - len(after)]


def plain(text: str) -> str:
    """A text in plain letters: no presentation forms, vowel signs or stretching."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


@cache
def worth() -> dict[str, float]:
    """Every known form, bare or behind a prefix, and what it counts: a table, since a solver asks a million times."""
    table: dict[str, float] = {}
    for word in words():
        bare = {word, word.removeprefix("ال")}
        for prefix, rest in [(prefix, rest) for rest in bare if len(rest) > 2 for prefix in _BEFORE]:
            table[prefix + rest] = max(table.get(prefix + rest, 0.0), 0.8 * (len(rest) - 1))
    table.update({word: len(word) - 1.0 for word in words()})
    return table


def known(word: str) -> float:
    """How much a word (of plain letters) is known, in letters: all but one of its own, less behind a prefix, else 0."""
    return worth().get(word, 0.0)


@cache
def reads(word: str) -> bool:
    """Whether a word is one of the known words, or one of their stems with other affixes."""
    if len(word) == 1:
        return word in _ALONE
    return known(word) > 0 or (len(word) > 2 and _stem(word) in _stems())


def unreadable(text: str) -> tuple[int, int]:
    """(words that do not read as Arabic, words) of a text."""
    found = _WORD.findall(plain(text))
    return sum(not reads(word) for word in found), len(found)
