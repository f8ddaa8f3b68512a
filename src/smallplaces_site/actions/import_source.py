"""Import one source: archive its files, read them, save what they say, report what was refused.

Reads: the files of one source. Writes: archive, RawFile, Run, the store and its change log, the report.

Parcels are saved in batches, each a transaction with its log lines, so that a process killed at any moment leaves whole
batches behind; the same command again takes up the rest, since what is there already is recognised and left alone.
"""

from __future__ import annotations

import errno
import hashlib
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DataError, Error, OperationalError, transaction
from django.utils import timezone

from smallplaces.archive import Archive, digest
from smallplaces.errors import NoRoom, UserError
from smallplaces.model.document import Parcel
from smallplaces.model.place import Place
from smallplaces.model.status import TreatyAction
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal, Source, ToParse
from smallplaces_site.actions.knowledge import knowledge_version
from smallplaces_site.actions.parse_files import parsed
from smallplaces_site.actions.report import Report
from smallplaces_site.corpus.bulk import look_again
from smallplaces_site.corpus.models import RawFile, Reading, Run
from smallplaces_site.corpus.read.originals import original_numbers
from smallplaces_site.corpus.records import Records
from smallplaces_site.corpus.store import Store

#: Paragraphs saved in one transaction: large enough to be fast, small enough to lose little and hold little.
BATCH = 1000
#: A delivery that would withdraw more than this share of what a source gave before is doubted, not believed.
DOUBT = 0.10

Progress = Callable[[str, int, int | None], None]


@dataclass(slots=True)
class Outcome:
    """What one import did, in records (paragraphs, treaty actions, places)."""

    source: str
    run: int
    outcome: str
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refused: int = 0
    signals: int = 0
    seconds: float = 0.0
    message: str = ""
    report: str = ""
    reasons: dict[str, int] = field(default_factory=dict)


def import_source(
    source: Source,
    files: Sequence[tuple[Path, str]],
    *,
    progress: Progress = lambda source, done, total: None,
    again: bool = False,
    accept_withdrawals: bool = False,
    options: dict[str, Any] | None = None,
) -> Outcome:
    """Import the files of one source. The caller holds the write lock.

    Raises :class:`NoRoom` when the disk is full; everything else that goes wrong is in the outcome, and what was good
    is in the store. ``again`` reads files that were read before with the same code, as ``accept_withdrawals`` does.
    """
    name = source.description.name
    run = Run.objects.create(
        source=name,
        started=timezone.now(),
        description={
            key: getattr(source.description, key) for key in ("title", "publisher", "address", "licence", "note")
        },
    )
    home = Path(settings.HOME)
    with Report(home, run.pk, name) as report:
        job = _Import(source, run, report, accept_withdrawals)
        try:
            given = job.archive(files, Archive(home / "archive"))
            run.inputs = _inputs(source, given)
            earlier = None if again or accept_withdrawals else _same_before(run)
            if earlier is not None:
                return _nothing_to_do(run, earlier)
            known = {"original_numbers": original_numbers, **(options or {})}
            job.read(given, Context(progress=lambda done, total: progress(name, done, total), options=known))
        except BaseException as error:
            job.fail(error)
            if not isinstance(error, Exception) or isinstance(error, NoRoom):
                raise
            if full_disk(error):
                raise NoRoom("the disk is full; free some space and import again", where=str(home)) from error
        finally:
            job.close()
        look_again()
    run.report = report.written
    run.save(update_fields=["report"])
    return job.outcome()


class _Import:
    """One run: gathers items into batches, saves them, keeps count."""

    def __init__(self, source: Source, run: Run, report: Report, accept_withdrawals: bool) -> None:
        self.source = source
        self.run = run
        self.report = report
        self.store = Store(run, source.description.rank)
        self.records = Records(run, self.store.tally)
        self.raw: dict[str, RawFile] = {}
        self.accept_withdrawals = accept_withdrawals
        self.seen_records = 0
        self._parcels: list[tuple[Parcel, RawFile | None]] = []
        self._size = 0
        self._actions: list[TreatyAction] = []
        self._places: list[Place] = []
        self._complete: Complete | None = None
        self._error = ""

    # -- the way of the data ----------------------------------------------------------------------------------------

    def archive(self, files: Sequence[tuple[Path, str]], archive: Archive) -> tuple[File, ...]:
        """Keep the raw bytes of every file; a file that cannot be read is refused and the others go on."""
        given = []
        for path, name in files:
            try:
                sha256 = digest(path)
                archive.put(path, sha256)
            except NoRoom:
                raise
            except UserError as error:
                self.report.refuse(Refusal(where=name, reason=error.message))
                continue
            raw, _ = RawFile.objects.get_or_create(
                sha256=sha256,
                defaults={
                    "name": name,
                    "address": self.source.description.address,
                    "size": path.stat().st_size,
                    "received": timezone.now(),
                },
            )
            self.raw[sha256] = raw
            given.append(File(path=path, name=name, sha256=sha256))
        self.run.files.set(self.raw.values())
        return tuple(given)

    def read(self, files: tuple[File, ...], context: Context) -> None:
        """Read and save everything; then withdraw what a complete delivery no longer holds."""
        try:
            for item in parsed(self.source.read(files, context), self.report.refuse):
                self._take(item)
        except UserError as error:  # the source cannot go on; what it gave before is good
            self.report.refuse(Refusal(where=error.where or self.source.description.name, reason=error.message))
            self._complete = None
        self._save_all()
        unexpected = self._unexpected()
        if unexpected:
            self._error = unexpected
        elif self._complete is not None:
            self._withdraw(self._complete)

    def _take(self, item: Item) -> None:
        match item:
            case Parcel():
                self._parcels.append((item, self.raw.get(item.origin.sha256)))
                self._size += len(item.paragraphs)
                self.seen_records += len(item.paragraphs)
                if self._size >= BATCH:
                    self._save_parcels()
            case TreatyAction():
                self.seen_records += 1
                self._actions.append(item)
                if len(self._actions) >= BATCH:
                    self._save_all()
            case Place():
                self.seen_records += 1
                self._places.append(item)
                if len(self._places) >= BATCH:
                    self._save_all()
            case Refusal():
                self.report.refuse(item)
            case Signal():
                self.report.signal(item)
            case Complete():
                self._complete = item
            case ToParse():
                self.report.refuse(Refusal(where=item.file.name, reason="no parser took this file"))

    def _save_all(self) -> None:
        self._save_parcels()
        actions, self._actions = self._actions, []
        places, self._places = self._places, []
        if actions:
            self.records.save_actions(actions)
        if places:
            self.records.save_places(places)

    def _save_parcels(self) -> None:
        batch, self._parcels, self._size = self._parcels, [], 0
        if not batch:
            return
        before = self.store.counted()
        try:
            self.store.save(batch)
        except (DataError, ValueError, TypeError):  # something in it cannot be stored: find it, save the others
            self.store.forget(before)
            for parcel, raw in batch:
                self._save_one(parcel, raw)

    def _save_one(self, parcel: Parcel, raw: RawFile | None) -> None:
        before = self.store.counted()
        try:
            with transaction.atomic():
                self.store.save([(parcel, raw)])
        except (DataError, ValueError, TypeError) as error:
            self.store.forget(before)
            where = f"{parcel.origin.address or parcel.work.key} {parcel.origin.record}".strip()
            self.report.refuse(Refusal(where=where, reason=f"cannot be stored: {str(error).splitlines()[0]}"))

    def _withdraw(self, complete: Complete) -> None:
        held = Reading.objects.filter(source=self.run.source, current=True)
        if complete.langs:
            held = held.filter(paragraph__edition__lang__in=complete.langs)
        total = held.count()
        missing = self.store.missing(complete.langs)
        if len(missing) > max(100, DOUBT * total) and not self.accept_withdrawals:
            self._error = (
                f"this delivery lacks {len(missing):,} of the {total:,} paragraphs the source gave before; "
                "they were kept. If they were really withdrawn, import again with --accept-withdrawals."
            )
            return
        self.store.withdraw(missing)
        self.records.complete()

    def _unexpected(self) -> str:
        """A sentence when the numbers fall outside what source.yml expects of a complete delivery, else nothing."""
        bounds = self.source.description.expect.get("records")
        if bounds is None or self._complete is None or self._complete.langs:
            return ""
        if bounds.minimum is not None and self.seen_records < bounds.minimum:
            return f"{self.seen_records:,} records read, at least {bounds.minimum:,} expected; nothing was withdrawn"
        if bounds.maximum is not None and self.seen_records > bounds.maximum:
            return f"{self.seen_records:,} records read, at most {bounds.maximum:,} expected; nothing was withdrawn"
        return ""

    # -- the end ----------------------------------------------------------------------------------------------------

    def fail(self, error: BaseException) -> None:
        """Keep why the run ended early; the trace goes into the report, the sentence to people."""
        self.run.outcome = Run.Outcome.FAILED if isinstance(error, Exception) else Run.Outcome.INTERRUPTED
        self._error = str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
        trace = "".join(traceback.format_exception(error))
        self.report.refuse(Refusal(where=self.run.source, reason=self._error, excerpt=trace[-300:]))

    def close(self) -> None:
        """Write down how the run ended. A disk that is full may forbid even that; the run then shows as interrupted."""
        run = self.run
        if run.finished is not None:  # there was nothing to do
            return
        if run.outcome == Run.Outcome.RUNNING:
            run.outcome = Run.Outcome.REFUSED_SOME if self.report.refused or self._error else Run.Outcome.DONE
        run.finished = timezone.now()
        run.message = self._error
        tally = self.store.tally
        run.counts = {
            "read": self.seen_records,
            "new": tally.new,
            "changed": tally.changed,
            "unchanged": tally.unchanged,
            "withdrawn": tally.withdrawn,
            "refused": self.report.refused,
            "signals": sum(self.report.signals.values()),
            "reasons": dict(self.report.reasons.most_common(20)),
        }
        try:
            run.save()
        except Error:
            if not self._error:
                raise

    def outcome(self) -> Outcome:
        """What the run did, for the caller."""
        return _outcome(self.run)


def _outcome(run: Run) -> Outcome:
    seconds = (run.finished - run.started).total_seconds() if run.finished else 0.0
    return Outcome(
        source=run.source,
        run=run.pk,
        outcome=run.outcome,
        seconds=round(seconds, 2),
        message=run.message,
        report=run.report,
        **run.counts,
    )


def _inputs(source: Source, files: Sequence[File]) -> str:
    names = [f"{file.name} {file.sha256}" for file in sorted(files, key=lambda file: file.name)]
    packed = "\n".join([source.description.name, knowledge_version(), *names])
    return hashlib.sha256(packed.encode("utf-8", "surrogateescape")).hexdigest()


def _same_before(run: Run) -> Run | None:
    """The source's last run, when it read these very files with this very code and came to its end."""
    last = Run.objects.filter(source=run.source).exclude(pk=run.pk).order_by("-pk").first()
    ended = {Run.Outcome.DONE, Run.Outcome.REFUSED_SOME}
    return last if last is not None and last.outcome in ended and last.inputs == run.inputs else None


def _nothing_to_do(run: Run, earlier: Run) -> Outcome:
    """The same files again: everything is there. Says so, with the counts and the report of the run that read them."""
    before = earlier.counts
    kept = before.get("new", 0) + before.get("changed", 0) + before.get("unchanged", 0)
    run.counts = {**before, "new": 0, "changed": 0, "withdrawn": 0, "unchanged": kept}
    run.outcome, run.message, run.report = earlier.outcome, earlier.message, earlier.report
    run.finished = timezone.now()
    run.save()
    return _outcome(run)


def full_disk(error: BaseException) -> bool:
    """Whether an error, or what caused it, is that the disk is full."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if isinstance(seen, OperationalError) and "full" in str(seen):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def interrupted() -> Iterator[Run]:
    """Mark runs whose process is gone, and yield them. Call with the write lock held: nobody else is running."""
    for run in Run.objects.filter(outcome=Run.Outcome.RUNNING):
        run.outcome = Run.Outcome.INTERRUPTED
        run.message = "the process ended before the import did; import the same files again to complete it"
        run.save(update_fields=["outcome", "message"])
        yield run
