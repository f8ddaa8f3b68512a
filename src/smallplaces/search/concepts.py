"""Which concepts of the term base stand in the words of a query, and how each is looked for in a language.

A language is read by its analyser, the one that made the index, so that any form of a word finds its concept. Chinese
is read letter by letter, because where a word ends depends on what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from smallplaces.search import korean_terms
from smallplaces.search import plan as p
from smallplaces.search.stopwords import EMPTY_BESIDE_A_TERM, STOPWORDS
from smallplaces.text.analysis import Reading, analyser
from smallplaces.text.analysis.traditional import SIMPLIFIED
from smallplaces.text.language import groups_for, script_of
from smallplaces.text.normalise import composed, folded, words
from smallplaces.vocab.terms import terms

#: For each place the terms that may stand there.
_Places = tuple[tuple[str, ...], ...]
_MOST_WORDS = 12
_LATIN = ("en", "fr", "es")


@dataclass(frozen=True, slots=True)
class Named:
    """Words ``first`` <= number < ``last`` of a query name concepts, one after another and nothing else: for each place
    the codes that it may mean."""

    first: int
    last: int
    concepts: tuple[tuple[str, ...], ...]


def named(run: Sequence[str], lang: str) -> tuple[Named, ...]:
    """The concepts that words side by side name in ``lang``; of terms inside one another the longest."""
    if len(run) > _MOST_WORDS:
        return ()
    signs = [(place, number) for number, word in enumerate(run) for place in _places(word, lang)]
    spans = list(_longest([place for place, _ in signs], lang))
    covered = {at for start, end, _ in spans for at in range(start, end)}
    cut = {number for at, (_, number) in enumerate(signs) if at not in covered}
    found: list[Named] = []
    for start, end, codes in spans:
        if not codes:
            continue
        first, last = signs[start][1], signs[end - 1][1] + 1
        if cut.intersection(range(first, last)):
            continue  # a part of a word is not what was asked for
        if found and found[-1].last > first:
            found[-1] = Named(found[-1].first, last, (*found[-1].concepts, codes))
        else:
            found.append(Named(first, last, (codes,)))
    return tuple(found)


def says_nothing(word: str, lang: str) -> bool:
    """Whether a word adds nothing to a concept beside it."""
    spans = list(_longest(_places(word, lang), lang))
    return not any(codes for _, _, codes in spans) and sum(end - start for start, end, _ in spans) == len(
        _places(word, lang)
    )


def may_be_in(run: Sequence[str], lang: str) -> bool:
    """Whether any of the words is written in the script of ``lang``; what is written in Latin letters is not Korean,
    though texts in Korean hold such words."""
    return any(lang in (_LATIN if script_of(word) in {"latin", "none"} else groups_for(word)) for word in run)


def is_wide(code: str, text: str, lang: str) -> bool:
    """Whether people ask for a concept by ``text`` in a language that has better terms for it."""
    return folded(text) in map(folded, terms()[code].asked.get(lang, ()))


@cache
def sought_in(code: str, lang: str) -> tuple[p.Match, ...]:
    """What a concept is looked for as in texts of a language: its terms as phrases, without those that hold another."""
    found = {form: _read(form, lang) for form in terms()[code].said(lang)}
    keys = {form: tuple(place[0] for place in places) for form, places in found.items()}
    return tuple(
        p.Match(form, ((lang, Reading(found[form], True)),))
        for form, key in keys.items()
        if key
        and not any(_inside(other, key) for other in keys.values() if other != key)
        and form == next(first for first, same in keys.items() if same == key)
    )


def _inside(part: Sequence[str], whole: Sequence[str]) -> bool:
    width = len(part)
    return 0 < width < len(whole) and any(
        tuple(whole[at : at + width]) == tuple(part) for at in range(len(whole) - width + 1)
    )


@lru_cache(maxsize=20_000)
def _read(form: str, lang: str) -> _Places:
    if lang == "zh":  # reading a query leaves out what stands twice, which a phrase needs
        return tuple((term,) for term in analyser(lang).analyse(composed(form)).main)
    if lang == "ko" and (known := korean_terms.kept().get(form)):
        return known
    return tuple(analyser(lang).read(composed(form)).places)


def _places(text: str, lang: str) -> _Places:
    """What is compared: the terms of each word by itself, as it is typed; the letters of Chinese."""
    if lang == "zh":
        return tuple((letter,) for letter in folded("".join(words(composed(text)))).translate(SIMPLIFIED))
    return tuple(place for word in text.split() for place in _read(word, lang))


def _longest(places: Sequence[tuple[str, ...]], lang: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(start, end, codes) of the terms, from the left, each as long as can be."""
    at = 0
    while at < len(places):
        here = [key for first in places[at] for key in _by_first(lang).get(first, ()) if _stands(key, places, at)]
        if not here:
            at += 1
            continue
        best = max(map(len, here))
        codes = dict.fromkeys(code for key in here if len(key) == best for code in _by_key(lang)[key])
        yield at, at + best, tuple(codes)
        at += best


def _stands(key: Sequence[str], places: Sequence[tuple[str, ...]], at: int) -> bool:
    return at + len(key) <= len(places) and all(term in places[at + i] for i, term in enumerate(key))


@cache
def _by_key(lang: str) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Every way to ask for a concept in a language, as terms -> its codes; none for what says nothing beside it."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for code, term in terms().items():
        for form in term.asks(lang):
            key = tuple(place[0] for place in _places(form, lang))
            if key and code not in found.get(key, ()) and not (len(key) == 1 and key[0] in STOPWORDS):
                found[key] = (*found.get(key, ()), code)
    for word in (*STOPWORDS, *EMPTY_BESIDE_A_TERM[lang].split()):
        if lang in groups_for(word) and (key := tuple(place[0] for place in _places(word, lang))):
            found.setdefault(key, ())
    return found


@cache
def _by_first(lang: str) -> Mapping[str, Sequence[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for key in _by_key(lang):
        found.setdefault(key[0], []).append(key)
    return found
