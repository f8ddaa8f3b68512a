"""The only place where core records become rows.

Reads: parcels. Writes: Work, Edition, Paragraph, Reading and, in the same transaction, the change log.

A paragraph is recognised, in this order: by the source's own record id; by its key within the edition; and, for a
recommendation, by its bare words and the States that made it, so that the same recommendation from two databases, or
from a database and from the report itself, is one paragraph. Saving the same parcel again changes nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction
from django.db.models import Max

from smallplaces.errors import BrokenPromise
from smallplaces.model import document
from smallplaces_site.corpus.log import Log
from smallplaces_site.corpus.models import Edition, Paragraph, RawFile, Reading, Run, Work
from smallplaces_site.corpus.seen import Seen
from smallplaces_site.corpus.works import Works

_LEADING_NUMBER = re.compile(r"^\s*\(?\d{1,3}(?:\.\d{1,3})*[.)]?\s*")
_TRAILING_STATES = re.compile(r"\s*\([^()]{2,300}\)\s*[.;:]*\s*$")


@dataclass(slots=True)
class Tally:
    """What saving did, in paragraphs."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


@dataclass(slots=True)
class _Incoming:
    """One paragraph on its way in."""

    paragraph: document.Paragraph
    edition: Edition
    work: Work
    raw: RawFile | None
    position: str
    bare: str
    digest: str
    target: Paragraph | None = None
    known: Reading | None = None  # this source's current reading of the target


@dataclass(slots=True)
class _Existing:
    """What the store holds that a batch may meet."""

    by_record: dict[tuple[int, str], Reading] = field(default_factory=dict)
    by_key: dict[tuple[int, str], Paragraph] = field(default_factory=dict)
    by_bare: dict[tuple[int, str], Paragraph] = field(default_factory=dict)
    own: dict[int, Reading] = field(default_factory=dict)  # paragraph id -> this source's current reading
    shown: dict[int, Reading] = field(default_factory=dict)


class Store:
    """Saves what one run of one source delivers. ``rank``: whose wording is shown when sources share a paragraph."""

    def __init__(self, run: Run, rank: int) -> None:
        self.run = run
        self.source = run.source
        self.rank = rank
        self.log = Log(run)
        self.works = Works(run, rank, self.log)
        self.seen = Seen()
        self.tally = Tally()

    def save(self, parcels: Sequence[tuple[document.Parcel, RawFile | None]]) -> None:
        """Save a batch in one transaction: all of it is in, with its log lines, or none of it."""
        with transaction.atomic():
            works = self.works.resolve(parcel.work for parcel, _ in parcels)
            editions = self._editions([parcel for parcel, _ in parcels], works)
            incoming: list[_Incoming] = []
            wholes: list[Edition] = []
            for (parcel, raw), work, edition in zip(parcels, works, editions, strict=True):
                incoming.extend(self._prepare(parcel, raw, work, edition))
                if parcel.whole:
                    wholes.append(edition)
            self._match(incoming)
            self._write(incoming)
            for edition in wholes:
                kept = {item.target.pk for item in incoming if item.edition.pk == edition.pk and item.target}
                self._withdraw(
                    Reading.objects.filter(paragraph__edition=edition, source=self.source, current=True).exclude(
                        paragraph_id__in=kept
                    )
                )
            self.log.write()

    def missing(self, langs: Sequence[str] = ()) -> list[int]:
        """Ids of this source's current readings (in these languages; none given: in all) not met in this run."""
        held = Reading.objects.filter(source=self.source, current=True)
        if langs:
            held = held.filter(paragraph__edition__lang__in=langs)
        return [pk for pk in held.values_list("pk", flat=True).iterator() if pk not in self.seen]

    def withdraw(self, readings: Sequence[int]) -> None:
        """End these readings (ids), in batches: their source no longer holds them. The wording stays readable."""
        for start in range(0, len(readings), 500):
            with transaction.atomic():
                self._withdraw(Reading.objects.filter(pk__in=readings[start : start + 500]))
                self.log.write()

    def counted(self) -> Tally:
        """The tally as it stands, to go back to when a batch fails."""
        return dataclasses.replace(self.tally)

    def forget(self, tally: Tally) -> None:
        """A batch was rolled back: so are its counts and its log lines. The tally object stays the same one."""
        for name in ("new", "changed", "unchanged", "withdrawn"):
            setattr(self.tally, name, getattr(tally, name))
        self.log.clear()

    # -- editions ---------------------------------------------------------------------------------------------------

    def _editions(self, parcels: list[document.Parcel], works: list[Work]) -> list[Edition]:
        known = {
            (edition.work_id, edition.lang): edition
            for edition in Edition.objects.filter(work_id__in={work.pk for work in works})
        }
        result = []
        for parcel, work in zip(parcels, works, strict=True):
            told = parcel.edition
            edition = known.get((work.pk, told.lang))
            if edition is None:
                edition = Edition.objects.create(
                    work=work,
                    lang=told.lang,
                    title=told.title,
                    status=told.status,
                    by=told.by,
                    facts=dict(told.facts),
                    rank=self.rank,
                    whole=self.source if parcel.whole else "",
                )
                known[work.pk, told.lang] = edition
            else:
                self._update_edition(edition, parcel)
            result.append(edition)
        return result

    def _update_edition(self, edition: Edition, parcel: document.Parcel) -> None:
        told = parcel.edition
        before = (edition.title, edition.status, edition.by, dict(edition.facts), edition.rank, edition.whole)
        if self.rank >= edition.rank:
            edition.title = told.title or edition.title
            edition.status, edition.by, edition.rank = told.status, told.by, self.rank
        edition.facts = {**edition.facts, **told.facts}
        if parcel.whole and (self.rank >= edition.rank or not edition.whole):
            edition.whole = self.source
        if before != (edition.title, edition.status, edition.by, edition.facts, edition.rank, edition.whole):
            edition.save()

    # -- paragraphs -------------------------------------------------------------------------------------------------

    def _prepare(
        self, parcel: document.Parcel, raw: RawFile | None, work: Work, edition: Edition
    ) -> Iterator[_Incoming]:
        for index, paragraph in enumerate(document.keyed(tuple(map(_storable, parcel.paragraphs)))):
            yield _Incoming(
                paragraph=paragraph,
                edition=edition,
                work=work,
                raw=raw,
                position=f"{index:06d}" if parcel.whole else _natural(paragraph.number),
                bare=bare_words(paragraph),
                digest=digest(paragraph),
            )

    def _load(self, incoming: list[_Incoming]) -> _Existing:
        editions = {item.edition.pk for item in incoming}
        held = _Existing()
        records = {item.paragraph.record for item in incoming if item.paragraph.record}
        own = Reading.objects.filter(source=self.source, current=True, record__in=records).select_related("paragraph")
        for reading in own.defer("text", "facts", "labels"):
            held.by_record[reading.paragraph.edition_id, reading.record] = reading
        keys = {item.paragraph.key for item in incoming}
        bares = {item.bare for item in incoming if item.bare}
        paragraphs = {reading.paragraph_id: reading.paragraph for reading in held.by_record.values()}
        for found in chain(
            Paragraph.objects.filter(edition_id__in=editions, key__in=keys),
            Paragraph.objects.filter(edition_id__in=editions, bare__in=bares) if bares else (),
        ):
            paragraph = paragraphs.setdefault(found.pk, found)
            held.by_key[paragraph.edition_id, paragraph.key] = paragraph
            if paragraph.bare:
                held.by_bare.setdefault((paragraph.edition_id, paragraph.bare), paragraph)
        current = Reading.objects.filter(paragraph_id__in=paragraphs, current=True)
        for reading in current.defer("text", "facts", "labels"):
            if reading.source == self.source:
                held.own[reading.paragraph_id] = reading
            if reading.shown:
                held.shown[reading.paragraph_id] = reading
        return held

    def _match(self, incoming: list[_Incoming]) -> None:
        """Find or make the Paragraph of each incoming one, and this source's current reading of it."""
        held = self._load(incoming)
        taken: set[int] = set()  # paragraphs that something in this batch has already claimed
        claimed: dict[tuple[int, str], bool] = {}
        fresh: list[_Incoming] = []
        for item in incoming:
            target = self._recognise(item, held, taken)
            if target is not None:
                item.target, item.known = target, held.own.get(target.pk)
                taken.add(target.pk)
                continue
            key, turn = item.paragraph.key, 1
            while (item.edition.pk, key) in held.by_key or (item.edition.pk, key) in claimed:
                turn += 1
                key = f"{item.paragraph.key.partition('~')[0]}~{turn}"
            claimed[item.edition.pk, key] = True
            item.target = Paragraph(edition=item.edition, key=key, position=item.position, bare=item.bare)
            fresh.append(item)
        Paragraph.objects.bulk_create([item.target for item in fresh if item.target])
        self._shown = held.shown

    def _recognise(self, item: _Incoming, held: _Existing, taken: set[int]) -> Paragraph | None:
        place = item.edition.pk
        reading = held.by_record.get((place, item.paragraph.record)) if item.paragraph.record else None
        if reading is not None and reading.paragraph_id not in taken:
            return reading.paragraph
        for paragraph in (held.by_key.get((place, item.paragraph.key)), held.by_bare.get((place, item.bare))):
            if paragraph is None or paragraph.pk in taken:
                continue
            own = held.own.get(paragraph.pk)
            if own is None or not own.record or not item.paragraph.record or own.record == item.paragraph.record:
                return paragraph
        return None

    def _write(self, incoming: list[_Incoming]) -> None:
        self._number_versions(incoming)
        fresh: list[Reading] = []
        retired: list[int] = []
        moved: list[Paragraph] = []
        for item in incoming:
            target = item.target
            if target is None:
                raise BrokenPromise("a paragraph was not matched before it was written")
            if item.known is not None and item.known.digest == item.digest:
                self.tally.unchanged += 1
                self.seen.add(item.known.pk)
                self._move(item, moved)
                continue
            shown = self._shown.get(target.pk)
            wins = shown is None or shown.source == self.source or self.rank > shown.rank
            if item.known is not None:
                retired.append(item.known.pk)
            if wins and shown is not None and shown.source != self.source:
                Reading.objects.filter(pk=shown.pk).update(shown=False)
            fresh.append(self._reading(item, target, shown=wins))
            self._move(item, moved)
            self.tally.new += item.known is None
            self.tally.changed += item.known is not None
            # A second source's wording of what was there is a change to readers, though new from that source.
            self.log.paragraph(item.edition, item.work, "added" if shown is None else "changed", target.pk)
        Reading.objects.filter(pk__in=retired).update(current=False, shown=False)
        Reading.objects.bulk_create(fresh)
        for reading in fresh:
            self.seen.add(reading.pk)
        Paragraph.objects.bulk_update(moved, ["position", "bare"])

    def _number_versions(self, incoming: list[_Incoming]) -> None:
        """Versions of what this source said before and withdrew since: the count goes on."""
        asleep = [item.target.pk for item in incoming if item.target and item.target.pk and item.known is None]
        rows = Reading.objects.filter(paragraph_id__in=asleep, source=self.source).values("paragraph_id")
        self._versions = {row["paragraph_id"]: row["last"] for row in rows.annotate(last=Max("version"))}

    def _reading(self, item: _Incoming, target: Paragraph, *, shown: bool) -> Reading:
        paragraph = item.paragraph
        last = item.known.version if item.known else self._versions.get(target.pk, 0)
        return Reading(
            paragraph=target,
            source=self.source,
            record=paragraph.record,
            version=last + 1,
            rank=self.rank,
            digest=item.digest,
            shown=shown,
            number=paragraph.number,
            kind=str(paragraph.kind),
            heading=list(paragraph.heading),
            text=paragraph.text,
            page=paragraph.page,
            labels=[[label.facet, label.scheme, label.value] for label in paragraph.labels],
            facts=dict(paragraph.facts),
            raw=item.raw,
            run=self.run,
        )

    def _move(self, item: _Incoming, moved: list[Paragraph]) -> None:
        """A whole edition sets the reading order, and a recommendation's bare words, of what others brought before."""
        target = item.target
        if target is None or (target.position == item.position and target.bare == (item.bare or target.bare)):
            return
        if item.edition.whole in (self.source, ""):
            target.position = item.position
        target.bare = item.bare or target.bare
        moved.append(target)

    # -- withdrawal -------------------------------------------------------------------------------------------------

    def _withdraw(self, readings: Iterable[Reading]) -> None:
        """End these readings; the next best source's wording is shown, if there is one."""
        gone = list(readings)
        if not gone:
            return
        Reading.objects.filter(pk__in=[reading.pk for reading in gone]).update(current=False, shown=False)
        ids = {reading.paragraph_id for reading in gone}
        rest: dict[int, list[Reading]] = defaultdict(list)
        for reading in Reading.objects.filter(paragraph_id__in=ids, current=True).order_by("-rank", "pk"):
            rest[reading.paragraph_id].append(reading)
        heirs = [readings[0].pk for readings in rest.values() if not any(reading.shown for reading in readings)]
        Reading.objects.filter(pk__in=heirs).update(shown=True)
        self.tally.withdrawn += len(gone)
        for paragraph in Paragraph.objects.filter(pk__in=ids).select_related("edition__work"):
            what = "changed" if paragraph.pk in rest else "withdrawn"
            self.log.paragraph(paragraph.edition, paragraph.edition.work, what, paragraph.pk)


def _storable(paragraph: document.Paragraph) -> document.Paragraph:
    """Without NUL characters and half surrogate pairs, which no database stores and no reader sees."""
    text = paragraph.text
    if "\x00" not in text and text.isprintable():
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


def _natural(number: str) -> str:
    """Sort text for a printed number: "137.9" before "137.10"; paragraphs without one come last, as they came."""
    parts = re.findall(r"\d+|[^\W\d_]+", number)
    if not parts:
        return "z"
    return "n" + ".".join(f"{int(part):05d}" if part.isdigit() else part for part in parts)[:58]
