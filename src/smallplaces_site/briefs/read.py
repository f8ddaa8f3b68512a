"""Reading briefs: what was published, what of a place, and what differs between two versions.

Reads: Brief, BriefVersion. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from smallplaces.errors import NotFound
from smallplaces_site.briefs.content import Content, Line, from_json
from smallplaces_site.briefs.models import Brief, BriefVersion


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version as it is listed."""

    number: int
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class BriefView:
    """A brief as it is listed: the words of its latest version, or of the draft when nothing was published."""

    id: int
    place: str
    state: str
    lang: str
    title: str
    audience: str
    by: str
    changed: datetime
    lines: int
    versions: tuple[VersionView, ...]
    withdrawn: datetime | None
    withdrawn_by: str
    withdrawn_why: str
    unpublished: bool  # the draft was changed after the latest version, or there is none

    @property
    def latest(self) -> VersionView | None:
        """The newest version, if anything was published."""
        return self.versions[-1] if self.versions else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a later version has that an earlier one had not. ``changed`` are pairs: the line before and after."""

    title: tuple[str, str] | None
    introduction: tuple[str, str] | None
    added: tuple[Line, ...]
    dropped: tuple[Line, ...]
    changed: tuple[tuple[Line, Line], ...]
    moved: bool

    @property
    def nothing(self) -> bool:
        """Whether the two say the same."""
        parts = (self.title, self.introduction, self.added, self.dropped, self.changed, self.moved)
        return not any(parts)


def row(pk: int) -> Brief:
    """The draft. Raises :class:`NotFound`."""
    found = Brief.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no brief with the number %(where)s.", where=str(pk))
    return found


def view(pk: int) -> BriefView:
    """One brief. Raises :class:`NotFound`."""
    return _views([row(pk)])[0]


def published(pk: int, number: int | None = None) -> Content:
    """What was published: a version, or the latest. Raises :class:`NotFound`, also for a mere draft."""
    versions = BriefVersion.objects.filter(brief_id=pk).order_by("-number")
    found = (versions if number is None else versions.filter(number=number)).first()
    if found is None:
        raise (
            NotFound("No brief with the number %(where)s was published.", where=str(pk))
            if number is None
            else NotFound("The brief %(number)s has no published version %(version)s.", number=pk, version=number)
        )
    return from_json(found.content)


def of_place(place: str) -> list[BriefView]:
    """Every brief of a place, the last changed first, drafts too: who asks must know who may see them."""
    return _views(Brief.objects.filter(place=place).order_by("-changed"))


def published_of(place: str) -> list[BriefView]:
    """The published and not withdrawn briefs of a place, the newest first."""
    return [one for one in of_place(place) if one.latest and one.withdrawn is None]


def difference(before: Content, after: Content) -> Difference:
    """What changed between two versions of a brief."""
    old = {line.name: line for line in before.lines}
    new = {line.name: line for line in after.lines}
    kept_before = [line.name for line in before.lines if line.name in new]
    kept_after = [line.name for line in after.lines if line.name in old]
    return Difference(
        title=(before.title, after.title) if before.title != after.title else None,
        introduction=((before.introduction, after.introduction) if before.introduction != after.introduction else None),
        added=tuple(line for line in after.lines if line.name not in old),
        dropped=tuple(line for line in before.lines if line.name not in new),
        changed=tuple((old[line.name], line) for line in after.lines if old.get(line.name, line) != line),
        moved=kept_before != kept_after,
    )


def _views(rows: Iterable[Brief]) -> list[BriefView]:
    held = list(rows)
    versions: dict[int, list[BriefVersion]] = {one.pk: [] for one in held}
    for version in BriefVersion.objects.filter(brief_id__in=list(versions)).order_by("number"):
        versions[version.brief_id].append(version)
    return [_view(one, versions[one.pk]) for one in held]


def _view(one: Brief, versions: list[BriefVersion]) -> BriefView:
    latest = from_json(versions[-1].content) if versions else None
    return BriefView(
        id=one.pk,
        place=one.place,
        state=one.state,
        lang=one.lang,
        title=latest.title if latest else one.title,
        audience=latest.audience if latest else one.audience,
        by=one.by,
        changed=one.changed,
        lines=len(latest.lines) if latest else len(one.lines),
        versions=tuple(VersionView(row.number, row.by, row.at, row.why) for row in versions),
        withdrawn=one.withdrawn,
        withdrawn_by=one.withdrawn_by,
        withdrawn_why=one.withdrawn_why,
        unpublished=not versions or one.changed > versions[-1].at,
    )
