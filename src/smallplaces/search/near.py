"""Words spelt almost alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_HANGUL = ("가", "힣")


def _letters(word: str) -> str:
    """Korean syllables are compared by their letters: 권 and 귄 differ in one of three."""
    return unicodedata.normalize("NFD", word) if any(_HANGUL[0] <= c <= _HANGUL[1] for c in word) else word


def allowed(word: str) -> int:
    """How many slips a word of this length may hold; one in Korean, where two make another word (주거권, 주권)."""
    if word and unicodedata.name(word[0], "").startswith("HANGUL"):
        return 1 if len(word) > 3 else 0
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def distance(first: str, second: str, most: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours from one to the other; more than
    ``most`` is any larger number."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, above = above, row
    return above[-1]


def nearest(word: str, known: Mapping[str, int], limit: int) -> tuple[tuple[str, int], ...]:
    """The known words within :func:`allowed` slips of ``word``, nearest and then most frequent first."""
    letters = _letters(word)
    most = allowed(letters)
    different = set(letters)
    korean = letters != word
    found = []
    for other, count in known.items():
        if abs(len(other) - len(word)) > most or other == word:
            continue
        spelled = unicodedata.normalize("NFD", other) if korean else other
        if len(different.symmetric_difference(spelled)) > 2 * most:  # each slip changes two letters at most
            continue
        slips = distance(letters, spelled, most)
        if slips <= most:
            found.append((slips, -count, other))
    return tuple((other, -count) for _, count, other in sorted(found)[:limit])
