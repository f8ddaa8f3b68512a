"""What the index holds: one :class:`Entry` a paragraph, plain values, the same for every engine."""

from __future__ import annotations

from dataclasses import dataclass

#: Raise when an entry or its analysis changes: an older index is then rebuilt, never patched.
SCHEMA_VERSION = 3

#: The facets a reader can filter and count by, in the order in which pages show them.
FACETS: tuple[str, ...] = (
    "kind",  # smallplaces.model.document.Kind
    "body",  # code of the body: CRPD, CCPR, UPR…
    "state",  # ISO 3166-1 alpha-3, State concerned
    "region",  # UN regional group of that State: AFRICA, ASIA-PACIFIC, EEG, GRULAC, WEOG
    "year",
    "theme",
    "group",  # persons concerned
    "sdg",
    "position",  # of the State under review: supported, noted, in-part
    "recommending",  # ISO 3166-1 alpha-3, State that recommends
    "action",
    "lang",
    "source",
    "cites",  # targets and what they are part of: "treaty:ICESCR/11(1)", "treaty:ICESCR/11", "treaty:ICESCR"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph, ready to be indexed. ``id`` is the store's id of the paragraph, unique in the index.

    ``facets`` maps a name of :data:`FACETS` to its values; ``labels`` are the words of those labels a
    reader may search for ("Right to health"). ``date`` is ISO 8601, empty when unknown. ``aliases`` are
    other names of the work, by which it is found as by its symbol.
    """

    id: int
    work: str
    symbol: str
    lang: str
    paragraph: str  # key within the edition
    number: str
    title: str
    text: str
    heading: str
    labels: tuple[str, ...]
    facets: dict[str, tuple[str, ...]]
    date: str
    weight: float = 1.0  # how much a kind of document matters when relevance ties
    aliases: tuple[str, ...] = ()
