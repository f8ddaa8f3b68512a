"""English, French, Spanish and Russian: Snowball stems without accents.

A text is written with its accents and is stemmed with them, as Snowball expects; only then do they
fall. A query is often typed without: it is then read in each spelling that its ending may stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import Stemmer

from smallplaces.text.analysis.base import Reading, WordAnalyser
from smallplaces.text.language import script_of
from smallplaces.text.normalise import folded, folded_in_place, lowered

_SNOWBALL = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian"}
_ELISION = re.compile(r"^(?:l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_LONGEST_ELISION = 9
_APOSTROPHES = "'’ʼ"
_POSSESSIVE = re.compile(r"'s?$")

#: Endings as typed without accents -> as written, by language.
_ACCENTED: dict[str, tuple[tuple[str, str], ...]] = {
    "es": (("cion", "ción"), ("sion", "sión"), ("ia", "ía"), ("ian", "ían"), ("ias", "ías"), ("xion", "xión")),
    "fr": (("ite", "ité"), ("ites", "ités"), ("e", "é"), ("ee", "ée"), ("es", "és"), ("ees", "ées"), ("te", "té")),
}


class StemmedAnalyser(WordAnalyser):
    """One language of the Snowball family."""

    def __init__(self, group: str) -> None:
        stemmer = Stemmer.Stemmer(_SNOWBALL[group], maxCacheSize=0)
        super().__init__(group, _term_maker(group, stemmer.stemWord))
        self._endings = _ACCENTED.get(group, ())
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}

    def read(self, word: str) -> Reading:
        """The terms of one word of a query, with the spellings that its missing accents may hide."""
        places = [(found.term, *self._other_spellings(word[found.start : found.end])) for found in self.tokens(word)]
        return Reading(tuple(tuple(dict.fromkeys(place)) for place in places))

    def _other_spellings(self, word: str) -> list[str]:
        if not self._endings or not word.isascii():
            return []
        lower = word.lower()
        return [
            self.term(lower.removesuffix(plain) + accented)
            for plain, accented in self._endings
            if lower.endswith(plain) and len(lower) > len(plain) + 2
        ]

    def spans(self, text: str, terms: Collection[str]) -> list[tuple[int, int]]:
        """Where the text holds any of the terms: only words that begin like a term are stemmed."""
        wanted = frozenset(terms)
        pattern = self._patterns.get(wanted)
        if pattern is None:
            if len(self._patterns) > 1000:
                self._patterns.clear()
            pattern = self._patterns[wanted] = _candidates(wanted)
        found = []
        plain = folded_in_place(text)
        for match in pattern.finditer(plain):
            start, end = match.span()
            if start:
                before = plain[start - 1]
                if before.isalnum():
                    continue
                if before in _APOSTROPHES:
                    start = _elided(plain, start - 1)
            if self.term(text[start:end]) in wanted:
                found.append((start, end))
        return found


def _elided(text: str, apostrophe: int) -> int:
    """Where the word before an apostrophe begins; after it, when that word is too long to be an elision."""
    start = apostrophe
    while start > 0 and apostrophe - start <= _LONGEST_ELISION and text[start - 1].isalnum():
        start -= 1
    return start if 0 < apostrophe - start <= _LONGEST_ELISION else apostrophe + 1


def _term_maker(group: str, stem: Callable[[str], str]) -> Callable[[str], str]:
    own_script = "cyrillic" if group == "ru" else "latin"

    def term(word: str) -> str:
        lower = lowered(word)
        if "'" in lower:
            lower = _ELISION.sub("", lower) if group == "fr" else _POSSESSIVE.sub("", lower)
            lower = lower.replace("'", "")
        if script_of(lower) == own_script:
            lower = stem(lower.replace("ё", "е"))
        return folded(lower) or folded(word)

    return term


def _candidates(terms: frozenset[str]) -> re.Pattern[str]:
    """Words that begin like one of the stems. A stem may end in other letters than the word
    (disabl- of "disabilities"): its last letters are left out."""
    beginnings = {term[: max(2, len(term) - 2)] for term in terms}
    choices = "|".join(re.escape(beginning) for beginning in sorted(beginnings))
    return re.compile(rf"(?:{choices})\w*(?:[{_APOSTROPHES}]\w+)?")
