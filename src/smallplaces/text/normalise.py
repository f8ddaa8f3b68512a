"""One spelling for texts that a reader would call the same: Unicode forms, case, accents.

Accents are folded from Latin and Greek letters alone. In other scripts a mark may be a letter of its
own (Cyrillic й, the vowels of Thai or Hindi) and stays.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_FOLDED_BLOCKS = ((0x00C0, 0x024F), (0x0370, 0x03FF), (0x1E00, 0x1FFF))
_BY_HAND = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ħ": "h", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
_APOSTROPHES = {ord(c): "'" for c in "’‘ʼʹ＇`´"}


def _table() -> dict[int, str]:
    """Letter with accent -> letter, lower case on both sides."""
    table: dict[int, str] = {ord("ё"): "е"}
    for first, last in _FOLDED_BLOCKS:
        for code in range(first, last + 1):
            base = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
            if base != chr(code) and len(base) == 1:
                table[code] = base
    table.update({ord(letter): plain for letter, plain in _BY_HAND.items()})
    return table


_FOLD = _table()
_ACCENTED = re.compile("[" + "".join(map(chr, sorted(_FOLD))) + "]")


@cache
def _same_length() -> dict[int, str]:
    """Like the fold, with lower case, and one character for each: offsets stay true."""
    table: dict[int, str] = {}
    for first, last in ((0x41, 0x5A), *_FOLDED_BLOCKS, (0x0400, 0x052F)):
        for code in range(first, last + 1):
            lower = chr(code).lower()
            plain = lower.translate(_FOLD)
            table[code] = plain if len(plain) == 1 else lower if len(lower) == 1 else chr(code)
    return table


def composed(text: str) -> str:
    """``text`` in Unicode's composed form (NFC), the form that is stored and whose offsets count."""
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def lowered(word: str) -> str:
    """A word in lower case and compatibility form, accents kept, typewriter apostrophes."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).lower()).translate(_APOSTROPHES)


def folded(word: str) -> str:
    """A word in lower case without accents: "Discriminación" -> "discriminacion"."""
    if word.isascii():
        return word.lower()
    return lowered(word).translate(_FOLD)


def folded_in_place(text: str) -> str:
    """Lower case without accents, every character where it was: for matching with offsets."""
    lower = text.lower()
    if lower.isascii():
        return lower
    if len(lower) != len(text):
        return text.translate(_same_length())
    table = _same_length()
    for letter in set(_ACCENTED.findall(lower)):  # translating all costs many times as much
        lower = lower.replace(letter, table[ord(letter)])
    return lower


def _marks() -> str:
    """The combining marks of the basic plane, as ranges of a character class."""
    codes = [code for code in range(0x300, 0xFE30) if unicodedata.category(chr(code)) in {"Mn", "Mc"}]
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


#: A word: letters, digits and their marks, with apostrophes inside.
WORD = re.compile(rf"[^\W_]+(?:(?:[{_marks()}]|['’ʼ](?=[^\W_]))[^\W_]*)*")
#: The same for texts in ASCII, and much faster.
ASCII_WORD = re.compile(r"[a-zA-Z0-9]+(?:'[a-zA-Z0-9]+)*")


def words(text: str) -> list[str]:
    """The words of a text as they stand in it."""
    return (ASCII_WORD if text.isascii() else WORD).findall(text)
