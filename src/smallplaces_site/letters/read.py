"""Reading letters to places: one, those of a place, those an institution sent, those that wait for somebody.

Reads: Dispatch, Arrival, Opening. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from smallplaces.errors import NotFound
from smallplaces_site.corpus.read import places
from smallplaces_site.letters.models import Arrival, Dispatch
from smallplaces_site.people.models import Membership, Organisation, User
from smallplaces_site.people.rights import places_of


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """A letter at one place. ``opened``: (as they sign, when), the first to see it first."""

    id: int
    place: str
    acknowledged: datetime | None
    by: str
    answer: str
    reminded: datetime | None
    opened: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class DispatchView:
    """A letter as everybody may read it, and where it went."""

    id: int
    title: str
    note: str
    lang: str
    by: str
    organisation: int
    sender: str
    state: str
    work: str
    paragraphs: tuple[str, ...]
    brief: int | None
    at: datetime
    arrivals: tuple[ArrivalView, ...]

    @property
    def acknowledged(self) -> int:
        """How many places have acknowledged it."""
        return sum(one.acknowledged is not None for one in self.arrivals)

    @property
    def opened(self) -> int:
        """At how many places somebody has seen it."""
        return sum(bool(one.opened) for one in self.arrivals)


def dispatch(pk: int) -> DispatchView:
    """One letter. Raises :class:`NotFound`."""
    found = _views(Dispatch.objects.filter(pk=pk))
    if not found:
        raise NotFound("There is no letter with the number %(where)s.", where=str(pk))
    return found[0]


def to_place(code: str) -> list[DispatchView]:
    """The letters that a place got, the newest first."""
    return _views(Dispatch.objects.filter(arrivals__place=code).order_by("-at", "-pk"))


def count_to(code: str) -> int:
    """How many letters a place got."""
    return Arrival.objects.filter(place=code).count()


def sent_by(organisation: int) -> list[DispatchView]:
    """The letters that an institution sent, the newest first."""
    return _views(Dispatch.objects.filter(organisation=organisation).order_by("-at", "-pk"))


def waiting_for(user: User) -> list[tuple[str, int]]:
    """(code of a place somebody acts for, letters there that nobody has acknowledged), where there are any."""
    codes = [places.get(code).code for code in places_of(user) if _known(code)]
    rows = Arrival.objects.filter(place__in=codes, acknowledged=None).values_list("place", flat=True)
    counts = dict.fromkeys(codes, 0)
    for code in rows:
        counts[code] += 1
    return [(code, count) for code, count in counts.items() if count]


def officials_of(code: str) -> list[User]:
    """Everybody who acts for a place."""
    held = acting_for(code).filter(user__is_active=True).order_by("user")
    return list({one.user_id: one.user for one in held.select_related("user")}.values())


def acting_for(code: str) -> QuerySet[Membership]:
    """The present roles in the local government of a place."""
    short = places.get(code).short
    kind = Organisation.Kind.LOCAL
    return Membership.objects.filter(ended=None, organisation__kind=kind, organisation__place__in=[code, short])


def _known(code: str) -> bool:
    try:
        places.get(code)
    except NotFound:
        return False
    return True


def _views(rows: Iterable[Dispatch]) -> list[DispatchView]:
    found = list(rows)
    arrivals: dict[int, list[ArrivalView]] = {one.pk: [] for one in found}
    held = Arrival.objects.filter(dispatch__in=arrivals).prefetch_related("openings").order_by("place")
    for one in held:
        opened = sorted((seen.at, seen.by) for seen in one.openings.all())
        arrivals[one.dispatch_id].append(
            ArrivalView(
                id=one.pk,
                place=one.place,
                acknowledged=one.acknowledged,
                by=one.by,
                answer=one.answer,
                reminded=one.reminded,
                opened=tuple((by, at) for at, by in opened),
            )
        )
    names = dict(Organisation.objects.filter(pk__in={one.organisation_id for one in found}).values_list("pk", "name"))
    return [
        DispatchView(
            id=one.pk,
            title=one.title,
            note=one.note,
            lang=one.lang,
            by=one.by,
            organisation=one.organisation_id,
            sender=names[one.organisation_id],
            state=one.state,
            work=one.work,
            paragraphs=tuple(one.paragraphs),
            brief=one.brief,
            at=one.at,
            arrivals=tuple(arrivals[one.pk]),
        )
        for one in found
    ]
