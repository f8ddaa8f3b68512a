"""How to search: a query's tree turned into a plan that any engine can compile.

A word's language is unknown. It is read by every analyser whose texts may hold it, and any of these
readings will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smallplaces.errors import BadInput, Sentence
from smallplaces.search import query as ask
from smallplaces.search.schema import FACETS
from smallplaces.search.stopwords import STOPWORDS
from smallplaces.text.analysis import Reading, analyser
from smallplaces.text.language import GROUPS, groups_for
from smallplaces.text.normalise import folded, words

#: The deepest hit that can be asked for; beyond it an export is the right door.
MAX_DEPTH = 10_000
MAX_LIMIT = 1000
MAX_WORDS = 64
SORTS = ("relevance", "date", "-date")  # oldest first, newest first
_YEARS = range(1900, 2101)
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # halves of characters, which no engine can be asked for


@dataclass(frozen=True, slots=True)
class Match:
    """Words in an entry: by any of the ``readings`` (group -> terms).

    ``scope``: "any" (text, title, heading, labels), "text", "title" or "label". ``year``: the word is
    a year and also answers for entries of that year.
    """

    word: str
    readings: tuple[tuple[str, Reading], ...]
    scope: str = "any"
    year: str = ""


@dataclass(frozen=True, slots=True)
class Begins:
    """Words of the entry that begin with ``prefix`` (folded), in these groups."""

    prefix: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """The entry has one of the ``values`` of a facet."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfWork:
    """The entry belongs to the work of this key, canonical symbol or alias, and is the paragraph of this
    number when one is given; ``starts``: to any work whose key begins so."""

    key: str
    number: str = ""
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """The entry's date lies in ``first`` <= date < ``last``, as numbers yyyymmdd."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class All:
    """Every item holds."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least ``least`` of the items hold."""

    items: tuple[Node, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Meant(Any):
    """What was typed, the first of the items, or labels of which it is the name in another language."""


@dataclass(frozen=True, slots=True)
class Across(Any):
    """What was typed, the first of the items, or its terms in other languages, the second, which count less."""


@dataclass(frozen=True, slots=True)
class Called(Any):
    """One of the terms of a concept: as good as the best of them, however many there are."""


#: How much less words that were added to a query count than the words that were typed.
ACROSS_LESS = 0.1


@dataclass(frozen=True, slots=True)
class Without:
    """The item does not hold."""

    item: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """Every entry."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No entry."""


Node = Match | Begins | Has | OfWork | Dated | All | Any | Without | Everything | Nothing


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an engine needs to know."""

    node: Node
    filters: tuple[Has, ...] = ()
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    grouped: bool = False
    prefer: str = ""  # the reader's language: by relevance, what is in it comes first


@dataclass(frozen=True, slots=True)
class Asked:
    """What planning made of a query: the node, the symbol it names, sentences to show, and the tree that was read
    (none for a symbol, or for everything)."""

    node: Node
    symbol: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()
    tree: ask.Ask | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What planning asks the rest of the house. ``values`` gives the values of a facet in the index that
    a typed text means; ``symbol`` the canonical symbol and paragraph of a query that is a symbol; ``cited``
    every form in which the index may hold what a typed text names as cited."""

    values: Callable[[str, str], Sequence[str]] = lambda _facet, text: (text,)
    symbol: Callable[[str], tuple[str, str | None] | None] = lambda _text: None
    cited: Callable[[str], Sequence[str]] = lambda text: (text,)


def plan_query(text: str, knowledge: Knowledge) -> Asked:
    """Plan what a person typed. Never raises, whatever the text."""
    text = _UNREADABLE.sub(" ", text)
    if not text.strip() or text.strip() == "*":
        return Asked(Everything())
    notes: list[str] = []
    if len(text) > ask.MAX_LENGTH:
        notes.append(Sentence("Only the first %(most)d characters of the query were read.", most=ask.MAX_LENGTH))
    named = knowledge.symbol(text[: ask.MAX_LENGTH])
    if named is not None:
        key, number = named[0], named[1] or ""
        mention = _match(key, phrase=True, scope="text")
        choices: list[Node] = [OfWork(key, number), *([OfWork(key)] if number else []), *([mention] if mention else [])]
        return Asked(Any(tuple(choices)), (key, number), tuple(notes))
    tree = ask.parse(text)
    node = plan_part(tree, knowledge, notes) if tree is not None else None
    if node is None:
        notes.append(Sentence("The query holds no word to search for."))
        node = Nothing()
    return Asked(node, None, tuple(notes), tree)


def plan_part(tree: ask.Ask, knowledge: Knowledge, notes: list[str]) -> Node | None:
    """The node of a part of a query's tree; None when there is nothing to search for in it. Adds to ``notes``."""
    return _Planner(knowledge, notes).node(tree)


def plan_filters(filters: Mapping[str, Sequence[str]], langs: Sequence[str]) -> tuple[Has, ...]:
    """The chosen values of each facet. Raises :class:`BadInput` for a name that is no facet."""
    chosen = {name: tuple(values) for name, values in filters.items() if values}
    for name in chosen:
        if name not in FACETS:
            raise BadInput(
                "“%(given)s” is no field to filter by. There are: %(known)s.", given=name, known=tuple(FACETS)
            )
    if langs:
        chosen["lang"] = tuple(dict.fromkeys((*chosen.get("lang", ()), *langs)))
    return tuple(Has(name, values) for name, values in chosen.items())


def check_page(sort: str, limit: int, offset: int, facets: Sequence[str]) -> None:
    """Raises :class:`BadInput` for an order, a page or a facet that does not exist."""
    if sort not in SORTS:
        raise BadInput("“%(given)s” is no order of results. There are: %(known)s.", given=sort, known=tuple(SORTS))
    if limit < 0 or offset < 0 or limit > MAX_LIMIT:
        raise BadInput("A page holds 0 to %(most)d hits and begins at 0 or later.", most=MAX_LIMIT)
    if offset + limit > MAX_DEPTH:
        raise BadInput(
            "Only the first %(most)d hits can be paged through: narrow the search, or export it.", most=MAX_DEPTH
        )
    for name in facets:
        if name not in FACETS or name == "cites":
            raise BadInput("“%(given)s” is no field to count by.", given=name)


@dataclass(slots=True)
class _Planner:
    knowledge: Knowledge
    notes: list[str]
    words_left: int = field(default=MAX_WORDS)

    def node(self, tree: ask.Ask) -> Node | None:  # noqa: PLR0911 (one answer a kind of node)
        """The node of a part of the tree; None when there is nothing to search for in it."""
        match tree:
            case ask.Word(text):
                return self._count(lambda: _match(text))
            case ask.Phrase(text):
                return self._count(lambda: _match(text, phrase=True))
            case ask.Prefix(text):
                return self._count(lambda: _begins(text))
            case ask.Field():
                return self._field(tree)
            case ask.Not(item):
                inner = self.node(item)
                return Without(inner) if inner is not None else None
            case ask.Or(items):
                return _joined(Any, [node for item in items if (node := self.node(item)) is not None])
            case ask.And(items):
                return self._all(items)

    def _all(self, items: tuple[ask.Ask, ...]) -> Node | None:
        telling = [item for item in items if not (isinstance(item, ask.Word) and folded(item.text) in STOPWORDS)]
        if not any(isinstance(item, ask.Word | ask.Phrase | ask.Prefix) for item in telling):
            telling = list(items)
        return _joined(All, [node for item in telling if (node := self.node(item)) is not None])

    def _count(self, make: Callable[[], Node | None]) -> Node | None:
        self.words_left -= 1
        if self.words_left == -1:
            self.notes.append(Sentence("Only the first %(most)d words of the query were used.", most=MAX_WORDS))
        return make() if self.words_left >= 0 else None

    def _field(self, tree: ask.Field) -> Node | None:  # noqa: PLR0911 (one answer a field)
        name, value = tree.name, tree.value
        if name in {"text", "title", "label"}:
            return self._count(lambda: _match(value, phrase=True, scope=name))
        if name == "symbol":
            named = self.knowledge.symbol(value)
            bare = value.rstrip("*")
            names = (named[0],) if named else tuple(dict.fromkeys((bare.upper(), bare))) if bare else ()
            return _joined(Any, [OfWork(one, starts=bare != value) for one in names])
        if name in {"before", "after"}:
            return self._dated(name, value)
        if name == "year":
            return self._years(value, tree.last or value)
        if name == "cites":
            return Has(name, tuple(self.knowledge.cited(value)))
        values = tuple(self.knowledge.values(name, value))
        if not values:
            self.notes.append(Sentence("Nothing here has “%(value)s” as %(name)s.", value=value, name=name))
            return Nothing()
        return Has(name, values)

    def _years(self, first: str, last: str) -> Node:
        if not (first.isdecimal() and last.isdecimal()):
            self.notes.append(Sentence("“%(year)s” is no year.", year=first))
            return Nothing()
        years = tuple(str(year) for year in _YEARS if int(first) <= year <= int(last))
        return Has("year", years) if years else Nothing()

    def _dated(self, name: str, value: str) -> Node:
        day = date_number(value)
        if not day:
            self.notes.append(Sentence("“%(value)s” is no date: write 2014, 2014-05 or 2014-05-31.", value=value))
            return Nothing()
        return Dated(1, day) if name == "before" else Dated(day, 99999999)


def date_number(text: str) -> int:
    """An ISO date of any precision as yyyymmdd ("2014" -> 20140000); 0 when it is none."""
    parts = text.strip().split("-")
    if not all(part.isdecimal() for part in parts) or len(parts[0]) != 4 or len(parts) > 3:
        return 0
    year, month, day = (*map(int, parts), 0, 0)[:3]
    return year * 10000 + month * 100 + day if month <= 12 and day <= 31 else 0


def _match(text: str, *, phrase: bool = False, scope: str = "any") -> Match | None:
    found = words(text)
    if not found:
        return None
    groups = [group for group in GROUPS if all(group in groups_for(word) for word in found)]
    groups = groups or sorted({group for word in found for group in groups_for(word)}, key=GROUPS.index)
    readings: list[tuple[str, Reading]] = []
    for group in groups:
        reading = analyser(group).read(text)
        if reading.places:
            readings.append((group, Reading(reading.places, True) if phrase else reading))
    year = text if len(text) == 4 and text.isdecimal() and int(text) in _YEARS and not phrase else ""
    return Match(text, tuple(readings), scope, year) if readings else None


def word_match(word: str) -> Match | None:
    """A single word as :func:`plan_query` would read it."""
    return _match(word)


def _begins(text: str) -> Node | None:
    found = words(text)
    if not found:
        return None
    last = folded(found[-1])
    if len(last) < 2 and last.isascii():
        return _match(text)
    begins = Begins(last.replace("'", ""), groups_for(last))
    if len(found) == 1:
        return begins
    first = _match(" ".join(found[:-1]), phrase=True)
    return All((first, begins)) if first else begins


def _joined(kind: type[All] | type[Any], items: list[Node]) -> Node | None:
    if len(items) > 1:
        return kind(tuple(items))
    return items[0] if items else None


def sought(node: Node) -> Iterator[Match | Begins]:
    """The words that a hit may show: everything but what must be absent."""
    match node:
        case Match() | Begins():
            yield node
        case All(items):
            for item in items:
                yield from sought(item)
        case Any():
            for item in node.items:
                yield from sought(item)
        case _:
            return
