"""A place as a line of a list: its name, what it is and where it lies, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from smallplaces.model import symbol as symbols
from smallplaces.vocab.places import place_kind, place_order
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.corpus.titles import collation_key
from smallplaces_site.web import names

#: Places that the line above search results names before it says how many more there are.
_NAMED = 4
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """``name`` is in ``lang`` (empty: a spelling in Latin letters); ``own`` is the Korean name where that differs.

    ``once`` is the former name by which the place was asked for; ``address`` carries it along.
    """

    place: PlaceView
    name: str
    lang: str
    own: str
    kind: SafeString
    within: str
    written: str
    once: str
    address: str

    @property
    def in_texts(self) -> str:
        """The question that finds the paragraphs which name the place in any language."""
        spellings = {name.replace('"', "") for lang, name in self.place.names if "-x-" not in lang}
        return " OR ".join(f'"{name}"' for name in sorted(spellings))


def line(place: PlaceView, asked: str = "") -> PlaceLine:
    """One place as a line, asked for by the words ``asked``."""
    lang = names.ui()
    name, own = place.name(lang), dict(place.names).get("ko", "") if place.state == "KOR" else ""
    once = places.formerly(place, asked) if asked else None
    above = places.chain(place)[1:]
    return PlaceLine(
        place=place,
        name=name,
        lang=place.name_lang(lang),
        own=own if own != name else "",
        kind=kind(place),
        within=writing(above[0]) if above else "",
        written=writing(place),
        once=_once_called(once, asked) if once else "",
        address=address(place, asked if once else ""),
    )


def _once_called(once: PlaceView, asked: str) -> str:
    """The former name in the script in which it was asked for."""
    given = [name for _, name in once.names]
    return next((name for name in given if name.isascii() == asked.isascii()), given[0])


def address(place: PlaceView, once: str = "") -> str:
    """Where the page of a place is; ``once`` is a former name that it shall explain."""
    path = reverse("place", args=[place.short])
    return f"{path}?{urlencode({'once': once})}" if once else path


def kind(place: PlaceView) -> SafeString:
    """What kind of place it is; where the page's language has no word, as its source says, which is English."""
    word = place_kind(place.kind, names.ui(), place.state)
    if word or not place.kind:
        return format_html("{}", word)
    return format_html('<bdi lang="en">{}</bdi>', place.kind[:1].upper() + place.kind[1:])


def writing(place: PlaceView) -> str:
    """A name that tells which, written as its own language does: "부산광역시 중구", "Jung-gu, Busan"."""
    lang = names.ui()
    return places.written(place, lang if place.name_lang(lang) == lang else "en")


def in_order(found: Iterable[PlaceView], state: str = "") -> list[PlaceView]:
    """Places as readers expect them: by name; the highest ones of ``state`` as its officials list them."""
    lang = names.ui()
    known = place_order(state, lang)
    rank = {short: at for at, short in enumerate(known)}
    return sorted(found, key=lambda view: (rank.get(view.short, len(rank)), *collation_key(view.name(lang), lang)))


def grouped(found: Iterable[PlaceView]) -> list[tuple[SafeString, list[PlaceLine]]]:
    """Places by what kind they are, the commonest kind first."""
    groups: dict[str, list[PlaceView]] = {}
    for view in in_order(found):
        groups.setdefault(view.kind, []).append(view)
    return [
        (kind(views[0]), [line(view) for view in views])
        for views in sorted(groups.values(), key=lambda views: -len(views))
    ]


def named(text: str) -> tuple[list[PlaceLine], int]:
    """The places that a whole question is a name of: some as lines, and how many they are."""
    text = text.strip()
    if not text or len(text) > _LONGEST or symbols.in_query(text) is not None:
        return [], 0
    found = places.called(text)
    return [line(view, text) for view in found[:_NAMED]], len(found)
