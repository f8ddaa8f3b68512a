"""From lines to running text: calls taken out, lines joined, hyphens mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from smallplaces.parse.base import Line

_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff]")
_BEFORE_SIGN = re.compile(r"(?<=\S) (?=[.,;:](?:\s|$))")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_NO_SPACE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


class Words:
    """The words of a document, by which a hyphen at the end of a line is judged."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.seen: Counter[str] = Counter()
        for line in lines:
            self.seen.update(word.casefold() for word in _WORD.findall(line.text[:-1]))

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether ``head-`` + ``tail`` is a compound that keeps its hyphen."""
        joined, hyphened = (head + tail).casefold(), f"{head}-{tail}".casefold()
        if self.seen[joined] != self.seen[hyphened]:
            return self.seen[hyphened] > self.seen[joined]
        return not tail[:1].islower() or (self.seen[head.casefold()] > 0 and self.seen[tail.casefold()] > 0)


def without_calls(line: Line, start: int = 0) -> str:
    """The text of a line from ``start``, its footnote calls taken out."""
    pieces, position = [], start
    for a, b in line.calls:
        if a < start:
            continue
        pieces.append(line.text[position:a])
        position = b
        if position < len(line.text) and line.text[position : position + 1].isalnum() and pieces[-1][-1:].isalnum():
            pieces.append(" ")
    pieces.append(line.text[position:])
    return "".join(pieces)


def join(lines: list[Line], words: Words, cut: int = 0) -> str:
    """Lines as one running text, from ``cut`` in the first line."""
    text = ""
    for position, line in enumerate(lines):
        piece = clean(without_calls(line, cut if position == 0 else 0))
        if not piece:
            continue
        text = _attach(text, piece, words) if text else piece
    return text


def _attach(text: str, piece: str, words: Words) -> str:
    broken = _BROKEN.search(text)
    if broken:
        tail = _WORD.match(piece)
        if tail:
            return text + piece if words.keeps_hyphen(broken[1], tail.group().split("-")[0]) else text[:-1] + piece
    if text.endswith(("/", "–", "—")) and piece[:1].isalnum() and not text.endswith((" /", " –", " —")):
        return text + piece
    if _NO_SPACE.match(text[-1]) and _NO_SPACE.match(piece[0]):
        return text + piece
    return f"{text} {piece}"


def clean(text: str) -> str:
    """Spaces made one, invisible signs taken out, no space before a closing sign."""
    return _BEFORE_SIGN.sub("", _SPACES.sub(" ", _INVISIBLE.sub("", text))).strip()
