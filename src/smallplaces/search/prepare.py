"""An entry made ready for any engine: its texts analysed, field by field, as terms between spaces."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from smallplaces.errors import BadSymbol
from smallplaces.model.symbol import parse as parse_symbol
from smallplaces.search.backends.base import Found
from smallplaces.search.plan import date_number
from smallplaces.search.schema import Entry
from smallplaces.text.analysis import GAP, Analysis, Token, analyser
from smallplaces.text.analysis.korean import KoreanAnalyser
from smallplaces.text.language import group_of, script_of
from smallplaces.text.normalise import composed

_CHUNK = 500
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_GROUP_OF_SCRIPT = {"hangul": "ko", "han": "zh", "cyrillic": "ru", "arabic": "ar", "latin": "en"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an engine indexes and stores of one entry.

    ``terms``: (part, group, terms joined by spaces), where part is "text", "meta" (title, heading and
    labels), "title" or "label". ``surface``: (group, words as written, folded), for prefixes and
    suggestions. ``stored``: what :func:`restore` reads back.
    """

    entry: Entry
    terms: tuple[tuple[str, str, str], ...]
    surface: tuple[tuple[str, str], ...]
    works: tuple[str, ...]
    date: int
    stored: bytes


def prepare_all(entries: Iterable[Entry]) -> Iterator[Prepared]:
    """Prepare entries, Korean ones by the hundred, because their analyser uses all processors."""
    source = iter(entries)
    while chunk := list(islice(source, _CHUNK)):
        texts = [composed(entry.text) for entry in chunk]
        korean = [index for index, entry in enumerate(chunk) if group_of(entry.lang) == "ko"]
        ready = dict(zip(korean, _korean().analyse_many(texts[i] for i in korean), strict=True)) if korean else {}
        for index, entry in enumerate(chunk):
            yield _prepare(entry, texts[index], ready.get(index))


def _korean() -> KoreanAnalyser:
    found = analyser("ko")
    assert isinstance(found, KoreanAnalyser)  # noqa: S101 (tells the type checker)
    return found


def _prepare(entry: Entry, text: str, ready: Analysis | None) -> Prepared:
    group = group_of(entry.lang)
    analysis = ready or analyser(group).analyse(text)
    surface = {group: analysis.surface}
    terms = [("text", group, analysis.joined())]
    meta: dict[str, list[str]] = {}
    for part, value in (("title", entry.title), ("meta", entry.heading), *(("label", it) for it in entry.labels)):
        for target, joined, seen in _side_analysis(value, group):
            meta.setdefault(target, []).append(joined)
            surface[target] = surface.get(target, frozenset()) | seen
            if part != "meta":
                terms.append((part, target, joined))
    terms.extend(("meta", target, f" {GAP} ".join(parts)) for target, parts in meta.items())
    return Prepared(
        entry,
        tuple(terms),
        tuple((target, " ".join(found)) for target, found in surface.items()),
        tuple(dict.fromkeys((entry.work, *_canonical(entry.symbol)))),
        date_number(entry.date),
        _stored(entry, text, analysis.tokens),
    )


@lru_cache(maxsize=50_000)
def _side_analysis(value: str, group: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """A title, heading or label as (group, terms, words): in the group of its document and, where its
    script or an English vocabulary says so, in another's."""
    if not value:
        return ()
    groups = dict.fromkeys((group, _GROUP_OF_SCRIPT.get(script_of(value), group)))
    result = []
    for target in groups:
        analysis = analyser(target).analyse(composed(value))
        result.append((target, analysis.joined(), analysis.surface))
    return tuple(result)


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
        tokens,
    ]
    return _ENCODER.encode(row).encode(errors="replace")


def restore(stored: bytes, score: float = 0.0, in_work: int = 1) -> Found:
    """The entry that :func:`prepare_all` stored."""
    row = json.loads(stored)
    tokens = row.pop()
    row[9] = tuple(row[9])
    row[10] = {name: tuple(values) for name, values in row[10].items()}
    kept = None if tokens is None else tuple((term, start, end) for term, start, end in tokens)
    return Found(Entry(*row), score, kept, in_work)
