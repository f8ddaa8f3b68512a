"""Find what paragraphs cite, wherever the change log says that something is new; or everywhere, by a better method.

Reads: the change log past its own mark, and the shown readings it names. Writes: citations, the mark and, in the same
transaction, lines of the change log for what the index would not read again by itself; and a report of what a better
method gained and lost.

A process killed at any moment leaves whole batches behind; the same command goes on from there. Doing it again changes
nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from smallplaces.enrich.cite import VERSION
from smallplaces.enrich.crew import Crew
from smallplaces.model.annotation import Citation
from smallplaces.search.backends.base import IndexState
from smallplaces_site.corpus.bulk import look_again
from smallplaces_site.corpus.citations import Place, Standing, Written, places, replace_all
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Change, Edition, Mark, Paragraph
from smallplaces_site.corpus.seen import Seen
from smallplaces_site.corpus.touched import batches, last_change, pending

#: Paragraphs read in one transaction.
BATCH = 10_000
_NAME = "cites"
#: Changes after which a paragraph may cite otherwise.
_READ = (Change.What.EDITION, Change.What.WORK, Change.What.MERGED)
_CHUNK = 900

Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class Annotated:
    """What was done. ``kinds`` and ``unresolved`` count the citations of the paragraphs read, by kind; ``gained`` and
    ``lost`` what a better method, or a second look, finds more and no more. ``changed``: paragraphs whose citations
    are others now. ``report``: a file below the home folder with every gain and loss; empty when there is none."""

    read: int = 0
    changed: int = 0
    version: str = VERSION
    before: str = ""  # the version that everything had been read with, when this is a better one
    kinds: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    report: str = ""

    def summary(self) -> dict[str, object]:
        """What the change log keeps of it."""
        return {"read": self.read, "citations": sum(self.kinds.values()), "changed": self.changed}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Paragraphs to read, and where the mark stands when they are done."""

    ids: list[int]
    change: int
    reached: int = 0


def behind() -> tuple[int, str]:
    """How many lines of the change log were not read yet, and the version with which everything is still to be read;
    both are empty when nothing is to be done."""
    mark = Mark.objects.filter(name=_NAME).first() or Mark(name=_NAME)
    lines = Change.objects.filter(pk__gt=mark.change, what__in=_READ).count()
    return lines, VERSION if mark.underway or mark.version != VERSION else ""


def annotate_changes(progress: Progress = lambda done, total: None, *, again: bool = False) -> Annotated:
    """Bring the citations up to the change log. The caller holds the write lock.

    All paragraphs are read when they never were, when the method has a new version, and when ``again`` is said.
    """
    mark = _mark()
    done = Annotated(before=mark.version if mark.version != VERSION else "")
    if again or mark.underway or mark.version != VERSION:
        if mark.underway != VERSION or again:
            mark.underway, mark.reached, mark.change = VERSION, 0, last_change()
            mark.save()
        total = Paragraph.objects.filter(pk__gt=mark.reached).count()
        _run(_everything(mark), total, _Writer(done, mark), progress)
        if done.report and not (done.gained or done.lost):
            (Path(settings.HOME) / done.report).unlink(missing_ok=True)
            done.report = ""
        mark.version, mark.underway, mark.reached = VERSION, "", 0
        mark.save()
    if mark.change < last_change():
        _run(_news(mark.change), pending(mark.change), _Writer(done, mark), progress)
    if done.changed:
        Change.objects.create(at=timezone.now(), what=Change.What.CITES, detail=done.summary())
        look_again()
    return done


def _mark() -> Mark:
    return Mark.objects.get_or_create(name=_NAME)[0]


def _everything(mark: Mark) -> Iterator[_Batch]:
    reached = mark.reached
    while ids := list(Paragraph.objects.filter(pk__gt=reached).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        reached = ids[-1]
        yield _Batch(ids, mark.change, reached)


def _news(watermark: int) -> Iterator[_Batch]:
    for ids, last in batches(watermark, BATCH, only=_READ):
        yield _Batch(sorted(ids), last)


def _run(found: Iterable[_Batch], total: int, writer: _Writer, progress: Progress) -> None:
    """Read batch after batch; while one is written, the processes of the crew are at the next."""
    progress(0, total)
    ahead: list[tuple[_Batch, Iterator[tuple[Place, list[Citation]]]]] = []
    with Crew(total) as crew:
        for batch in found:
            here = places(batch.ids)
            ahead.append((batch, zip(here, crew.begin([place.passage for place in here]), strict=True)))
            if len(ahead) > 1:
                writer.write(*ahead.pop(0))
                progress(writer.read, total)
        for last in ahead:
            writer.write(*last)
            progress(writer.read, total)


class _Writer:
    """Writes batches, each in a transaction with its mark and its lines of the log, and keeps count."""

    def __init__(self, done: Annotated, mark: Mark) -> None:
        self.read = 0
        self._done = done
        self._awaited = _awaited()
        # Gains and losses are those of a method over another, not of texts that were never read before.
        name = f"reports/citations-{mark.version}-{VERSION}.jsonl"
        self._report = Path(settings.HOME) / name if mark.version and mark.underway else None
        if self._report is not None:
            done.report = name
            self._report.parent.mkdir(parents=True, exist_ok=True)
            self._report.open("a" if mark.reached else "w").close()

    def write(self, batch: _Batch, found: Iterable[tuple[Place, list[Citation]]]) -> None:
        """One batch, whole or not at all."""
        cited = list(found)
        with transaction.atomic():
            written = replace_all(batch.ids, cited, VERSION)
            self._log([pk for pk in written.changed if pk not in self._awaited])
            Mark.objects.filter(name=_NAME).update(change=batch.change, reached=batch.reached)
        self.read += len(batch.ids)
        done = self._done
        done.read += len(cited)
        done.changed += len(written.changed)
        done.kinds.update(written.kinds)
        done.unresolved.update(written.unresolved)
        if self._report is not None:
            done.gained.update(standing.kind for _, standing in written.gained)
            done.lost.update(standing.kind for _, standing in written.lost)
            _append(self._report, written)

    def _log(self, paragraphs: list[int]) -> None:
        """Lines for what nothing else tells the index to read again, one an edition."""
        editions: dict[int, list[int]] = {}
        for start in range(0, len(paragraphs), _CHUNK):
            rows = Paragraph.objects.filter(pk__in=paragraphs[start : start + _CHUNK]).order_by("pk")
            for pk, edition in rows.values_list("pk", "edition_id"):
                editions.setdefault(edition, []).append(pk)
        now = timezone.now()
        ids = list(editions)
        for start in range(0, len(ids), _CHUNK):
            some = Edition.objects.filter(pk__in=ids[start : start + _CHUNK]).select_related("work").order_by("pk")
            Change.objects.bulk_create(
                Change(
                    at=now,
                    what=Change.What.CITES,
                    work=edition.work,
                    work_key=edition.work.key,
                    edition=edition,
                    lang=edition.lang,
                    paragraphs={"changed": editions[edition.pk]},
                )
                for edition in some
            )


class _All:
    """Every paragraph: the index is to be built anew."""

    def __contains__(self, item: object) -> bool:
        return True


def _awaited() -> Seen | _All:
    """The paragraphs that the index will read again by what the log says already."""
    backend = engine().backend
    if backend.state() is not IndexState.READY:
        return _All()
    seen = Seen()
    for ids, _ in batches(backend.watermark(), BATCH):
        for pk in ids:
            seen.add(pk)
    return seen


def _append(path: Path, written: Written) -> None:
    with path.open("a", encoding="utf-8", errors="replace") as report:
        for what, found in (("gained", written.gained), ("lost", written.lost)):
            for place, standing in found:
                report.write(json.dumps(_line(what, place, standing), ensure_ascii=False) + "\n")


def _line(what: str, place: Place, standing: Standing) -> dict[str, object]:
    return {
        "change": what,
        "work": place.work_key,
        "lang": place.lang,
        "paragraph": place.key,
        "kind": standing.kind,
        "text": standing.text,
        "targets": list(standing.claimed),
        "candidates": list(standing.candidates),
    }
