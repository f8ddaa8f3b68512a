"""What was asked: a query as a person types it, read into a small tree.

    plain words          all must occur
    "a phrase"           side by side
    a OR b, a AND b      in capitals; NOT a, -a: must not occur
    disab*               words that begin so
    state:KOR            one of the fields below; field:"several words"
    year:2010-2014       a range of years; also 2010..2014 without a field
    ( )                  grouping

Every text is a query. What cannot be read as one of these is read as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from smallplaces.search.schema import FACETS
from smallplaces.text.normalise import composed

MAX_LENGTH = 1000
MAX_DEPTH = 20

#: Names a person may type for a facet or a part of an entry.
FIELDS: dict[str, str] = {
    **{name: name for name in FACETS},
    "country": "state",
    "states": "state",
    "committee": "body",
    "type": "kind",
    "sdgs": "sdg",
    "issue": "theme",
    "topic": "theme",
    "persons": "group",
    "language": "lang",
    "cite": "cites",
    "symbol": "symbol",
    "title": "title",
    "label": "label",
    "text": "text",
    "before": "before",
    "after": "after",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, or a run of signs without white space."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with ``text``."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is a value of :data:`FIELDS`; ``last`` is the end of a range, else empty."""

    name: str
    value: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class And:
    """All must hold."""

    items: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One must hold."""

    items: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Must not hold."""

    item: Ask


Ask = Word | Phrase | Prefix | Field | And | Or | Not

_NAMES = "|".join(sorted(FIELDS, key=len, reverse=True))
_OPENING, _CLOSING = '"“”„«「『', '"“”«»」』'
_QUOTED = rf"[{_OPENING}](?P<quoted>[^{_CLOSING}]*)(?:[{_CLOSING}]|$)"
_PIECE = re.compile(
    rf"(?P<open>\()|(?P<close>\))"
    rf"|(?P<minus>(?<![^\s(])[-−–](?=[^\s\-−–]))"
    rf"|(?<!\bcites:)(?<!\bcite:)(?P<field>(?:{_NAMES})):(?=[^\s)])"
    rf"|{_QUOTED}"
    rf"|(?P<word>(?:(?<=\bcites:)|(?<=\bcite:))[^\s()\"“”„«»「」『』]+(?:\(\w+\))*"  # treaty:ICCPR/19(2)(b), sdg:8.5
    rf"|[^\s()\"“”„«»「」『』]+)"
    rf"|(?P<other>\S)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{4})(?:\.\.|…|-|–|—)(\d{4})")
_BARE_RANGE = re.compile(r"(\d{4})(?:\.\.|…)(\d{4})")


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str


def parse(text: str) -> Ask | None:
    """Read a query; None when nothing stands in it. Never raises.

    Only the first :data:`MAX_LENGTH` characters are read.
    """
    pieces = list(_pieces(composed(text.replace("\0", " "))[:MAX_LENGTH]))
    if all(piece.kind in {"and", "or", "not"} for piece in pieces):
        pieces = [_Piece("word", piece.text) for piece in pieces]
    return _Reader(pieces).read()


def _pieces(text: str) -> Iterator[_Piece]:
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "other"
        found = match.group(kind)
        if kind == "word" and found in {"AND", "OR", "NOT", "&&", "||"}:
            yield _Piece({"&&": "and", "||": "or"}.get(found, found.lower()), found)
        elif kind == "minus":
            yield _Piece("not", found)
        elif kind != "other":
            yield _Piece(kind, found)


class _Reader:
    """Recursive descent over the pieces; OR binds weaker than AND, which need not be written."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._at = 0

    def read(self) -> Ask | None:
        """The whole query; closing brackets without an opening one are passed over."""
        found: list[Ask] = []
        while self._at < len(self._pieces):
            part = self._either(0)
            if part is not None:
                found.append(part)
            self._at += 1  # a stray closing bracket
        return _joined(And, found)

    def _peek(self) -> str:
        return self._pieces[self._at].kind if self._at < len(self._pieces) else ""

    def _either(self, depth: int) -> Ask | None:
        choices = [self._all(depth)]
        while self._peek() == "or":
            self._at += 1
            choices.append(self._all(depth))
        return _joined(Or, [choice for choice in choices if choice is not None])

    def _all(self, depth: int) -> Ask | None:
        found: list[Ask] = []
        while self._peek() not in {"", "or", "close"}:
            if self._peek() == "and":
                self._at += 1
                continue
            part = self._one(depth)
            if part is not None:
                found.append(part)
        return _joined(And, found)

    def _one(self, depth: int) -> Ask | None:
        turned = False
        while self._peek() == "not":
            turned = not turned
            self._at += 1
        if self._peek() in {"", "or", "and", "close"}:
            return None
        piece = self._pieces[self._at]
        self._at += 1
        found: Ask | None
        if piece.kind == "open":
            if depth >= MAX_DEPTH:
                return None  # deeper brackets are passed over, what is in them is read
            found = self._either(depth + 1)
            if self._peek() == "close":
                self._at += 1
        elif piece.kind == "field":
            found = self._field(FIELDS[piece.text.lower()])
        elif piece.kind == "quoted":
            found = Phrase(piece.text.strip()) if piece.text.strip() else None
        else:
            found = _word(piece.text)
        return Not(found) if turned and found is not None else found

    def _field(self, name: str) -> Ask | None:
        if self._peek() not in {"word", "quoted"}:
            return None
        value = self._pieces[self._at].text.strip()
        self._at += 1
        if name in {"year", "before", "after"} and (years := _RANGE.fullmatch(value)):
            return Field("year", *sorted(years.groups()))
        return Field(name, value) if value else None


def _word(text: str) -> Ask:
    years = _BARE_RANGE.fullmatch(text)
    if years:
        return Field("year", *sorted(years.groups()))
    stem = text.rstrip("*")
    if stem != text:
        return Prefix(stem) if stem else Word(text)
    return Word(text)


def _joined(kind: type[And] | type[Or], items: list[Ask]) -> Ask | None:
    if len(items) > 1:
        return kind(tuple(items))
    return items[0] if items else None
