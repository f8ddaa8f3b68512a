"""Reading documents: a work by any of its names, an edition, its paragraphs as they are shown, their versions."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet

from smallplaces.errors import BadSymbol, NotFound
from smallplaces.model import symbol as symbols
from smallplaces.model.document import Kind
from smallplaces.vocab import read_general_comment, resolve_treaty
from smallplaces_site.corpus.models import Edition, Paragraph, Reading, Work, WorkKey

#: The order in which editions are offered when the reader's own language is not there.
FALLBACK = ("en", "fr", "es", "ar", "ru", "zh", "ko")


@dataclass(frozen=True, slots=True)
class EditionView:
    """One language version that can be opened."""

    id: int
    lang: str
    title: str
    status: str
    by: str
    facts: dict[str, Any]
    whole: str


@dataclass(frozen=True, slots=True)
class WorkView:
    """A document and the languages it can be read in (never empty of facts; titles may be empty: see titles.py)."""

    id: int
    key: str
    symbol: str
    kind: str
    titles: dict[str, str]
    body: str
    states: tuple[str, ...]
    adopted: date | None
    distributed: date | None
    entered: date | None
    year: int | None
    session: str
    facts: dict[str, Any]
    editions: tuple[EditionView, ...]
    aliases: tuple[str, ...] = ()

    def edition(self, lang: str) -> EditionView | None:
        """The edition in that language, if there is one."""
        return next((edition for edition in self.editions if edition.lang == lang), None)

    def best_edition(self, *wanted: str) -> EditionView | None:
        """The first of the wanted languages there is, else by :data:`FALLBACK`, else any; None without editions."""
        for lang in (*wanted, *FALLBACK):
            if found := self.edition(lang):
                return found
        return self.editions[0] if self.editions else None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """One paragraph as it is shown. ``labels`` are those of every source: (facet, scheme, value, source)."""

    id: int
    key: str
    number: str
    kind: str
    heading: tuple[str, ...]
    text: str
    page: int | None
    source: str
    version: int
    labels: tuple[tuple[str, str, str, str], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VersionView:
    """One reading of a paragraph, present or past."""

    source: str
    version: int
    current: bool
    shown: bool
    text: str
    number: str
    at: datetime
    sha256: str


def work(name: str) -> WorkView:
    """The Work of that name: a symbol in any spelling, a key or an alias. Raises :class:`NotFound`."""
    canonical = symbols.normalise(name)
    row = _held([name, canonical] if canonical else [name]) or _held(named(name))
    if row is None:
        row = WorkKey.objects.filter(key__iexact=name).select_related("work").first()
    if row is not None:
        return view(row.work)
    raise NotFound("No document called “%(where)s” is here.", where=name)


def work_of_keys(keys: Sequence[str]) -> WorkView | None:
    """The Work that answers to the first of these keys that any answers to; None when none does."""
    row = _held(keys)
    return view(row.work) if row else None


def _held(keys: Sequence[str]) -> WorkKey | None:
    found = {row.key: row for row in WorkKey.objects.filter(key__in=keys).select_related("work")} if keys else {}
    return next((found[key] for key in keys if key in found), None)


def named(text: str) -> list[str]:
    """Keys that a document may have which people name without its symbol: a general comment by body and number, a
    treaty by any of its names."""
    keys = []
    comment = read_general_comment(text)
    if comment is not None:
        keys.append(f"gc:{comment.body}/{comment.number}")
    treaty = resolve_treaty(text)
    if treaty is not None:
        keys.append(f"treaty:{treaty.code}")
    try:
        symbol = symbols.parse(text)
    except BadSymbol:
        return keys
    if symbol.kind is Kind.GENERAL_COMMENT and symbol.body and symbol.numbers:
        keys.append(f"gc:{symbol.body}/{symbol.numbers[0]}")
    return keys


def view(row: Work) -> WorkView:
    """The record of a Work row."""
    return views([row])[0]


def views(rows: Sequence[Work]) -> list[WorkView]:
    """The records of many Work rows, with two queries for all of them."""
    ids = [row.pk for row in rows]
    editions: dict[int, list[EditionView]] = {pk: [] for pk in ids}
    for edition in Edition.objects.filter(work_id__in=ids).order_by("lang"):
        editions[edition.work_id].append(
            EditionView(
                id=edition.pk,
                lang=edition.lang,
                title=edition.title,
                status=edition.status,
                by=edition.by,
                facts=edition.facts,
                whole=edition.whole,
            )
        )
    names: dict[int, list[str]] = {pk: [] for pk in ids}
    for key in WorkKey.objects.filter(work_id__in=ids):
        names[key.work_id].append(key.key)
    return [
        WorkView(
            id=row.pk,
            key=row.key,
            symbol=row.symbol,
            kind=row.kind,
            titles=row.title,
            body=row.body,
            states=tuple(row.states),
            adopted=row.adopted,
            distributed=row.distributed,
            entered=row.entered,
            year=row.year,
            session=row.session,
            facts=row.facts,
            editions=tuple(editions[row.pk]),
            aliases=tuple(name for name in names[row.pk] if name != row.key),
        )
        for row in rows
    ]


class Row(NamedTuple):
    """One current reading with where it stands: what :func:`assemble` needs, without the cost of model objects."""

    paragraph_id: int
    key: str
    whole: str
    source: str
    shown: bool
    version: int
    number: str
    kind: str
    heading: list[str]
    text: str
    page: int | None
    labels: list[list[str]]
    facts: dict[str, Any]


_COLUMNS = (
    "paragraph_id",
    "paragraph__key",
    "paragraph__edition__whole",
    *("source", "shown", "version", "number", "kind", "heading", "text", "page", "labels", "facts"),
)


def rows_of(readings: QuerySet[Reading]) -> Iterator[Row]:
    """The current ones of these readings, in reading order."""
    ordered = readings.filter(current=True).order_by("paragraph__position", "paragraph_id")
    return itertools.starmap(Row, ordered.values_list(*_COLUMNS))


def paragraphs(edition_id: int, *, keys: Iterable[str] | None = None) -> list[ParagraphView]:
    """The paragraphs of an edition in reading order, as shown, with the labels of every source.

    Where one source delivered the whole document, an excerpt that another source typed from one of its paragraphs
    ("15~2") is not shown a second time: its labels stand with the paragraph.
    """
    readings = Reading.objects.filter(paragraph__edition_id=edition_id)
    if keys is not None:
        wanted = models.Q()
        for key in keys:
            wanted |= models.Q(paragraph__key=key) | models.Q(paragraph__key__startswith=f"{key}~")
        readings = readings.filter(wanted)
    return assemble(rows_of(readings))


def is_excerpt(key: str, source: str, whole: str) -> bool:
    """Whether a reading is a mere excerpt of a paragraph that stands in full elsewhere in the edition."""
    return "~" in key and bool(whole) and source != whole


def assemble(rows: Iterable[Row]) -> list[ParagraphView]:
    """Views from the rows of one edition, in reading order: the wording shown, everybody's labels."""
    shown: dict[int, Row] = {}
    labels: dict[int, dict[tuple[str, str, str, str], None]] = {}
    first: dict[str, int] = {}
    for row in rows:
        home = row.paragraph_id
        if is_excerpt(row.key, row.source, row.whole):
            home = first.get(row.key.partition("~")[0], home)
        else:
            first[row.key] = home
        kept = labels.setdefault(home, {})
        for facet, scheme, value in row.labels:
            kept[facet, scheme, value, row.source] = None
        if row.shown and home == row.paragraph_id:
            shown[home] = row
    return [
        ParagraphView(
            id=home,
            key=row.key,
            number=row.number,
            kind=row.kind,
            heading=tuple(row.heading),
            text=row.text,
            page=row.page,
            source=row.source,
            version=row.version,
            labels=tuple(labels[home]),
            facts=row.facts,
        )
        for home, row in shown.items()
    ]


def paragraph(edition_id: int, number: str) -> ParagraphView:
    """One paragraph by its key or its printed number ("15", "137.197", "art.6", "6"). Raises :class:`NotFound`."""
    number = number.replace("\x00", "\ufffd")  # PostgreSQL takes no NUL in a text, and no paragraph has one
    keys = [number, f"art.{number}", number.rstrip(".")]
    found = paragraphs(edition_id, keys=keys)
    for key in keys:
        for candidate in found:
            if candidate.key == key:
                return candidate
    numbered = Paragraph.objects.filter(edition_id=edition_id, readings__number=number, readings__shown=True).first()
    if numbered is not None:
        return paragraphs(edition_id, keys=[numbered.key])[0]
    raise NotFound("The document has no paragraph %(where)s.", where=number)


def versions(paragraph_id: int) -> list[VersionView]:
    """Every reading of a paragraph, newest first."""
    rows = Reading.objects.filter(paragraph_id=paragraph_id).select_related("run", "raw").order_by("-current", "-pk")
    return [
        VersionView(
            source=row.source,
            version=row.version,
            current=row.current,
            shown=row.shown,
            text=row.text,
            number=row.number,
            at=row.run.started,
            sha256=row.raw.sha256 if row.raw else "",
        )
        for row in rows
    ]
