"""Reading submissions: those of an organisation, one with everything about it, what changed between two versions.

Reads: Draft, DraftVersion, Attachment. Writes: nothing. Who may see one: its owner and its co-authors, nobody else.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q

from smallplaces.errors import NotFound
from smallplaces.vocab.steps import Step, step
from smallplaces_site.drafts.models import Attachment, Draft, DraftVersion


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version: ``sections`` are (heading, text)."""

    version: int
    title: str
    sections: tuple[tuple[str, str], ...]
    words: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """Evidence: a link or a file."""

    id: int
    title: str
    address: str
    sha256: str
    name: str
    kind: str
    size: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftView:
    """A submission as it is now. ``signed``: the version that was signed, 0 while none is."""

    id: int
    step: Step
    state: str
    place: str
    owner: int
    owner_name: str
    coauthors: tuple[tuple[int, str], ...]
    title: str
    lang: str
    due: date | None
    due_source: str
    sections: tuple[tuple[str, str], ...]
    revision: int
    by: str
    changed: datetime
    signed: int
    signed_by: str
    signed_at: datetime | None
    late: str

    @property
    def joint(self) -> bool:
        """Whether several submit it together."""
        return bool(self.coauthors)

    @property
    def organisations(self) -> tuple[int, ...]:
        """Ids of all that write it."""
        return (self.owner, *(pk for pk, _name in self.coauthors))

    def closes(self) -> datetime | None:
        """The moment of the deadline, in the zone of the step; None without one."""
        if self.due is None:
            return None
        at = time.fromisoformat(self.step.hour) if self.step.hour else time(23, 59, 59)
        return datetime.combine(self.due, at, ZoneInfo(self.step.zone or "UTC"))


def draft(pk: int) -> DraftView:
    """One submission. Raises :class:`NotFound`."""
    row = Draft.objects.filter(pk=pk).select_related("owner").first()
    if row is None:
        raise NotFound("There is no submission with the number %(where)s.", where=str(pk))
    return view(row)


def drafts_of(organisations: Iterable[int]) -> list[DraftView]:
    """The submissions that these organisations (ids) write, the latest change first."""
    ids = list(organisations)
    rows = Draft.objects.filter(Q(owner__in=ids) | Q(coauthors__in=ids)).distinct()
    return [view(row) for row in rows.select_related("owner").order_by("-changed")]


def versions(pk: int) -> list[VersionView]:
    """Every version, the latest first."""
    return [_version(row) for row in DraftVersion.objects.filter(draft=pk).order_by("-version")]


def version(pk: int, number: int) -> VersionView:
    """One version. Raises :class:`NotFound`."""
    row = DraftVersion.objects.filter(draft=pk, version=number).first()
    if row is None:
        raise NotFound("The submission %(number)s has no version %(version)s.", number=pk, version=number)
    return _version(row)


def attachments(pk: int) -> list[AttachmentView]:
    """The evidence that goes with it, in order."""
    fields = ("id", "title", "address", "sha256", "name", "kind", "size", "by", "at")
    rows = Attachment.objects.filter(draft=pk, withdrawn=None).order_by("pk")
    return [AttachmentView(**{name: getattr(row, name) for name in fields}) for row in rows]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a section: ``how`` is "same", "gone" or "new"."""

    how: str
    text: str


def compared(before: VersionView, after: VersionView) -> list[tuple[str, list[Change]]]:
    """Section by section, what changed from one version to another, word by word. Sections are met by their heading."""
    old = dict(before.sections)
    found = [(heading, _words(old.pop(heading, ""), text)) for heading, text in after.sections]
    return found + [(heading, _words(text, "")) for heading, text in old.items()]


def _words(before: str, after: str) -> list[Change]:
    old, new = before.split(" "), after.split(" ")
    changes: list[Change] = []
    for how, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            changes.append(Change("same", " ".join(old[a:b])))
            continue
        if gone := " ".join(old[a:b]):
            changes.append(Change("gone", gone))
        if added := " ".join(new[c:d]):
            changes.append(Change("new", added))
    return changes


def view(row: Draft) -> DraftView:
    """A row as readers of it see it."""
    return DraftView(
        id=row.pk,
        step=step(row.step),
        state=row.state,
        place=row.place,
        owner=row.owner_id,
        owner_name=row.owner.name,
        coauthors=tuple(row.coauthors.order_by("name").values_list("pk", "name")),
        title=row.title,
        lang=row.lang,
        due=row.due,
        due_source=row.due_source,
        sections=tuple((one["heading"], one["text"]) for one in row.sections),
        revision=row.revision,
        by=row.by,
        changed=row.changed,
        signed=row.signed,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        late=row.late,
    )


def _version(row: DraftVersion) -> VersionView:
    sections = tuple((one["heading"], one["text"]) for one in row.sections)
    return VersionView(row.version, row.title, sections, row.words, row.by, row.at)
