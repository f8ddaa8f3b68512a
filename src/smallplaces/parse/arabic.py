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

from smallplaces.parse import arabic_glyphs
from smallplaces.parse import pdfium as bare
from smallplaces.parse.base import Line

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"[\u0621-\u064a]+")
_LATIN_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff\ufb50-\ufeff\n]*[A-Za-z0-9\u00c0-\u024f])?|[0-9\u0660-\u0669]"
    r"(?:[^\u0600-\u065f\u066a-\u06ff\ufb50-\ufeff\n()]*[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff\ufb50-\ufeff\n]*[A-Za-z0-9])?)?"
)
_NUMBER_RUN = re.compile(r"[0-9\u0660-\u0669]+(?:[.,:/٫٬][0-9\u0660-\u0669]+)*%?")
_PAIRS = {"(": "()", ")": "()", "[": "[]", "]": "[]", "«": "«»", "»": "«»"}
_SPACES = re.compile(r"[ \t\u00a0]+")


class Characters(Protocol):
    """What this module asks of a page: its handle and its text, one character an index."""

    handle: ctypes.c_void_p
    text: str

    def size(self, index: int) -> float:
        """The size of a character's type."""

    def style(self, index: int) -> tuple[bool, bool]:
        """Bold and italic."""


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
    last: int = 0
    parts: str = ""
    known: str | None = None


def damaged(text: str) -> bool:
    """Whether a text layer has lost letters: far more words of one letter than Arabic has."""
    words = _WORD.findall(text)
    return len(words) > 200 and sum(len(word) == 1 for word in words) > 0.06 * len(words)


def share(text: str) -> float:
    """The share of Arabic letters among the letters of ``text``."""
    found = len(_ARABIC.findall(text))
    if not found:
        return 0.0
    return found / max(1, sum(c.isalpha() for c in text))


class _Boxes:
    """Buffers for what pdfium says of a character."""

    def __init__(self, handle: ctypes.c_void_p) -> None:
        self.handle = handle
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.at = ctypes.byref(self.x), ctypes.byref(self.y)
        self.loose = raw.FS_RECTF()
        self.by_loose = ctypes.byref(self.loose)
        self.ink = [ctypes.c_double() for _ in range(4)]
        self.by_ink = [ctypes.byref(value) for value in self.ink]
        self.name, self.flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self.by_flags = ctypes.byref(self.flags)
        self.fonts: dict[bytes, str] = {}

    def font(self, index: int) -> str:
        """The key of the font, empty when its shapes are not known."""
        bare.font_info(self.handle, index, self.name, 96, self.by_flags)
        name = self.name.value
        if name not in self.fonts:
            key = arabic_glyphs.font_key(name.decode("latin-1"))
            self.fonts[name] = key if arabic_glyphs.knows(key) else ""
        return self.fonts[name]

    def shape(self, index: int, size: float) -> arabic_glyphs.Box | None:
        """The ink box in sizes of the type, relative to the origin; None where there is no ink."""
        bare.ink_box(self.handle, index, *self.by_ink)
        left, right, bottom, top = (value.value for value in self.ink)
        if right - left < 0.02 * size or top - bottom < 0.02 * size or not size:
            return None
        x, y = self.x.value, self.y.value
        edges = ((left - x) / size, (right - x) / size, (bottom - y) / size, (top - y) / size)
        return round(edges[0], 3), round(edges[1], 3), round(edges[2], 3), round(edges[3], 3)


def _glyphs(page: Characters) -> list[Glyph]:
    """Every glyph of the page; the letters of one ligature are one glyph, in their right order."""
    boxes = _Boxes(page.handle)
    glyphs: list[Glyph] = []
    for index, text in enumerate(page.text):
        if text in "\r\n\ufeff\u200e\u200f" or "\ue000" <= text <= "\uf8ff":
            continue
        if bare.generated(page.handle, index):
            continue
        bare.origin(page.handle, index, *boxes.at)
        bare.loose_box(page.handle, index, boxes.by_loose)
        x, y, size = boxes.x.value, boxes.y.value, page.size(index)
        last = glyphs[-1] if glyphs else None
        if last and last.last == index - 1 and abs(last.x - x) < 0.01 and abs(last.y - y) < 0.01 and not text.isspace():
            last.parts += text
            last.last = index
            continue
        known = None
        font = boxes.font(index)
        if font:
            shape = boxes.shape(index, size)
            known = arabic_glyphs.letters(font, shape) if shape else None
            if known is None and shape and text.isspace():
                known = ""  # a letter that the layer calls a space: lost, but no gap
        elif text == "\x00":
            continue
        if text.isspace() and known is None and boxes.loose.right - boxes.loose.left < 1.0:
            continue  # pdfium's own guess at a gap: where the glyphs stand tells it better
        glyphs.append(Glyph(text, index, x, y, boxes.loose.left, boxes.loose.right, size, index, text, known))
    turned = _reversed_ligatures(glyphs)
    for glyph in glyphs:
        whole = glyph.parts[::-1] if turned else glyph.parts
        glyph.text = whole if glyph.known is None else glyph.known
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
    for glyph in glyphs:
        if len(glyph.parts) == 2:
            votes += (glyph.parts[1] == "ل" and glyph.parts[0] in "اأإآ") * 1
            votes -= (glyph.parts[0] == "ل" and glyph.parts[1] in "اأإآ") * 1
    return votes > 0


def _visual(row: list[Glyph]) -> str:
    """The row read from right to left, with spaces where the gap is wide.

    The right edge decides the order: letters that hang below the next one begin left of it.
    """
    text = ""
    edge: float | None = None
    for glyph in sorted(row, key=lambda g: (-round(g.right, 1), g.index)):
        if glyph.text.isspace():
            edge = min(edge, glyph.left) if edge is not None else None
            if text and text[-1] != " ":
                text += " "
            continue
        if edge is not None and edge - glyph.right > 0.22 * glyph.size and text[-1:] != " ":
            text += " "
        text += unicodedata.normalize("NFKC", glyph.text).replace("\u0640", "")
        edge = glyph.left if edge is None else min(edge, glyph.left)
    return text


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
    lines = []
    for row in _rows(glyphs):
        body = [g for g in row if not g.text.isspace()]  # stretching has an empty text and still takes its room
        if not body:
            continue
        rtl = any(_LETTER.match(g.text) for g in body)
        if rtl:
            text = _brackets(_logical(_visual(row)))
            text = arabic_glyphs.mend_words(text) if any(g.known for g in row) else text
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
