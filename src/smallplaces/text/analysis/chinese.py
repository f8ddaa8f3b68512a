"""Chinese: words by jieba, each also by its parts. Common traditional letters are read as simplified ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

import rjieba

from smallplaces.text.analysis.base import Analysis, Reading, Token
from smallplaces.text.analysis.traditional import SIMPLIFIED
from smallplaces.text.normalise import WORD, folded


class ChineseAnalyser:
    """Chinese, simplified or traditional."""

    group = "zh"

    def analyse(self, text: str) -> Analysis:
        """The terms of a text to be indexed."""
        main: list[str] = []
        extra: list[str] = []
        for word, _ in _cut(text):
            covering, other = _parts(word)
            main.extend(token.term for token in covering)
            extra.extend(token.term for token in other)
        return Analysis(main, extra, frozenset((*main, *extra)))

    def read(self, word: str) -> Reading:
        """The terms of one run of a query. Chinese runs are sentences as often as words: all terms must
        occur, not side by side."""
        terms = [token.term for piece, _ in _cut(word) for token in _parts(piece)[0]]
        return Reading(tuple((term,) for term in dict.fromkeys(terms)), adjacent=False)

    def tokens(self, text: str) -> Iterator[Token]:
        """Every term with its place in the text."""
        for word, offset in _cut(text):
            for parts in _parts(word):
                yield from (Token(term, offset + start, offset + end) for term, start, end in parts)

    def spans(self, text: str, terms: Collection[str]) -> list[tuple[int, int]]:
        """Where the text holds any of the terms."""
        return [(start, end) for term, start, end in self.tokens(text) if term in terms]


def _cut(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text with their offsets."""
    for match in WORD.finditer(text):
        run, offset = match.group().translate(SIMPLIFIED), match.start()
        if run.isascii():
            yield run, offset
            continue
        for word in rjieba.cut(run):
            yield word, offset
            offset += len(word)


@lru_cache(maxsize=200_000)
def _parts(word: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """A word as (the terms that stand for it side by side, its other terms).

    保障人权 is covered by its parts 保障 and 人权, which then stand for it; 残疾人 is not covered by
    its part 残疾 and stands for itself.
    """
    whole = Token(folded(word), 0, len(word))
    if len(word) < 3 or word.isascii():
        return (whole,), ()
    found = rjieba.tokenize(word, "search", True)
    parts = [Token(term, start, end) for term, start, end in found if end - start < len(word)]
    covering: list[Token] = []
    for part in parts:
        if part.start == (covering[-1].end if covering else 0):
            covering.append(part)
    if not covering or covering[-1].end != len(word):
        covering = [whole]
    others = (whole, *parts) if len(covering) > 1 else tuple(parts)
    return tuple(covering), tuple(token for token in others if token not in covering)


def analyser() -> ChineseAnalyser:
    """The analyser of Chinese."""
    return ChineseAnalyser()
