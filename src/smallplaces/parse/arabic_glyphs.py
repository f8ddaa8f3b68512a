"""Letters of Arabic glyphs by their shape, for fonts whose text layer lies.

Word's PDFs give many glyphs of Traditional Arabic and Simplified Arabic another glyph's letter, a different one in
every file: stretching becomes a letter, ط becomes a space. The shape stays: the box of a glyph's ink, in sizes of the
type, tells which glyph it is. ``data/arabic_glyphs.json`` holds the boxes that were measured and their letters.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

Box = tuple[float, float, float, float]

_NEAR = 0.003  # how far two measurements of one glyph may lie apart


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "arabic_glyphs.json").read_text("utf-8"))
    return data


@cache
def _tables() -> dict[str, list[tuple[Box, str]]]:
    fonts = {font: rows for font, rows in _data().items() if font not in ("note", "words")}
    return {font: [((row[0], row[1], row[2], row[3]), row[4]) for row in rows] for font, rows in fonts.items()}


def mend_words(text: str) -> str:
    """Letters whose shapes have one box (ط and ظ, ح and خ) told apart by the common words they stand in."""
    for wrong, right in _data()["words"]:
        text = text.replace(wrong, right)
    return text


def font_key(name: str) -> str:
    """The name of a font as the table knows it: no subset mark, letters alone, lower case."""
    return re.sub(r"[^a-z]", "", re.sub(r"^[A-Z]{6}\+", "", name).lower()).replace("psmt", "").removesuffix("mt")


def knows(font: str) -> bool:
    """Whether the shapes of this font are known."""
    return font in _tables()


@cache
def letters(font: str, box: Box) -> str | None:
    """The letters of the glyph with this ink box (rounded to thousandths); None when it is unknown."""
    best, distance = None, _NEAR
    for known, text in _tables().get(font, ()):
        apart = max(abs(a - b) for a, b in zip(known, box, strict=True))
        if apart <= distance:
            best, distance = text, apart
    return best
