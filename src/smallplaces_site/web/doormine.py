"""What doors have for somebody's own page: for each place they act for, how many days are near."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from smallplaces.errors import NotFound
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.doors.read import Board, board
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import places_of


def boards(user: User) -> Iterator[tuple[PlaceView, Board]]:
    """The board of each place that somebody acts for, as of today. A place that the table has not is left out."""
    today = datetime.now(UTC).date()
    for code in places_of(user):
        try:
            place = places.now(places.get(code))
        except NotFound:
            continue
        yield place, board(place.state, "local", today)
