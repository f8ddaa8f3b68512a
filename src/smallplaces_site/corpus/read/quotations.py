"""Whether words stand where they are said to stand. Reads: a text and the words. Writes: nothing."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

#: Under this likeness a passage is not "almost" what was quoted, but another.
_LIKE = 0.6
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """``verdict``: "exact" (but for spaces and the shape of quotation marks and dashes), "differs", with what the text
    says in their place and how like that is (0 to 1), or "not there"."""

    verdict: str
    says_instead: str = ""
    likeness: float = 0.0


def quoted_in(words: str, text: str) -> Quotation:
    """Whether ``text`` says ``words``."""
    wanted, there = plain(words), plain(text)
    if wanted in there:
        return Quotation("exact")
    nearest, likeness = _nearest(wanted, there)
    if likeness >= _LIKE:
        return Quotation("differs", nearest, round(likeness, 2))
    return Quotation("not there")


def plain(text: str) -> str:
    """A text without what a copy changes: runs of spaces, shapes of quotation marks and dashes."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_SAME)).strip()


def _nearest(wanted: str, text: str) -> tuple[str, float]:
    """The stretch of a text that is most like the words wanted, and how like."""
    matcher = difflib.SequenceMatcher(None, text, wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 3]
    if not blocks:
        return "", 0.0
    start = max(0, blocks[0].a - blocks[0].b)
    stretch = text[start : max(blocks[-1].a + blocks[-1].size, start + len(wanted))]
    return stretch, difflib.SequenceMatcher(None, stretch, wanted, autojunk=False).ratio()
