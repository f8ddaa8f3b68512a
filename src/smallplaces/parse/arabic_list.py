"""Builds ``data/arabic_words.txt``, the words by which a text layer is judged: run this module (``python -m``).

Reads: the Arabic that this project itself wrote (terms, labels, guide, catalogues of messages) and
``data/arabic_more.txt``, common words that those texts do not hold, kept by hand. Writes: the list, sorted. To make the
parser know more words, add them to that file, or to the terms, and build again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from smallplaces.parse import arabic_words

_DATA = Path(__file__).parent / "data"
_OURS = ("*.yml", "*.md", "*.po")
_WORD = re.compile("[\u0621-\u064a]{2,}")


def words_of(texts: Iterable[str]) -> set[str]:
    """The Arabic words of some texts, without vowel signs and stretching."""
    return {word for text in texts for word in _WORD.findall(arabic_words.plain(text))}


def build(sources: Path, more: Path) -> list[str]:
    """The sorted words of all texts below ``sources`` and of the file ``more``."""
    files = sorted({path for form in _OURS for path in sources.rglob(form)})
    return sorted(words_of(path.read_text("utf-8") for path in (*files, more)))


if __name__ == "__main__":
    found = build(Path(__file__).parents[2], _DATA / "arabic_more.txt")
    (_DATA / "arabic_words.txt").write_text("\n".join(found) + "\n", "utf-8")
