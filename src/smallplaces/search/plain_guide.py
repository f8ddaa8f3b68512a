"""Finding articles of the plain guide by the words of a question, and by the terms of its concept.

The guide is some hundred short texts, so it is held in memory and not in the index. Korean is compared as written,
because its analyser takes half a gigabyte; English by word stems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from smallplaces import guide
from smallplaces.guide import ArticleGuide
from smallplaces.text.analysis import analyser
from smallplaces.vocab.terms import find_terms

_WORD = re.compile(r"\w")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
#: How much a word weighs where it stands: in the title, in what is protected, in what is asked and of whom.
_WEIGHTS = (8, 3, 1)
#: The least share of a phrase, by the rarity of its words, that must stand in one field.
_ENOUGH = 0.75
#: The least score beside the best one.
_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class _Held:
    article: ArticleGuide
    en: tuple[frozenset[str], ...]
    ko: tuple[str, ...]


def find_in_guide(text: str, lang: str, *, limit: int = 3) -> tuple[ArticleGuide, ...]:
    """The articles of the guide that speak of ``text``, a question in ``lang``; the best first, at most ``limit``.

    What was typed counts most (where the guide has its language), then the term of its concept that fits best.
    """
    phrases = tuple(dict.fromkeys(_phrases(text, lang)))
    if not phrases:
        return ()
    typed, *terms = phrases
    scored = [
        (_score(held, typed) + max((_score(held, term) for term in terms), default=0) / 2, held.article)
        for held in _held()
    ]
    least = max(score for score, _article in scored) * _NEAR
    best = sorted((pair for pair in scored if pair[0] and pair[0] >= least), key=lambda pair: -pair[0])
    return tuple(article for _score, article in best[:limit])


def _phrases(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """(language of the guide, words to look for): what was typed, and what its concept is called."""
    if not _WORD.search(text):
        return
    asked = "ko" if _HANGUL.search(text) else lang
    spoken = asked if asked in ("en", "ko") else "en"
    known = find_terms(text, asked)
    if spoken == asked:
        yield spoken, text
    for form in (
        *(one for term in known for one in term.asked.get(spoken, ())),
        *(term.name(spoken) for term in known),
    ):
        yield spoken, form


def _score(held: _Held, phrase: tuple[str, str]) -> float:
    """What a phrase is worth: for each field its weight, by the share of the phrase's words that stand there."""
    lang, words = phrase
    if lang == "ko":
        sought = _korean(words)
        found = [bool(sought.search(field)) for field in held.ko]
        close = len(words) / len(held.ko[0]) if found[0] else 0  # 주거 is more of a short title than of a long one
        return close + sum(weight for weight, here in zip(_WEIGHTS, found, strict=True) if here)
    rarity = _rarity()
    terms = {term: rarity.get(term, 1.0) for term in _terms(words)}
    whole = sum(terms.values())
    shares = [sum(terms[term] for term in terms.keys() & field) / whole if whole else 0 for field in held.en]
    if max(shares) < _ENOUGH:
        return 0
    return sum(weight * share**2 for weight, share in zip(_WEIGHTS, shares, strict=True))


@lru_cache(maxsize=512)
def _korean(words: str) -> re.Pattern[str]:
    """Where these words begin a word, however they are spaced: 시설 is no part of 탈시설."""
    letters = r"\s*".join(map(re.escape, "".join(words.split())))
    return re.compile(rf"(?<![\uac00-\ud7a3]){letters}", re.IGNORECASE)


def _terms(text: str) -> frozenset[str]:
    return frozenset(analyser("en").analyse(text).main)


@cache
def _rarity() -> dict[str, float]:
    """How much an English word tells one article from another: near 0 for "right", 1 for a word of one alone."""
    counted = Counter(term for held in _held() for term in frozenset().union(*held.en))
    most = log(len(_held()))
    return {term: 1 - log(count) / most for term, count in counted.items()}


@cache
def _held() -> tuple[_Held, ...]:
    return tuple(
        _Held(
            article=article,
            en=tuple(_terms(field) for field in _fields(article, "en")),
            ko=_fields(article, "ko"),
        )
        for code in guide.instruments()
        for article in guide.articles(code).values()
    )


def _fields(article: ArticleGuide, lang: str) -> tuple[str, ...]:
    return article.title[lang], article.protects[lang], f"{article.asks[lang]} {article.whom[lang]}"
