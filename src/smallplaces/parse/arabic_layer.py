"""Whether the Arabic text layer of a PDF can be believed, and a second reading where it cannot.

Reads: the lines of a document, and its pages once more where their words do not read as Arabic. Writes: the better of
two readings, and a warning unless it is good: no warning means clean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from smallplaces.parse import arabic, arabic_words
from smallplaces.parse.arabic_reading import Reading
from smallplaces.parse.base import Line

Pages = Callable[[], Iterator[tuple[int, arabic.Characters]]]

_ENOUGH = 60  # words, below which nothing can be said
_DOUBT = 0.07  # share of words that do not read as Arabic, from which a second reading is tried
_FOREIGN = 0.25  # the same in a layer that seems sound: its words are merely not in the list
_LIES = 0.002  # share of letters that the layer calls a space or nothing, from which it is not sound


def checked(lines: list[Line], pages: Pages) -> tuple[list[Line], list[str]]:
    """The lines, read again where the layer lies, and what to warn of."""
    bad, words = _unreadable(lines)
    if words < _ENOUGH or bad <= _DOUBT * words:
        return lines, []
    reading = Reading()
    numbers: list[int] = []
    for number, page in pages():
        if arabic.is_arabic(page.text):
            arabic.gather(page, reading)
            numbers.append(number)
    sound = reading.lies() < _LIES
    if sound and bad <= _FOREIGN * words:
        return lines, []
    reading.solve()
    wanted = frozenset(numbers)
    anew = [line for at, page in pages() if at in wanted for line in arabic.page_lines(page, at, reading)]
    found = _unreadable(anew)
    if reading.letters and found[1] and found[0] * words < bad * found[1]:
        others = [line for line in lines if line.page not in wanted]
        lines = sorted([*others, *anew], key=lambda line: line.page)
        bad, words = found
    if bad <= _DOUBT * words:
        return lines, []
    return lines, [f"Arabic text layer damaged: about {bad / words:.0%} of its words are unreadable"]


def _unreadable(lines: list[Line]) -> tuple[int, int]:
    return arabic_words.unreadable(" ".join(line.text for line in lines if line.rtl))
