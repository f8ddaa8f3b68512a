"""Make a brief for a place as a draft, and edit it. Right: brief.write.

Reads: what is asked of the place. Writes: Brief, Deed. What was published is never touched. Raises :class:`BadInput`
for a draft that somebody else changed meanwhile, or without a title; Forbidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.briefs.choice import MOST, Choice, fitting
from smallplaces_site.briefs.compose import Picked, grouped, title_for
from smallplaces_site.briefs.models import Brief
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.people.deeds import record, signature

_TITLE = 200
_LONGEST = 8_000


class Overtaken(BadInput):
    """Somebody else saved the draft after it was opened here."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft as somebody wants it. ``revision``: that of the draft they began from."""

    title: str
    audience: str
    introduction: str
    lines: Sequence[Picked]
    revision: int


@transaction.atomic
def make_brief(place: PlaceView, choice: Choice, *, by: Who, title: str = "", audience: str = "") -> Brief:
    """A draft with the lines that fit ``choice``."""
    membership = allowed(by, "brief.write", place.state, place.code)
    taken = grouped(fitting(place, choice)[: choice.items])
    now = timezone.now()
    brief = Brief.objects.create(
        place=place.code,
        state=place.state,
        lang=choice.lang,
        title=_line(title) or title_for(place, choice)[:_TITLE],
        audience=_line(audience),
        choices=choice.as_json(),
        lines=[asdict(Picked(one.work_key, one.key)) for one in taken],
        by=signature(membership),
        made=now,
        changed=now,
    )
    record(membership, "brief.write", f"brief {brief.pk}", place=place.code)
    return brief


@transaction.atomic
def edit_brief(pk: int, edited: Edited, *, by: Who) -> Brief:
    """Save a draft. A line may stand in it once."""
    brief = row_of(pk)
    membership = allowed(by, "brief.write", brief.state, brief.place)
    if brief.withdrawn:
        raise BadInput("This brief was withdrawn: make another one.", where=str(pk))
    if edited.revision != brief.revision:
        raise Overtaken("Somebody else saved this meanwhile. Copy what you wrote, and open the page again.")
    if not _line(edited.title):
        raise BadInput("Give the brief a title.", field="title")
    first: dict[str, Picked] = {}
    for one in edited.lines:
        first.setdefault(one.name, one)
    lines = list(first.values())
    if len(lines) > MOST:
        raise BadInput(
            "A brief has at most %(most)d recommendations: there are %(given)d.", most=MOST, given=len(lines)
        )
    brief.title, brief.audience = _line(edited.title), _line(edited.audience)
    brief.introduction = edited.introduction.strip()[:_LONGEST]
    brief.lines = [asdict(one) for one in lines]
    brief.revision += 1
    brief.changed = timezone.now()
    brief.save()
    record(membership, "brief.write", f"brief {brief.pk} revision {brief.revision}", place=brief.place)
    return brief


def row_of(pk: int) -> Brief:
    """The draft, held until the transaction ends. Raises :class:`NotFound`."""
    brief = Brief.objects.select_for_update().filter(pk=pk).first()
    if brief is None:
        raise NotFound("There is no brief with the number %(where)s.", where=str(pk))
    return brief


def _line(text: str) -> str:
    return " ".join(text.split())[:_TITLE]
