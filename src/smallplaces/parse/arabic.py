"""Arabic pages: lines in reading order from the boxes of single characters.

pdfium turns a right-to-left line around letter by letter, and so also turns around the two letters of one
ligature glyph (لا, لم, حق), which spoils a third of all words. Here every character's place is asked, and the
line is built again from right to left; Latin words, symbols and numbers inside it run from left to right.
Presentation forms become letters, stretching (kashida) is taken out, mirrored brackets are turned back.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Protocol

from pypdfium2 import raw

from smallplaces.parse.base import Line

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff\ufb50-\ufeff\n]*[A-Za-z0-9\u00c0-\u024f])?|[0-9\u0660-\u0669]"
    r"(?:[^\u0600-\u065f\u066a-\u06ff\ufb50-\ufeff\n()]*[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff\ufb50-\ufeff\n]*[A-Za-z0-9])?)?"
)
_NUMBER_RUN = re.compile(r"[0-9\u0660-\u0669]+(?:[.,:/٫٬][0-9\u0660-\u0669]+)*%?")
_PAIRS = {"(": "()", ")": "()", "[": "[]", "]": "[]", "«": "«»", "»": "«»"}
_SPACES = re.compile(r"[ \t\u00a0]+")


class Characters(Protocol):
    """What this module asks of a page: its handle and its text, one character an index."""

    handle: object
    text: str

    def size(self, index: int) -> float: ...
    def style(self, index: int) -> tuple[bool, bool]: ...


@dataclass(slots=True)
class Glyph:
    """One character of the page: what it reads and where it stands."""

    text: str
    index: int
    x: float
    y: float
    left: float
    right: float
    size: float


def share(text: str) -> float:
    """The share of Arabic letters among the letters of ``text``."""
    found = len(_ARABIC.findall(text))
    if not found:
        return 0.0
    return found / max(1, sum(c.isalpha() for c in text))


def _glyphs(page: Characters) -> list[Glyph]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    glyphs = []
    for index, text in enumerate(page.text):
        if text in "\r\n\x00\ufeff\u200e\u200f" or "\ue000" <= text <= "\uf8ff":
            continue
        if raw.FPDFText_IsGenerated(page.handle, index):
            continue
        raw.FPDFText_GetCharOrigin(page.handle, index, x, y)
        raw.FPDFText_GetLooseCharBox(page.handle, index, box)
        glyphs.append(Glyph(text, index, x.value, y.value, box.left, box.right, page.size(index)))
    return glyphs


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline. Marks and dots that a font draws apart join the line they overlap."""
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        rows[round(glyph.y)].append(glyph)
    merged: list[list[Glyph]] = []
    for level in sorted(rows, reverse=True):
        row = rows[level]
        if merged:
            above = merged[-1]
            distance = _baseline(above) - _baseline(row)
            size = max(_size(above), _size(row))
            few = min(len(above), len(row)) <= 0.15 * max(len(above), len(row)) or min(len(above), len(row)) <= 3
            if distance < (0.45 if few else 0.2) * size:
                above.extend(row)
                continue
        merged.append(list(row))
    return merged


def _baseline(row: list[Glyph]) -> float:
    return Counter(round(g.y, 1) for g in row).most_common(1)[0][0]


def _size(row: list[Glyph]) -> float:
    sizes = Counter(round(g.size, 1) for g in row if not g.text.isspace())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _reversed_ligatures(glyphs: list[Glyph]) -> bool:
    """Whether letters of one ligature came turned around: a lam-alef read as alef-lam tells."""
    votes = 0
    for first, second in zip(glyphs, glyphs[1:], strict=False):
        if abs(first.x - second.x) < 0.01 and second.index == first.index + 1:
            if first.text in "اأإآ" and second.text == "ل":
                votes += 1
            elif first.text == "ل" and second.text in "اأإآ":
                votes -= 1
    return votes > 0


def _visual(row: list[Glyph], turned: bool) -> tuple[str, list[Glyph | None]]:
    """The row read from right to left, with spaces where the gap is wide; and the glyph of each character."""
    row = sorted(row, key=lambda g: (-round(g.x, 1), -g.index if turned else g.index))
    text, owners = "", list[Glyph | None]()
    edge: float | None = None
    for glyph in row:
        if glyph.text.isspace():
            edge = min(edge, glyph.left) if edge is not None else None
            if text and text[-1] != " ":
                text += " "
                owners.append(None)
            continue
        if edge is not None and edge - glyph.right > 0.22 * glyph.size and text[-1] != " ":
            text += " "
            owners.append(None)
        letters = unicodedata.normalize("NFKC", glyph.text) if glyph.text > "\ufb00" else glyph.text
        letters = letters.replace("\u0640", "")
        text += letters
        owners += [glyph] * len(letters)
        edge = glyph.left if edge is None else min(edge, glyph.left)
    return text, owners


def _logical(text: str) -> str:
    """Turn the runs that read from left to right, and the brackets of those that do not."""
    result, position = [], 0
    for match in re.finditer(f"{_LATIN_RUN.pattern}|{_NUMBER_RUN.pattern}", text):
        run = match.group()
        latin = any(c.isalpha() for c in run)
        if not latin:
            match_number = _NUMBER_RUN.match(text, match.start())
            run = match_number.group() if match_number else run
        if match.start() < position:
            continue
        result.append(text[position : match.start()])
        result.append(run[::-1])
        position = match.start() + len(run)
    result.append(text[position:])
    return "".join(result)


def _brackets(text: str) -> str:
    """Turn each bracket the way its place asks for: a layer may mirror one of a pair and not the other."""
    result, depth = list(text), 0
    for position, character in enumerate(text):
        pair = _PAIRS.get(character)
        if pair is None:
            continue
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < len(text) else " "
        closes = not before.isspace() and (depth > 0 or after in " .,;:،؛")
        depth = depth - 1 if closes and depth else depth + (not closes)
        result[position] = pair[closes]
    return "".join(result)


def page_lines(page: Characters, number: int) -> list[Line]:
    """The lines of an Arabic page from its top."""
    glyphs = _glyphs(page)
    turned = _reversed_ligatures(glyphs)
    lines = []
    for row in _rows(glyphs):
        body = [g for g in row if not g.text.isspace()]
        if not body:
            continue
        rtl = any(_LETTER.match(g.text) for g in body)
        if rtl:
            visual, _ = _visual(row, turned)
            text = _brackets(_logical(visual))
        else:
            text = _left_to_right(row)
        text = _SPACES.sub(" ", text).strip()
        if not text:
            continue
        letters = [g for g in body if g.text.isalpha()] or body
        bold, italic = page.style(letters[len(letters) // 2].index)
        lines.append(
            Line(
                text=text,
                page=number,
                x0=min(g.left for g in body),
                x1=max(g.right for g in body),
                y=_baseline(body),
                size=round(_size(letters), 1),
                bold=bold,
                italic=italic,
                rtl=rtl,
            )
        )
    return lines


def _left_to_right(row: list[Glyph]) -> str:
    text, edge = "", None
    for glyph in sorted(row, key=lambda g: (g.x, g.index)):
        if edge is not None and glyph.left - edge > 0.2 * glyph.size and not text.endswith(" "):
            text += " "
        text += " " if glyph.text.isspace() else glyph.text
        edge = glyph.right
    return text
