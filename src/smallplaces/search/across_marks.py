"""Where a text says, in its own language, what a query says in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from smallplaces.search.backends.base import Found
from smallplaces.search.concepts import sought_in
from smallplaces.search.excerpt import Sought, cut, marked, merged, parts, typed_spans
from smallplaces.search.hit import Added, Span
from smallplaces.search.plan import Match
from smallplaces.text.analysis import analyser
from smallplaces.text.analysis.traditional import SIMPLIFIED
from smallplaces.text.language import group_of
from smallplaces.text.normalise import folded_in_place, words

#: Languages whose words do not bend: a term stands in a text as it stands in the term base, but for spaces.
_UNBENT = frozenset({"ko", "zh"})

Shown = tuple[str, tuple[Span, ...], tuple[str, ...], tuple[str, ...]]


def shown(found: Found, wanted: Sought, added: Sequence[Added]) -> Shown:
    """The excerpt of an entry, its marks, the fields that matched and the codes of the concepts it was found by."""
    excerpt, marks, matched = marked(found, wanted)
    group = group_of(found.entry.lang)
    here = [(one.code, sought_in(one.code, group)) for one in added if group in one.terms]
    if not here:
        return excerpt, marks, matched, ()
    if "text" in matched and len(added) == 1:
        return excerpt, marks, matched, ()  # the words that were typed stand there themselves
    entry = found.entry
    by_code = {code: _in_text(entry.text, group, matches) for code, matches in here}
    spans = merged(entry.text, [*_again(found, wanted, matched), *(span for some in by_code.values() for span in some)])
    if any(by_code.values()):
        excerpt, marks = cut(entry.text, spans)
        matched = ("text", *(name for name in matched if name != "text"))
    beside = {"label": entry.labels, "title": (entry.title,), "heading": (entry.heading,)}
    codes = {code for code, some in by_code.items() if some}
    for name, values in beside.items():
        saying = {code for code, _ in here if any(_says(value, group, code) for value in values if value)}
        if saying and name not in matched:
            matched = (*matched, name)
        codes |= saying
    return excerpt, marks, matched, tuple(code for code, _ in here if code in codes)


def _again(found: Found, wanted: Sought, matched: Sequence[str]) -> list[Span]:
    """The marks of what was typed, in the whole text."""
    return typed_spans(found, wanted) if "text" in matched else []


def _in_text(text: str, group: str, matches: Sequence[Match]) -> list[Span]:
    """Where a text says any of the terms: in the first part of it that says one."""
    for offset, part in parts(text):
        if spans := _spans(part, group, matches):
            return [(start + offset, end + offset) for start, end in spans]
    return []


@lru_cache(maxsize=20_000)
def _says(value: str, group: str, code: str) -> bool:
    """Whether a title, heading or label says a concept."""
    return bool(_spans(value, group, sought_in(code, group)))


def _spans(text: str, group: str, matches: Sequence[Match]) -> list[Span]:
    if group in _UNBENT:
        return [found.span() for found in _written(matches).finditer(folded_in_place(text).translate(SIMPLIFIED))]
    return list(_phrases(text, group, matches))


@lru_cache(maxsize=2000)
def _written(matches: tuple[Match, ...]) -> re.Pattern[str]:
    """The terms letter by letter, with or without spaces."""
    letters = [folded_in_place("".join(words(match.word))).translate(SIMPLIFIED) for match in matches]
    return re.compile("|".join(r"[\s·、,]*".join(map(re.escape, word)) for word in letters) or r"(?!)")


def _phrases(text: str, group: str, matches: Sequence[Match]) -> Iterator[Span]:
    """Where words stand side by side that are read as a term is."""
    keys = [reading.places for match in matches for _, reading in match.readings]
    terms = frozenset(term for places in keys for place in places for term in place)
    here = analyser(group).spans(text, terms)
    read = [analyser(group).read(text[start:end]).places for start, end in here]
    for at, (start, _) in enumerate(here):
        for places in keys:
            last = at + len(places)
            if last > len(here) or not all(
                found and set(found[0]) & set(place) for found, place in zip(read[at:last], places, strict=True)
            ):
                continue
            if all(not _word_between(text, here[i][1], here[i + 1][0]) for i in range(at, last - 1)):
                yield start, here[last - 1][1]


def _word_between(text: str, start: int, end: int) -> bool:
    return any(c.isalnum() for c in text[start:end])
