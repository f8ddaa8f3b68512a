"""Rules that anybody can read: terms and words of seven languages -> labels.

Reads: the term base, data/subjects.yml, asks.yml, names.yml. Their confidence is a rank, not a measured
probability: models calibrate theirs, rules do not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from smallplaces.enrich.classify.claim import Label
from smallplaces.model.language import in_language
from smallplaces.text.analysis import analyser
from smallplaces.text.analysis.traditional import SIMPLIFIED
from smallplaces.text.normalise import lowered
from smallplaces.vocab.terms import terms

METHOD: Final = "rules"
VERSION: Final = "2"
#: Scheme of a label by the list it stands in.
_SCHEMES: Final = {"upr-info": "upr-info", "uhri": "uhri", "groups": "lszoszk", "sdgs": "sdg"}
#: The answer of :func:`subjects` for a text that speaks of none.
NO_SUBJECTS: Final[Mapping[str, tuple[Label, ...]]] = dict.fromkeys(_SCHEMES, ())
_UNSPACED: Final = ("ko", "zh")
#: Syllables that turn round the Korean word after them: 미등록 is not 등록.
_TURNING: Final = frozenset("비미불부무탈반몰역")
_ORDER: Final = ("request", "recommendation", "concern", "commendation")
_EVIDENCE: Final = 3


def subjects(text: str, lang: str) -> dict[str, tuple[Label, ...]]:
    """Labels by list of data/subjects.yml: "upr-info", "uhri", "groups", "sdgs"."""
    found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in _SCHEMES}
    for subject, words in spotted(text, lang).items():
        entry = _data("subjects")[subject]
        for name in _SCHEMES:
            for label in entry.get(name, ()):
                found[name][label] += words
    return {name: tuple(_sorted(labels, _SCHEMES[name])) for name, labels in found.items()}


def kind_of(text: str, lang: str, *, upr: bool = False, heading: str = "") -> Label:
    """What a paragraph does. A text that begins as recommendations of a review do is one. ``heading``: what stands
    above it; below positive aspects all is commendation, whatever verbs the measures that are praised bring along."""
    said = {kind: list(_matches(_data("asks")["kinds"][kind], text, lang)) for kind in _ORDER}
    opening = list(_matches({lang: [_data("asks")["openings"].get(lang, "$^")]}, text.strip(), lang))
    if said["request"] and (said["recommendation"] or opening) and lang != "zh":
        said["request"] = said["request"] if len(said["recommendation"]) == 0 and not opening else []
    if not upr and any(_matches(_data("asks")["headings"]["commendation"], heading, lang)):
        return Label("commendation", "kind", 0.9, tuple(said["commendation"][:_EVIDENCE]), METHOD, VERSION)
    for kind in _ORDER:
        if said[kind] and not (upr and kind != "recommendation"):
            return _label(kind, "kind", said[kind])
    if upr or opening:
        return Label("recommendation", "kind", 0.9 if upr else 0.7, tuple(opening[:1]), METHOD, VERSION)
    return Label("other", "kind", 0.5, (), METHOD, VERSION)


def actions(text: str, lang: str) -> tuple[Label, ...]:
    """What is asked to be done: the actions of data/asks.yml."""
    said = {name: list(_matches(by_lang, text, lang)) for name, by_lang in _data("asks")["actions"].items()}
    return tuple(_sorted({name: words for name, words in said.items() if words}, "action"))


def upr_action(text: str) -> Label:
    """The category of action, 1 to 5, of a recommendation in English by its verbs; 4 when none of them speaks."""
    for category, patterns in _data("asks")["upr"].items():
        words = list(_matches({"en": patterns}, text, "en"))
        if words:
            return Label(category, "upr-info", 0.6, tuple(words[:_EVIDENCE]), METHOD, VERSION)
    return Label("4", "upr-info", 0.5, tuple(text.split()[:1]), METHOD, VERSION)


def called(facet: str, name: str, lang: str) -> str:
    """What a kind ("kinds", "concern") or an action ("actions", "train") is called in ``lang``, else in English."""
    return in_language(_data("names")[facet][name], lang)


def spotted(text: str, lang: str) -> dict[str, list[str]]:
    """Subjects of data/subjects.yml -> the words of ``text`` that speak of them, as they are written there."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, start, end in _in_letters(text, lang) if lang in _UNSPACED else _in_words(text, lang):
        found[subject].append(text[start:end])
    return found


def _in_letters(text: str, lang: str) -> Iterator[tuple[str, int, int]]:
    plain = text.translate(SIMPLIFIED) if lang == "zh" else text
    for match in _letters(lang).finditer(plain):
        before = plain[match.start() - 1] if match.start() else " "
        alone = match.start() < 2 or not plain[match.start() - 2].isalpha()
        if lang == "ko" and before in _TURNING and alone:
            continue
        for subject in _vocabulary(lang)[(match.group(),)]:
            yield subject, match.start(), match.end()


def _in_words(text: str, lang: str) -> Iterator[tuple[str, int, int]]:
    known, longest = _vocabulary(lang), _longest(lang)
    tokens = list(analyser(lang).tokens(text))
    for at, token in enumerate(tokens):
        for width in range(1, min(longest, len(tokens) - at) + 1):
            key = tuple(one.term for one in tokens[at : at + width])
            for subject in known.get(key, ()):
                if lowered(text[token.start : token.end]) not in _unlike(lang).get(subject, ()):
                    yield subject, token.start, tokens[at + width - 1].end
        for beginning, subject in _beginnings(lang):
            if lowered(text[token.start : token.end]).startswith(beginning):
                yield subject, token.start, token.end


@cache
def _vocabulary(lang: str) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Terms side by side (the whole form, for languages written without spaces between stems) -> subjects."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for subject, entry in _data("subjects").items():
        forms = [form for code in entry.get("concepts", ()) for form in terms()[code].said(lang)]
        forms += [word for word in entry.get("words", {}).get(lang, ()) if not word.endswith("*")]
        for form in forms:
            if lang in _UNSPACED:
                key: tuple[str, ...] = (form.translate(SIMPLIFIED) if lang == "zh" else form,)
            else:
                key = tuple(token.term for token in analyser(lang).tokens(form))
            if key and len("".join(key)) > 1:
                found[key].add(subject)
    return {key: tuple(sorted(named)) for key, named in found.items()}


@cache
def _unlike(lang: str) -> Mapping[str, frozenset[str]]:
    """Subject -> words that a stem brings together with its own, and that mean another thing."""
    of = {subject: entry.get("unlike", {}).get(lang, ()) for subject, entry in _data("subjects").items()}
    return {subject: frozenset(words) for subject, words in of.items() if words}


@cache
def _longest(lang: str) -> int:
    return max(map(len, _vocabulary(lang)))


@cache
def _beginnings(lang: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (word[:-1], subject)
        for subject, entry in _data("subjects").items()
        for word in entry.get("words", {}).get(lang, ())
        if word.endswith("*")
    )


@cache
def _letters(lang: str) -> re.Pattern[str]:
    forms = sorted((key[0] for key in _vocabulary(lang)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, forms)))


def _matches(by_lang: Mapping[str, list[str]], text: str, lang: str) -> Iterator[str]:
    for pattern in by_lang.get(lang, ()):
        yield from (match.group().strip() for match in _compiled(pattern).finditer(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _label(name: str, scheme: str, words: list[str]) -> Label:
    different = tuple(dict.fromkeys(words))[:_EVIDENCE]
    return Label(name, scheme, min(0.9, 0.5 + 0.1 * len(words)), different, METHOD, VERSION)


def _sorted(labels: Mapping[str, list[str]], scheme: str) -> list[Label]:
    return sorted((_label(name, scheme, words) for name, words in labels.items()), key=lambda one: -one.confidence)


@cache
def _data(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath(f"data/{name}.yml").read_text(encoding="utf-8"))
    return loaded
