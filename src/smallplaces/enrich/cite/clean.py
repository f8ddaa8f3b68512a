"""Make a text easy to read for the finder without moving a single character.

Reads the text as stored; writes a text of the same length, so that every offset holds for both. Non-breaking
spaces become spaces, typographic apostrophes and dashes plain ones, Arabic-Indic and full-width digits ASCII;
footnote marks such as "[[fn:6]]" become spaces.
"""

from __future__ import annotations

import re

_PLAIN: dict[int, str] = {
    **dict.fromkeys(
        map(ord, "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u2005\u2006\u3000\n\r\t\u000b\u000c\u0085\u2028"), " "
    ),
    **dict.fromkeys(
        map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"), " "
    ),
    **dict.fromkeys(map(ord, "’‘ʼ´"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"),
    **{ord("٠") + n: str(n) for n in range(10)},
    **{ord("۰") + n: str(n) for n in range(10)},
    **{0xFF10 + n: str(n) for n in range(10)},
    **{
        ord("（"): "(",
        ord("）"): ")",
        ord("，"): ",",
        ord("；"): ";",
        ord("．"): ".",
        ord("："): ":",
        ord("،"): ",",
        ord("؛"): ";",
    },
}
_OTHER = re.compile("[" + "".join(map(re.escape, map(chr, _PLAIN))) + "]")
_FOOTNOTE = re.compile(r"\[\[fn:\d+\]\]")


def clean(text: str) -> str:
    """The same text, character for character, in plain spelling."""
    text = _OTHER.sub(lambda match: _PLAIN[ord(match[0])], text)  # three times faster than translate on real text
    if "[[fn:" in text:
        text = _FOOTNOTE.sub(lambda match: " " * len(match[0]), text)
    return text
