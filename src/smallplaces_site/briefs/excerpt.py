"""What of a long paragraph is quoted in a brief: its opening, and those of its items that are not national alone.

Reads: a text, by the rules of :mod:`smallplaces.enrich.route`. Nothing is reworded; what is left out is marked.
"""

from __future__ import annotations

import re
from typing import Final

from smallplaces.enrich.route import route
from smallplaces_site.corpus.read.excerpts import opening

#: Where an item begins: "(a) Adopt …", at the beginning of a line or after a colon or semicolon.
_ITEM: Final = re.compile(r"(?:(?<=[\n:;；：])\s*|\n\s*)(?=\((?:[a-z]{1,2}|[가-하])\)\s)")
LEFT_OUT: Final = "[…]"
#: Characters up to which a paragraph is quoted whole, and beyond which a single item is cut.
WHOLE: Final = 420
_LONGEST_PIECE: Final = 260


def excerpt(text: str, lang: str, level: str, state: str) -> tuple[str, bool]:
    """What is quoted for a place of ``level`` in ``state``, a line an item, and whether anything was left out."""
    whole = text.strip()
    if len(whole) <= WHOLE:
        return whole, False
    head, *items = (piece.strip() for piece in _ITEM.split(whole) if piece.strip())
    if not items:
        return opening(whole, WHOLE), True
    kept = [item for item in items if route(item, lang, level, state).verdict not in {"national", "unclear"}]
    lines = [_short(head)]
    left_out = False
    for item in items:
        if not kept or item in kept:
            lines.append(_short(item))
        elif lines[-1] != LEFT_OUT:
            lines.append(LEFT_OUT)
            left_out = True
    cut = left_out or any(len(piece) > _LONGEST_PIECE for piece in (head, *kept))
    return "\n".join(lines), cut


def _short(piece: str) -> str:
    return piece if len(piece) <= _LONGEST_PIECE else opening(piece, _LONGEST_PIECE)
