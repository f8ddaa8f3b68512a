"""What awaits somebody on their own page: each room says what it has for them.

A room adds its function to :data:`ROOMS`; what it gives is shown in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from smallplaces_site.people.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """One way on from somebody's own page. ``count``: how many things wait there; nothing when that says nothing."""

    title: str
    address: str
    about: str = ""
    count: int | None = None


Room = Callable[[User], Iterable[Entry]]

#: In the order of a day's work: what is asked, what is to be done, what is learnt.
ROOMS: list[Room] = []


def entries(user: User) -> list[Entry]:
    """Everything that the rooms have for ``user``."""
    return [entry for room in ROOMS for entry in room(user)]
