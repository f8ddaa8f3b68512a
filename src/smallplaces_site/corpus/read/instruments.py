"""Reading by instrument: its text, who is bound since when, and with which reservations."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from smallplaces.errors import NotFound
from smallplaces_site.corpus.models import StatusAction
from smallplaces_site.corpus.read.documents import WorkView, work
from smallplaces_site.corpus.read.news import by_version, remembering
from smallplaces_site.corpus.read.states import ActionView, action_views

#: Acts by which a State becomes bound, in the order in which one of several on one day is named.
BINDING = ("ratification", "accession", "succession", "acceptance", "approval", "recorded-as-party")
#: Acts that carry a text.
WORDED = ("reservation", "declaration", "objection")


@dataclass(frozen=True, slots=True)
class Party:
    """Where one State stands towards one treaty: its dated acts, the binding one and the latest withdrawal apart."""

    state: str
    treaty: str
    acts: tuple[ActionView, ...]

    def first(self, *kinds: str) -> ActionView | None:
        """The earliest act of these kinds; one with a full date is preferred to one with a year alone."""
        found = [act for act in self.acts if act.kind in kinds]
        return min(found, key=lambda act: (act.date[:4] or "9999", -len(act.date), act.date), default=None)

    @property
    def signed(self) -> ActionView | None:
        """The signature."""
        return self.first("signature")

    @property
    def bound(self) -> ActionView | None:
        """The act by which the State became bound; a source that only says "party" counts when none says how."""
        return self.first(*BINDING[:-1]) or self.first(BINDING[-1])

    @property
    def withdrawn(self) -> ActionView | None:
        """The withdrawal that came after the State was bound, if there was one."""
        found = [act for act in self.acts if act.kind == "withdrawal"]
        latest = max(found, key=lambda act: act.date, default=None)
        bound = max((act.date for act in self.acts if act.kind in BINDING), default="")
        return latest if latest is not None and latest.date >= bound else None

    @property
    def standing(self) -> str:
        """party | withdrawn | signatory | none."""
        if self.withdrawn is not None:
            return "withdrawn"
        if self.bound is not None:
            return "party"
        return "signatory" if self.signed is not None else "none"

    @property
    def worded(self) -> tuple[ActionView, ...]:
        """Reservations, declarations and objections."""
        return tuple(act for act in self.acts if act.kind in WORDED)


def text(code: str) -> WorkView | None:
    """The treaty's own text, when the store holds it."""
    try:
        return work(f"treaty:{code}")
    except NotFound:
        return None


@by_version
def parties(treaty: str) -> tuple[Party, ...]:
    """Every State with an act towards the treaty, by code."""
    return _grouped(action_views(StatusAction.objects.filter(treaty=treaty, current=True)))


@remembering(24)
def of_state(state: str) -> tuple[Party, ...]:
    """Every treaty towards which the State did something, by the treaty's code."""
    return _grouped(action_views(StatusAction.objects.filter(state=state, current=True)))


def _grouped(acts: tuple[ActionView, ...]) -> tuple[Party, ...]:
    groups: dict[tuple[str, str], list[ActionView]] = {}
    for act in acts:
        groups.setdefault((act.state, act.treaty), []).append(act)
    return tuple(Party(state, treaty, tuple(found)) for (state, treaty), found in sorted(groups.items()))


@by_version
def party_counts() -> dict[str, int]:
    """How many States the store knows to be parties, by treaty code."""
    known = StatusAction.objects.filter(current=True).values("treaty").annotate(acts=Count("id"))
    return {row["treaty"]: sum(p.standing == "party" for p in parties(row["treaty"])) for row in known}
