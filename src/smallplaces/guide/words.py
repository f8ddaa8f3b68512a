"""Where the words of the glossary stand in a text, so that a page can explain them there.

Reads the glossary; writes nothing. Matching is by spelling, as people print it in each language: whole words, Korean
before a particle, Arabic behind an article or a one-letter preposition, Chinese anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from smallplaces.guide.load import Term, glossary
from smallplaces.model.language import CODES, primary

_PARTICLE: Final = (
    "은|는|이|가|을|를|의|에|에게|에서|으로|로|와|과|도|만|까지|부터|마다|처럼|보다|이나|나|이란|란|이라|라|이며|며|"
    "이고|이다|입니다|인"
)
#: What stands before and after a spelling, by language; all others are words between word boundaries.
_AROUND: Final[Mapping[str, tuple[str, str]]] = {
    "ko": (r"(?<!\w)", rf"(?=(?:{_PARTICLE}){{0,2}}(?!\w))"),
    "ar": (r"(?<!\w)(?:[وف]?(?:[بك]?ال|لل|[بكل])?)", r"(?!\w)"),
    "zh": ("", ""),
}
_WHOLE_WORD: Final = (r"(?<!\w)", r"(?!\w)")
_ANY_APOSTROPHE: Final = re.compile(r"['’]")


class Found(NamedTuple):
    """A term and the span of the text that names it, in characters; the end is exclusive."""

    start: int
    end: int
    term: Term


def words_in(text: str, lang: str, *, everyday: bool = False) -> tuple[Found, ...]:
    """The first place of each term of the glossary in ``text``, in order, the longest spelling winning.

    Spellings with an everyday meaning ("noted", "session") are left out unless ``everyday`` is asked for. A language
    that the house does not speak has no words.
    """
    code = primary(lang)
    if code not in CODES:
        return ()
    pattern, terms = _spellings(code, everyday)
    first: dict[str, Found] = {}
    for match in pattern.finditer(text):
        term = terms[_fold(match["word"])]
        first.setdefault(term.code, Found(match.start("word"), match.end("word"), term))
    return tuple(first.values())


@cache
def _spellings(lang: str, everyday: bool) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """One pattern for all spellings of a language, and the term of each spelling, folded."""
    found = {
        spelling: term
        for term in glossary().values()
        for spelling in term.spellings(lang)
        if everyday or spelling.casefold() not in term.everyday
    }
    longest_first = sorted(found, key=lambda spelling: (-len(spelling), spelling))
    before, after = _AROUND.get(lang, _WHOLE_WORD)
    pattern = re.compile(f"{before}(?P<word>{'|'.join(map(_printed, longest_first))}){after}", re.IGNORECASE)
    return pattern, {_fold(spelling): term for spelling, term in found.items()}


def _printed(spelling: str) -> str:
    """The pattern of one spelling: any space, either apostrophe; capitals where it is in capitals (UPR, A status)."""
    parts = (_ANY_APOSTROPHE.sub("['’]", re.escape(part)) for part in spelling.split())
    return r"\s+".join(f"(?-i:{part})" if part.isupper() else part for part in parts)


def _fold(spelling: str) -> str:
    return " ".join(_ANY_APOSTROPHE.sub("’", spelling).casefold().split())
