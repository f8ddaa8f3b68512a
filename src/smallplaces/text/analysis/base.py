"""What every analyser gives, whatever the language: terms for the index, terms for a query, spans for an excerpt."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple, Protocol

from smallplaces.text.language import UNSPACED
from smallplaces.text.normalise import WORD, folded, words

#: Stands between parts of a field that a phrase must not bridge. No analyser makes such a term.
GAP = "\u00a6"
_MEMO_LIMIT = 300_000
_RUNS = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|[^0-9A-Za-z\u00c0-\u024f]+")


class Token(NamedTuple):
    """A term and the characters it stands for. Tokens of one place overlap: 주거권 and 주거."""

    term: str
    start: int
    end: int


class Analysis(NamedTuple):
    """The terms of a text. ``main`` in reading order, for phrases; ``extra``: parts of them and their
    other forms, findable alone. ``surface``: the different words as written, without case and accents,
    for beginnings and spelling. ``tokens`` is given when doing it again for an excerpt is too slow."""

    main: list[str]
    extra: list[str]
    surface: frozenset[str]
    tokens: tuple[Token, ...] | None = None

    def joined(self) -> str:
        """All terms as one text for a field that splits at white space."""
        return " ".join(self.main) if not self.extra else " ".join([*self.main, GAP, *self.extra])


class Reading(NamedTuple):
    """How a group reads one word of a query: for each position the terms that may stand there.

    ``adjacent``: the positions belong together (a compound); otherwise all must occur, anywhere.
    """

    places: tuple[tuple[str, ...], ...]
    adjacent: bool = True


class Analyser(Protocol):
    """The analysis of one group of languages; the same object serves index and query."""

    group: str

    def analyse(self, text: str) -> Analysis:
        """The terms of a text to be indexed."""

    def read(self, word: str) -> Reading:
        """The terms of one word of a query (no white space inside)."""

    def tokens(self, text: str) -> Iterator[Token]:
        """Every term with its place in the text."""

    def spans(self, text: str, terms: Collection[str]) -> list[tuple[int, int]]:
        """Where the text holds any of the terms."""


class _Memo(dict[str, str]):
    """Word -> its term, found once and remembered. One thread finds at a time: stemmers are not safe for threads."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find
        self._lock = threading.Lock()

    def __missing__(self, word: str) -> str:
        with self._lock:
            if len(self) > _MEMO_LIMIT:
                self.clear()
            found = self[word] = self._find(word)
        return found


def _written(word: str) -> str:
    return folded(word).removesuffix("'s").replace("'", "")


_WRITTEN = _Memo(_written)


class WordAnalyser:
    """Texts written in words: each word has one term."""

    def __init__(self, group: str, term: Callable[[str], str]) -> None:
        self.group = group
        #: The term of one word.
        self.term: Callable[[str], str] = _Memo(term).__getitem__

    def analyse(self, text: str) -> Analysis:
        """The terms of a text to be indexed."""
        found = words(text)
        surface = frozenset(map(_WRITTEN.__getitem__, set(found)))
        if not text.isascii() and UNSPACED.search(text):
            return Analysis([token.term for token in self.tokens(text)], [], surface)
        return Analysis(list(map(self.term, found)), [], surface)

    def read(self, word: str) -> Reading:
        """The terms of one word of a query: several when it is written with hyphens or slashes."""
        return Reading(tuple((found.term,) for found in self.tokens(word)))

    def tokens(self, text: str) -> Iterator[Token]:
        """Every term with its place in the text."""
        for match in WORD.finditer(text):
            word = match.group()
            if not word.isascii() and UNSPACED.search(word):
                yield from pairs(word, match.start())
            else:
                yield Token(self.term(word), match.start(), match.end())

    def spans(self, text: str, terms: Collection[str]) -> list[tuple[int, int]]:
        """Where the text holds any of the terms."""
        return [(start, end) for term, start, end in self.tokens(text) if term in terms]


def pairs(run: str, offset: int = 0) -> Iterator[Token]:
    """The overlapping pairs of letters of a run in a script without spaces; Latin parts stay whole."""
    for match in _RUNS.finditer(run):
        part, start = match.group(), offset + match.start()
        if part.isascii() or len(part) == 1:
            yield Token(folded(part), start, start + len(part))
            continue
        for index in range(len(part) - 1):
            yield Token(folded(part[index : index + 2]), start + index, start + index + 2)
