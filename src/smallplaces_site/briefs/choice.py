"""By what the lines of a brief are chosen, and the choosing.

Reads: what is asked of a place (:mod:`smallplaces_site.local.read`). Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from smallplaces.model.document import Kind
from smallplaces.vocab import label_name
from smallplaces.vocab.competence import departments
from smallplaces_site.briefs.content import LANGUAGES
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.corpus.titles import body_name
from smallplaces_site.local.read import asked_of
from smallplaces_site.local.views import Asked

#: How many lines a brief may have: about one page, two, four.
SIZES: Final = (3, 6, 12)
MOST: Final = 60
ORDERS: Final = ("newest", "longest")
#: What is a place's own business in some measure.
OURS: Final = ("ours", "shared")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a brief is to hold. ``treaty`` is the code of a body; ``national``: also what only the State can do."""

    lang: str = "en"
    department: str = ""
    theme: str = ""
    group: str = ""
    treaty: str = ""
    since: int | None = None
    until: int | None = None
    items: int = SIZES[1]
    order: str = ORDERS[0]
    national: bool = False

    def as_json(self) -> dict[str, Any]:
        """What is kept with a draft."""
        return asdict(self)

    def told(self) -> dict[str, str]:
        """The choice in words, in the language of the brief: label -> value."""
        with override(self.lang):
            values = {
                _("Department"): departments().get(self.department, {}).get(self.lang, self.department),
                _("Theme"): label_name("", "theme", self.theme, self.lang) if self.theme else "",
                _("Persons concerned"): label_name("", "group", self.group, self.lang) if self.group else "",
                _("Body"): body_name(self.treaty, self.lang),
                _("Period"): self._period(),
            }
        return {label: value for label, value in values.items() if value}

    def _period(self) -> str:
        if self.since and self.until:
            return f"{self.since}–{self.until}"
        if self.since:
            return _("since %(year)s") % {"year": self.since}
        return _("until %(year)s") % {"year": self.until} if self.until else ""


def from_query(values: Mapping[str, str], lang: str) -> Choice:
    """The choice that the parameters of an address name. What cannot be understood is left out: any address is a brief.
    ``lang``: the language when none is named."""
    wanted = values.get("lang", "")
    order = values.get("order", "")
    return Choice(
        lang=wanted if wanted in LANGUAGES else lang if lang in LANGUAGES else "en",
        department=_text(values, "department"),
        theme=_text(values, "theme"),
        group=_text(values, "group"),
        treaty=_text(values, "treaty"),
        since=_year(values, "since"),
        until=_year(values, "until"),
        items=min(max(_number(values.get("items", "")) or SIZES[1], 1), MOST),
        order=order if order in ORDERS else ORDERS[0],
        national=bool(values.get("national")),
    )


def fitting(place: PlaceView, choice: Choice) -> list[Asked]:
    """Everything that fits the choice, a demand once: of a thread that asks the same again, its latest words, a
    committee's before those of a review of the same day."""
    found = asked_of(place, verdicts=(*OURS, "national") if choice.national else OURS)
    return in_order(once(matching(found, choice)), choice.order)


def matching(found: Iterable[Asked], choice: Choice) -> list[Asked]:
    """Those that the choice's department, theme, group, body and years leave."""
    return [
        one
        for one in found
        if (not choice.department or one.department == choice.department)
        and (not choice.theme or choice.theme in one.themes)
        and (not choice.group or choice.group in one.groups)
        and (not choice.treaty or one.body == choice.treaty)
        and (not choice.since or one.date >= f"{choice.since}")
        and (not choice.until or "" < one.date[:4] <= f"{choice.until}")
    ]


def once(found: Iterable[Asked]) -> list[Asked]:
    """Demands without those that a later one of the same thread repeats."""
    latest: dict[str, Asked] = {}
    for one in sorted(found, key=_latest_first, reverse=True):
        latest.setdefault(one.thread or f"{one.work_key}#{one.key}", one)
    return list(latest.values())


def in_order(found: Iterable[Asked], order: str) -> list[Asked]:
    """Newest first, or asked for the longest time first; among equals what was asked oftener, then what is ours."""
    rank = {"ours": 0, "shared": 1, "province": 2, "national": 3}
    by_weight = sorted(found, key=lambda one: (-one.times, rank.get(one.verdict, 4), one.work_key, _natural(one.key)))
    newest = sorted(by_weight, key=lambda one: one.date, reverse=True)
    if order == "longest":
        return sorted(newest, key=lambda one: (one.times < 2, one.first_year or one.date[:4] or "9999", -one.times))
    return newest


def _latest_first(one: Asked) -> tuple[str, bool, str]:
    return one.date, one.kind != Kind.UPR_REPORT, one.key


def _natural(key: str) -> tuple[int, str]:
    digits = key.partition(".")[0]
    return (int(digits) if digits.isdecimal() else 0, key)


def _text(values: Mapping[str, str], name: str) -> str:
    return values.get(name, "").replace("\x00", "").strip()[:200]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _year(values: Mapping[str, str], name: str) -> int | None:
    year = _number(values.get(name, ""))
    return year if year and 1900 <= year <= 2200 else None
