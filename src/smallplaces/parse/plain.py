"""Plain text: lines with the geometry of a typewriter, so that everything after reads them like a printed page.

Reads: a text file in any usual encoding. Writes: nothing.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from smallplaces.errors import BadFile
from smallplaces.parse.base import Extract, Limits, Line
from smallplaces.text.segment import subitem

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDTH, _HEIGHT = 6.0, 12.0  # points of a typewriter's character and line


def decode(data: bytes) -> str:
    """Text of ``data``: by its mark, as UTF-8, else by the encoding whose letters read most like words."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if data[:400].count(0) > 100:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:
            return data.decode("utf-8", errors="ignore")
    best, score = "cp1252", -1.0
    for name in ("cp1252", "cp1251", "cp1256", "gb18030", "cp949"):
        try:
            text = data[:200_000].decode(name)
        except UnicodeDecodeError:
            continue
        found = _likeness(text, name)
        if found > score:
            best, score = name, found
    return data.decode(best, errors="replace")


def _likeness(text: str, name: str) -> float:
    """How much the letters beyond ASCII look like the script that the encoding was made for."""
    ranges = {
        "cp1252": "àâçéèêëîïôûùüÿñáíóúäöß’“”–«»º°",
        "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "cp1256": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآءئؤ",
    }
    beyond = [c for c in text.lower() if ord(c) > 127]
    if not beyond:
        return 0.0
    if name in ranges:
        good = sum(c in ranges[name] for c in beyond)
    elif name == "gb18030":
        good = sum("\u4e00" <= c <= "\u9fff" or c in "，。、；：“”（）" for c in beyond)
    else:
        good = sum("\uac00" <= c <= "\ud7a3" for c in beyond)
    return good / len(beyond)


def read(path: Path, limits: Limits) -> Extract:
    """The lines of a text file; form feeds part its pages."""
    text = decode(path.read_bytes())
    if len(text) > limits.characters:
        raise BadFile("the file holds more text than the limit allows", where=path.name)
    odd = sum(c < " " and c not in "\t\n\r\f" for c in text[:100_000])
    if odd > 0.01 * len(text[:100_000]) + 3:
        raise BadFile("not a text: it holds control characters", where=path.name)
    if not text.strip():
        raise BadFile("the file holds no text", where=path.name)
    return lines_of(text)


def lines_of(text: str) -> Extract:
    """Lines of a text that is already decoded."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    rows = [row for page in pages for row in page.split("\n") if row.strip()]
    blank = sum(not row.strip() for page in pages for row in page.strip().split("\n"))
    wrapped = _wrapped(rows) or (blank >= 0.15 * len(rows) and max(map(len, rows), default=0) <= 200)
    lines: list[Line] = []
    parted = wrapped and _parted(pages)
    for number, page in enumerate(pages, 1):
        cut = page.split("\n")
        for index, row in enumerate(cut):
            stripped = row.strip().strip("\u200b\ufeff")
            if not stripped:
                continue
            indent = len(row) - len(row.lstrip())
            line = Line(text=stripped, page=number, size=10.0)
            if wrapped:
                line.x0 = 60 + indent * _WIDTH
                line.x1 = line.x0 + len(stripped) * _WIDTH
                line.y = 1_000_000.0 - index * _HEIGHT
                line.fresh = True if parted and index and not cut[index - 1].strip() else None
            else:
                line.fresh = True
            lines.append(line)
    return Extract(lines, len(pages) if len(pages) > 1 else 0)


def _wrapped(rows: list[str]) -> bool:
    """Whether paragraphs were broken into lines at a margin. Where each stands on a line of its own, lines are of any
    length, and few begin in the midst of a sentence."""
    lengths = sorted(len(row.strip()) for row in rows)
    if not lengths or lengths[int(0.95 * (len(lengths) - 1))] > 200:
        return False
    margin = lengths[int(0.95 * (len(lengths) - 1))]
    full = sum(length >= 0.75 * margin for length in lengths) / len(lengths)
    inside = sum(row.strip()[0].islower() and not subitem(row) for row in rows) / len(rows)
    return len(rows) < 8 or full >= 0.5 or inside >= 0.12


def _parted(pages: list[str]) -> bool:
    """Whether blank lines part the paragraphs: most stand between a sentence's end (or a short line) and a beginning,
    which they do not in a text typed with double spacing."""
    pairs = [pair for page in pages for pair in re.findall(r"(?m)^(.*\S.*)\n(?:[^\S\n]*\n)+(?=(.*\S.*)$)", page)]
    good = sum(
        (len(before.strip()) < 60 or bool(re.search(r"[.;:!?。；：؛؟][\d\s)”»\"]*$", before)))
        and not re.match(r"\s*[a-zа-яà-ÿ]\w", after)
        for before, after in pairs
    )
    return len(pairs) > 3 and good >= 0.8 * len(pairs)
