"""Peers: other places of like size and competence that met the same recommendation, and what they do about it.

Like size and competence: of the same kind in the same State (a city of 500,000 and more is a kind of its own), or on
the same level where the kind is not known. Reads: follow-up, places, practices. Writes: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.followup import read as followup
from smallplaces_site.followup.records import ItemView
from smallplaces_site.practices import read as practices
from smallplaces_site.practices.read import PracticeView
from smallplaces_site.web import placelines


@dataclass(frozen=True, slots=True)
class Peer:
    """Another place that met the same: where, its item of follow-up, and the practices it has described."""

    line: placelines.PlaceLine
    item: ItemView
    practices: tuple[PracticeView, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """One item of a place's follow-up, with the peers that follow the same recommendation or thread."""

    item: ItemView
    peers: tuple[Peer, ...]


def peers_of(place: PlaceView) -> list[Met]:
    """What a place follows that peers follow too, each with those peers; what most peers follow comes first."""
    alike = {other.code: other for other in places.every(place.state) if other != place and like(place, other)}
    theirs = [item for item in followup.items_of(state=place.state) if item.place in alike]
    described: dict[str, list[PracticeView]] = {}
    for view in practices.published().values():
        described.setdefault(view.practice.place, []).append(view)
    met = []
    for item in followup.items_of(place.code):
        same = [
            Peer(placelines.line(alike[other.place]), other, _about(described.get(other.place, []), other))
            for other in theirs
            if _asks(item) & _asks(other)
        ]
        if same:
            met.append(Met(item, tuple(sorted(same, key=lambda peer: -len(peer.item.actions)))))
    return sorted(met, key=lambda one: -len(one.peers))


def like(place: PlaceView, other: PlaceView) -> bool:
    """Whether two places of one State are of like size and competence, as far as the catalogue tells."""
    return other.level == place.level and (not place.kind or other.kind == place.kind)


def _asks(item: ItemView) -> set[str]:
    """What an item follows, as names that two items can share."""
    asked = (item.what, *item.members)
    return {one.thread or f"{one.work_key}#p{one.paragraph_key}" for one in asked if one.thread or one.work_key}


def _about(described: list[PracticeView], item: ItemView) -> tuple[PracticeView, ...]:
    """Practices of a place that answer what the item follows."""
    asked = _asks(item)
    return tuple(view for view in described if asked & set(view.practice.recommendations))
