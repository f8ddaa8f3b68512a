"""What every source of Universal Periodic Review records must say in the same words.

UHRI and UPR Info hold the same recommendations, one with the report's numbers, one without. They meet in
one Work and one paragraph only if both build its key, its positions and its cycle by the functions here.
Reads: ``upr.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from smallplaces.model.document import Kind, Label, Work, fingerprint
from smallplaces.sources.describe import read_yaml
from smallplaces.vocab import resolve_state, states

BODY = "UPR"
_BRACKET = re.compile(r"\s*\(([^()]{3,300})\)[\s;.,]*$")
_BETWEEN_STATES = re.compile(r"\s*[,;/]\s*|\s+and\s+")
_PARAGRAPH_NUMBER = re.compile(r"(\d{1,3}\.\d{1,3})(?![\d.,]*\d)\.?[\s):–-]*(?!\s*(?:%|per\s?cent|million|billion)\b)")


@cache
def _data() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("upr.yml"))


@lru_cache(maxsize=256)
def position(word: str) -> str | None:
    """``supported``, ``noted``, ``in-part`` or ``pending`` for a word of any source; None when it is unknown."""
    found: str | None = _data()["positions"].get(" ".join(word.casefold().split()))
    return found


def cycle(session: int) -> int | None:
    """The cycle of a session by the Human Rights Council's calendar; None beyond what is known."""
    for number, last in _data()["last_session_of_cycle"].items():
        if session <= last:
            return int(number)
    return None


@lru_cache(maxsize=4096)
def review_key(state: str, session: int) -> str:
    """The key of one State's review: its Working Group report, by whatever symbol it has."""
    return f"upr:{state}/{session}"


@lru_cache(maxsize=4096)
def review(state: str, session: int) -> Work:
    """The Working Group report of one State (alpha-3) in one session, with its title in every language we have."""
    entry = states().get(state)
    title = {
        lang: pattern.format(state=entry.name(lang) if entry else state, session=session)
        for lang, pattern in _data()["titles"].items()
    }
    return Work(
        key=review_key(state, session),
        kind=Kind.UPR_REPORT,
        title=title,
        body=BODY,
        states=(state,),
        session=str(session),
    )


def split_number(text: str) -> tuple[str, str]:
    """("110.23", "Ratify…") of "110.23 Ratify…"; ("", text) when it opens with no paragraph number.

    Report paragraph and running number have three digits at most, so "2030 Agenda" is none, nor is "0.7 per cent".
    """
    match = _PARAGRAPH_NUMBER.match(text)
    if match is None or match[1].startswith("0") or not text[match.end() :]:
        return "", text
    return match[1], text[match.end() :]


def recommendation_key(text: str, recommending: Iterable[str]) -> str:
    """The key of a recommendation without a number: its words and who recommends (alpha-3 codes).

    The bracket that closes many texts and names the recommending States is no part of the words.
    """
    match = _BRACKET.search(text)
    bare = text[: match.start()] if match and _named(match[1]) else text
    return "r." + fingerprint(bare, *sorted(recommending))


def in_brackets(text: str) -> tuple[str, ...]:
    """Alpha-3 codes of the States in the bracket that closes ``text``: they are the ones that recommend.

    Nothing when the bracket holds anything that is no State.
    """
    match = _BRACKET.search(text)
    return _named(match[1]) if match else ()


@lru_cache(maxsize=16384)
def _named(words: str) -> tuple[str, ...]:
    whole = resolve_state(words)
    if whole is not None:
        return (whole.code,) if not _is_acronym(words) else ()
    found = []
    for name in _BETWEEN_STATES.split(words):
        state = None if _is_acronym(name) else resolve_state(name)
        if state is None:
            return ()
        found.append(state.code)
    return tuple(found)


def _is_acronym(name: str) -> bool:
    """ "(CAT)" and "(CRC)" name treaties, whatever State has that code."""
    return len(name) < 4


@lru_cache(maxsize=512)
def round_labels(session: int | None, cycle_said: int | None) -> tuple[Label, ...]:
    """Session and cycle as labels; the cycle is the source's own, else the session's."""
    number = cycle_said or (cycle(session) if session else None)
    labels = []
    if number:
        labels.append(Label("cycle", "upr", str(number)))
    if session:
        labels.append(Label("session", "upr", str(session)))
    return tuple(labels)
