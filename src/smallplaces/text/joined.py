"""What an alignment left over: paragraphs of one number that differ much, and paragraphs that one version joins.

An alignment pairs one paragraph with one, and leaves over what does not fit. Two left over at one place under one
number are that number's two versions, however different; and where a version joined two paragraphs, its one holds both.
Pure functions over texts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from smallplaces.model.document import Paragraph
from smallplaces.text.align import Alignment, Pair, marks_of

_BETTER = 0.2  # by how much, in logarithms of length, the joined texts must fit better than the single one
_FITS = 0.3  # how far, in the same measure, the joined texts may still be from the expected length
_SHORT = 20  # characters below which length says nothing


@dataclass(frozen=True, slots=True)
class Joined:
    """Positions of two neighbours in one version (``left``: the first) and of the one paragraph that holds both."""

    left: bool
    apart: tuple[int, int]
    together: int


_CLEARLY = 1.5  # by how much a stretch must fit better by content than by number
_LEFT_OVER = -0.5
_DOUBTED = -0.7  # the score of a pair that shares its number and little else


def by_number(one: Sequence[Paragraph], two: Sequence[Paragraph], alignment: Alignment) -> Alignment:
    """The alignment with those left over at one place paired when they bear one number, each such pair in doubt."""
    pairs: list[Pair] = []
    gap: list[Pair] = []
    for pair in (*alignment.pairs, None):
        if pair is not None and (pair.one is None or pair.two is None):
            gap.append(pair)
            continue
        pairs += _paired(one, two, gap)
        gap = []
        if pair is not None:
            pairs.append(pair)
    return Alignment(tuple(pairs))


def _paired(one: Sequence[Paragraph], two: Sequence[Paragraph], gap: list[Pair]) -> list[Pair]:
    """One stretch of leftovers, in order: those of one number and kind together."""
    theirs = [pair.two for pair in gap if pair.two is not None]
    result: list[Pair] = []
    taken = 0
    for pair in gap:
        if pair.one is None:
            continue
        mine = one[pair.one]
        same = (at for at in range(taken, len(theirs)) if mine.number and _same(mine, two[theirs[at]]))
        found = next(same, None)
        if found is None:
            result.append(pair)
            continue
        result += [Pair(None, place, reason="left over") for place in theirs[taken:found]]
        result.append(Pair(pair.one, theirs[found], _DOUBTED, f"the two versions of {mine.number} differ much"))
        taken = found + 1
    return result + [Pair(None, place, reason="left over") for place in theirs[taken:]]


def _same(one: Paragraph, two: Paragraph) -> bool:
    return one.number == two.number and one.kind is two.kind


def settle(number_led: Alignment, content_led: Alignment) -> Alignment:
    """Of two alignments of the same editions, the number-led one, except for stretches that content contradicts.

    Between two pairs that both share, a stretch is one question: do the numbers mean the same places here? Numbers that
    run on are one witness and not as many as there are numbers, so that a stretch fits its lengths and figures clearly
    better under other numbers when one edition was renumbered from there on.
    """
    shared = {(p.one, p.two) for p in number_led.pairs} & {(p.one, p.two) for p in content_led.pairs}
    shared = {pair for pair in shared if None not in pair}
    result: list[Pair] = []
    ours, theirs = _stretches(number_led.pairs, shared), _stretches(content_led.pairs, shared)
    for mine, other in zip(ours, theirs, strict=True):
        chosen = other if _fit(other) > _fit(mine) + _CLEARLY else mine
        result += chosen
    return Alignment(tuple(result))


def _stretches(pairs: Sequence[Pair], shared: set[tuple[int | None, int | None]]) -> list[list[Pair]]:
    """The pairs cut at those that are shared, each shared pair at the head of its stretch."""
    stretches: list[list[Pair]] = [[]]
    for pair in pairs:
        if (pair.one, pair.two) in shared:
            stretches.append([])
        stretches[-1].append(pair)
    return stretches


def _fit(pairs: Sequence[Pair]) -> float:
    """How well a stretch fits by content alone; what is left over costs as much as in the alignment itself."""
    return sum(_LEFT_OVER if None in (pair.one, pair.two) else pair.score for pair in pairs)


def joined(one: Sequence[Paragraph], two: Sequence[Paragraph], alignment: Alignment) -> tuple[Joined, ...]:
    """The paragraphs left over that stand joined to a neighbour in the other version, in order."""
    pairs = alignment.pairs
    ratio = _ratio(one, two, pairs)
    found = []
    for place, pair in enumerate(pairs):
        if (pair.one is None) == (pair.two is None):
            continue
        left = pair.two is None
        mine, theirs, scale = (one, two, ratio) if left else (two, one, 1 / ratio)
        lone = pair.one if left else pair.two
        assert lone is not None  # noqa: S101  # one of the two is there
        options = []
        for beside in (place - 1, place + 1):
            if not 0 <= beside < len(pairs):
                continue
            near, other = (pairs[beside].one, pairs[beside].two) if left else (pairs[beside].two, pairs[beside].one)
            if near is None or other is None:
                continue
            gain = _gain(mine[near], mine[lone], theirs[other], scale)
            if gain > _BETTER:
                options.append((gain, Joined(left, (min(near, lone), max(near, lone)), other)))
        if options:
            found.append(max(options, key=lambda option: option[0])[1])
    return tuple(found)


def _gain(near: Paragraph, lone: Paragraph, whole: Paragraph, ratio: float) -> float:
    """How much better both texts together fit the whole than the first alone; 0 when they do not belong together."""
    if min(len(near.text), len(lone.text), len(whole.text)) < _SHORT or near.kind is not lone.kind:
        return 0.0
    marks, held = marks_of(lone.text), marks_of(whole.text)
    if marks and len(marks & held) * 2 < len(marks):
        return 0.0
    alone = abs(math.log(len(near.text) / len(whole.text) / ratio))
    both = abs(math.log((len(near.text) + len(lone.text)) / len(whole.text) / ratio))
    return alone - both if both < _FITS else 0.0


def _ratio(one: Sequence[Paragraph], two: Sequence[Paragraph], pairs: Sequence[Pair]) -> float:
    """How much longer the first language is, by the pairs: the middle one of all."""
    logs = sorted(
        math.log(len(one[p.one].text) / len(two[p.two].text))
        for p in pairs
        if p.one is not None and p.two is not None and min(len(one[p.one].text), len(two[p.two].text)) >= _SHORT
    )
    return math.exp(logs[len(logs) // 2]) if logs else 1.0
