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

from smallplaces.parse import arabic_glyphs, arabic_order
from smallplaces.parse import pdfium as bare
from smallplaces.parse.arabic_reading import Reading
from smallplaces.parse.base import Line

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LAM_ALEF = re.compile("ل[اأإآى]|[اأإآى]ل")  # and lam-yeh: what ends in ى is never read from it
_MARKS = re.compile("[\u064b-\u0655\u0670]")
_UNSEEN = frozenset("\r\n\ufeff\u200e\u200f")
_GAP, _HINTED_GAP = 0.22, 0.1  # shares of the size of type from which a gap parts words
_PLAIN = 1.01  # bytes a character of UTF-8, below which a text holds next to nothing but ASCII
_SMALL, _LIFT = 0.8, 0.12  # shares of the size of type: a footnote call is smaller, and raised by more
_HIGH = 0.6  # share of the size of type by which a footnote call is raised at most
_CLOSING = frozenset(".:;،؛,")
_LIGATURE = 0.7  # the width of a ligature of two letters, in sizes of the type
_WIDTH = 1.0  # points: no space is narrower


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
    font: str = ""
    shape: arabic_glyphs.Box | None = None


def is_arabic(text: str) -> bool:
    """Whether a page is read as Arabic: a fifth of its letters are."""
    return share(text) > 0.2


def share(text: str) -> float:
    """The share of Arabic letters among the letters of ``text``."""
    if len(text.encode("utf-8", "replace")) < _PLAIN * len(text):
        return 0.0
    found = len(_ARABIC.findall(text))
    return found / max(1, sum(c.isalpha() for c in text))


class _Boxes:
    """Buffers for what pdfium says of a character."""

    def __init__(self, page: Characters) -> None:
        self.page = page
        self.handle = page.handle
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.at = ctypes.byref(self.x), ctypes.byref(self.y)
        self.loose = raw.FS_RECTF()
        self.by_loose = ctypes.byref(self.loose)
        self.ink = tuple(ctypes.c_double() for _ in range(4))
        self.by_ink = tuple(ctypes.byref(value) for value in self.ink)
        self.name, self.flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self.by_flags = ctypes.byref(self.flags)
        self.types: dict[int | None, tuple[float, str, bool]] = {}

    def type(self, index: int) -> tuple[float, str, bool]:
        """Size of a character's type, the key of its font, and whether its shapes are known: those of the whole text
        object."""
        whole = bare.text_object(self.handle, index)
        known = self.types.get(whole)
        if known is None or whole is None:
            bare.font_info(self.handle, index, self.name, 96, self.by_flags)
            key = arabic_glyphs.font_key(self.name.value.decode("latin-1"))
            known = self.page.size(index), key, arabic_glyphs.knows(key)
            self.types[whole] = known
        return known

    def shape(self, index: int, size: float) -> arabic_glyphs.Box | None:
        """The ink box in sizes of the type, relative to the origin; None where there is no ink."""
        bare.ink_box(self.handle, index, *self.by_ink)
        left, right, bottom, top = (value.value for value in self.ink)
        if right - left < 0.02 * size or top - bottom < 0.02 * size or not size:
            return None
        x, y = self.x.value, self.y.value
        return (
            round((left - x) / size, 3),
            round((right - x) / size, 3),
            round((bottom - y) / size, 3),
            round((top - y) / size, 3),
        )


def _glyphs(page: Characters, reading: Reading | None = None) -> list[Glyph]:
    """Every glyph of the page; the letters of one ligature are one glyph, in their right order."""
    boxes = _Boxes(page)
    loose, handle = boxes.loose, page.handle
    glyphs: list[Glyph] = []
    last: Glyph | None = None
    for index, text in enumerate(page.text):
        blank = text.isspace()
        if text in _UNSEEN or "\ue000" <= text <= "\uf8ff" or (blank and bare.generated(handle, index)):
            continue
        bare.origin(handle, index, *boxes.at)
        bare.loose_box(handle, index, boxes.by_loose)
        x, y = boxes.x.value, boxes.y.value
        left, right = min(loose.left, x), loose.right  # the ink of an alef begins well after its origin
        if last and last.last == index - 1 and not blank and abs(last.x - x) < 0.01 and abs(last.y - y) < 0.01:
            last.parts += text  # pdfium gives each letter of a ligature a part of its box
            last.last = index
            last.left, last.right = min(last.left, left), max(last.right, right)
            continue
        size, font, listed = boxes.type(index)
        shape = boxes.shape(index, size) if listed or reading or (blank and right - left > _WIDTH) else None
        known = arabic_glyphs.letters(font, shape) if listed and shape else None
        if known is None and shape and blank:
            known = ""  # a letter that the layer calls a space: lost, but no gap
        if text == "\x00" and not shape:
            continue
        glyph = Glyph(text, index, x, y, left, right, size, index, text, known, font, shape)
        glyphs.append(glyph)
        last = None if blank else glyph
    _read_ligatures(glyphs)
    if reading:
        for glyph in glyphs:
            glyph.text = reading.letters.get((glyph.font, glyph.shape, glyph.parts), glyph.text)
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
            sizes = _size(above), _size(row)
            few = min(len(above), len(row)) <= 0.15 * max(len(above), len(row)) or min(len(above), len(row)) <= 3
            call = few and len(above) < len(row) and sizes[0] < _SMALL * sizes[1]
            if distance < (_HIGH if call else 0.45 if few else 0.2) * max(sizes):
                above.extend(row)
                continue
        merged.append(list(row))
    return merged


def _baseline(row: list[Glyph]) -> float:
    return Counter(round(g.y, 1) for g in row).most_common(1)[0][0]


def _size(row: list[Glyph]) -> float:
    sizes = Counter(round(g.size, 1) for g in row if not g.text.isspace())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _read_ligatures(glyphs: list[Glyph]) -> None:
    """Give every glyph its text, the letters of a ligature turned the right way round.

    pdfium turns some runs of a page around and others not. A lam-alef is always read lam first, and so tells how the
    other ligatures of runs in the same direction came.
    """
    votes: Counter[bool] = Counter()
    several: list[tuple[Glyph, bool]] = []
    for position, glyph in enumerate(glyphs):
        if glyph.known is not None or len(glyph.parts) == 1:
            glyph.text = glyph.parts if glyph.known is None else glyph.known
        if len(glyph.parts) > 1:
            onward = glyphs[min(position + 1, len(glyphs) - 1)].x < glyph.x
            several.append((glyph, onward))
            letters = _MARKS.sub("", glyph.parts)
            if _LAM_ALEF.fullmatch(letters):
                votes[onward] += 1 if letters[0] == "ل" else -1
    for glyph, onward in several:
        if glyph.known is None:
            letters = _MARKS.sub("", glyph.parts) or glyph.parts
            vote = votes[onward] or votes[not onward]
            turned = letters[0] != "ل" if _LAM_ALEF.fullmatch(letters) else vote < 0
            marks = "".join(_MARKS.findall(glyph.parts))  # vowel signs have the place of their letter
            glyph.text = (letters[::-1] if turned else letters) + marks


def _words(row: list[Glyph]) -> list[list[Glyph]]:
    """The words of a row from right to left, parted where the gap is wide.

    The right edge decides the order: letters that hang below the next one begin left of it. A space without a width is
    in part pdfium's own guess: it only makes a narrower gap count.
    """
    words: list[list[Glyph]] = [[]]
    edge: float | None = None
    hint = None  # where pdfium guessed a space: it counts in the gap in which it lies
    marks = [glyph for glyph in row if _MARKS.fullmatch(glyph.text)]
    for glyph in sorted(row, key=_from_right):
        if glyph.text.isspace():
            if glyph.right - glyph.left < _WIDTH:
                hint = glyph.left
                continue
            edge = min(edge, glyph.left) if edge is not None else None
            if words[-1]:
                words.append([])
            continue
        if marks and _MARKS.fullmatch(glyph.text):
            continue
        if edge is None:
            edge = glyph.left
        else:
            hinted = hint is not None and glyph.right - _WIDTH < hint < edge + _WIDTH
            if words[-1] and edge - _right(glyph) > (_HINTED_GAP if hinted else _GAP) * glyph.size:
                words.append([])
            edge = min(edge, glyph.left)
        hint = None
        words[-1].append(glyph)
    for mark in marks:
        _set_mark(mark, words)
    return words


def _right(glyph: Glyph) -> float:
    """The right edge of a glyph; of a ligature that comes with the box of its vowel sign, a guess."""
    if len(glyph.parts) > 2 and _MARKS.search(glyph.parts):
        return max(glyph.right, glyph.left + _LIGATURE * glyph.size)
    return glyph.right


def _set_mark(mark: Glyph, words: list[list[Glyph]]) -> None:
    """Put a vowel sign, which hangs anywhere over its letter, after the letter over whose middle it stands nearest."""
    middle = mark.left + mark.right
    near = [
        (abs(glyph.left + glyph.right - middle), number, position)
        for number, word in enumerate(words)
        for position, glyph in enumerate(word)
        if not _MARKS.fullmatch(glyph.text)
    ]
    if near:
        _, number, position = min(near)
        words[number].insert(position + 1, mark)


def _visual(row: list[Glyph]) -> str:
    """The row as it is seen, read from right to left throughout."""
    pieces = ["".join([glyph.text for glyph in word]) for word in _words(row)]
    return unicodedata.normalize("NFKC", " ".join(piece for piece in pieces if piece)).replace("\u0640", "")


def gather(page: Characters, reading: Reading) -> None:
    """Add the words of a page to what is known of a document's shapes."""
    for row in _rows(_glyphs(page, reading)):
        for word in _words(row):
            shapes = tuple((glyph.font, glyph.shape, glyph.parts) for glyph in word)
            reading.said.update(zip(shapes, [glyph.text for glyph in word], strict=True))
            reading.sure.update(shape for shape, glyph in zip(shapes, word, strict=True) if glyph.known)
            reading.words[shapes] += 1


def _from_right(glyph: Glyph) -> tuple[float, int]:
    return -round(glyph.right, 1), glyph.index


def page_lines(page: Characters, number: int, reading: Reading | None = None) -> list[Line]:
    """The lines of an Arabic page from its top, with the letters of ``reading`` where the text layer lies."""
    glyphs = _glyphs(page, reading)
    lines = []
    for row in _rows(glyphs):
        body = [g for g in row if not g.text.isspace()]  # stretching has an empty text and still takes its room
        if not body:
            continue
        rtl = any(_LETTER.match(g.text) for g in body) or _ends_at_left(body)
        calls: tuple[tuple[int, int], ...] = ()
        if rtl:
            _raise(body)
            text = arabic_order.in_order(_visual(row))
            text = arabic_glyphs.mend_words(text) if any(g.known for g in row) else text
            text, calls = arabic_order.with_calls(text)
        else:
            text = _left_to_right(row)
        text = arabic_order.spaced(text)
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
                calls=calls,
                rtl=rtl,
            )
        )
    return lines


def _ends_at_left(body: list[Glyph]) -> bool:
    """Whether a line of figures alone ("2021.") is one from right to left: its last sign stands leftmost."""
    first = min(body, key=lambda glyph: glyph.left)
    return first.text in _CLOSING and not any(glyph.text.isalpha() for glyph in body) and len(body) > 1


def _raise(body: list[Glyph]) -> None:
    """Mark the digits of footnote calls: smaller than the line and above its baseline."""
    digits = [g for g in body if g.text.isdigit() and len(g.text) == 1]
    if not digits or len(digits) == len(body):
        return
    size, base = _size(body), _baseline(body)
    for glyph in digits:
        if glyph.size < _SMALL * size and glyph.y > base + _LIFT * size:
            glyph.text = glyph.text.translate(arabic_order.RAISE)


def _left_to_right(row: list[Glyph]) -> str:
    text, edge = "", None
    for glyph in sorted(row, key=lambda g: (g.x, g.index)):
        if edge is not None and glyph.left - edge > 0.2 * glyph.size and not text.endswith(" "):
            text += " "
        text += " " if glyph.text.isspace() else glyph.text
        edge = glyph.right
    return text
