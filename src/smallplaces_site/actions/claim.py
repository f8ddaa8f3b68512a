"""Claim of demands to States what they speak of and whose they are, wherever the change log says that something is new;
or everywhere, by other rules, data or models.

Reads: the change log past its own mark, and the documents it names that ask States for something. Writes: claims, the
mark, and a line of the change log where claims are others now. What people decided is not touched: it stands apart.

Documents are read whole. A process killed at any moment leaves whole batches behind; the same command goes on from
there. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from smallplaces.enrich.assess import Assessment, assess_many, version_of
from smallplaces.enrich.crew import Crew
from smallplaces_site.corpus.models import Change, Mark, Paragraph, Work
from smallplaces_site.corpus.touched import batches, last_change
from smallplaces_site.local.models import Claim
from smallplaces_site.local.read import CLAIMS
from smallplaces_site.local.store import Written, replace_all
from smallplaces_site.local.subjects import KINDS, Place, subjects

#: Documents read in one transaction.
BATCH = 40
_NAME = "local"
#: Changes after which a document may be claimed otherwise of.
_READ = (Change.What.EDITION, Change.What.WORK, Change.What.MERGED)
_CHUNK = 900
#: About as many paragraphs a document has: from so many documents on, other processes are worth their start.
_PARAGRAPHS = 100

Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class Claimed:
    """Documents and paragraphs read, those that ask for something, and claims that are others now. ``before``: the
    version by which everything had been claimed, when this is another."""

    documents: int = 0
    read: int = 0
    asking: int = 0
    changed: int = 0
    version: str = ""
    before: str = ""


def claim_changes(progress: Progress = lambda done, total: None, *, again: bool = False) -> Claimed:
    """Bring the claims up to the change log. The caller holds the write lock.

    All documents are read when they never were, when rules, data or models are others, and when ``again`` is said.
    """
    version = version_of(_models())
    mark, _ = Mark.objects.get_or_create(name=_NAME)
    done = Claimed(version=version, before=mark.version if mark.version != version else "")
    if again or mark.underway or mark.version != version:
        if mark.underway != version or again:
            mark.underway, mark.reached, mark.change = version, 0, last_change()
            mark.save()
        _run(_everything(mark), Work.objects.filter(pk__gt=mark.reached, kind__in=KINDS).count(), done, progress)
        mark.version, mark.underway, mark.reached = version, "", 0
        mark.save()
    if mark.change < last_change():
        news = list(_news(mark.change))
        _run(news, sum(len(works) for works, _, _ in news), done, progress)
    if done.changed:
        Change.objects.create(at=timezone.now(), what=CLAIMS, detail={"changed": done.changed, "read": done.read})
    return done


def behind() -> bool:
    """Whether claims are to be made anew for all documents: rules, data or models are others."""
    mark = Mark.objects.filter(name=_NAME).first()
    return mark is None or bool(mark.underway) or mark.version != version_of(_models())


def _models() -> Path:
    return Path(settings.HOME) / "models"


#: Documents, where the mark stands in the log and among documents when they are done.
_Batch = tuple[list[int], int, int]


def _everything(mark: Mark) -> Iterator[_Batch]:
    reached = mark.reached
    held = Work.objects.filter(kind__in=KINDS).order_by("pk").values_list("pk", flat=True)
    while ids := list(held.filter(pk__gt=reached)[:BATCH]):
        reached = ids[-1]
        yield ids, mark.change, reached


def _news(watermark: int) -> Iterator[_Batch]:
    for ids, last in batches(watermark, BATCH * _PARAGRAPHS, only=_READ):
        paragraphs = sorted(ids)
        works: set[int] = set()
        for start in range(0, len(paragraphs), _CHUNK):
            some = Paragraph.objects.filter(pk__in=paragraphs[start : start + _CHUNK])
            works.update(some.values_list("edition__work_id", flat=True))
        # A document that asks no more, or that States no longer concern, loses its claims.
        yield _worth(sorted(works)), last, 0


def _worth(works: list[int]) -> list[int]:
    found: set[int] = set()
    for start in range(0, len(works), _CHUNK):
        some = works[start : start + _CHUNK]
        found.update(Work.objects.filter(pk__in=some, kind__in=KINDS).values_list("pk", flat=True))
        found.update(Claim.objects.filter(work_id__in=some).values_list("work_id", flat=True).distinct())
    return sorted(found)


def _run(found: Iterable[_Batch], total: int, done: Claimed, progress: Progress) -> None:
    """Read batch after batch; while one is written, the processes of the crew are at the next."""
    progress(0, total)
    assess = partial(assess_many, str(_models()))
    ahead: list[tuple[_Batch, Iterable[tuple[Place, Assessment]]]] = []
    with Crew(total * _PARAGRAPHS) as crew:
        for batch in found:
            here = list(subjects(list(Work.objects.filter(pk__in=batch[0]))))
            answers = crew.map(assess, [place.subject for place in here])
            ahead.append((batch, zip(here, answers, strict=True)))
            if len(ahead) > 1:
                _write(*ahead.pop(0), done)
                progress(done.documents, total)
        for last in ahead:
            _write(*last, done)
            progress(done.documents, total)


def _write(batch: _Batch, found: Iterable[tuple[Place, Assessment]], done: Claimed) -> None:
    """One batch, whole or not at all."""
    works, change, reached = batch
    assessed = list(found)
    with transaction.atomic():
        written: Written = replace_all(works, assessed, done.version)
        Mark.objects.filter(name=_NAME).update(change=change, reached=reached)
    done.documents += len(works)
    done.read += written.held
    done.asking += written.asking
    done.changed += written.changed
