"""An entry made ready for any engine: its texts analysed, field by field, as terms between spaces."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from smallplaces.errors import BadSymbol
from smallplaces.model.symbol import parse as parse_symbol
from smallplaces.search.backends.base import Found
from smallplaces.search.plan import date_number
from smallplaces.search.schema import Entry
from smallplaces.text.analysis import GAP, Analysis, Token, analyser
from smallplaces.text.analysis.korean import KoreanAnalyser
from smallplaces.text.language import group_of, script_of
from smallplaces.text.normalise import composed

#: Entries prepared at a time.
CHUNK = 500
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_GROUP_OF_SCRIPT = {"hangul": "ko", "han": "zh", "cyrillic": "ru", "arabic": "ar", "latin": "en"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an engine indexes and stores of one entry.

    ``terms``: (part, group, terms joined by spaces). Part "all" is the text, the title, the heading and the
    labels, in the group of the entry's language; what stands beside the text is there in other groups too, its
    terms as :func:`foreign` writes them. "beside": terms, and :func:`pair` of neighbours, of which the text has
    none. "title" and "label" are these alone. ``surface``: (group, words as written, folded), for prefixes and
    suggestions. ``works``: the names that its document answers to. ``stored``: what :func:`restore` reads back.
    """

    entry: Entry
    terms: tuple[tuple[str, str, str], ...]
    surface: tuple[tuple[str, str], ...]
    works: tuple[str, ...]
    date: int
    stored: bytes


def foreign(term: str, group: str) -> str:
    """A term of ``group`` as it is written among the terms of another group."""
    return f"{group}{GAP}{term}"


def pair(first: str, second: str) -> str:
    """Two neighbouring terms as one."""
    return f"{first}{GAP}{second}"


def prepare_all(entries: Iterable[Entry]) -> Iterator[Prepared]:
    """Prepare entries, Korean ones by the hundred, because their analyser uses all processors."""
    source = iter(entries)
    while chunk := list(islice(source, CHUNK)):
        yield from prepare_some(chunk)


def prepare_some(chunk: list[Entry]) -> list[Prepared]:
    """Prepare a few hundred entries."""
    texts = [composed(entry.text) for entry in chunk]
    korean = [index for index, entry in enumerate(chunk) if group_of(entry.lang) == "ko"]
    ready = dict(zip(korean, _korean().analyse_many(texts[i] for i in korean), strict=True)) if korean else {}
    return [_prepare(entry, texts[index], ready.get(index)) for index, entry in enumerate(chunk)]


def _korean() -> KoreanAnalyser:
    found = analyser("ko")
    assert isinstance(found, KoreanAnalyser)  # noqa: S101 (tells the type checker)
    return found


class _Side(NamedTuple):
    """A title, heading or label, analysed in one group. ``held``: its terms and pairs of neighbours."""

    group: str
    joined: str
    surface: frozenset[str]
    held: frozenset[str]


def _prepare(entry: Entry, text: str, ready: Analysis | None) -> Prepared:
    group = group_of(entry.lang)
    analysis = ready or analyser(group).analyse(text)
    surface = {group: analysis.surface}
    joined = analysis.joined()
    whole = [joined]
    parts: list[tuple[str, str, str]] = []
    held: set[str] = set()
    for part, value in (("title", entry.title), ("", entry.heading), *(("label", it) for it in entry.labels)):
        for side in _sides(value, group):
            if part:
                parts.append((part, side.group, side.joined))
            if side.group == group:
                whole.append(side.joined)
                held |= side.held
            else:
                whole.append(_as_foreign(side.joined, side.group))
            surface[side.group] = surface.get(side.group, frozenset()) | side.surface
    beside = _beside(held, analysis, joined)
    return Prepared(
        entry,
        (("all", group, f" {GAP} ".join(whole)), *((("beside", group, beside),) if beside else ()), *parts),
        tuple((target, " ".join(found)) for target, found in surface.items()),
        tuple(dict.fromkeys((entry.work, *_canonical(entry.symbol), *entry.aliases))),
        date_number(entry.date),
        _stored(entry, text, analysis.tokens),
    )


def _beside(held: set[str], analysis: Analysis, joined: str) -> str:
    """What of the terms and pairs beside the text the text has not."""
    if not held:
        return ""
    left = held.difference(analysis.main, analysis.extra)
    padded = f" {joined} "
    return " ".join(term for term in left if GAP not in term or f" {term.replace(GAP, ' ')} " not in padded)


@lru_cache(maxsize=50_000)
def _sides(value: str, group: str) -> tuple[_Side, ...]:
    """A title, heading or label in the group of its document and, where its script or an English
    vocabulary says so, in another's."""
    if not value:
        return ()
    groups = dict.fromkeys((group, _GROUP_OF_SCRIPT.get(script_of(value), group)))
    result = []
    for target in groups:
        analysis = analyser(target).analyse(composed(value))
        joined = analysis.joined()
        terms = joined.split()
        neighbours = {pair(*two) for two in pairwise(terms) if GAP not in two}
        result.append(_Side(target, joined, analysis.surface, frozenset(terms) - {GAP} | neighbours))
    return tuple(result)


@lru_cache(maxsize=50_000)
def _as_foreign(joined: str, group: str) -> str:
    return " ".join(foreign(term, group) for term in joined.split())


@lru_cache(maxsize=50_000)
def _canonical(symbol: str) -> tuple[str, ...]:
    try:
        return (parse_symbol(symbol).canonical,) if symbol else ()
    except BadSymbol:
        return (symbol,)


def _stored(entry: Entry, text: str, tokens: tuple[Token, ...] | None) -> bytes:
    row = [
        entry.id,
        entry.work,
        entry.symbol,
        entry.lang,
        entry.paragraph,
        entry.number,
        entry.title,
        text,
        entry.heading,
        entry.labels,
        entry.facets,
        entry.date,
        entry.weight,
        entry.aliases,
        tokens,
    ]
    return _ENCODER.encode(row).encode(errors="replace")


def restore(stored: bytes, score: float = 0.0, in_work: int = 1) -> Found:
    """The entry that :func:`prepare_all` stored."""
    row = json.loads(stored)
    tokens = row.pop()
    row[9] = tuple(row[9])
    row[10] = {name: tuple(values) for name, values in row[10].items()}
    row[13] = tuple(row[13])
    kept = None if tokens is None else tuple((term, start, end) for term, start, end in tokens)
    return Found(Entry(*row), score, kept, in_work)
