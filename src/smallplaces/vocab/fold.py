"""One spelling for all spellings of a name. Exact after folding, never fuzzy."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROP = str.maketrans("", "", "'’‘ʼʻ`´ʹ\u0640\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "})
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_GAP = re.compile(r"(?<=[\u3400-\u9fff\uac00-\ud7a3]) (?=[\u3400-\u9fff\uac00-\ud7a3])")
_ARTICLE = re.compile(r"^(?:the )+(?=.)|(?<=.)(?: the)+$")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces, no leading or trailing "the".

    Full-width letters, non-breaking spaces, the "- " and "*" that databases put around names, the dots of
    initials ("U.S.A."), underscores and apostrophes all fall away; "&" reads "and". Spaces between
    Korean or Chinese characters fall away too, because they are written both ways (자유권 규약).
    Folding twice gives what folding once gives.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_DROP)).casefold().translate(_PLAIN)
    plain = unicodedata.normalize("NFKD", plain).translate(_DROP)
    plain = "".join(c for c in plain if not unicodedata.category(c).startswith("M"))
    plain = _INITIALS.sub(lambda match: match[0].replace(".", "") + " ", plain)
    plain = unicodedata.normalize("NFC", "".join(c if c.isalnum() else " " for c in plain))
    plain = _GAP.sub("", " ".join(plain.split()))
    return _ARTICLE.sub("", plain)
