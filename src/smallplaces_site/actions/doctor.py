"""Examine the store, the archive and the index; say what is wrong in plain words; repair what can be repaired.

Reads: everything. Writes (``repair`` only): citations, the index, run outcomes, and which reading is
shown.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from smallplaces.archive import Archive, sha256_of
from smallplaces.search.backends.base import IndexState
from smallplaces.search.schema import Entry
from smallplaces_site.actions import examine_alerts
from smallplaces_site.actions.annotate import annotate_changes, behind
from smallplaces_site.actions.import_source import interrupted
from smallplaces_site.actions.index_changes import index_changes, rebuild_index
from smallplaces_site.actions.initialise import waiting_migrations
from smallplaces_site.actions.lock import writing
from smallplaces_site.corpus.entries import entries, shown_ids
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Citation, Paragraph, RawFile, Reading, Run
from smallplaces_site.corpus.touched import last_change

_LEAST_FREE = 1 << 28
_MEND = "Run `smallplaces doctor --repair`."
_ANNOTATE = "Run `smallplaces annotate`."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined. ``advice`` says what to do when it is not ``ok``."""

    name: str
    ok: bool
    says: str
    advice: str = ""


def examine(*, deep: bool = False) -> Iterator[Finding]:
    """Look at everything and change nothing. ``deep`` also reads every raw file and every entry of the index."""
    schema = _schema()
    yield schema
    if not schema.ok:
        return
    yield from (check() for check in (_integrity, _shown, _runs, _space))
    yield _archive(deep)
    yield _citations()
    yield _index()
    yield Finding("letters", *examine_alerts.letters())
    yield Finding("programs", *examine_alerts.programs())
    if deep:
        yield _contents()
    yield from _sources()


def repair(progress: Callable[[int, int | None], None] = lambda done, total: None) -> list[str]:
    """Mend what can be mended; what was done, a sentence each. Raises :class:`Locked` when another process writes."""
    done = []
    with writing("doctor"):
        done += [f"marked the interrupted import of {run.source}" for run in interrupted()]
        orphans = list(_unshown().values_list("pk", flat=True))
        for pk in orphans:
            best = Reading.objects.filter(paragraph_id=pk, current=True).order_by("-rank", "pk").first()
            if best is not None:
                Reading.objects.filter(pk=best.pk).update(shown=True)
        if orphans:
            done.append(f"chose the wording to show for {len(orphans)} paragraphs")
        if any(behind()):
            done.append(f"found what {annotate_changes(progress).read:,} paragraphs cite")
        done += _repair_index(progress)
    return done


def _repair_index(progress: Callable[[int, int | None], None]) -> Iterator[str]:
    indexed = index_changes(progress)
    if indexed.rebuilt:
        yield f"rebuilt the index: {indexed.written:,} paragraphs"
        return
    if indexed.written:
        yield f"indexed {indexed.written:,} paragraphs that had been waiting"
    missing, surplus, wrong = _difference(contents=True)
    if not (missing or surplus or wrong):
        return
    if len(missing) + len(surplus) + len(wrong) > 50_000:
        yield f"rebuilt the index: {rebuild_index(progress).written:,} paragraphs"
        return
    backend = engine().backend
    with backend.batch() as batch:
        batch.delete(surplus | wrong)
        batch.add(entries(missing | wrong))
        batch.watermark = last_change()
    yield f"mended the index: {len(missing):,} added, {len(wrong):,} renewed, {len(surplus):,} taken out"


def _difference(*, contents: bool) -> tuple[set[int], set[int], set[int]]:
    """Paragraph ids missing from the index, surplus in it and, if asked, there with another wording."""
    stored, held = shown_ids(), set(engine().backend.ids())
    wrong = set(_different(stored & held)) if contents else set()
    return stored - held, held - stored, wrong


def _different(ids: set[int]) -> Iterator[int]:
    held = {entry.id: _fingerprint(entry) for entry in engine().backend.entries()}
    return (entry.id for entry in entries(ids) if held.get(entry.id) != _fingerprint(entry))


def _fingerprint(entry: Entry) -> int:
    """A number for all an entry says. The index keeps texts in Unicode's composed form."""
    said = dataclasses.astuple(dataclasses.replace(entry, text=normalize("NFC", entry.text)))
    return hash(repr(said))


def _schema() -> Finding:
    waiting = waiting_migrations()
    if waiting:
        return Finding("store", False, f"{waiting} changes of the tables wait", "Run `smallplaces init`.")
    return Finding("store", True, f"{connection.vendor}, {Paragraph.objects.count():,} paragraphs")


def _integrity() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("integrity", True, "left to PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        says = [row[0] for row in cursor.fetchall()]
    if says == ["ok"]:
        return Finding("integrity", True, "the database file is sound")
    return Finding("integrity", False, "; ".join(says[:5]), "Restore the last backup: `smallplaces restore FILE`.")


def _unshown() -> QuerySet[Paragraph]:
    current = Reading.objects.filter(paragraph=OuterRef("pk"), current=True)
    return Paragraph.objects.filter(Exists(current)).exclude(Exists(current.filter(shown=True)))


def _shown() -> Finding:
    unshown = _unshown().count()
    stale = Reading.objects.filter(shown=True, current=False).count()
    if unshown or stale:
        return Finding("wording", False, f"{unshown + stale} paragraphs show no or an old wording", _MEND)
    return Finding("wording", True, "every paragraph shows one current wording, or was withdrawn")


def _runs() -> Finding:
    broken = Run.objects.filter(outcome__in=[Run.Outcome.RUNNING, Run.Outcome.INTERRUPTED])
    latest = [run for run in broken if not Run.objects.filter(source=run.source, pk__gt=run.pk).exists()]
    if latest:
        names = ", ".join(sorted({run.source for run in latest}))
        return Finding("imports", False, f"interrupted: {names}", "Import the same files again; it goes on.")
    return Finding("imports", True, f"{Run.objects.count()} runs, none left halfway")


def _space() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    says = f"{free / (1 << 30):.1f} GiB free"
    return Finding("disk", free > _LEAST_FREE, says, "Free some space; imports stop cleanly when it runs out.")


def _archive(deep: bool) -> Finding:
    archive = Archive(Path(settings.HOME) / "archive")
    missing, damaged, total = [], [], 0
    for raw in RawFile.objects.iterator():
        total += 1
        if not archive.holds(raw.sha256):
            missing.append(raw.name)
        elif deep and sha256_of(archive, raw.sha256) != raw.sha256:
            damaged.append(raw.name)
    if missing or damaged:
        lost = ", ".join((missing + damaged)[:5])
        return Finding(
            "archive", False, f"{len(missing)} files missing, {len(damaged)} damaged: {lost}", "Restore them."
        )
    return Finding("archive", True, f"{total} raw files, {'all read and' if deep else 'all'} there")


def _citations() -> Finding:
    lines, version = behind()
    if version:
        return Finding("citations", False, f"not all were found by the present method, version {version}", _ANNOTATE)
    if lines:
        return Finding("citations", False, f"{lines} changes behind", _ANNOTATE)
    return Finding("citations", True, f"{Citation.objects.count():,} found in what is shown, up to the last change")


def _index() -> Finding:
    backend = engine().backend
    state = backend.state()
    if state is not IndexState.READY:
        return Finding("index", False, f"{state}", "Run `smallplaces doctor --repair` or `smallplaces rebuild`.")
    behind = last_change() - backend.watermark()
    missing, surplus, _ = _difference(contents=False)
    if behind or missing or surplus:
        says = f"{behind} changes behind, {len(missing):,} paragraphs missing, {len(surplus):,} too many"
        return Finding("index", False, says, _MEND)
    return Finding("index", True, f"holds the store's {backend.count():,} paragraphs, up to change {last_change()}")


def _contents() -> Finding:
    _, _, wrong = _difference(contents=True)
    if wrong:
        return Finding(
            "contents", False, f"{len(wrong):,} entries differ from the store", "smallplaces doctor --repair"
        )
    return Finding("contents", True, "every entry of the index says what the store says")


def _sources() -> Iterator[Finding]:
    """The last run of each source, when it did not go well."""
    latest = {run.source: run for run in Run.objects.order_by("pk")}
    for run in latest.values():
        if run.outcome == Run.Outcome.FAILED:
            advice = f"See {run.report}" if run.report else "Import it again."
            yield Finding(f"source {run.source}", False, f"failed: {run.message}", advice)
