"""Reading practices: those that come with the house and those that were published here, and what waits for review.

Reads: Submission, PracticeVersion, the catalogue. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smallplaces.errors import NotFound
from smallplaces.vocab import practices as catalogue
from smallplaces.vocab.practices import Practice, read_practice
from smallplaces_site.practices.models import PracticeVersion, Submission


@dataclass(frozen=True, slots=True)
class PracticeView:
    """A practice as readers see it. ``version`` is 0, and ``by``, ``reviewed_by`` and ``at`` are empty, for one that
    comes with the house."""

    practice: Practice
    version: int = 0
    by: str = ""
    reviewed_by: str = ""
    at: datetime | None = None

    @property
    def key(self) -> str:
        """Its public name."""
        return self.practice.key


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A practice as it is written now: ``content`` are its fields."""

    id: int
    key: str
    state: str
    place: str
    status: str
    said: str
    by: str
    changed: datetime
    revision: int
    published: int
    content: dict[str, Any]

    def title(self, lang: str) -> str:
        """Its title in ``lang``, else in any language."""
        titles = self.content.get("title", {})
        return titles.get(lang) or next(iter(titles.values()), self.key)


def published() -> dict[str, PracticeView]:
    """Every practice that readers see, by key: the latest published first, then those that come with the house."""
    found: dict[str, PracticeView] = {}
    rows = PracticeVersion.objects.filter(submission__status=Submission.Status.PUBLISHED)
    for row in rows.select_related("submission").order_by("-at", "-version"):
        if row.submission.key not in found:
            found[row.submission.key] = _view(row)
    for key, practice in catalogue.practices().items():
        found.setdefault(key, PracticeView(practice))
    return found


def practice(key: str, version: int = 0) -> PracticeView:
    """One practice, in its latest version or in another. Raises :class:`NotFound`."""
    if version:
        row = PracticeVersion.objects.filter(submission__key=key, version=version).select_related("submission").first()
        shown = row is not None and row.submission.status == Submission.Status.PUBLISHED
        if row is None or not shown:
            raise NotFound("The practice “%(name)s” has no version %(version)s.", name=key, version=version)
        return _view(row)
    found = published().get(key)
    if found is None:
        raise NotFound("There is no practice called “%(where)s”.", where=key)
    return found


def versions(key: str) -> list[PracticeView]:
    """Everything that was published of a practice, the latest first."""
    rows = PracticeVersion.objects.filter(submission__key=key).select_related("submission").order_by("-version")
    return [_view(row) for row in rows]


def submission(pk: int) -> SubmissionView:
    """What is written of one. Raises :class:`NotFound`."""
    row = Submission.objects.filter(pk=pk).first()
    if row is None:
        raise NotFound("There is no practice with the number %(where)s.", where=str(pk))
    return _submission(row)


def submissions(*, state: str = "", places: Iterable[str] = (), status: str = "") -> list[SubmissionView]:
    """What is written in a State, or by some places; the latest change first."""
    rows = Submission.objects.order_by("-changed")
    if state:
        rows = rows.filter(state=state)
    if codes := list(places):
        rows = rows.filter(place__in=codes)
    if status:
        rows = rows.filter(status=status)
    return [_submission(row) for row in rows]


def tells_of(targets: Iterable[str]) -> list[PracticeView]:
    """Practices that name one of these targets (an article, a recommendation), or what lies inside it."""
    wanted = set(targets)
    return [
        view
        for view in published().values()
        if wanted & {target.partition("(")[0] for target in (*view.practice.rights, *view.practice.recommendations)}
        or wanted & {*view.practice.rights, *view.practice.recommendations}
    ]


def _view(row: PracticeVersion) -> PracticeView:
    held = read_practice(row.submission.key, row.content)
    return PracticeView(held, row.version, row.by, row.reviewed_by, row.at)


def _submission(row: Submission) -> SubmissionView:
    return SubmissionView(
        id=row.pk,
        key=row.key,
        state=row.state,
        place=row.place,
        status=row.status,
        said=row.said,
        by=row.by,
        changed=row.changed,
        revision=row.revision,
        published=row.versions.count(),
        content=row.content,
    )
