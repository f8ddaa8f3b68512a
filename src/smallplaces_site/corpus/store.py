"""The only place where core records become rows.

Reads: parcels. Writes: Work, Edition, Paragraph, Reading and, in the same transaction, the change log.

A paragraph is recognised, in this order: by the source's own record id; by its key within the edition; and, for a
recommendation, by its bare words and the States that made it, so that the same recommendation from two databases, or
from a database and from the report itself, is one paragraph. Saving the same parcel again changes nothing.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from smallplaces.errors import BrokenPromise
from smallplaces.model import document
from smallplaces_site.corpus import bulk, recognise
from smallplaces_site.corpus.log import Log
from smallplaces_site.corpus.models import Change, Edition, Paragraph, RawFile, Reading, Run, Work
from smallplaces_site.corpus.recognise import Incoming, Place
from smallplaces_site.corpus.seen import Seen
from smallplaces_site.corpus.works import Works

_PLACE = ("id", "edition", "key", "position", "bare")
_READING = (
    *("id", "paragraph", "source", "record", "version", "rank", "digest", "current", "shown", "number", "kind"),
    *("heading", "text", "page", "labels", "facts", "raw", "run"),
)


@dataclass(slots=True)
class Tally:
    """What saving did, in paragraphs."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


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
        self._fresh: set[int] = set()  # editions made in this batch: nothing can be in them yet

    def save(self, parcels: Sequence[tuple[document.Parcel, RawFile | None]]) -> None:
        """Save a batch in one transaction: all of it is in, with its log lines, or none of it."""
        with transaction.atomic():
            works = self.works.resolve(parcel.work for parcel, _ in parcels)
            editions = self._editions([parcel for parcel, _ in parcels], works)
            incoming: list[Incoming] = []
            for (parcel, raw), work, edition in zip(parcels, works, editions, strict=True):
                incoming.extend(self._prepare(parcel, raw, work, edition))
            self._write(incoming, self._match(incoming))
            for (parcel, _), edition in zip(parcels, editions, strict=True):
                if parcel.whole and edition.pk not in self._fresh:
                    self._withdraw_rest(edition, incoming)
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
        self._fresh = set()
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
                self._fresh.add(edition.pk)
            else:
                self._update_edition(edition, work, parcel)
            result.append(edition)
        return result

    def _update_edition(self, edition: Edition, work: Work, parcel: document.Parcel) -> None:
        """Take over what this source says better; every paragraph is to be read again when title or folding change."""
        told = parcel.edition
        before = (edition.status, edition.by, dict(edition.facts), edition.rank)
        visible = (edition.title, edition.whole)
        better = self.rank >= edition.rank
        if better:
            edition.title = told.title or edition.title
            edition.status, edition.by, edition.rank = told.status, told.by, self.rank
        edition.facts = {**edition.facts, **told.facts} if better else {**told.facts, **edition.facts}
        if parcel.whole and (better or not edition.whole):
            edition.whole = self.source
        if visible != (edition.title, edition.whole):
            self.log.add(Change.What.WORK, work=work, detail={"edition": edition.lang})
        elif before == (edition.status, edition.by, edition.facts, edition.rank):
            return
        edition.save()

    # -- paragraphs -------------------------------------------------------------------------------------------------

    def _prepare(
        self, parcel: document.Parcel, raw: RawFile | None, work: Work, edition: Edition
    ) -> Iterator[Incoming]:
        for index, paragraph in enumerate(document.keyed(tuple(map(recognise.storable, parcel.paragraphs)))):
            yield Incoming(
                paragraph=paragraph,
                edition=edition,
                work=work,
                raw=raw,
                position=f"{index:06d}" if parcel.whole else recognise.natural(paragraph.number),
                bare=recognise.bare_words(paragraph),
                digest=recognise.digest(paragraph),
            )

    def _match(self, incoming: list[Incoming]) -> recognise.Held:
        """Find or make the place of each incoming paragraph, and this source's current reading of it."""
        held = recognise.load(self.source, incoming, self._fresh)
        taken: set[int] = set()  # places that something in this batch has already claimed
        names = set(held.by_key)
        made: list[Place] = []
        for item in incoming:
            target = held.recognise(item, taken)
            if target is not None:
                item.target, item.known = target, held.own.get(target.pk)
                taken.add(target.pk)
                continue
            key, turn = item.paragraph.key, 1
            while (item.edition.pk, key) in names:
                turn += 1
                key = f"{item.paragraph.key.partition('~')[0]}~{turn}"
            names.add((item.edition.pk, key))
            item.target = Place(0, item.edition.pk, key, item.position, item.bare)
            made.append(item.target)
        for place, pk in zip(made, bulk.take_ids(Paragraph, len(made)), strict=True):
            place.pk = pk
        rows = ((place.pk, place.edition, place.key, place.position, place.bare) for place in made)
        bulk.insert(Paragraph, _PLACE, rows)
        return held

    def _write(self, incoming: list[Incoming], held: recognise.Held) -> None:
        versions = self._last_versions(incoming)
        fresh: list[tuple[Incoming, Place, bool]] = []
        retired: list[int] = []
        hidden: list[int] = []
        moved: list[Place] = []
        for item in incoming:
            target = item.target
            if target is None:
                raise BrokenPromise("a paragraph was not matched before it was written")
            self._move(item, target, moved)
            if item.known is not None and item.known.digest == item.digest:
                self.tally.unchanged += 1
                self.seen.add(item.known.pk)
                continue
            shown = held.shown.get(target.pk)
            wins = shown is None or shown.source == self.source or self.rank > shown.rank
            if item.known is not None:
                retired.append(item.known.pk)
            if wins and shown is not None and shown.source != self.source:
                hidden.append(shown.pk)
            fresh.append((item, target, wins))
            self.tally.new += item.known is None
            self.tally.changed += item.known is not None
            # A second source's wording of what was there is a change to readers, though new from that source.
            self.log.paragraph(item.edition, item.work, "added" if shown is None else "changed", target.pk)
        Reading.objects.filter(pk__in=retired).update(current=False, shown=False)
        Reading.objects.filter(pk__in=hidden).update(shown=False)
        ids = bulk.take_ids(Reading, len(fresh))
        rows = (self._row(pk, *each, versions) for pk, each in zip(ids, fresh, strict=True))
        bulk.insert(Reading, _READING, rows)
        for pk in ids:
            self.seen.add(pk)
        Paragraph.objects.bulk_update(
            [Paragraph(pk=place.pk, position=place.position, bare=place.bare) for place in moved], ["position", "bare"]
        )

    def _last_versions(self, incoming: list[Incoming]) -> dict[int, int]:
        """The last version of what this source said before and withdrew since: the count goes on."""
        asleep = [
            item.target.pk
            for item in incoming
            if item.target and item.known is None and item.edition.pk not in self._fresh
        ]
        rows = Reading.objects.filter(paragraph_id__in=asleep, source=self.source).values("paragraph_id")
        return {row["paragraph_id"]: row["last"] for row in rows.annotate(last=Max("version"))}

    def _row(self, pk: int, item: Incoming, target: Place, shown: bool, versions: dict[int, int]) -> tuple[Any, ...]:
        """The values of :data:`_READING`, as the database holds them."""
        paragraph = item.paragraph
        last = item.known.version if item.known else versions.get(target.pk, 0)
        return (
            pk,
            target.pk,
            self.source,
            paragraph.record,
            last + 1,
            self.rank,
            item.digest,
            True,
            shown,
            paragraph.number,
            str(paragraph.kind),
            _json(paragraph.heading),
            paragraph.text,
            paragraph.page,
            _json([[label.facet, label.scheme, label.value] for label in paragraph.labels]),
            _json(dict(paragraph.facts)),
            item.raw.pk if item.raw else None,
            self.run.pk,
        )

    def _move(self, item: Incoming, target: Place, moved: list[Place]) -> None:
        """A whole edition sets the reading order, and a recommendation's bare words, of what others brought before."""
        bare = item.bare or target.bare
        orders = item.edition.whole in (self.source, "")
        position = item.position if orders else target.position
        if (position, bare) != (target.position, target.bare):
            target.position, target.bare = position, bare
            moved.append(target)

    # -- withdrawal -------------------------------------------------------------------------------------------------

    def _withdraw_rest(self, edition: Edition, incoming: list[Incoming]) -> None:
        """Of an edition that was delivered whole: what this source gave before and did not give now."""
        kept = {item.target.pk for item in incoming if item.edition.pk == edition.pk and item.target}
        held = Reading.objects.filter(paragraph__edition=edition, source=self.source, current=True)
        self._withdraw(reading for reading in held if reading.paragraph_id not in kept)

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


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
