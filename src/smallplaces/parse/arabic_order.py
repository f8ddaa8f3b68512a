"""Arabic lines as they are seen, from right to left throughout -> as they are read.

Runs of Latin and figures are turned, brackets face as their place asks, footnote calls are told from the text.
Pure functions over text.
"""

from __future__ import annotations

import re

_LATIN_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff\ufb50-\ufeff\n]*[A-Za-z0-9\u00c0-\u024f])?|[0-9\u0660-\u0669]"
    r"(?:[^\u0600-\u065f\u066a-\u06ff\ufb50-\ufeff\n()]*[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff\ufb50-\ufeff\n]*[A-Za-z0-9])?)?"
)
_NUMBER_RUN = re.compile(r"[0-9\u0660-\u0669]+(?:[.,:/٫٬][0-9\u0660-\u0669]+)*%?")
_PAIRS = {"(": "()", ")": "()", "[": "[]", "]": "[]", "«": "«»", "»": "«»"}
_TANWEEN = re.compile("\u064bا(?![\u0621-\u064a])")  # drawn over the letter before; written after the alef
_RAISED = re.compile("[\ue100-\ue109]+")  # digits of footnote calls while a line is turned
RAISE = {ord(digit): 0xE100 + value for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩") for value, digit in enumerate(digits)}
_SPACES = re.compile(r"[ \t\u00a0]+")


def in_order(seen: str) -> str:
    """A line in reading order."""
    return _brackets(_logical(seen))


def spaced(text: str) -> str:
    """A line with single spaces and none at its ends."""
    return _SPACES.sub(" ", text).strip()


def _logical(text: str) -> str:
    """Turn the runs that read from left to right, and the brackets of those that do not."""
    result, position = [], 0
    for match in re.finditer(f"{_LATIN_RUN.pattern}|{_NUMBER_RUN.pattern}", text):
        run = match.group()
        latin = any(c.isalpha() for c in run)
        if not latin:
            match_number = _NUMBER_RUN.match(text, match.start())
            run = match_number.group() if match_number else run
        if match.start() < position:
            continue
        result.append(text[position : match.start()])
        result.append(run[::-1])
        position = match.start() + len(run)
    result.append(text[position:])
    return "".join(result)


def _brackets(text: str) -> str:
    """Turn each bracket the way its place asks for: a layer may mirror one of a pair and not the other."""
    result, depth = list(text), 0
    for position, character in enumerate(text):
        pair = _PAIRS.get(character)
        if pair is None:
            continue
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < len(text) else " "
        closes = not before.isspace() and (depth > 0 or after in " .,;:،؛")
        depth = depth - 1 if closes and depth else depth + (not closes)
        result[position] = pair[closes]
    return "".join(result)


def with_calls(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line with the digits of its footnote calls as digits again, and where they stand."""
    text = _TANWEEN.sub("اً", spaced(text))
    calls = []
    for run in _RAISED.finditer(text):
        calls.append(run.span())
        digits = "".join(str(ord(sign) - 0xE100) for sign in reversed(run.group()))
        text = text[: run.start()] + digits + text[run.end() :]
    return text, tuple(calls)
