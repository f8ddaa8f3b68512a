"""What people type into a section of a submission, read into paragraphs with citations and notes.

Blank lines part paragraphs. A line that begins with ``##`` is a heading inside the section. Footnotes are made of
``[[CRPD/C/KOR/CO/2-3 ¶ 42]]``, which cites a paragraph, ``[[CRPD 19]]``, an article, and ``[[note: words]]``, the
writer's own. Nothing else is markup, so that no word is lost to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r"\[\[\s*(note:)?\s*([^\[\]]*?)\s*\]\]")
_PLACE: Final = re.compile(
    r"^(?P<work>.+?)\s*(?:¶|#p|,?\s+para(?:graph|s|\.)?\.?)\s*(?P<number>[\w.()\-–]+)$", re.IGNORECASE
)
#: Words in quotation marks that stand right before a citation.
_QUOTED: Final = re.compile(r"[“\"«「]([^“”\"«»「」]{3,2000})[”\"»」][\s.,;:]*$")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: the document or treaty as typed, and the paragraph; ``quoted`` are the words it is given for."""

    work: str
    number: str
    typed: str
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the writer's own."""

    text: str


Piece = str | Cited | Note


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading inside a section, in pieces."""

    heading: bool
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str)).strip()


def blocks(text: str) -> list[Block]:
    """The paragraphs and headings of one section."""
    found = []
    for part in re.split(r"\n\s*\n|(?=^##)|(?<=\n)(?=##)", text.replace("\r\n", "\n")):
        lines = part.strip().split("\n")
        if lines[0].startswith("##"):
            found.append(Block(True, (lines[0].lstrip("#").strip(),)))
            lines = lines[1:]
        words = re.sub(r"\s+", " ", " ".join(lines)).strip()
        if words:
            found.append(Block(False, tuple(_pieces(words))))
    return [block for block in found if block.pieces != ("",)]


def _pieces(words: str) -> Iterator[Piece]:
    start = 0
    for mark in _MARK.finditer(words):
        before = words[start : mark.start()].rstrip()
        if before:
            yield before
        start = mark.end()
        if mark[1]:
            yield Note(mark[2])
        elif mark[2]:
            yield _cited(mark[2], before)
    if words[start:]:
        yield words[start:]


def _cited(typed: str, before: str) -> Cited:
    place = _PLACE.match(typed)
    quoted = _QUOTED.search(before)
    work, number = (place["work"].strip(), place["number"]) if place else (typed, "")
    return Cited(work, number, typed, quoted[1].strip() if quoted else "")


def words_in(found: Iterable[Block]) -> int:
    """How many words the main text has, headings among them and notes not: what stands between spaces and holds a
    letter or a figure, as word processors count."""
    return sum(1 for block in found for word in block.text.split() if any(sign.isalnum() for sign in word))
