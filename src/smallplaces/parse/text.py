"""From lines to running text: calls taken out, lines joined, hyphens mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from smallplaces.parse import hangul
from smallplaces.parse.base import Line

_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff]")
_UNCLEAN = re.compile(  # what clean() would change: most lines hold none of it
    r"[\t\u00a0\u2002-\u200f\u2028-\u202f\u2060-\u2064\u3000\ufeff\ue000-\uf8ff‟]|  | [.,;:]"
)
_BEFORE_SIGN = re.compile(r"(?<=\S) (?=[.,;:](?:\s|$))")
_APOSTROPHE = re.compile(r"(?<=\w)‟(?=\w)")  # a quotation mark that some fonts give for an apostrophe
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_NO_SPACE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_KOREAN = re.compile("[\uac00-\ud7a3]")
_SIGN = re.compile(r"[.,;:)\]](?:\s|$)")


class Words:
    """The words of a document, by which a hyphen at the end of a line is judged."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)

    @cached_property
    def seen(self) -> Counter[str]:
        """How often each word stands in the document; the last of each line, which may be broken, left out."""
        return Counter(word.casefold() for line in self.lines for word in _WORD.findall(line.text[:-1]))

    @cached_property
    def korean(self) -> hangul.Breaks:
        """How lines of Korean break in the document."""
        return hangul.Breaks([line.text for line in self.lines])

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether ``head-`` + ``tail`` is a compound that keeps its hyphen."""
        joined, hyphened = (head + tail).casefold(), f"{head}-{tail}".casefold()
        if self.seen[joined] != self.seen[hyphened]:
            return self.seen[hyphened] > self.seen[joined]
        return not tail[:1].islower() or (self.seen[head.casefold()] > 0 and self.seen[tail.casefold()] > 0)


def without_calls(line: Line, start: int = 0) -> str:
    """The text of a line from ``start``, its footnote calls taken out."""
    if not line.calls:
        return line.text[start:] if start else line.text
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
    pieces: list[str] = []
    for position, line in enumerate(lines):
        piece = clean(without_calls(line, cut if position == 0 else 0))
        if piece:
            if pieces:
                pieces[-1] = _attach(pieces[-1], piece, words)
            pieces.append(piece)
    return "".join(pieces)


def _attach(text: str, piece: str, words: Words) -> str:
    """``text`` as it stands before ``piece``: with a space, with nothing, or without its hyphen."""
    broken = _BROKEN.search(text[-40:]) if text.endswith("-") else None
    if broken:
        tail = _WORD.match(piece)
        if tail:
            return text if words.keeps_hyphen(broken[1], tail.group().split("-")[0]) else text[:-1]
    if text.endswith(("/", "–", "—")) and piece[:1].isalnum() and not text.endswith((" /", " –", " —")):
        return text
    if _NO_SPACE.match(text[-1]):
        return text if _NO_SPACE.match(piece[0]) or not piece[0].isalpha() else text + " "
    if _NO_SPACE.match(piece[0]) and not text[-1].isalpha():
        return text
    if _SIGN.match(piece) or (_KOREAN.search(text[-8:] + piece[:2]) and words.korean.runs_on(text, piece)):
        return text
    return text + " "


def clean(text: str) -> str:
    """Spaces made one, invisible signs taken out, no space before a closing sign."""
    if not _UNCLEAN.search(text):
        return text.strip()
    text = _APOSTROPHE.sub("’", _INVISIBLE.sub("", text))
    return _BEFORE_SIGN.sub("", _SPACES.sub(" ", text)).strip()
