"""PDF: bytes -> printed lines with place, size, weight and footnote calls.

pdfium gives the text of a page in the order in which it was written to the file; this module asks it, per
fragment of a line, for place and font (a few calls a line, so that the text stays nearly as fast as
pdfium's raw extraction), joins fragments on one baseline and orders lines from the top.
Reads: a PDF file. Writes: nothing. pdfium is not thread-safe: one process, one file at a time.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from smallplaces.errors import BadFile
from smallplaces.parse import arabic, arabic_layer, kinds, ocr
from smallplaces.parse import pdfium as bare
from smallplaces.parse.base import Extract, Limits, Line

_NUMBERED = re.compile(r"(?m)^\s*\d{1,3}\.\d{1,3}\b")
_FRAGMENT = re.compile(r"[^\r\n]+")
_CALL = re.compile(r"\d{1,3}|\*{1,3}|[†‡§]+|[a-z]")
_CALLABLE = re.compile(r"[0-9*†‡§]+|[.,;:)”’»]([a-z])(?=\s|$)")
_LETTER = re.compile(r"[^\W\d_]")
_ITALIC = re.compile(r"ital|obli", re.I)
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)
_UPRIGHT = re.compile(r"[-,]regular\b", re.I)  # such a font may still give itself a heavy weight
_SOFT_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\xad": "-", "\x00": None, "\ufeff": None})
_SOFT_SIGNS = "\ufffe\x02\xad\x00\ufeff"
_HYPHENED = re.compile("[\ufffe\x02\xad](?=\\S)")
_LONGEST_CALL = 3  # characters
_BOX = 0.35  # share of the size by which two fragments of one line may differ in baseline
_RAISED = 0.75  # a superscript is smaller than this share of its line


@dataclass(slots=True)
class _Fragment:
    """A run of characters on one baseline, as pdfium broke it."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    calls: list[tuple[int, int]]
    start: int = -1  # pdfium's index of the first character; -1 where characters were taken out


class _Page:
    """pdfium's answers about the characters of one page, through reused buffers."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self.handle = bare.handle(textpage.raw)
        self.count = textpage.count_chars()
        self.point = ctypes.c_double(), ctypes.c_double()
        self.at = ctypes.byref(self.point[0]), ctypes.byref(self.point[1])
        self.matrix, self.box = raw.FS_MATRIX(), raw.FS_RECTF()
        self.by_matrix, self.by_box = ctypes.byref(self.matrix), ctypes.byref(self.box)
        self.name, self.flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self.by_flags = ctypes.byref(self.flags)
        self.text = self._text(textpage)

    def _text(self, textpage: pdfium.PdfTextPage) -> str:
        """The page's text, one character for each of pdfium's indexes."""
        text: str = textpage.get_text_range() if self.count else ""
        if len(text) != self.count:
            codes = (bare.unicode(self.handle, index) for index in range(self.count))
            text = "".join(
                chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\x00" for code in codes
            )
        return text

    def origin(self, index: int) -> tuple[float, float]:
        bare.origin(self.handle, index, *self.at)
        return self.point[0].value, self.point[1].value

    def size(self, index: int) -> float:
        size = float(bare.font_size(self.handle, index))
        matrix = self.matrix
        if not bare.matrix(self.handle, index, self.by_matrix):
            matrix.b, matrix.d = 0.0, 1.0
            return size
        c, d = matrix.c, matrix.d
        return size * float(d if c == 0.0 and d > 0.0 else (c * c + d * d) ** 0.5)

    def right(self, index: int) -> float:
        bare.loose_box(self.handle, index, self.by_box)
        return float(self.box.right)

    def left(self, index: int) -> float:
        bare.loose_box(self.handle, index, self.by_box)
        return float(self.box.left)

    def upright_size(self, index: int) -> float:
        """The size; zero or less for text that runs up or down the page."""
        size = self.size(index)
        matrix = self.matrix
        return size if abs(matrix.b) <= abs(matrix.d) + 1e-6 else 0.0

    def style(self, index: int) -> tuple[bool, bool]:
        """Bold and italic."""
        weight = bare.font_weight(self.handle, index)
        bare.font_info(self.handle, index, self.name, 96, self.by_flags)
        return _style(weight, self.name.value, self.flags.value)


@cache
def _style(weight: int, name: bytes, flags: int) -> tuple[bool, bool]:
    font = name.decode("latin-1")
    bold = bool(_BOLD.search(font)) or (weight >= 600 and not _UPRIGHT.search(font))
    return bold, bool(_ITALIC.search(font)) or bool(flags & 64)


def _fragments(page: _Page) -> Iterator[_Fragment]:
    signs = _callable(page.text)
    ahead = next(signs, None)
    soft = any(sign in page.text for sign in _SOFT_SIGNS)
    for begin, finish in _spans(page) if soft else (match.span() for match in _FRAGMENT.finditer(page.text)):
        text = page.text[begin:finish]
        stripped = text.strip()
        if not stripped:
            continue
        start = begin if text[0] == stripped[0] else begin + text.index(stripped[0])
        end = start + len(stripped)
        letter = _LETTER.search(stripped)
        first = start + letter.start() if letter else start
        size = page.upright_size(first)
        if size <= 0.0:
            continue
        x0, y = page.origin(start)
        if first != start:
            _, y = page.origin(first)
        if len(stripped) > 12:
            middle = _LETTER.search(stripped, len(stripped) // 2)
            if middle and (full := page.size(start + middle.start())) > size:
                first, size = start + middle.start(), full  # it begins with a superscript, like "nᵒ"
                _, y = page.origin(first)
        bold, italic = page.style(first)
        if letter and (bold or italic):
            last = next(i for i in range(len(stripped) - 1, -1, -1) if stripped[i].isalpha())
            last_bold, last_italic = page.style(start + last)
            bold, italic = bold and last_bold, italic and last_italic
        calls = []
        while ahead and ahead[0] < end:
            if ahead[0] >= start and _raised(page, ahead[1] - 1, y, size):
                begun = _raised_from(page, *ahead, y, size)
                calls.append((begun - start, ahead[1] - start))
            ahead = next(signs, None)
        right = page.right(end - 1)
        if soft:
            clean = stripped.translate(_SOFT_HYPHENS)
            if len(clean) != len(stripped):
                start, calls = -1, []
            stripped = clean
        yield _Fragment(stripped, x0, right, y, size, bold, italic, calls, start)


def _spans(page: _Page) -> Iterator[tuple[int, int]]:
    """Where fragments begin and end. A line that ends with a hyphen runs on in pdfium's text without a break."""
    for match in _FRAGMENT.finditer(page.text):
        begin = match.start()
        for sign in _HYPHENED.finditer(page.text, begin, match.end()):
            if abs(page.origin(sign.end())[1] - page.origin(sign.start())[1]) > 0.6 * page.size(sign.end()):
                yield begin, sign.end()
                begin = sign.end()
        yield begin, match.end()


def _pieces(page: _Page, fragment: _Fragment) -> Iterator[tuple[float, float, str]]:
    """What stands apart in a fragment: (left, right, text) between spaces wider than any between words."""
    begin, left = 0, fragment.x0
    for match in re.finditer(r"\S\s+(?=\S)", fragment.text) if fragment.start >= 0 else ():
        right, onward = page.right(fragment.start + match.start()), page.left(fragment.start + match.end())
        if onward - right > fragment.size:
            yield left, right, fragment.text[begin : match.end()].strip()
            begin, left = match.end(), onward
    yield left, fragment.x1, fragment.text[begin:].strip()


def _callable(text: str) -> Iterator[tuple[int, int]]:
    """Spans that may end with a footnote call by what they say, in order: numbers, asterisks, a letter after a sign."""
    for match in _CALLABLE.finditer(text):
        yield match.span(1) if match[1] else match.span()


def _raised(page: _Page, index: int, baseline: float, size: float) -> bool:
    """Whether a character is a superscript of its line: raised, and smaller."""
    rise = page.origin(index)[1] - baseline
    if rise <= 0.15 * size:
        return False
    small = page.size(index)
    return small < _RAISED * size or (rise > 0.25 * size and small < size)


def _raised_from(page: _Page, begin: int, end: int, baseline: float, size: float) -> int:
    """Where a call that ends at ``end`` begins: "2019" may stand before it without a space."""
    start = end - 1
    while start > begin and end - start < _LONGEST_CALL and _raised(page, start - 1, baseline, size):
        start -= 1
    return start


def _rows(fragments: list[_Fragment]) -> list[list[_Fragment]]:
    """Fragments that share a baseline, from the top of the page; a raised call joins the line below it."""
    rows: list[list[_Fragment]] = []
    heads: list[_Fragment] = []  # of each row the largest and longest fragment
    fragments.sort(key=lambda f: (-f.y, f.x0))
    for fragment in fragments:
        for at in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
            head = heads[at]
            if head.y - fragment.y < 0.6 * max(head.size, fragment.size, 1.0) and _on_one_line(head, fragment):
                rows[at].append(fragment)
                if (fragment.size, len(fragment.text)) > (head.size, len(head.text)):
                    heads[at] = fragment
                break
        else:
            rows.append([fragment])
            heads.append(fragment)
    return rows


def _on_one_line(head: _Fragment, fragment: _Fragment) -> bool:
    """Whether two fragments share a line: their baselines are as near as their sizes ask."""
    small, large = (head, fragment) if head.size < fragment.size else (fragment, head)
    size = large.size if large.size > 1.0 else 1.0
    distance = abs(head.y - fragment.y)
    if distance > 0.55 * size:
        return False
    if distance <= _BOX * 0.6 * size:
        return True
    touches = min(abs(small.x0 - large.x1), abs(large.x0 - small.x1)) < 0.5  # "1" + "er à 4": it began raised
    return (touches or len(small.text) <= 4) and small.size < _RAISED * large.size


def _line(row: list[_Fragment], page_number: int) -> Line:
    if len(row) == 1:
        one = row[0]
        return Line(
            one.text, page_number, one.x0, one.x1, one.y, round(one.size, 1), one.bold, one.italic, tuple(one.calls)
        )
    row.sort(key=lambda f: f.x0)
    body = max(row, key=lambda f: len(f.text) * (f.size or 1.0))
    text, calls, cells = "", list[tuple[int, int]](), 1
    end = row[0].x0
    for fragment in row:
        space = fragment.x0 - end
        if text and (space > 0.12 * body.size or fragment is not body):
            text += " " if space > 0.1 * body.size or space < -0.5 * body.size else ""
        if text and space > 2.2 * body.size:
            cells += 1
        base = len(text)
        raised = fragment.size < _RAISED * body.size and fragment.y > body.y + 0.12 * body.size
        if raised and _CALL.fullmatch(fragment.text):
            calls.append((base, base + len(fragment.text)))
        else:
            calls += [(base + a, base + b) for a, b in fragment.calls]
        text += fragment.text
        end = fragment.x1
    weighty = [f for f in row if len(f.text) > 2 or f is body]
    return Line(
        text=text,
        page=page_number,
        x0=row[0].x0,
        x1=max(f.x1 for f in row),
        y=body.y,
        size=round(body.size, 1),
        bold=all(f.bold for f in weighty),
        italic=all(f.italic for f in weighty),
        calls=tuple(calls),
        cells=cells,
    )


def page_lines(textpage: pdfium.PdfTextPage, number: int, *, apart: bool = False) -> list[Line]:
    """The lines of one page from its top; ``apart`` keeps the pieces of the lines of a table of answers."""
    page = _Page(textpage)
    if arabic.is_arabic(page.text):
        return arabic.page_lines(page, number)
    fragments = list(_fragments(page))
    lines = [_line(row, number) for row in _rows(fragments)]
    if apart and len(_NUMBERED.findall(page.text)) > 1:
        pieces = [(f.y, piece) for f in fragments for piece in _pieces(page, f)]
        for line in lines:
            mine = [piece for y, piece in pieces if abs(y - line.y) < _BOX * 0.6 * max(line.size, 1.0)]
            line.pieces = tuple(sorted(mine))
    return sorted(lines, key=lambda line: -line.y)


def read(path: Path, limits: Limits) -> Extract:
    """Every line of a PDF. Raises :class:`BadFile` for one that is encrypted, damaged, too long or a scan."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        reason = "encrypted: it asks for a password" if "password" in str(error).lower() else "damaged or not a PDF"
        raise BadFile(f"the PDF cannot be opened: {reason}", where=path.name) from error
    try:
        return _read(document, path, limits)
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, path: Path, limits: Limits) -> Extract:
    pages = len(document)
    if pages == 0:
        raise BadFile("the PDF has no pages", where=path.name)
    if pages > limits.pages:
        raise BadFile(f"the PDF has {pages:,} pages; the limit is {limits.pages:,}", where=path.name)
    lines: list[Line] = []
    empty, broken, characters, apart = 0, 0, 0, False
    width = height = 0.0
    for index in range(pages):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            broken += 1
            continue
        if not width:
            width, height = page.get_size()
        textpage = page.get_textpage()
        found = page_lines(textpage, index + 1, apart=apart)
        if index == 0 and (apart := kinds.says_addendum(found)):
            found = page_lines(textpage, 1, apart=True)
        textpage.close()
        page.close()
        size = sum(len(line.text) for line in found)
        characters += size
        empty += size < 20
        if characters > limits.characters:
            raise BadFile("the PDF holds more text than the limit allows", where=path.name)
        lines += found
    if characters < 100 * pages and empty > pages * 0.6:
        if ocr.installed():
            return Extract(ocr.read(document, limits, path.name), pages, (ocr.WARNING,), width, height)
        raise BadFile(f"no text layer on {empty} of {pages} pages: it is a scan and needs OCR", where=path.name)
    warnings = [f"{broken} of {pages} pages are damaged and were left out"] if broken else []
    lines, doubts = arabic_layer.checked(lines, lambda: _pages(document))
    warnings += doubts
    if empty and empty > pages * 0.3:
        warnings.append(f"{empty} of {pages} pages have no text: they may need OCR")
    return Extract(lines, pages, tuple(warnings), width, height)


def _pages(document: pdfium.PdfDocument) -> Iterator[tuple[int, _Page]]:
    """The pages that can be read, once more, with their numbers."""
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            continue
        textpage = page.get_textpage()
        yield index + 1, _Page(textpage)
        textpage.close()
        page.close()
