"""Korean: nouns and predicates by Kiwi, without particles and endings, prefixes kept.

A prefix that turns a word round stays with it: 미등록 (unregistered) is one term and holds no 등록
(registered). A suffix that derives a noun gives two terms: 주거권 (right to housing) is 주거권 and 주거
(housing). The parts of a compound stand side by side: 이주노동자 is found whole, as a phrase of
이주 and 노동자, and by each.

Kiwi takes seconds and hundreds of megabytes to load: it loads when the first Korean text is analysed,
or at :func:`warm`, once a process.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from smallplaces.text.analysis.base import GAP, Analysis, Reading, Token
from smallplaces.text.language import script_of
from smallplaces.text.normalise import WORD, folded

#: Prefixes that change what a word means. With any other prefix the bare word is a term too.
_TURNING = frozenset("비미불부무탈반몰역친")
_NOUNS = frozenset({"NNG", "NNP", "NR", "XR", "SL", "SN", "SH", "W_SERIAL"})
_NOMINAL = frozenset({"NNG", "NNP", "XPN", "XSN", "SL", "SN", "SH", "JKS", "JKO", "JKG", "JKB", "JX", "JC"})
_PREDICATES = frozenset({"VV", "VA", "VX", "MAG"})
#: Plural and manner suffixes say nothing of what a noun means.
_EMPTY_SUFFIXES = frozenset({"들", "님"})
#: One-syllable roots that end a compound which Kiwi knows as one noun: 금지법 (prohibition act) is also 금지.
_TAIL_ROOTS = frozenset("법자권제화민직죄형소율성")
_LONG_NOUN = 5
_PARTS_KEPT = 100_000

_kiwi: Any = None
_lock = threading.RLock()


def warm() -> None:
    """Load Kiwi and its caches now (about four seconds, once a process)."""
    _load().tokenize("미등록 이주노동자의 주거권")


def _load() -> Any:
    global _kiwi  # noqa: PLW0603 (one instance of 490 MB a process)
    with _lock:
        if _kiwi is None:
            from kiwipiepy import Kiwi  # noqa: PLC0415 (takes seconds)

            _kiwi = Kiwi(num_workers=2)
        return _kiwi


class KoreanAnalyser:
    """Korean, with the Latin words and numbers that stand in Korean texts."""

    group = "ko"

    def analyse(self, text: str) -> Analysis:
        """The terms of a text to be indexed, with their places."""
        return self.analyse_many([text])[0]

    def analyse_many(self, texts: Iterable[str]) -> list[Analysis]:
        """The terms of many texts, on all processors."""
        listed = list(texts)
        needing = [text for text in listed if script_of(text) == "hangul"]
        with _lock:
            morphemes = dict(zip(needing, _load().tokenize(needing), strict=True)) if needing else {}
        return [_analysis(text, morphemes.get(text)) for text in listed]

    def read(self, word: str) -> Reading:
        """The terms of one word of a query: a compound is read as its parts side by side."""
        return Reading(tuple((term,) for term in _read(word)))

    def tokens(self, text: str) -> Iterator[Token]:
        """Every term with its place in the text."""
        return iter(self.analyse(text).tokens or ())

    def spans(self, text: str, terms: Collection[str]) -> list[tuple[int, int]]:
        """Where the text holds any of the terms."""
        return [(start, end) for term, start, end in self.tokens(text) if term in terms]


@lru_cache(maxsize=20_000)
def _read(word: str) -> tuple[str, ...]:
    if script_of(word) != "hangul":
        return tuple(folded(found) for found in WORD.findall(word))
    with _lock:
        morphemes = _load().tokenize(word)
        if not all(_tag(found) in _NOMINAL for found in morphemes):
            # 이주 alone is read as 이 (two) and 주 (weeks); before a particle a noun is known for one
            particle = "를" if (ord(word[-1]) - ord("가")) % 28 == 0 else "을"
            marked = _load().tokenize(word + particle)
            if all(_tag(found) in _NOMINAL for found in marked[:-1]) and marked[-1].form == particle:
                morphemes = marked[:-1]
    return tuple(unit[0].term for unit in _units(morphemes))


def _tag(morpheme: Any) -> str:
    return str(morpheme.tag).partition("-")[0]


def _analysis(text: str, morphemes: Any) -> Analysis:
    if morphemes is None:
        tokens = [Token(folded(found.group()), *found.span()) for found in WORD.finditer(text)]
        terms = [token.term for token in tokens]
        return Analysis(terms, [], frozenset(terms), tuple(tokens))
    main: list[str] = []
    extra: list[str] = []
    tokens = []
    chain: list[Token] = []  # the units without a space between, up to this one
    for unit in _units(morphemes):
        main.append(unit[0].term)
        chain = [*chain, unit[0]] if chain and chain[-1].end == unit[0].start else [unit[0]]
        for other in unit[1:]:
            # 차별금지법 is also 차별금지: the beginning of the compound stands before its shorter end
            before = [token.term for token in chain[:-1]] if other.start == unit[0].start else []
            extra.extend([*before, other.term, GAP])
        tokens.extend(unit)
    return Analysis(main, extra, frozenset(token.term for token in tokens), tuple(tokens))


def _units(morphemes: Any) -> Iterator[list[Token]]:
    """The terms of each unit of meaning: the whole first, then what it may also be found by."""
    prefix: Any = None
    unit: list[Token] = []
    for found in morphemes:
        tag, form = _tag(found), found.form
        end = found.start + found.len
        if unit and tag == "XSN" and found.start == unit[0].end:
            unit = _with_suffix(unit, form, end)
            continue
        if unit:
            yield unit
            unit = []
        if tag == "XPN":
            if prefix is not None:
                yield [_token(prefix.form, prefix.start, prefix.start + prefix.len)]
            prefix = found
            continue
        glued = prefix if prefix is not None and prefix.start + prefix.len == found.start and tag in _NOUNS else None
        if prefix is not None and glued is None:
            yield [_token(prefix.form, prefix.start, prefix.start + prefix.len)]
        prefix = None
        if tag in _NOUNS:
            parts = _whole_parts(form) if glued is None else ()
            yield from _split(parts, found.start)
            if not parts:
                unit = _noun(form, found.start, end, glued)
        elif tag in _PREDICATES and form:
            yield [_token(form if tag == "MAG" else form + "다", found.start, end)]
    if unit:
        yield unit
    if prefix is not None:
        yield [_token(prefix.form, prefix.start, prefix.start + prefix.len)]


def _token(term: str, start: int, end: int) -> Token:
    return Token("".join(folded(term).split()) or term, start, end)


def _noun(form: str, start: int, end: int, prefix: Any) -> list[Token]:
    """A noun, with its prefix if it has one, and the shorter nouns inside it."""
    whole, begin = (form, start) if prefix is None else (prefix.form + form, prefix.start)
    unit = [_token(whole, begin, end)]
    if len(form) > 2 and form[-1] in _TAIL_ROOTS and script_of(form) == "hangul":
        unit.append(_token(whole[:-1], begin, end - 1))
    if prefix is not None and prefix.form not in _TURNING:
        unit.append(_token(form, start, end))
    return unit


def _with_suffix(unit: list[Token], suffix: str, end: int) -> list[Token]:
    if suffix in _EMPTY_SUFFIXES:
        return unit
    base = unit[0]
    return [Token(base.term + suffix, base.start, end), *unit]


def _split(parts: tuple[str, ...], start: int) -> Iterator[list[Token]]:
    """The parts of a long noun, each as a noun in its place."""
    for part in parts:
        yield _noun(part, start, start + len(part), None)
        start += len(part)


@lru_cache(maxsize=_PARTS_KEPT)
def _whole_parts(form: str) -> tuple[str, ...]:
    """The nouns that a long noun of Kiwi's dictionary is made of; none when it is made of one.

    국가인권위원회 stands in the dictionary as one name; a reader also looks for 인권위원회.
    """
    if len(form) < _LONG_NOUN or script_of(form) != "hangul":
        return ()
    with _lock:
        found = _load().tokenize(form, blocklist=[f"{form}/NNP", f"{form}/NNG", "인권위원회/NNP"])
    pieces = tuple(piece.form for piece in found)
    if len(pieces) < 2 or "".join(pieces) != form or any(str(piece.tag) not in _NOUNS for piece in found):
        return ()
    return pieces


def analyser() -> KoreanAnalyser:
    """The analyser of Korean."""
    return KoreanAnalyser()
