"""Is a paragraph on its way in already in the store? By record id, by key, or by a recommendation's bare words.

Reads: Paragraph and the heads of current Readings (everything but their text). Writes: nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from smallplaces.model import document
from smallplaces_site.corpus.models import Edition, Paragraph, RawFile, Reading, Work

_LEADING_NUMBER = re.compile(r"^\s*\(?\d{1,3}(?:\.\d{1,3})*[.)]?\s*")
_TRAILING_STATES = re.compile(r"\s*\([^()]{2,300}\)\s*[.;:]*\s*$")
_MANY = 5_000  # values in one query; databases allow some ten thousands


@dataclass(slots=True)
class Place:
    """A row of Paragraph. ``pk`` is 0 until it has an id."""

    pk: int
    edition: int
    key: str
    position: str
    bare: str


@dataclass(frozen=True, slots=True)
class Head:
    """A current Reading without its text."""

    pk: int
    paragraph: int
    source: str
    record: str
    version: int
    rank: int
    digest: str
    shown: bool


@dataclass(slots=True)
class Incoming:
    """One paragraph on its way in."""

    paragraph: document.Paragraph
    edition: Edition
    work: Work
    raw: RawFile | None
    position: str
    bare: str
    digest: str
    target: Place | None = None
    known: Head | None = None  # this source's current reading of the target


@dataclass(slots=True)
class Held:
    """What the store holds that a batch may meet."""

    by_record: dict[tuple[int, str], Place] = field(default_factory=dict)
    by_key: dict[tuple[int, str], Place] = field(default_factory=dict)
    by_bare: dict[tuple[int, str], Place] = field(default_factory=dict)
    own: dict[int, Head] = field(default_factory=dict)  # paragraph id -> this source's current reading
    shown: dict[int, Head] = field(default_factory=dict)

    def recognise(self, item: Incoming, taken: set[int]) -> Place | None:
        """The place of a paragraph, unless something else in the batch has ``taken`` it."""
        place = item.edition.pk
        found = self.by_record.get((place, item.paragraph.record)) if item.paragraph.record else None
        if found is not None and found.pk not in taken:
            return found
        for found in (self.by_key.get((place, item.paragraph.key)), self.by_bare.get((place, item.bare))):
            if found is None or found.pk in taken:
                continue
            own = self.own.get(found.pk)
            if own is None or not own.record or not item.paragraph.record or own.record == item.paragraph.record:
                return found
        return None


def load(source: str, incoming: Sequence[Incoming], fresh: set[int]) -> Held:
    """What ``incoming`` may meet; nothing can be met in ``fresh`` editions (ids), made just now."""
    held = Held()
    known = [item for item in incoming if item.edition.pk not in fresh]
    editions = {item.edition.pk for item in known}
    places: dict[int, Place] = {}
    records = [item.paragraph.record for item in known if item.paragraph.record]
    for some in _some(records):
        rows = Reading.objects.filter(source=source, current=True, record__in=some, paragraph__edition_id__in=editions)
        names = ("record", *(f"paragraph__{name}" for name in ("id", "edition_id", "key", "position", "bare")))
        for record, *values in rows.values_list(*names):
            place = places.setdefault(values[0], Place(*values))
            held.by_record[place.edition, record] = place
    in_editions = Paragraph.objects.filter(edition_id__in=editions)
    found = [in_editions.filter(key__in=some) for some in _some(item.paragraph.key for item in known)]
    found += [in_editions.filter(bare__in=some) for some in _some(item.bare for item in known if item.bare)]
    for query in found:
        for values in query.values_list("id", "edition_id", "key", "position", "bare"):
            places.setdefault(values[0], Place(*values))
    for place in places.values():
        held.by_key[place.edition, place.key] = place
        if place.bare:
            held.by_bare.setdefault((place.edition, place.bare), place)
    for head in heads(Reading.objects.filter(current=True), places):
        if head.source == source:
            held.own[head.paragraph] = head
        if head.shown:
            held.shown[head.paragraph] = head
    return held


def heads(readings: QuerySet[Reading], paragraphs: Iterable[int]) -> Iterator[Head]:
    """The heads of these readings of these paragraphs."""
    names = ("id", "paragraph_id", "source", "record", "version", "rank", "digest", "shown")
    for some in _some(paragraphs):
        for values in readings.filter(paragraph_id__in=some).values_list(*names):
            yield Head(*values)


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, each once, in lists short enough for one query."""
    unique = list(dict.fromkeys(values))
    for start in range(0, len(unique), _MANY):
        yield unique[start : start + _MANY]


def storable(paragraph: document.Paragraph) -> document.Paragraph:
    """Without NUL characters and half surrogate pairs, which no database stores and no reader sees."""
    text = paragraph.text
    if text.isprintable():
        return paragraph
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return paragraph if clean == text else dataclasses.replace(paragraph, text=clean)


def digest(paragraph: document.Paragraph) -> str:
    """Fingerprint of everything a reading holds (32 hexadecimal digits)."""
    content = (
        paragraph.text,
        paragraph.number,
        paragraph.kind,
        paragraph.heading,
        paragraph.page,
        [(label.facet, label.scheme, label.value) for label in paragraph.labels],
        dict(paragraph.facts),
    )
    return digest_of(content)


def digest_of(content: Any) -> str:
    """Fingerprint of plain values, 32 hexadecimal digits: the same for the same content in every run."""
    packed = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(packed, digest_size=16).hexdigest()


def bare_words(paragraph: document.Paragraph) -> str:
    """Fingerprint of a recommendation without its number and the States in brackets, with those States apart.

    Empty for what is no recommendation by a State (DOMAIN: the State in brackets is the one that recommends).
    """
    if paragraph.kind is not document.ParagraphKind.RECOMMENDATION:
        return ""
    states = sorted(label.value for label in paragraph.labels if label.facet == "recommending")
    if not states:
        return ""
    if paragraph.key.startswith("r.") and len(paragraph.key) == 14:  # made by the very same recipe
        return paragraph.key[2:]
    text = _TRAILING_STATES.sub("", _LEADING_NUMBER.sub("", paragraph.text))
    return document.fingerprint(text, *states)


def natural(number: str) -> str:
    """Sort text for a printed number: "137.9" before "137.10"; paragraphs without one come last, as they came."""
    parts = re.findall(r"\d+|[^\W\d_]+", number)
    if not parts:
        return "z"
    return "n" + ".".join(f"{int(part):05d}" if part.isdigit() else part for part in parts)[:58]
