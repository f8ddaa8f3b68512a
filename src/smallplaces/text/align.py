"""Language versions of one document, paragraph to paragraph.

Editions are aligned by number and structure, and by content that survives translation: figures, dates, symbols, names
in Latin letters, and length. Where numbers and content disagree the content decides and the mismatch is reported.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from smallplaces.model.document import Paragraph, ParagraphKind

_FIGURE = re.compile(r"\d+(?:[./]\d+)*")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_LATIN = re.compile(r"\b[A-Z][A-Z0-9]{2,}(?:/[A-Za-z0-9.\-]+)*")
_SAME_NUMBER = 2.0
_SAME_KIND = 0.4
_OTHER_NUMBER = -0.8
_GAP = -0.5
#: How far from the diagonal a way is sought: near it first, wide when the best way comes near the edge of that.
_NEAR, _WIDE = 15, 60
_SHORT = 20  # characters below which length says nothing
_HEADINGS = (ParagraphKind.HEADING,)


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of the alignment: positions in both editions, None where one has nothing.

    ``score`` is how alike they are by content, from -1 (they contradict each other) over 0 (nothing to compare) to 1;
    ``reason`` names a mismatch.
    """

    one: int | None
    two: int | None
    score: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """All rows in order."""

    pairs: tuple[Pair, ...]

    @property
    def mismatches(self) -> tuple[Pair, ...]:
        """The rows that a person should look at."""
        return tuple(pair for pair in self.pairs if pair.reason)


@dataclass(frozen=True, slots=True)
class _Item:
    number: str
    kind: ParagraphKind
    marks: frozenset[str]
    length: int
    log: float  # of the length


@lru_cache(maxsize=4096)  # an alignment asks it of each paragraph two or three times
def marks_of(text: str) -> frozenset[str]:
    """What of a text stays the same in translation: its figures, in any digits, and its symbols and acronyms."""
    folded = unicodedata.normalize("NFKC", text)
    ascii_digits = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), folded)
    figures = {figure for figure in _FIGURE.findall(ascii_digits) if len(figure) > 1}
    return frozenset(figures | {word for word in _LATIN.findall(ascii_digits) if "/" in word})


def _content(one: _Item, two: _Item) -> float:
    """How far two texts share what survives translation, -1 to 1; 0 where there is nothing to compare."""
    if not (one.marks or two.marks):
        return 0.0
    shared = len(one.marks & two.marks)
    either = len(one.marks) + len(two.marks) - shared
    return (2 * shared / either - 1) * min(1.0, 0.4 + 0.2 * either)


def _likeness(one: _Item, two: _Item, ratio: float) -> float:
    """How alike two texts are by content and length, -1 to 1. ``ratio``: the logarithm of the usual one of lengths."""
    content = _content(one, two) if one.marks or two.marks else 0.0
    if one.length < _SHORT or two.length < _SHORT:
        return content
    likeness = content + 0.3 - 0.6 * abs(one.log - two.log - ratio)
    return -1.0 if likeness < -1.0 else min(likeness, 1.0)


def _score(one: _Item, two: _Item, ratio: float) -> float:
    if one.kind is not two.kind and (one.kind in _HEADINGS) != (two.kind in _HEADINGS):
        return -3.0
    likeness = _likeness(one, two, ratio)
    score = likeness + (_SAME_KIND if one.kind is two.kind else -1.0)
    if one.number and two.number:  # content that contradicts or confirms outweighs the number
        if one.number == two.number:
            return score + (_SAME_NUMBER if _content(one, two) > -0.3 else -0.4)
        return score + (_OTHER_NUMBER if likeness < 0.4 else 0.4)
    return score


def align(one: Sequence[Paragraph], two: Sequence[Paragraph], *, numbered: bool = True) -> Alignment:
    """Align two editions of one document. Time grows with the longer edition times a band of about a hundred.

    With ``numbered`` off the numbers are left out of account: content, length and order alone decide.
    """
    left, right = [_item(p) for p in one], [_item(p) for p in two]
    ratio = _ratio(left, right)
    steps = _path(left, right, ratio) if numbered else _path(_bare(left), _bare(right), ratio)
    return Alignment(tuple(_pair(i, j, left, right, ratio) for i, j in steps))


def _item(paragraph: Paragraph) -> _Item:
    length = len(paragraph.text)
    return _Item(paragraph.number, paragraph.kind, marks_of(paragraph.text), length, math.log(length or 1))


def _bare(items: list[_Item]) -> list[_Item]:
    return [replace(item, number="") for item in items]


def _ratio(left: list[_Item], right: list[_Item]) -> float:
    """How much longer one language is than the other, by paragraphs of one number: the logarithm."""
    numbered = {(item.kind, item.number): item for item in right if item.number and item.length > _SHORT}
    logs = sorted(
        item.log - numbered[item.kind, item.number].log
        for item in left
        if item.number and item.length > _SHORT and (item.kind, item.number) in numbered
    )
    return logs[len(logs) // 2] if logs else 0.0


_Steps = list[tuple[int | None, int | None]]


def _path(left: list[_Item], right: list[_Item], ratio: float) -> _Steps:
    """The best way through both editions (Needleman and Wunsch within a band around the diagonal)."""
    slope = len(right) / len(left) if left else 0.0
    steps = _within(_NEAR + abs(len(left) - len(right)), left, right, ratio)
    strayed = max((abs(i * slope - j) for i, j in steps if i is not None and j is not None), default=0.0)
    alone = sum(None in step for step in steps)
    if strayed <= _NEAR / 2 and alone <= _NEAR + abs(len(left) - len(right)):
        return steps
    return _within(_WIDE + abs(len(left) - len(right)), left, right, ratio)


def _within(band: int, left: list[_Item], right: list[_Item], ratio: float) -> _Steps:
    """The best way that stays within so many paragraphs of the diagonal."""
    n, m = len(left), len(right)
    moves: list[dict[int, str]] = []
    before: dict[int, float] = {}
    for i in range(n + 1):
        middle = round(i * m / n) if n else 0
        best: dict[int, float] = {}
        chosen: dict[int, str] = {}
        for j in range(max(0, middle - band), min(m, middle + band) + 1):
            score, move = (0.0, "") if i == j == 0 else (-math.inf, "")
            if j and j - 1 in best:
                score, move = best[j - 1] + _GAP, "two"
            if i and j in before and (found := before[j] + _GAP) > score:
                score, move = found, "one"
            if i and j and j - 1 in before:
                found = before[j - 1] + _score(left[i - 1], right[j - 1], ratio)
                if found > score:
                    score, move = found, "both"
            if score > -math.inf:
                best[j], chosen[j] = score, move
        moves.append(chosen)
        before = best
    steps: _Steps = []
    i, j = n, m
    while i or j:
        move = moves[i][j]
        steps.append((i - 1 if move != "two" else None, j - 1 if move != "one" else None))
        i, j = i - (move != "two"), j - (move != "one")
    return steps[::-1]


def _pair(i: int | None, j: int | None, left: list[_Item], right: list[_Item], ratio: float) -> Pair:
    if i is None or j is None:
        where = left[i] if i is not None else right[j] if j is not None else None
        named = f"{where.kind.value} {where.number}".strip() if where else ""
        return Pair(i, j, reason=f"{named} stands only in the {'first' if j is None else 'second'} edition")
    score = round(_likeness(left[i], right[j], ratio), 2)
    one, two = left[i].number, right[j].number
    reason = ""
    if one != two:
        reason = f"numbered {one or 'not at all'} here and {two or 'not at all'} there"
    elif score < -0.6:
        reason = f"the texts of {one or left[i].kind.value} hold different figures"
    return Pair(i, j, score, reason)
