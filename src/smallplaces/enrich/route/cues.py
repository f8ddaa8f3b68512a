"""Words of a text that lead to a matter or name an action.

Reads vocab/data/competence/matters.yml, actions.yml and the concepts of the term base. Of cues that lie one inside
another the longest counts: "prison health care" is not health.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from smallplaces.model.language import CODES, primary
from smallplaces.vocab.competence import actions, matters
from smallplaces.vocab.terms import terms

#: Languages written without spaces between words, or with endings and prefixes that stick: a cue may stand inside.
_INSIDE = frozenset({"ko", "zh", "ar"})
_ENDING = re.compile(r"(?<=\w{3})\w{1,2}$")  # of a Russian noun or adjective
_SHORT_WORD = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """Words found: what they lead to, and where they stand."""

    code: str
    start: int
    end: int
    words: str


def matters_in(text: str, lang: str) -> tuple[Cue, ...]:
    """The matters that ``text`` speaks of, in reading order."""
    return _longest(_found(_matters(_known(lang)), text))


def actions_in(text: str, lang: str) -> tuple[Cue, ...]:
    """The actions that ``text`` names, in reading order."""
    return _longest(_found(_actions(_known(lang)), text))


def _known(lang: str) -> str:
    code = primary(lang)
    return code if code in CODES else "en"


def _found(patterns: Iterable[tuple[str, re.Pattern[str]]], text: str) -> list[Cue]:
    return [
        Cue(code, match.start(), match.end(), match[0])
        for code, pattern in patterns
        for match in pattern.finditer(text)
    ]


def _longest(cues: list[Cue]) -> tuple[Cue, ...]:
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda cue: (cue.start - cue.end, cue.start)):
        inside = any(
            other.start <= cue.start and cue.end <= other.end and (other.end - other.start > cue.end - cue.start)
            for other in kept
        )
        if not inside:
            kept.append(cue)
    return tuple(sorted(kept, key=lambda cue: cue.start))


@cache
def _matters(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for matter in matters().values():
        said = [words for code in matter.concepts for words in terms()[code].said(lang)]
        if pattern := _pattern([*(_as_cue(words, lang) for words in said), *matter.cues.get(lang, ())], lang):
            found.append((matter.code, pattern))
    return tuple(found)


@cache
def _actions(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = ((action.code, _pattern(action.cues.get(lang, ()), lang)) for action in actions().values())
    return tuple((code, pattern) for code, pattern in found if pattern)


def _as_cue(words: str, lang: str) -> str:
    """A term of the term base as a cue: with the endings that it may take in a sentence."""
    if lang in _INSIDE or len(words) <= _SHORT_WORD:
        return words
    if lang == "ru":
        return " ".join(f"{_ENDING.sub('', word)}*" if len(word) > _SHORT_WORD else word for word in words.split())
    return f"{words}*"


def _pattern(cues: Iterable[str], lang: str) -> re.Pattern[str] | None:
    parts = [_one(cue) for cue in sorted(set(cues), key=len, reverse=True)]
    if not parts:
        return None
    alternatives = "|".join(parts)
    bounded = alternatives if lang in _INSIDE else rf"(?<!\w)(?:{alternatives})(?!\w)"
    return re.compile(bounded, re.IGNORECASE)


def _one(cue: str) -> str:
    return r"\s+".join(
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in cue.replace("’", "'").split()
    )
