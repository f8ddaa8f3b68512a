"""What the finder hands to the resolver: a reference as the text makes it, nothing yet looked up."""

from __future__ import annotations

from dataclasses import dataclass, field

from smallplaces.enrich.cite.articles import Item
from smallplaces.model.annotation import CitationKind


@dataclass(frozen=True, slots=True)
class Instrument:
    """What an article is said to belong to.

    ``sort`` is treaty (``code`` is known), role ("the Covenant": ``code`` is covenant, convention or protocol),
    same ("thereof"), law (national or regional), foreign (an instrument outside the catalogue).
    """

    sort: str
    code: str
    start: int
    end: int


@dataclass(slots=True)
class Articles:
    """A list of articles with the instrument it names itself, if any."""

    start: int
    end: int
    items: list[Item]
    instrument: Instrument | None = None
    heading: bool = False  # a heading or a bracket at the end of one: the document speaks of its own treaty
    beside_law: bool = False  # names no instrument, in a sentence that names a law
    on_subject: bool = False  # "article 19 on living independently": reports speak so of the treaty
    bracketed: bool = False  # "(art. 6)", alone in its brackets
    shared: bool = False  # the instrument was named by the next reference of the same chain


@dataclass(frozen=True, slots=True)
class Found:
    """Any other reference. ``names`` are what the kind needs: symbols, (number, year) pairs, forms…"""

    start: int
    end: int
    kind: CitationKind
    names: tuple[str, ...]
    places: tuple[str, ...] = ()
    hint: str = ""  # the organ or committee that the text names for it
    extra: dict[str, str] = field(default_factory=dict)
