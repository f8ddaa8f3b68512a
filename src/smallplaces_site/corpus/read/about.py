"""About the data: what is loaded, from where, under which licence, how fresh, and what was refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count

from smallplaces.errors import NotFound
from smallplaces_site.corpus.models import Edition, Paragraph, PlaceRecord, RawFile, Reading, Run, StatusAction, Work
from smallplaces_site.corpus.read.news import by_version

_LINES_SHOWN = 500


@dataclass(frozen=True, slots=True)
class RunView:
    """One import of one source."""

    id: int
    source: str
    started: datetime
    finished: datetime | None
    outcome: str
    counts: dict[str, Any]
    message: str
    has_report: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as its latest run described it, with that run and how much of it is current."""

    name: str
    description: dict[str, Any]
    last: RunView
    runs: int
    readings: int

    @property
    def title(self) -> str:
        """What the source calls itself."""
        return str(self.description.get("title") or self.name)


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the store holds."""

    works: int = 0
    editions: int = 0
    paragraphs: int = 0
    status_actions: int = 0
    places: int = 0
    files: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FileView:
    """A file in the archive: what it is called, where it came from, when."""

    sha256: str
    name: str
    address: str
    size: int
    received: datetime
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a run's report: a record refused, or something odd in one that was taken in."""

    where: str
    why: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run refused and what it found odd. ``more``: the report holds more lines than are given here."""

    run: RunView
    refused: tuple[ReportLine, ...] = ()
    odd: tuple[ReportLine, ...] = ()
    more: bool = False


@by_version
def example_present() -> bool:
    """Whether the invented example set is loaded."""
    return Work.objects.filter(facts__invented=True).exists()


@by_version
def invented_states() -> dict[str, dict[str, str]]:
    """The names, by language, of States that only the invented example has, by code."""
    found: dict[str, dict[str, str]] = {}
    for names in Work.objects.filter(facts__invented=True).values_list("facts__state_names", flat=True):
        found |= names or {}
    return found


@by_version
def totals() -> Totals:
    """The numbers of the whole store."""
    kinds = Work.objects.values_list("kind").annotate(n=Count("id")).order_by("-n")
    langs = Edition.objects.values_list("lang").annotate(n=Count("id")).order_by("-n")
    return Totals(
        works=Work.objects.count(),
        editions=Edition.objects.count(),
        paragraphs=Paragraph.objects.count(),
        status_actions=StatusAction.objects.filter(current=True).count(),
        places=PlaceRecord.objects.filter(current=True).count(),
        files=RawFile.objects.count(),
        kinds=tuple(kinds),
        languages=tuple(langs),
    )


def sources() -> tuple[SourceView, ...]:
    """Every source that was ever imported, by name, with its latest run."""
    latest: dict[str, Run] = {}
    runs: dict[str, int] = {}
    for run in Run.objects.order_by("id"):
        latest[run.source] = run
        runs[run.source] = runs.get(run.source, 0) + 1
    held = _readings()
    return tuple(
        SourceView(name, run.description, _run(run), runs[name], held.get(name, 0))
        for name, run in sorted(latest.items())
    )


@by_version
def _readings() -> dict[str, int]:
    rows = Reading.objects.filter(current=True).values("source").annotate(n=Count("id"))
    return {row["source"]: row["n"] for row in rows}


@by_version
def source_titles() -> dict[str, str]:
    """The title of every source, by name."""
    return {source.name: source.title for source in sources()}


def files_of(edition_id: int) -> tuple[FileView, ...]:
    """The archived files from which an edition's current paragraphs were read."""
    rows = (
        Reading.objects.filter(paragraph__edition_id=edition_id, current=True, raw__isnull=False)
        .order_by("source")
        .values_list("raw_id", "source")
        .distinct()
    )
    pairs = list(rows)
    files = RawFile.objects.in_bulk([raw for raw, _ in pairs])
    about = {source.name: source for source in sources()}
    return tuple(
        FileView(
            sha256=files[raw].sha256,
            name=files[raw].name,
            address=files[raw].address,
            size=files[raw].size,
            received=files[raw].received,
            source=source,
            licence=str(about[source].description.get("licence", "")) if source in about else "",
        )
        for raw, source in pairs
    )


def report(run_id: int) -> Report:
    """What a run refused, line by line. Raises :class:`NotFound` when there is no such run."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound("There was no import with the number %(where)s.", where=str(run_id))
    path = report_path(run)
    if path is None:
        return Report(_run(run))
    found: dict[bool, list[ReportLine]] = {True: [], False: []}
    more = False
    with path.open(encoding="utf-8", errors="replace") as stream:
        for text in stream:
            refused, line = _line(text)
            if len(found[refused]) < _LINES_SHOWN:
                found[refused].append(line)
            else:
                more = True
    return Report(_run(run), tuple(found[True]), tuple(found[False]), more)


def report_path(run: Run) -> Path | None:
    """The report file of a run, when it is there; never a path outside of the home folder."""
    if not run.report:
        return None
    home = Path(settings.HOME).resolve()
    path = (home / run.report).resolve()
    return path if path.is_relative_to(home) and path.is_file() else None


def _line(text: str) -> tuple[bool, ReportLine]:
    """Whether the line tells of a refusal, and what it says."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError:
        content = None
    if not isinstance(content, dict):
        return True, ReportLine("", text.strip())
    why = str(content.get("reason") or content.get("what") or "")
    line = ReportLine(str(content.get("where") or ""), why, str(content.get("excerpt") or ""))
    return bool(content.get("refused", True)), line


def _run(run: Run) -> RunView:
    return RunView(
        id=run.pk,
        source=run.source,
        started=run.started,
        finished=run.finished,
        outcome=run.outcome,
        counts=run.counts,
        message=run.message,
        has_report=report_path(run) is not None,
    )
