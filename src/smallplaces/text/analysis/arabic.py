"""Arabic: orthographic normalisation and the light10 stemmer.

The rules are those of light10 (Larkey, Ballesteros and Connell, "Light stemming for Arabic
information retrieval", 2007): unlike Snowball's, it takes the conjunction off before the article,
so that والحرية, الحرية and حرية are one term.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from smallplaces.text.analysis.base import WordAnalyser
from smallplaces.text.language import script_of
from smallplaces.text.normalise import folded, lowered

_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_LETTERS = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ة", "ه"), ("ک", "ك"))
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")


def normalised(word: str) -> str:
    """One spelling for the forms of alef, yeh, teh marbuta and kaf; without vowel signs and tatweel."""
    plain = _MARKS.sub("", word)
    for letter, other in _LETTERS:  # many times as fast as a translation table
        plain = plain.replace(letter, other)
    return plain


def stem(word: str) -> str:
    """The light10 stem of a word."""
    rest = normalised(word)
    if rest.startswith("و") and len(rest) > 3:
        rest = rest[1:]
    for article in _ARTICLES:
        if rest.startswith(article) and len(rest) - len(article) >= 2:
            rest = rest[len(article) :]
            break
    for suffix in _SUFFIXES:
        if rest.endswith(suffix) and len(rest) - len(suffix) >= 2:
            rest = rest[: -len(suffix)]
    return rest


def _term(word: str) -> str:
    lower = lowered(word)
    return (stem(lower) if script_of(lower) == "arabic" else folded(lower)) or word


class ArabicAnalyser(WordAnalyser):
    """Arabic, with the Latin words and numbers that stand in Arabic texts."""

    def spans(self, text: str, terms: Collection[str]) -> list[tuple[int, int]]:
        """Where the text holds any of the terms: only words with the letters of one are stemmed."""
        wanted = frozenset(terms)
        around = dict.fromkeys(_word_around(text, *match.span()) for match in _written(wanted).finditer(text))
        return [(start, end) for start, end in around if self.term(text[start:end]) in wanted]


@lru_cache(maxsize=1000)
def _written(terms: frozenset[str]) -> re.Pattern[str]:
    """The terms as they may be written: each letter in all its forms, vowel signs between."""
    marks = f"{_MARKS.pattern}*"
    choices = (marks.join(_forms(letter) for letter in term) for term in sorted(terms))
    return re.compile("|".join(choices), re.IGNORECASE)


def _forms(letter: str) -> str:
    return f"[{re.escape(letter)}{''.join(form for form, plain in _LETTERS if plain == letter)}]"


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and (text[start - 1].isalnum() or _MARKS.match(text[start - 1])):
        start -= 1
    while end < len(text) and (text[end].isalnum() or _MARKS.match(text[end])):
        end += 1
    return start, end


def analyser() -> WordAnalyser:
    """The analyser of Arabic."""
    return ArabicAnalyser("ar", _term)
