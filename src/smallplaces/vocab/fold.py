"""One spelling for all spellings of a name. Exact after folding, never fuzzy."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_APOSTROPHES = "'’‘ʼʻ`´ʹ"
_UNSEEN = (
    "\u0640\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad"  # Arabic stretching, joiners, marks of direction, soft hyphen
)
_SPELLED = {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_GAP = re.compile(r"(?<=[\u3400-\u9fff\uac00-\ud7a3]) (?=[\u3400-\u9fff\uac00-\ud7a3])")
_ARTICLE = re.compile(r"^(?:the )+(?=.)|(?<=.)(?: the)+$")


class _Letters(dict[int, str]):
    """What becomes of each code point of decomposed text, worked out once for each that is met."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if character in _APOSTROPHES or character in _UNSEEN or unicodedata.category(character).startswith("M"):
            kept = ""
        else:
            kept = _SPELLED.get(character) or (character if character.isalnum() else " ")
        self[point] = kept
        return kept


_LETTERS = _Letters()


LONGEST: Final = 400
"""Characters beyond which nothing is a name. Longer text is folded all the same, but not remembered."""


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces, no leading or trailing "the".

    Full-width letters, non-breaking spaces, the "- " and "*" that databases put around names, the dots of
    initials ("U.S.A."), underscores and apostrophes all fall away; "&" reads "and". Spaces between
    Korean or Chinese characters fall away too, because they are written both ways (자유권 규약).
    Folding twice gives what folding once gives.
    """
    return _remembered(text) if len(text) <= LONGEST else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    if "." in plain:
        plain = _INITIALS.sub(lambda match: match[0].replace(".", "") + " ", plain)
    plain = " ".join(plain.translate(_LETTERS).split())
    if not plain.isascii():
        plain = _GAP.sub("", unicodedata.normalize("NFC", plain))
    return _ARTICLE.sub("", plain) if "the" in plain else plain


_remembered = lru_cache(maxsize=65536)(_folded)
