"""Whether a line of Korean that ends in mid-text ends a word, or breaks one in two.

Many Korean files break lines after any syllable, and nothing in the file says where a word was cut. The document
itself tells: which words it holds, and which syllables begin words, end them and stand within.
Reads: the printed lines of a document. Writes: nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile("[\uac00-\ud7a3]+")
_LAST = re.compile("[\uac00-\ud7a3]+$")
_CUT_NUMBER = re.compile(r"제\|\d|제\s?\d+\|[조항호차회장절편권부기목]|\d\|[조항호년월일명개건퍼%]")
_SURE = 3  # breaks that only a cut word explains, from which a document is one that cuts words
_SHARE = 0.1  # and their share among the breaks that the words of the document explain
# Syllables that end words in any text (particles, endings), and those that hardly begin one.
_ENDS = frozenset("은는을를에의와과로도며고한할된될및등여서인")
_NEVER_FIRST = frozenset("은는을를의")


class Breaks:
    """The words and syllables of one document, and whether its lines cut words."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.words: Counter[str] = Counter()
        self.first: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        for text in lines:
            for word in _WORD.findall(text)[1:-1]:  # those at the edges of a line may be halves
                self._count(word)
        cut = whole = 0
        for above, below in pairwise(lines):
            head, tail = _halves(above, below)
            if head and tail:
                joined, apart = self.words[head + tail], min(self.words[head], self.words[tail])
                cut += joined > 0 and not apart
                whole += apart > 0 and not joined
        self.cuts = cut >= _SURE or (cut > 0 and cut > _SHARE * whole)

    def _count(self, word: str) -> None:
        self.words[word] += 1
        self.first[word[0]] += 1
        self.last[word[-1]] += 1
        for one, two in pairwise(word):
            self.pairs[one + two] += 1
        self.inside.update(word[1:-1])

    def runs_on(self, above: str, below: str) -> bool:
        """Whether the word at the end of ``above`` goes on at the head of ``below``."""
        if _CUT_NUMBER.search(above[-12:].rstrip() + "|" + below.lstrip()[:6]):
            return True
        head, tail = _halves(above, below)
        if not head or not tail:
            return False
        joined, apart = self.words[head + tail], min(self.words[head], self.words[tail])
        if tail[0] in _NEVER_FIRST and not self.first[tail[0]]:
            return True
        if not self.cuts:
            return False
        if bool(joined) != bool(apart):
            return joined > 0
        return self._odds(head[-1], tail[0]) < 0

    def _odds(self, one: str, two: str) -> float:
        """How much more two syllables look like the end and the beginning of words than like one word (logarithm)."""
        ends = math.log((self.last[one] + 0.5) / (self.inside[one] + self.first[one] + 0.5)) + 0.7 * (one in _ENDS)
        begins = math.log((self.first[two] + 0.5) / (self.inside[two] + self.last[two] + 0.5))
        return ends + begins - math.log1p(self.pairs[one + two])


def _halves(above: str, below: str) -> tuple[str, str]:
    head, tail = _LAST.search(above[-40:].rstrip()), _WORD.match(below.lstrip()[:40])
    return (head.group() if head else ""), (tail.group() if tail else "")
