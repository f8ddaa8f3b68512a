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
    r"[\t\u00a0\u2002-\u2011\u2028-\u202f\u2060-\u2064\u3000\ufeff\ue000-\uf8ff‟]|  | [.,;:]"
)
_BEFORE_SIGN = re.compile(r"(?<=\S) (?=[.,;:](?:\s|$))")
_APOSTROPHE = re.compile(r"(?<=\w)‟(?=\w)")  # a quotation mark that some fonts give for an apostrophe
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"((?:[^\W\d_]+-)*[^\W\d_]+)-$")
_ADDRESS = re.compile(r"(?:https?:|www\.)\S*$")
_OPEN_ADDRESS = ("/", "?", "=", "&", "_", "%")  # with which no address ends
_OLD_CALL = re.compile(r"(?:^|\s)(?:\d{1,3}|[a-z])/$")  # a note called in typewritten documents: "… food. 1/"
_SUSPENDED = re.compile(r"(?:and|or|to|et|ou|y|e|o|u|и|или|und|bis)(?=\s)")  # "short- and long-term"
_PREFIX = 3  # letters of "co-", "de-", "non-"
_OFTEN = 0.03  # share of lines that end with a hyphen where words are hyphenated at all
_NO_SPACE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_STRETCHED = re.compile(  # characters drawn apart to fill a line of Chinese
    r"(?<=[\u3400-\u9fff\u3001-\u303f\uff01-\uff60]) (?=[\u3400-\u9fff\u3001-\u303f\uff01-\uff60])"
)
_KOREAN = re.compile("[\uac00-\ud7a3]")
_SIGN = re.compile(r"[.,;:)\]](?:\s|$)")


def _parts(text: str) -> bool:
    """Whether a line ends with letters and a hyphen, and not in an address."""
    return text.endswith("-") and text[text.rfind(" ") + 1 : -1].isalpha()


class Words:
    """The words of a document, by which a hyphen at the end of a line is judged."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)

    @cached_property
    def seen(self) -> Counter[str]:
        """How often each word stands in the document, the pieces of words that a line parts left out."""
        seen: Counter[str] = Counter()
        parted = False
        for line in self.lines:
            words = _WORD.findall(line.text.casefold())
            after, parted = parted, _parts(line.text)
            seen.update(words[after : len(words) - parted])
        return seen

    @cached_property
    def all(self) -> str:
        """The whole text, to look a word up at once."""
        return "\n".join([line.text for line in self.lines]).casefold()

    @cached_property
    def korean(self) -> hangul.Breaks:
        """How lines of Korean break in the document."""
        return hangul.Breaks([line.text for line in self.lines])

    @cached_property
    def hyphenates(self) -> bool:
        """Whether the document parts words at the ends of lines, as most do not."""
        ending = [line.text for line in self.lines if line.text.endswith("-")]
        return sum(map(_parts, ending)) > _OFTEN * len(self.lines)

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether ``head-`` + ``tail`` is a compound that keeps its hyphen."""
        if not self.hyphenates and (len(head) <= _PREFIX or (head + tail).casefold() not in self.all):
            return True
        joined, hyphened = self.seen[(head + tail).casefold()], self.seen[f"{head}-{tail}".casefold()]
        word = self.seen[tail.casefold()] > 0
        if not self.hyphenates:  # the hyphen was typed, unless what follows is neither a word nor after a prefix
            return hyphened >= joined or word
        if joined != hyphened:
            return hyphened > joined
        return "-" in head or not tail[:1].islower() or (word and self.seen[head.casefold()] > 0)


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
            piece = piece if piece.isascii() else _STRETCHED.sub("", piece)
            if pieces:
                pieces[-1] = _attach(pieces[-1], piece, words)
            pieces.append(piece)
    return "".join(pieces)


def _attach(text: str, piece: str, words: Words) -> str:
    """``text`` as it stands before ``piece``: with a space, with nothing, or without its hyphen."""
    if text.endswith("-") and text[-2:-1].isalnum() and piece[0].isalnum():
        return _over_hyphen(text, piece, words)
    if _runs_on(text, piece):
        return text
    return text if _joins_closely(text, piece, words) else text + " "


def _joins_closely(text: str, piece: str, words: Words) -> bool:
    """Whether nothing stands between two lines: before a sign, in a script without spaces, in a word of Korean."""
    if piece.isascii() and text[-8:].isascii():
        return _SIGN.match(piece) is not None
    if _NO_SPACE.match(text[-1]):
        return _NO_SPACE.match(piece[0]) is not None or not piece[0].isalpha()
    if _NO_SPACE.match(piece[0]) and not text[-1].isalpha():
        return True
    if _SIGN.match(piece):
        return True
    return _KOREAN.search(text[-8:] + piece[:2]) is not None and words.korean.runs_on(text, piece)


def _runs_on(text: str, piece: str) -> bool:
    """Whether a piece goes on without a space: after a stroke or a dash, or within an address."""
    if text.endswith(_OPEN_ADDRESS) and _ADDRESS.search(text[-200:]):
        return True
    if not text.endswith(("/", "–", "—")) or not piece[:1].isalnum():
        return False
    return not text.endswith((" /", " –", " —")) and not _OLD_CALL.search(text)


def _over_hyphen(text: str, piece: str, words: Words) -> str:
    broken, tail = _BROKEN.search(text[-40:]), _WORD.match(piece)
    if not broken or not tail or _ADDRESS.search(text[-200:]):
        return text  # "COVID-19", "T-573", an address
    if _SUSPENDED.match(piece):
        return text + " "
    return text if words.keeps_hyphen(broken[1], tail.group().split("-")[0]) else text[:-1]


def clean(text: str) -> str:
    """Spaces made one and hyphens too, invisible signs taken out, no space before a closing sign."""
    if text.isascii():  # the same, faster
        if not ("  " in text or " ." in text or " ," in text or " ;" in text or " :" in text or "\t" in text):
            return text.strip()
    elif not _UNCLEAN.search(text):
        return text.strip()
    text = _APOSTROPHE.sub("’", _INVISIBLE.sub("", text)).replace("\u2010", "-").replace("\u2011", "-")
    return _BEFORE_SIGN.sub("", _SPACES.sub(" ", text)).strip()
