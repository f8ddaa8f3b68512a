"""Furniture: running heads, page numbers, job numbers, barcodes and recycling marks.

Reads: the lines of a whole document. Writes: the same lines, parted in two. What is furniture is told by
what it says (a lone symbol, "Page 3", "GE.22-…") or by standing at the same height on many pages.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from functools import cache
from itertools import groupby

from smallplaces.parse.base import Line
from smallplaces.parse.wording import either

SYMBOL = r"[A-Z][A-Za-z0-9.]{0,7}(?:\s?[/∕]\s?[A-Z0-9][A-Za-z0-9.()\-–*]{0,12}){1,7}"
_JOB = r"(?:GE|V|HR|N|LC|L)\.?\s?\d{2}-\d{4,6}|\d{2}-\d{5}|K\d{7}"
_JOB_ANYWHERE = re.compile(rf"(?:{_JOB})(?:\s*\([A-Z]\))?(?:[\s\d]{{0,40}})")
_BARCODE = re.compile(r"[\ue000-\uf8ff]{5,}|\*\d{7}\*")
_SENTENCE = re.compile(r"[:;.,؛،；。：，]\s*$|^\s*\(?\d{1,3}(?:[.)]|\.\d{1,3}\.?)\s+\S+\s+\S+\s+\S")
_LONG_MARK = 80  # characters of a job number or barcode at most
_TOP, _BOTTOM = 4, 5  # how many lines from either edge of a page are looked at


@cache
def _says() -> re.Pattern[str]:
    """What a line says that is furniture by itself; the words of each language stand in ``data/words``."""
    page = either("page")
    forms = (
        rf"(?:\d{{1,4}}\s+)?(?-i:{SYMBOL})(?:\s+(?:{page}\s*)?\d{{1,4}}(?:/\d+)?)?",
        rf"{page}\s*\d{{1,4}}(?:\s*(?:/|of|de|sur|из)\s*\d{{1,4}})?\s*[页頁]?",
        r"[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?",
        rf"(?:\d{{1,4}}(?:/\d+)?\s+)?(?-i:{_JOB})(?:\s*\(?[A-Z]{{1,2}}\)?)?(?:\s*\(?[A-Z]\)?)?(?:[\s\d]{{0,40}})(?:/\d+)?",
        r"\*\s?\d{5,9}\s?\*",
        r"[\ue000-\uf8ff\s*]+",
        either("recycle"),
    )
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def says_furniture(text: str) -> bool:
    """Whether a line at the edge of a page says by itself that it is furniture."""
    return _says().fullmatch(text.strip()) is not None


def _edges(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    head = lines[:_TOP]
    foot = [line for line in lines[-_BOTTOM:] if all(line is not other for other in head)]
    return head, foot


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text.strip())).casefold()


def _repeated(pages: list[list[Line]]) -> set[tuple[str, int]]:
    """Shape and height of what stands at one height on at least a third of the pages (three or more)."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        head, foot = _edges(lines)
        edge = [line for line in head[:3] + foot[-3:] if len(line.text) < 120 and not _SENTENCE.search(line.text)]
        seen.update({(_shape(line.text), round(line.y / 6)) for line in edge})
    least = max(3, len(pages) * 0.3)
    return {key for key, count in seen.items() if count >= least}


def part(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """(text, furniture), both in order. Lines without a page geometry are judged by what they say alone."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    repeated = _repeated(pages) if len(pages) > 2 else set()
    bodies = statistics.median(line.size for line in lines) if lines else 0.0
    text: list[Line] = []
    furniture: list[Line] = []
    for page in pages:
        taken = _page_furniture(page, repeated, bodies)
        for position, line in enumerate(page):
            (furniture if position in taken or line.role == "furniture" else text).append(line)
    return text, furniture


def _page_furniture(page: list[Line], repeated: set[tuple[str, int]], body_size: float) -> set[int]:
    taken: set[int] = set()
    last = len(page)
    geometry = any(line.y for line in page)
    if not geometry:
        return {i for i, line in enumerate(page) if _is_mark(line.text)}
    top = range(min(_TOP, last))
    for order in (top, range(last - 1, max(-1, last - _BOTTOM - 1), -1)):
        for position in order:
            line = page[position]
            key = (_shape(line.text), round(line.y / 6))
            said = says_furniture(line.text) and not (line.size > body_size + 3 and line.page == 1)
            if order is not top and line.calls and line.calls[0][0] == 0:
                said = False  # a footnote that is nothing but a symbol
            again = any((key[0], key[1] + near) in repeated for near in (0, -1, 1))
            if said or (again and not _of_text(page, position, order is top, body_size)):
                taken.add(position)
            elif line.text.strip():
                break
    taken |= {i for i, line in enumerate(page) if _is_mark(line.text)}
    return taken


def _of_text(page: list[Line], position: int, at_top: bool, body_size: float) -> bool:
    """Whether a line at the edge of a page goes on in the text beside it: in its type, at the distance of lines."""
    inner = position + 1 if at_top else position - 1
    if not 0 <= inner < len(page) or abs(page[position].size - body_size) > 0.6:
        return False
    beside = page[inner]
    return abs(beside.size - body_size) < 0.6 and abs(beside.y - page[position].y) < 1.4 * body_size


def _is_mark(text: str) -> bool:
    """Whether a line is a job number or a barcode, wherever it stands."""
    if len(text) > _LONG_MARK:
        return False
    text = text.strip()
    return bool(_JOB_ANYWHERE.fullmatch(text) or _BARCODE.fullmatch(text))


def by_page(lines: list[Line]) -> dict[int, list[Line]]:
    """Lines grouped by page, in order."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return pages
