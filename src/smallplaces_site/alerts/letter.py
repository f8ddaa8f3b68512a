"""What a letter about news says: sections by what is followed, a line a paragraph.

Reads: tidings, and the paragraphs they name. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from smallplaces.errors import NotFound
from smallplaces_site.alerts import asked
from smallplaces_site.alerts.addresses import whole
from smallplaces_site.alerts.models import Follow, Tiding
from smallplaces_site.corpus.models import Reading
from smallplaces_site.corpus.read.documents import FALLBACK
from smallplaces_site.corpus.read.excerpts import opening
from smallplaces_site.corpus.titles import title_of

#: Lines of one section; what is more is counted and linked to.
MOST = 30
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``day`` is that of its document, ``lang`` the language of the excerpt."""

    paragraph: int
    symbol: str
    number: str
    title: str
    day: date | None
    year: int | None
    excerpt: str
    lang: str
    link: str
    new: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What came in for one follow. ``more``: how many there are besides ``lines``."""

    follow: Follow
    title: str
    link: str
    stop: str
    lines: tuple[Line, ...]
    more: int = 0


def sections(tidings: Iterable[Tiding], lang: str) -> list[Section]:
    """Sections in the order in which things were followed. Of one paragraph in several languages one is told: that in
    ``lang``, else in English. Paragraphs that were withdrawn meanwhile are left out."""
    by_follow: dict[Follow, list[Tiding]] = {}
    for tiding in tidings:
        by_follow.setdefault(tiding.follow, []).append(tiding)
    readings = _readings([one.paragraph_id for some in by_follow.values() for one in some])
    found = []
    for follow, some in sorted(by_follow.items(), key=lambda pair: pair[0].pk):
        told = _once([(one, readings[one.paragraph_id]) for one in some if one.paragraph_id in readings], lang)
        if told:
            lines = tuple(_line(tiding, reading) for tiding, reading in told[:MOST])
            found.append(_section(follow, lines, len(told) - len(lines)))
    return found


def name_of(follow: Follow) -> str:
    """What is followed, in the language that is active; its code when it is there no more."""
    try:
        return asked.title(follow.what, follow.name)
    except NotFound:
        return follow.name


def _section(follow: Follow, lines: tuple[Line, ...], more: int) -> Section:
    return Section(
        follow=follow,
        title=name_of(follow),
        link=whole(asked.address(follow.what, follow.name)),
        stop=whole(reverse("follow_off", args=[follow.key])),
        lines=lines,
        more=more,
    )


def _readings(paragraphs: Sequence[int]) -> dict[int, Reading]:
    found: dict[int, Reading] = {}
    ids = sorted(set(paragraphs))
    for start in range(0, len(ids), _CHUNK):
        rows = Reading.objects.filter(shown=True, paragraph__in=ids[start : start + _CHUNK])
        for row in rows.select_related("paragraph__edition__work"):
            found[row.paragraph_id] = row
    return found


def _once(told: list[tuple[Tiding, Reading]], lang: str) -> list[tuple[Tiding, Reading]]:
    order = {code: rank for rank, code in enumerate(dict.fromkeys((lang, *FALLBACK)))}
    best: dict[tuple[int, str], tuple[Tiding, Reading]] = {}
    for tiding, reading in told:
        place = reading.paragraph
        spot = (place.edition.work_id, place.key)
        held = best.get(spot)
        if held is None or _rank(reading, order) < _rank(held[1], order):
            best[spot] = (tiding, reading)
    return sorted(best.values(), key=lambda pair: (pair[1].paragraph.edition.work.key, pair[1].paragraph.position))


def _rank(reading: Reading, order: dict[str, int]) -> int:
    return order.get(reading.paragraph.edition.lang, len(order))


def _line(tiding: Tiding, reading: Reading) -> Line:
    place = reading.paragraph
    work, lang = place.edition.work, get_language() or "en"
    text = f"?text={place.edition.lang}" if place.edition.lang != lang else ""
    return Line(
        paragraph=place.pk,
        symbol=work.symbol,
        number=reading.number or place.key,
        title=title_of(work, lang),
        day=work.adopted or work.distributed,
        year=work.year,
        excerpt=opening(reading.text),
        lang=place.edition.lang,
        link=whole(reverse("paragraph", args=[work.key, place.key]) + text),
        new=tiding.new,
    )
