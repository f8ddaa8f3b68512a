"""Reading by place: one by its code or name, what lies above and below it, and which ones a name may mean.

Reads: PlaceRecord. A few thousand places are held in memory until the data changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from smallplaces.errors import NotFound
from smallplaces.model.language import in_language
from smallplaces.vocab.fold import fold
from smallplaces_site.corpus.models import PlaceRecord
from smallplaces_site.corpus.read.news import by_version

#: What a Korean name may leave out: 부산 for 부산광역시, 해운대 for 해운대구.
_ENDING = re.compile(r"(?:특별자치시|특별자치도|광역시|특별시|도|시|군|구)$")


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as readers see it. ``short`` stands in addresses: the scheme's own code, KR-26 or 21010.

    ``valid_to`` is empty for what exists today; a place as it once was has a code that ends in "~" and its last day.
    """

    code: str
    short: str
    state: str
    level: str
    kind: str
    names: tuple[tuple[str, str], ...]
    parent: str
    valid_from: str
    valid_to: str

    def name(self, lang: str) -> str:
        """The name in ``lang``, else in English, else in any language."""
        known = {code: name for code, name in self.names if "-x-" not in code}
        return in_language(known, lang) or next(iter(known.values()))

    def name_lang(self, lang: str) -> str:
        """The language of :meth:`name`; empty where it is only the spelling in Latin letters that ISO 3166-2 lists."""
        known = {code for code, _ in self.names}
        return lang if lang in known and lang != "en" else "" if "en" in known else next(iter(sorted(known)))

    def past(self, day: date | None = None) -> bool:
        """Whether this state of the place had ended by ``day`` (today when not given)."""
        return bool(self.valid_to) and self.valid_to < (day or datetime.now(UTC).date()).isoformat()


@dataclass(frozen=True, slots=True)
class _Atlas:
    by_code: dict[str, PlaceView]
    by_short: dict[str, str]
    by_name: dict[str, tuple[str, ...]]
    below: dict[str, tuple[str, ...]]


@by_version
def _atlas() -> _Atlas:
    places = {view.code: view for view in map(_view, PlaceRecord.objects.filter(current=True).order_by("code"))}
    named: dict[str, dict[str, None]] = defaultdict(dict)
    below: dict[str, list[str]] = defaultdict(list)
    for view in places.values():
        for name in _called(view):
            named[name][view.code] = None
        if view.parent and not view.valid_to:
            below[view.parent].append(view.code)
    return _Atlas(
        by_code=places,
        by_short={view.short.lower(): view.code for view in places.values()},
        by_name={name: tuple(codes) for name, codes in named.items()},
        below={code: tuple(codes) for code, codes in below.items()},
    )


def get(code: str) -> PlaceView:
    """The place of a code, ours or the scheme's own ("KOR/iso3166-2/KR-26", "KR-26"). Raises :class:`NotFound`."""
    atlas = _atlas()
    found = atlas.by_code.get(code) or atlas.by_code.get(atlas.by_short.get(code.lower(), ""))
    if found is None:
        raise NotFound("No place with the code %(where)s is known here.", where=code)
    return found


def called(text: str, state: str = "") -> list[PlaceView]:
    """Every place that ``text`` may mean: a code, a name in any language, short or long, alone or after the name of a
    place above it ("부산 중구"). Today's come first, then higher levels. A renamed one leads to today's."""
    atlas = _atlas()
    exact = atlas.by_code.get(text) or atlas.by_code.get(atlas.by_short.get(text.strip().lower(), ""))
    if exact is not None:
        return [now(exact)]
    words = " ".join(reversed(text.split(","))).split()
    found: dict[str, PlaceView] = {}
    for cut in range(len(words)):
        above, name = [fold(word) for word in words[:cut]], fold(" ".join(words[cut:]))
        for code in atlas.by_name.get(name, ()):
            view = atlas.by_code[code]
            if (not state or view.state == state) and _lies_below(view, above, atlas):
                found.setdefault(now(view).code, now(view))
        if found:
            break
    return sorted(found.values(), key=lambda view: (_RANK[view.level], view.state, view.code))


def one(text: str, state: str = "") -> PlaceView:
    """The one place that ``text`` means. Raises :class:`NotFound` for none, and for several, naming them."""
    found = called(text, state)
    if not found:
        raise NotFound("No place with the code or name “%(where)s” is known here.", where=text)
    if len(found) > 1:
        raise NotFound(
            "Several places are called “%(where)s”: %(places)s.",
            places=tuple(f"{written(view)} ({view.short})" for view in found[:12]),
            where=text,
        )
    return found[0]


def now(place: PlaceView) -> PlaceView:
    """What a place that was renamed or moved is today; itself when it did not change."""
    return _atlas().by_code.get(place.code.partition("~")[0], place)


def chain(place: PlaceView) -> tuple[PlaceView, ...]:
    """The place and those above it, the highest last."""
    atlas = _atlas()
    found = [place]
    while (parent := atlas.by_code.get(found[-1].parent)) and parent not in found:
        found.append(parent)
    return tuple(found)


def below(code: str) -> list[PlaceView]:
    """Places directly below one, by code: today's only."""
    atlas = _atlas()
    return [atlas.by_code[child] for child in atlas.below.get(code, ())]


def former(place: PlaceView) -> list[PlaceView]:
    """What a place was before, the latest first."""
    known = _atlas().by_code.values()
    past = [view for view in known if view.code.startswith(f"{place.code}~")]
    return sorted(past, key=lambda view: view.valid_to, reverse=True)


def highest(state: str) -> list[PlaceView]:
    """The places of a State that lie below no other, today's only."""
    return [view for view in _atlas().by_code.values() if view.state == state and not view.parent and not view.valid_to]


def every(state: str = "") -> list[PlaceView]:
    """Today's places of a State, or of all, by code."""
    return [view for view in _atlas().by_code.values() if not view.valid_to and (not state or view.state == state)]


def formerly(place: PlaceView, text: str) -> PlaceView | None:
    """What the place once was, when ``text`` names that and no longer the place of today: 강원도 of 강원특별자치도."""
    words = {fold(text), fold(text.partition(",")[0]), fold(text.rpartition(" ")[2])}
    if not words.isdisjoint(_called(place)) or text.strip().lower() in {place.short.lower(), place.code.lower()}:
        return None
    return next((old for old in former(place) if not words.isdisjoint(_called(old))), None)


def states() -> dict[str, int]:
    """States with places, and how many each has today."""
    counts: dict[str, int] = defaultdict(int)
    for view in _atlas().by_code.values():
        counts[view.state] += not view.valid_to
    return dict(counts)


def written(place: PlaceView, lang: str = "") -> str:
    """A name that tells which: "부산광역시 중구", "Jung-gu, Busan"."""
    lang = lang or ("ko" if place.state == "KOR" else "en")
    names = [view.name(lang) for view in chain(place)]
    names = [name for name, inner in zip(names, ["", *names], strict=False) if not inner.startswith(f"{name} ")]
    return " ".join(reversed(names)) if lang in {"ko", "zh"} else ", ".join(names)


_RANK = {"province": 0, "authority": 1, "municipality": 2, "submunicipality": 3}


def _view(row: PlaceRecord) -> PlaceView:
    return PlaceView(
        code=row.code,
        short=row.code.rpartition("/")[2] if "/education/" not in row.code else "edu-" + row.code.rpartition("/")[2],
        state=row.state,
        level=row.level,
        kind=row.kind,
        names=tuple(sorted(row.names.items())),
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _called(view: PlaceView) -> Iterable[str]:
    for lang, name in view.names:
        folded = fold(name)
        yield folded
        if lang == "ko" and len(bare := _ENDING.sub("", folded)) > 1:
            yield bare
        if lang == "ko" and " " in name:  # 수원시 장안구 is called 장안구 too
            yield fold(name.rpartition(" ")[2])


def _lies_below(view: PlaceView, above: list[str], atlas: _Atlas) -> bool:
    higher = [code for upper in chain(view)[1:] for code in (upper.code, *(old.code for old in former(upper)))]
    return all(any(code in atlas.by_name.get(word, ()) for code in higher) for word in above)
