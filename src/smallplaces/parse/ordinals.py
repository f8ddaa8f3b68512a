"""Sessions are counted in words on covers ("twenty-seventh session") and in figures everywhere else."""

from __future__ import annotations

import re

_ONES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")  # + y, + ieth
_HUNDRED = re.compile(r"^(?:one\s+)?hundred(?:th|\s+and)?\s*")


def in_figures(text: str) -> str:
    """An English ordinal, or any that holds figures, as a number: "twenty-seventh" is "27", "104th" is "104".

    What is neither comes back as it is.
    """
    figures = re.match(r"\d{1,3}", text)
    if figures:
        return figures[0]
    rest = text.lower().strip()
    total = 0
    if found := _HUNDRED.match(rest):
        total, rest = 100, rest[found.end() :]
    for tens, stem in enumerate(_TENS, start=2):
        if rest == f"{stem}ieth":
            return str(total + 10 * tens)
        if rest.startswith(f"{stem}y"):
            total, rest = total + 10 * tens, rest.removeprefix(f"{stem}y").lstrip(" -")
            break
    if rest in _ONES:
        return str(total + _ONES.index(rest) + 1)
    return str(total) if total and not rest else text
