"""What a demand asks: its items, its sentences that ask, and the several things a sentence may ask.

"Ratify the Optional Protocol and abolish the death penalty" asks two things, and belongs to two threads. Reads:
data/wording.yml. Only English sentences are cut further than their items and full stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from typing import Any

import yaml

from smallplaces.enrich.lineage.demand import Ask, Demand
from smallplaces.enrich.lineage.families import families_of

_ITEM = re.compile(r"(?:^|(?<=[\s:;.,]))\(([a-z])\)\s+(?=\S)")
_SENTENCE = re.compile(r"(?<=[.;。])\s+(?=[A-ZÀ-ÞА-Я\u0600-\u06ff\u4e00-\u9fff\uac00-\ud7a3(])")
_ABBREVIATION = re.compile(r"\b(?:[Aa]rts?|[Nn]os?|[Pp]aras?|[Cc]f|[Ss]t|vs?|e\.g|i\.e)\.$")
#: The kind of act that only asks for more.
GENERAL = "improve"
#: Kinds of act that are done about a known demand and are none of it: to train judges on torture is not to punish it.
ABOUT = frozenset({"train", "data", "justice"})
_HEADING = re.compile(r"\(arts?\.? [\d ,–−-]+(?:and \d+)?\)\s*$")  # of what follows, left at the end of an item
_SHORTEST = 8  # characters of an ask
_LEAST_WORDS = 3  # words that a part must have to ask something of its own
_WORD = re.compile(r"\w+")


@cache
def wording() -> dict[str, Any]:
    """The file of phrases: what asks, what leads in, which verbs begin a new thing asked."""
    text = files(__package__).joinpath("data/wording.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _pattern(name: str, lang: str) -> re.Pattern[str]:
    return re.compile("|".join(wording()[name].get(lang) or wording()[name]["en"]), re.IGNORECASE)


@cache
def _next_verb() -> re.Pattern[str]:
    """Where a new verb begins: after a comma, a semicolon or "and". A verb that is a noun too needs "to" or ";"."""
    sure = "|".join(wording()["verbs"])
    maybe = "|".join(wording()["nouns_too"])
    adverb = r"(?:also |further |fully |effectively |immediately |formally |actively |urgently )?"
    return re.compile(
        rf"(?:[,;]?\s+(?:and|as well as|or|by)\s+(?:to\s+)?|[,;]\s+(?:to\s+)?)(?={adverb}(?:{sure})\b)"
        rf"|(?:[,;]?\s+(?:and|as well as)\s+to\s+|;\s+)(?={adverb}(?:{maybe})\b)",
        re.IGNORECASE,
    )


@cache
def _hangs_on() -> re.Pattern[str]:
    """A part whose object is still to come: "study the possibility of signing" (and ratifying …), "in its fight against
    trafficking" (step up …)."""
    verbs = "|".join((*wording()["verbs"], *wording()["nouns_too"]))
    opens = "|".join(wording()["opens"])
    return re.compile(rf"\b(?:{verbs}|\w{{3,}}ing|punish|prosecute|receive)$|^(?:{opens})", re.IGNORECASE)


@cache
def _leans_back() -> re.Pattern[str]:
    """The beginning of a part that says nothing without the one before it: "bring the perpetrators to justice"."""
    return re.compile("|".join(wording()["leans_back"]), re.IGNORECASE)


def asks_of(demand: Demand) -> tuple[Ask, ...]:
    """Everything a demand asks, in reading order; nothing for a paragraph that asks nothing, or asks only how the
    next report should be made."""
    if _pattern("procedure", demand.lang).search(demand.text):
        return ()
    return tuple(
        Ask(demand, item, text, act_of(text), family, variant)
        for item, sentence in _sentences(demand)
        for text in _parts(sentence, demand.lang)
        for family, variant in _known(text, demand) or (("", ""),)
    )


def _known(text: str, demand: Demand) -> tuple[tuple[str, str], ...]:
    found = families_of(text, demand.lang, demand.body)
    return tuple(one for one in found if ":" in one[0]) if act_of(text) in ABOUT else found


def _sentences(demand: Demand) -> Iterator[tuple[str, str]]:
    """(item, sentence) of those sentences that ask."""
    asking, telling = _pattern("asks", demand.lang), _pattern("tells", demand.lang)

    def asks(sentence: str) -> bool:
        return demand.direct or bool(asking.search(sentence) and not telling.search(sentence))

    before, items = _items(demand.text)
    lead = list(_split(before))
    for sentence in lead:
        if asks(sentence) and not (items and sentence.rstrip().endswith(":")):
            yield "", sentence
    if items and (demand.direct or any(map(asks, lead))):
        for item, text in items:
            for sentence in _split(text):
                yield item, sentence


def _items(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the items, and the items by their letters. Letters that do not run from (a) on are none: they
    stand in "article 16 (1) (c)"."""
    pieces = _ITEM.split(text)
    items = list(zip(pieces[1::2], pieces[2::2], strict=True))
    if len(items) < 2 or [letter for letter, _ in items] != list(ascii_lowercase[: len(items)]):
        return text, []
    return pieces[0], items


def _split(text: str) -> Iterator[str]:
    """Sentences, with those put together again that an abbreviation had cut."""
    held = ""
    for piece in _SENTENCE.split(text.strip()):
        held = f"{held} {piece}" if held else piece
        if not _ABBREVIATION.search(held):
            yield held
            held = ""
    if held:
        yield held


def _parts(sentence: str, lang: str) -> Iterator[str]:
    plain = " ".join(sentence.split()).strip(" ;.,")
    plain = _pattern("leads", lang).sub("", plain).strip(" ;.,:")
    plain = _pattern("asides", lang).sub("", plain).strip(" ;.,:")
    if lang != "en":
        if len(plain) >= _SHORTEST:
            yield plain
        return
    begin = 0
    for cut in _next_verb().finditer(plain):
        held = plain[begin : cut.start()]
        hangs = len(_WORD.findall(held)) < _LEAST_WORDS or _hangs_on().search(held)
        if not hangs and not _leans_back().match(plain, cut.end()):
            yield held
            begin = cut.end()
    if len(plain) - begin >= _SHORTEST and not _HEADING.search(plain):
        yield plain[begin:]


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in wording()["acts"].items())


def act_of(text: str) -> str:
    """The first particular kind of act in an English ask: law, plan, institution, train…; "improve" when it only asks
    for more of what is done; empty when no kind is named."""
    found = [(match.start(), name) for name, words in _acts() if (match := words.search(text))]
    return min(found, key=lambda one: (one[1] == GENERAL, one[0]))[1] if found else ""
