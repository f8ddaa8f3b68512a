"""What every source is: a folder with ``source.yml`` (what it is, what to expect) and ``source.py`` (how to read it).

``source.py`` has one function::

    def read(files: tuple[File, ...], context: Context) -> Iterator[Item]

It yields items as it goes and never holds the whole file. A record that cannot be used is yielded
as a :class:`Refusal` with its place and reason, and reading goes on. Reads: the files named by
``source.yml``. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smallplaces.model.document import Edition, Origin, Parcel, Work
from smallplaces.model.place import Place
from smallplaces.model.status import TreatyAction


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken in, and why. ``where`` is exact: file, then line, record id or page."""

    where: str
    reason: str
    excerpt: str = ""  # the first characters of what was refused


@dataclass(frozen=True, slots=True)
class Signal:
    """Something odd that did not stop the record: an unknown field, label or name. Counted in the report."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Expect:
    """What a run of the whole source should find; outside of it the run is reported as unexpected."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """One public address of a source, with gaps: ``{lang}`` in the publisher's own code, ``{symbol}`` percent-encoded.

    ``languages`` says by which code or word the publisher calls a language; a language that is not there is not
    published there. ``kinds`` are the files it may bring. With ``links`` it is a page on which a link named by that
    pattern ("{lang} pdf") leads to the file. ``hosts`` are other hosts to which it may lead, ``limit`` is in megabytes.
    """

    address: str
    title: str
    languages: Mapping[str, str]
    kinds: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()  # beginnings of the symbols it knows; none given: any
    limit: int = 64


@dataclass(frozen=True, slots=True)
class Description:
    """``source.yml``, read strictly: every field is known, or the file is refused."""

    name: str
    title: str
    publisher: str
    address: str
    licence: str
    languages: tuple[str, ...]
    finds: tuple[str, ...]  # glob patterns of the files it reads, relative to the imported folder
    rank: int = 50  # whose wording is shown when two sources hold one paragraph: the higher
    expect: Mapping[str, Expect] = field(default_factory=dict)  # "records", "works", … -> bounds
    note: str = ""
    fetch: tuple[Address, ...] = ()  # where its files can be fetched; the first that has them is taken
    marker: str = ""  # a folder that holds a file of this name is read by this source alone


@dataclass(frozen=True, slots=True)
class File:
    """One file to read. ``path`` is where its bytes are; ``name`` its path inside the imported folder."""

    path: Path
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ToParse:
    """A file whose bytes need a parser, with what the source knows of it beforehand.

    Sources and parsers are siblings that do not know one another: a source hands over the file and its
    hints, and the import action parses it and makes the :class:`Parcel`. ``work`` and ``edition`` hold
    what the source is sure of; a parser may only fill what they leave empty (``work.key`` is empty when the
    document alone can tell its symbol, ``edition.lang`` when it alone can tell its language). ``edition.facts["ocr"]``
    marks bytes that are a recognised scan.
    """

    file: File
    work: Work
    edition: Edition
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Complete:
    """Said once, last, by a source that has delivered *everything* its publisher holds (in these languages; empty:
    in all). Only then is what the store holds from this source, and was not delivered now, withdrawn. A source that
    read a damaged file, a search result or a folder of chosen files never says it."""

    langs: tuple[str, ...] = ()


Item = Complete | Parcel | ToParse | TreatyAction | Place | Refusal | Signal


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs from outside. ``progress(done, total)`` may be called with bytes or records."""

    languages: tuple[str, ...] = ()  # only these, when given
    progress: Callable[[int, int | None], None] = lambda done, total: None
    options: Mapping[str, Any] = field(default_factory=dict)


Reader = Callable[[tuple[File, ...], Context], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the registry knows it."""

    description: Description
    read: Reader
    folder: Path
