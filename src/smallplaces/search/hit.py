"""What a search answers: plain values, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: A half-open span of characters: ``(start, end)``.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """One paragraph found.

    ``excerpt`` is plain text, ``marks`` are the spans of it that answer the query, in order and apart.
    ``matched`` names the fields that answered: text, label, title, heading, year (none when the whole
    index was asked for). ``facets`` are the entry's own values, by the names of
    :data:`~smallplaces.search.schema.FACETS`. ``in_work`` counts the hits in the same work, when
    results are grouped. ``across``: codes of the concepts by whose name in the text's own language it was found,
    while the query says them in another.
    """

    id: int
    work: str
    symbol: str
    lang: str
    paragraph: str
    number: str
    title: str
    excerpt: str
    marks: tuple[Span, ...]
    score: float
    matched: tuple[str, ...]
    date: str
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heading: str = ""
    in_work: int = 1
    across: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of document, or nothing."""
        return next(iter(self.facets.get("kind", ())), "")

    @property
    def body(self) -> str:
        """The code of the body, or nothing."""
        return next(iter(self.facets.get("body", ())), "")

    @property
    def states(self) -> tuple[str, ...]:
        """The States concerned, as alpha-3 codes."""
        return self.facets.get("state", ())


@dataclass(frozen=True, slots=True)
class GoesTo:
    """The document (and paragraph number, or nothing) that the query names by its symbol."""

    symbol: str
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A concept of the term base that a query names, and what was looked for besides.

    ``words`` are those of the query, ``lang`` the language in which they name it; ``terms``: language -> terms.
    """

    code: str
    words: str
    lang: str
    terms: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query.

    ``total`` counts every paragraph that matches, exactly; ``works`` the works they are in, when
    results are grouped. ``facets``: name -> (value, count), most first. ``notes`` are sentences to
    show (a limit reached, a word ignored). ``fuzzy``: nothing matched, these are near misses. ``added``: what was
    looked for in other languages.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    goes_to: GoesTo | None = None
    did_you_mean: str | None = None
    fuzzy: bool = False
    notes: tuple[str, ...] = ()
    works: int | None = None
    added: tuple[Added, ...] = ()
