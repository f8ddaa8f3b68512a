"""How alike two things asked of one State are, and by what words.

Term frequencies of our own analysed tokens, single and in pairs, weighed by how rare they are among the demands made
to this State (scikit-learn's TF-IDF); words of every demand ("take the necessary measures") do not count. Likeness of
words is lowered where the kinds of act differ (train / legislate) and raised where the same article is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from smallplaces.enrich.lineage.asks import GENERAL, wording
from smallplaces.enrich.lineage.demand import Ask
from smallplaces.text.analysis import analyser
from smallplaces.text.language import group_of

Matrix = npt.NDArray[np.float64]

OTHER_ACT = 0.5  # of the likeness that is left where the kinds of act differ
VAGUE_ACT = 0.62  # where one of them names none, or only asks for more ("strengthen measures against")
ONE_WORD = 0.6  # where one says but one word and the other more
BOTH_VAGUE = 0.85  # where neither names one
OTHER_PEOPLE = 0.7  # where one speaks of people of whom the other does not
SAME_ARTICLE = 0.06  # added where both stand under the same article of a treaty
CITED = 0.6  # added where one paragraph cites the other
SAME_FAMILY = 0.95
OTHER_VARIANT = 0.92
_GENERAL = frozenset({"", GENERAL})
_LEAST_WORDS = 3  # that must be left when what is said in particular is taken away
_SHOWN = 6  # words of evidence


@cache
def _frame(lang: str) -> frozenset[str]:
    words = analyser(group_of(lang)).analyse(wording()["frame"].get(lang, ""))
    return frozenset(words.main)


def terms(ask: Ask) -> list[str]:
    """The words of an ask that say what is asked, then their pairs."""
    lang = ask.demand.lang
    kept = _words(_qualifiers(lang).sub(" ", ask.text), lang)
    if len(kept) < _LEAST_WORDS:
        kept = _words(ask.text, lang)
    return [*kept, *(f"{one} {two}" for one, two in pairwise(kept))]


def _words(text: str, lang: str) -> list[str]:
    same = _synonyms(lang)
    found = (same.get(term, term) for term in analyser(group_of(lang)).analyse(text).main if _says(term, lang))
    return list(found)


@cache
def _qualifiers(lang: str) -> re.Pattern[str]:
    return re.compile("|".join(wording()["qualifiers"].get(lang, ["(?!)"])), re.IGNORECASE)


@cache
def _synonyms(lang: str) -> dict[str, str]:
    """Term -> the term that stands for it."""
    found: dict[str, str] = {}
    for line in wording()["synonyms"].get(lang, ()):
        first, *others = analyser(group_of(lang)).analyse(line).main
        found |= dict.fromkeys(others, first)
    return found


def _says(term: str, lang: str) -> bool:
    return term not in _frame(lang) and (len(term) > 2 or not term.isascii()) and not term.isdigit()


def _by_words(asks: Sequence[Ask]) -> Matrix:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 (slow to load)

    try:
        found = TfidfVectorizer(analyzer=terms, sublinear_tf=True).fit_transform(asks)
    except ValueError:  # nothing but words that say nothing
        return np.zeros((len(asks), len(asks)))
    return np.asarray((found @ found.T).todense(), dtype=np.float64)


def likeness(asks: Sequence[Ask]) -> Matrix:
    """How alike each two are, between 0 and 1."""
    alike = _by_words(asks)
    _too_short(alike, asks)
    _by_act(alike, asks)
    _by_people(alike, asks)
    _by_article(alike, asks)
    _by_citation(alike, asks)
    _by_family(alike, asks)
    np.clip(alike, 0.0, 1.0, out=alike)
    np.fill_diagonal(alike, 1.0)
    return alike


def _too_short(alike: Matrix, asks: Sequence[Ask]) -> None:
    """A review asks in a line, and one word may say what. Of a committee's paragraph one word left is a scrap."""
    scraps = [index for index, ask in enumerate(asks) if not ask.demand.direct and len(terms(ask)) < _LEAST_WORDS]
    alike[scraps, :] = 0.0
    alike[:, scraps] = 0.0
    words = [frozenset(term for term in terms(ask) if " " not in term) for ask in asks]
    for index in (index for index, said in enumerate(words) if len(said) == 1):
        other = np.array([said != words[index] for said in words])
        alike[index, other] *= ONE_WORD
        alike[other, index] *= ONE_WORD


def _by_act(alike: Matrix, asks: Sequence[Ask]) -> None:
    acts = np.array([ask.act for ask in asks])
    general = np.isin(acts, list(_GENERAL))
    differ = acts[:, None] != acts[None, :]
    vague = general[:, None] | general[None, :]
    alike[differ & ~vague] *= OTHER_ACT
    alike[differ & (general[:, None] != general[None, :])] *= VAGUE_ACT
    alike[general[:, None] & general[None, :]] *= BOTH_VAGUE


def _by_people(alike: Matrix, asks: Sequence[Ask]) -> None:
    of = {groups: number for number, groups in enumerate(dict.fromkeys(_people(ask) for ask in asks))}
    people = np.array([of[_people(ask)] for ask in asks])
    alike[people[:, None] != people[None, :]] *= OTHER_PEOPLE


def _people(ask: Ask) -> frozenset[str]:
    """The people of whom an ask speaks, by the words of its language."""
    known = wording()["groups"].get(ask.demand.lang, {})
    return frozenset(name for name, words in known.items() if _compiled(words).search(ask.text))


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _by_article(alike: Matrix, asks: Sequence[Ask]) -> None:
    places: dict[str, list[int]] = {}
    for index, ask in enumerate(asks):
        for article in ask.demand.articles:
            places.setdefault(article, []).append(index)
    for indices in places.values():
        box = np.ix_(indices, indices)
        alike[box] = np.where(alike[box] > 0, alike[box] + SAME_ARTICLE, 0)


def _by_citation(alike: Matrix, asks: Sequence[Ask]) -> None:
    for index, other in citing(asks):
        if alike[index, other] > 0:
            alike[index, other] += CITED
            alike[other, index] += CITED


def citing(asks: Sequence[Ask]) -> list[tuple[int, int]]:
    """(index, index) of asks whose paragraph cites the other's."""
    by_demand: dict[str, list[int]] = {}
    for index, ask in enumerate(asks):
        by_demand.setdefault(ask.demand.id, []).append(index)
    return [
        (index, other)
        for index, ask in enumerate(asks)
        for target in ask.demand.cites
        for other in by_demand.get(target.replace("#p", "#"), ())
        if asks[other].demand.id != ask.demand.id
    ]


def _by_family(alike: Matrix, asks: Sequence[Ask]) -> None:
    """Known demands are alike by what they ask, whatever the words, and nothing else is like them."""
    known = [index for index, ask in enumerate(asks) if ask.family]
    alike[known, :] = 0.0
    alike[:, known] = 0.0
    places: dict[str, list[int]] = {}
    for index in known:
        places.setdefault(asks[index].family, []).append(index)
    for indices in places.values():
        variants = np.array([asks[index].variant for index in indices])
        alike[np.ix_(indices, indices)] = np.where(variants[:, None] == variants[None, :], SAME_FAMILY, OTHER_VARIANT)


def shared(one: Ask, two: Ask) -> tuple[str, ...]:
    """The words, as the first writes them, that two things asked have in common, in their order."""
    lang = one.demand.lang
    common = set(terms(one)) & set(terms(two))
    same = _synonyms(lang)
    found = {
        same.get(token.term, token.term): one.text[token.start : token.end]
        for token in analyser(group_of(lang)).tokens(one.text)
        if same.get(token.term, token.term) in common
    }
    return tuple(found.values())[:_SHOWN]
