"""The part of a text that a hit shows, and the spans of it that answer the query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from smallplaces.search.backends.base import Found
from smallplaces.search.hit import Span
from smallplaces.search.plan import Across, Begins, Has, Match, Meant, Node, sought
from smallplaces.text.analysis import GAP, analyser
from smallplaces.text.language import GROUPS, group_of
from smallplaces.text.normalise import WORD, composed, folded_in_place

LENGTH = 320
_PART = 2000
_LEAD = 60
_ELLIPSIS = "…"
_JOINED = " \u00a0-'’"


@dataclass(frozen=True, slots=True)
class Sought:
    """The terms that a query looks for, by group and scope, and the beginnings of words. ``together``: how
    many of them stand side by side wherever the query matches (1 unless all it asks are phrases). ``meant``:
    (facet, value) of labels that are called so in another language."""

    in_text: dict[str, frozenset[str]]
    in_title: dict[str, frozenset[str]]
    in_label: dict[str, frozenset[str]]
    beginnings: tuple[str, ...]
    years: frozenset[str]
    together: int = 1
    meant: frozenset[tuple[str, str]] = frozenset()


def sought_terms(node: Node) -> Sought:
    """What to mark for a plan's node; what was added in other languages is marked by itself."""
    if isinstance(node, Across):
        node = node.items[0]
    found: dict[str, dict[str, set[str]]] = {
        scope: {group: set() for group in GROUPS} for scope in ("text", "title", "label")
    }
    beginnings: list[str] = []
    years: set[str] = set()
    together: list[int] = []
    for item in sought(node):
        if isinstance(item, Begins):
            beginnings.append(item.prefix)
            together.append(1)
            continue
        together += [len(reading.places) if reading.adjacent else 1 for _, reading in item.readings]
        years.update({item.year} - {""})
        for scope in _scopes(item):
            for group, reading in item.readings:
                found[scope][group].update(term for place in reading.places for term in place)
    text, title, label = (
        {group: frozenset(terms) for group, terms in found[scope].items() if terms}
        for scope in ("text", "title", "label")
    )
    meant = frozenset(
        (item.facet, value)
        for item in (node.items if isinstance(node, Meant) else ())
        if isinstance(item, Has)
        for value in item.values
    )
    return Sought(text, title, label, tuple(beginnings), frozenset(years), min(together, default=1), meant)


def _scopes(item: Match) -> tuple[str, ...]:
    return ("text", "title", "label") if item.scope == "any" else (item.scope,)


def marked(found: Found, wanted: Sought) -> tuple[str, tuple[Span, ...], tuple[str, ...]]:
    """The excerpt of an entry, the spans to mark in it and the fields that matched."""
    entry = found.entry
    spans = typed_spans(found, wanted)
    matched = ["text"] if spans else []
    group = group_of(entry.lang)
    meant = any(value in entry.facets.get(facet, ()) for facet, value in wanted.meant)
    if meant or any(_holds(label, group, wanted.in_label, wanted) for label in entry.labels):
        matched.append("label")
    if _holds(entry.title, group, wanted.in_title, wanted):
        matched.append("title")
    if _holds(entry.heading, group, wanted.in_label, wanted):
        matched.append("heading")
    if wanted.years.intersection(entry.facets.get("year", ())):
        matched.append("year")
    excerpt, marks = cut(entry.text, spans)
    return excerpt, marks, tuple(matched)


def typed_spans(found: Found, wanted: Sought) -> list[Span]:
    """Where the text answers, in order and apart."""
    entry = found.entry
    group = group_of(entry.lang)
    terms = wanted.in_text.get(group, frozenset())
    spans: list[Span] = []
    if terms and found.tokens is not None:
        kept = [(start, end) for term, start, end in found.tokens if term in terms]
        spans = _runs(entry.text, kept, wanted.together)
        terms = frozenset()
    if not (terms or wanted.beginnings):
        return merged(entry.text, spans)
    for offset, part in parts(entry.text):
        here = analyser(group).spans(part, terms) if terms else []
        if wanted.beginnings:
            here += _begun(part, wanted.beginnings)
        spans += [(start + offset, end + offset) for start, end in _runs(part, here, wanted.together)]
        if spans:
            break
    return merged(entry.text, spans)


def _runs(text: str, spans: list[Span], least: int) -> list[Span]:
    """The spans that stand at least so many in a row, with nothing but signs between them."""
    if least < 2:
        return spans
    runs: list[list[Span]] = []
    for start, end in sorted(spans):
        if runs and not any(c.isalnum() for c in text[runs[-1][-1][1] : start]):
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    return [span for run in runs if len({start for start, _ in run}) >= least for span in run]


def parts(text: str) -> Iterator[tuple[int, str]]:
    """A text in parts that end between words: an excerpt needs the first that answers, not all of a
    paragraph of fifty pages."""
    start = 0
    while start < len(text):
        space = text.find(" ", start + _PART)
        end = space if 0 <= space < start + 2 * _PART else start + _PART
        yield start, text[start:end]
        start = end


def _begun(text: str, beginnings: Sequence[str]) -> list[Span]:
    plain = folded_in_place(text)
    return [match.span() for match in WORD.finditer(plain) if match.group().startswith(tuple(beginnings))]


def merged(text: str, spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch or are one space apart made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and (start <= result[-1][1] or (start == result[-1][1] + 1 and text[start - 1] in _JOINED)):
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _holds(value: str, group: str, terms: dict[str, frozenset[str]], wanted: Sought) -> bool:
    if not value:
        return False
    there = (terms.get(group, frozenset()) | terms.get("en", frozenset())) & _terms_of(value, group)
    if there and len(there) >= wanted.together:
        return True
    return bool(wanted.beginnings) and bool(_begun(composed(value), wanted.beginnings))


@lru_cache(maxsize=50_000)
def _terms_of(value: str, group: str) -> frozenset[str]:
    terms: set[str] = set()
    for target in {group, "en"}:
        analysis = analyser(target).analyse(composed(value))
        terms.update(analysis.main, analysis.extra)
    return frozenset(terms - {GAP})


def cut(text: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """At most :data:`LENGTH` characters of a text, where most of the marks are, between words."""
    if len(text) <= LENGTH:
        return text, tuple(spans)
    start = _window(spans)
    if start + LENGTH > len(text):
        start = max(0, len(text) - LENGTH)
    start = _word_start(text, start)
    end = len(text) if start + LENGTH >= len(text) else _word_end(text, start, start + LENGTH)
    before = _ELLIPSIS if start else ""
    after = _ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    marks = tuple((a + shift, b + shift) for a, b in spans if a >= start and b <= end)
    return f"{before}{text[start:end]}{after}", marks


def _window(spans: Sequence[Span]) -> int:
    """Where a window holds most marked characters; the first such place."""
    if not spans or spans[-1][1] <= LENGTH:
        return 0
    best, best_start, right, inside = 0, spans[0][0], 0, 0
    for left, (start, end) in enumerate(spans):
        while right < len(spans) and spans[right][1] <= start + LENGTH - _LEAD:
            inside += spans[right][1] - spans[right][0]
            right += 1
        if inside > best:
            best, best_start = inside, start
        if right > left:
            inside -= end - start
        else:
            right = left + 1
    return max(0, best_start - _LEAD)


def _word_start(text: str, start: int) -> int:
    """The beginning of the word at ``start``, or the next one; as it is in scripts without spaces."""
    if start == 0 or text[start - 1].isspace():
        return start
    space = text.find(" ", start, start + _LEAD // 2)
    return space + 1 if space >= 0 else start


def _word_end(text: str, start: int, end: int) -> int:
    space = text.rfind(" ", max(start, end - _LEAD), end + 1)
    return space if space > start else end
