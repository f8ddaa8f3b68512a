"""The review queue: demands that wait for a person, what is worth a look first.

Reads: what :mod:`smallplaces_site.local.read` does, and deeds. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from math import log2
from typing import Final

from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.local.read import SURE, Asked, Competence, Labelled, asked_of_state, labels_of
from smallplaces_site.local.views import Queued
from smallplaces_site.people.models import Deed, User

#: Why something is worth a look, the weightiest first.
BECAUSE: Final = ("unclear", "taught", "unsure", "new", "wide", "long")
_FACETS: Final = ("theme", "group")
_NEW = 2  # years
_LONG = 3  # demands in a thread
_WIDE: Final = frozenset({"shared", "local", "province", "municipality", "education"})


def queue(
    state: str,
    place: PlaceView | None = None,
    *,
    body: str = "",
    year: str = "",
    because: str = "",
    department: str = "",
) -> list[Queued]:
    """Demands to a State that the institution has not decided, or, for a local official, of which its own ``place`` has
    not spoken. Best first: how unsure times how new times how many places it concerns times how often it was asked.

    Filters: the ``body`` that asks, the ``year`` of the document, one of :data:`BECAUSE`, a ``department``'s code. The
    labels of an item are read when it is shown: :func:`proposed`.
    """
    waiting = (one for one in asked_of_state(state, place) if not _done(one.competence, place))
    found = [
        Queued(one, (), _worth(one), tuple(_because(one)))
        for one in waiting
        if (not body or one.body == body)
        and (not year or one.date[:4] == year)
        and (not department or one.department == department)
    ]
    found = [item for item in found if not because or because in item.because]
    return sorted(found, key=lambda item: (-item.worth, item.asked.symbol, item.asked.paragraph_id))


def one_of(state: str, paragraph: int, place: PlaceView | None = None) -> Queued | None:
    """A demand of the State whether or not it waits; None when the paragraph asks nothing."""
    found = next((one for one in asked_of_state(state, place) if one.paragraph_id == paragraph), None)
    return Queued(found, (), _worth(found), tuple(_because(found))) if found else None


def proposed(paragraph: int) -> tuple[Labelled, ...]:
    """The machine's themes and groups of a paragraph that are worth a person's word, the surest first."""
    held = labels_of([paragraph]).get(paragraph, ())
    return tuple(one for one in held if one.facet in _FACETS and one.confidence >= SURE and one.decided is None)


def done_today(user: User) -> list[str]:
    """The demands that somebody decided on today and did not take back, the last first: "work key#paragraph key"."""
    midnight = datetime.combine(datetime.now(UTC).date(), time.min, UTC)
    deeds = Deed.objects.filter(user=user, what="competence.decide", at__gte=midnight).order_by("-pk")
    last: dict[str, bool] = {}
    for deed in deeds:
        last.setdefault(deed.subject, deed.detail.get("verdict") != "withdrawn")
    return [subject for subject, stands in last.items() if stands]


def _done(whose: Competence, place: PlaceView | None) -> bool:
    if place is None:
        return whose.decided is not None
    return any(one.place == place.code for one in whose.opinions)


def _worth(one: Asked) -> float:
    whose = one.competence
    unsure = 1.0 if one.level == "unclear" or whose.taught else max(0.1, 1 - one.confidence)
    age = max(0, datetime.now(UTC).year - int(one.date[:4])) if one.date else 20
    reach = 1.0 if one.level in _WIDE or one.level == "unclear" else 0.4
    return unsure / (1 + age / 4) * reach * (1 + log2(max(1, one.times)))


def _because(one: Asked) -> Iterator[str]:
    if one.level == "unclear":
        yield "unclear"
    if one.competence.taught and one.competence.decided is None:
        yield "taught"
    if one.competence.unsure and one.level != "unclear":
        yield "unsure"
    if one.date and datetime.now(UTC).year - int(one.date[:4]) <= _NEW:
        yield "new"
    if one.level in _WIDE:
        yield "wide"
    if one.times >= _LONG:
        yield "long"
