"""Reads an Arabic text layer that lies, as one reads a cipher: by the words that come out.

In a damaged layer each shape of a font still stands for one letter or ligature throughout a document; only the letter
that the layer names is wrong. The words of the document are kept as rows of shapes, and shape by shape the letters are
taken with which most of them become known words. What reads well already is left alone.
Reads: words as shapes. Writes: shape -> letters, for those that were read anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from smallplaces.parse import arabic_words
from smallplaces.parse.arabic_glyphs import Box

Shape = tuple[str, Box | None, str]  # font, ink box in sizes of the type, what the layer says it is

_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_LIGATURES = re.findall(
    r"\S+",
    "لا لأ لإ لم لح لج لخ لى لي لمح لمج لله في تم بم نم يم مم ني بي تي ير نر بر تر نن ين تن بن ثر نا ها هم عم كا كل "
    "مح مج تج تح نج نح يج يح بج بح حم جم سم سج شج",
)
_CANDIDATES = ("", *_LETTERS, *_LIGATURES)
_ARABIC = re.compile("[\u0621-\u064a]")
_OTHER = re.compile("[0-9A-Za-z\u0660-\u0669]")
_SIGN = re.compile(r"[#$%&*+<=>?@\\^_`{|}~!0-9A-Za-z]")  # punctuation stands within words too: "آذار/مارس"
_FILLS = 10  # times that a sign stands within words, from which it is stretching
_ALEFS = str.maketrans("أإآ", "ااا")  # many a State writes no hamza: that is no lie
_WORDS = 60  # that judge one shape
_OFTEN = 6  # a word counts no more often than this
_GOOD = 0.85  # share of the letters around a shape that are known, from which it is right
_ROUNDS = 3


@dataclass(slots=True)
class Reading:
    """What is known of the shapes of one document."""

    words: Counter[tuple[Shape, ...]] = field(default_factory=Counter)
    said: dict[Shape, str] = field(default_factory=dict)  # how each shape is read so far
    sure: set[Shape] = field(default_factory=set)  # those that the table of glyphs knows
    letters: dict[Shape, str] = field(default_factory=dict)  # those that were read anew

    def solve(self) -> None:
        """Find the letters of the shapes that spoil words."""
        for shape in self._stretching():
            self.said[shape] = self.letters[shape] = ""
        by_shape = self._by_shape()
        text = self.said
        often = sorted(by_shape, key=lambda shape: -sum(count for _, count in by_shape[shape]))
        for _ in range(_ROUNDS):
            changed = False
            for shape in often:
                better = self._better(shape, by_shape[shape])
                if better is not None:
                    text[shape] = self.letters[shape] = better
                    changed = True
            if not changed:
                break

    def _stretching(self) -> list[Shape]:
        """The shapes that fill lines: said to be a sign or a figure, they stand between letters, and nowhere else."""
        within: Counter[Shape] = Counter()
        elsewhere: Counter[Shape] = Counter()
        for word, count in self.words.items():
            letters = [at for at, shape in enumerate(word) if _ARABIC.search(arabic_words.plain(self.said[shape]))]
            first, last = (letters[0], letters[-1]) if letters else (len(word), -1)
            for at, shape in enumerate(word):
                if shape[1] and _SIGN.fullmatch(self.said[shape]):
                    (within if first < at < last else elsewhere)[shape] += count
        return [shape for shape, count in within.items() if count >= _FILLS and elsewhere[shape] <= 0.1 * count]

    def lies(self) -> float:
        """The share of shapes with ink that the layer calls a space or nothing."""
        total = lost = 0
        for word, count in self.words.items():
            total += count * len(word)
            lost += count * sum(bool(box) and not said.strip(" \0") for _, box, said in word)
        return lost / max(1, total)

    def _by_shape(self) -> dict[Shape, list[tuple[tuple[Shape, ...], int]]]:
        found: dict[Shape, list[tuple[tuple[Shape, ...], int]]] = defaultdict(list)
        for word, count in self.words.most_common():
            if _OTHER.search("".join(self.said[shape] for shape in word)):
                continue
            for shape in set(word):
                said = self.said[shape]
                lost = not said.strip(" \0")  # a vowel sign alone is neither lost nor a letter
                letter = _ARABIC.search(arabic_words.plain(said)) is not None
                if shape[1] and (lost or letter) and len(found[shape]) < _WORDS:
                    found[shape].append((word, min(count, _OFTEN)))
        return {shape: words for shape, words in found.items() if words}

    def _better(self, shape: Shape, words: list[tuple[tuple[Shape, ...], int]]) -> str | None:
        """The letters with which clearly more of the words around a shape are known; None to leave it as it is."""
        said = self.said
        parts = [("".join([said[s] if s != shape else "\0" for s in word]), count) for word, count in words]
        parts = [(arabic_words.plain(text), count) for text, count in parts]
        cut = [(text.split("\0"), count) for text, count in parts]
        now = arabic_words.plain(said[shape])
        before = _known(cut, now)
        whole = sum(count * max(1, len(text) - 1) for text, count in parts)
        if before > _GOOD * whole:
            return None
        others = (each for each in _CANDIDATES if each.translate(_ALEFS) != now.translate(_ALEFS))
        best, letters = max((_known(cut, each), each) for each in others)
        gain = 2.0 if shape in self.sure else 1.15
        return letters if best >= gain * before + 4 else None


def _known(words: list[tuple[list[str], int]], letters: str) -> float:
    worth = arabic_words.worth().get
    return sum([count * worth(letters.join(pieces), 0.0) for pieces, count in words])
