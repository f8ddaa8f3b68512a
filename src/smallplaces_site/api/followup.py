"""Follow-up: what places and States do about recommendations, and what three voices say of it. For reading alone: the
API has no accounts, and every statement is signed by somebody."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from smallplaces_site.api.schemas import Shape
from smallplaces_site.api.states import resolve
from smallplaces_site.corpus.read import places
from smallplaces_site.followup import read
from smallplaces_site.followup.records import VOICES, ActionView, Followed, IndicatorView, ItemView
from smallplaces_site.people.models import Deed

router = Router(tags=["Follow-up"])


class FollowUpUnit(Shape):
    """An office that is responsible."""

    place: str = Field(description="Code of its place; empty for one of the State.")
    names: dict[str, str]


class FollowUpTarget(Shape):
    """What is followed."""

    document: str = Field(description="Key of the document; empty for a thread or a group.")
    paragraph: str
    thread: str
    title: str = Field(description="Its words when follow-up began, or the name of a group.")
    lang: str


class FollowUpItem(FollowUpTarget):
    """A recommendation, a thread or a group of them that is followed."""

    id: int
    kind: str = Field(description="paragraph, thread or cluster.")
    state: str
    place: str = Field(description="Code of the place that follows it; empty for the State as a whole.")
    members: list[FollowUpTarget] = Field(description="Of a group.")
    sdgs: list[str]
    units: list[FollowUpUnit]
    since: datetime
    ended: datetime | None
    progress: dict[str, str] = Field(
        description="By voice (report, assessment, comment): no-information, not-started, under-way, partly, done, "
        "reversed. no-information does not mean that nothing was done."
    )
    actions: list[int]
    indicators: list[int]


class FollowUpStatement(Shape):
    """What a voice said: never changed, only corrected by a later one."""

    id: int
    voice: str
    progress: str = Field(description="Empty in a comment that leaves it open.")
    text: str
    lang: str
    as_of: date
    at: datetime
    by: str = Field(description="As it was signed.")
    replaces: int | None
    replaced_by: int | None


class FollowUpGrade(Shape):
    """A committee's own grade, on a version of its scale."""

    scale: str
    code: str
    symbol: str = Field(description="Of the follow-up document in which it stands.")
    paragraph: str
    on: date
    by: str = Field(description="Who entered it here.")
    replaced_by: int | None


class FollowUpItemInFull(FollowUpItem):
    """An item with everything that was said of it, latest first."""

    statements: list[FollowUpStatement]
    grades: list[FollowUpGrade]


class FollowUpDue(Shape):
    """A day by which something has to be done."""

    on: date
    what: str
    met: date | None


class FollowUpEvidence(Shape):
    """A link or a file that shows something."""

    title: str
    address: str
    sha256: str
    name: str


class FollowUpAction(Shape):
    """Something that is done."""

    id: int
    state: str
    place: str
    title: str
    description: str
    status: str = Field(description="planned, ongoing, done, paused or stopped.")
    start: date | None
    end: date | None
    budget_line: str
    amount: Decimal | None
    currency: str = Field(description="ISO 4217.")
    sdgs: list[str]
    plans: list[str]
    units: list[FollowUpUnit]
    items: list[int]
    dues: list[FollowUpDue]
    evidence: list[FollowUpEvidence]


class FollowUpValue(Shape):
    """A value of an indicator."""

    on: date
    value: Decimal
    parts: dict[str, Decimal] = Field(description="Disaggregated: of whom, and their value.")
    source: str
    by: str


class FollowUpIndicator(Shape):
    """A measure of an attribute of a right: not a progress status."""

    id: int
    state: str
    place: str
    title: str
    kind: str = Field(description="structure, process or outcome.")
    right: str
    attribute: str
    unit: str
    source: str
    disaggregation: list[str]
    frequency: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    items: list[int]
    values: list[FollowUpValue] = Field(description="Those that hold, oldest first.")


class FollowUpItems(Shape):
    """Items, longest followed first."""

    total: int
    items: list[FollowUpItem]


class FollowUpActions(Shape):
    """Actions, oldest first."""

    total: int
    items: list[FollowUpAction]


class FollowUpIndicators(Shape):
    """Indicators, oldest first."""

    total: int
    items: list[FollowUpIndicator]


class FollowUpAsked(Schema):
    """Whose follow-up."""

    place: str = Field("", max_length=120, description="Code of a place.")
    state: str = Field("", max_length=100, description="A State and all its places: alpha-3 code or a name.")
    limit: int = Field(100, ge=1, le=1000, description="How many at once.")
    offset: int = Field(0, ge=0, description="How many to pass over.")

    def where(self) -> tuple[str, str]:
        """Place and State as the reads take them."""
        place = places.now(places.get(self.place)).code if self.place else ""
        return place, resolve(self.state) if self.state else ""


@router.get("/follow-up", response=FollowUpItems, summary="What is followed")
def list_followed(request: HttpRequest, asked: Query[FollowUpAsked]) -> FollowUpItems:
    """What a place, or a State and its places, follow, with how far it is in each of three voices."""
    place, state = asked.where()
    found = read.items_of(place, state=state)
    return FollowUpItems(total=len(found), items=[FollowUpItem(**_item(one)) for one in _page(found, asked)])


@router.get("/follow-up/actions", response=FollowUpActions, summary="What is done about it")
def list_followup_actions(request: HttpRequest, asked: Query[FollowUpAsked]) -> FollowUpActions:
    """Actions of a place, or of a State and its places."""
    place, state = asked.where()
    found = read.actions_of(place, state=state)
    return FollowUpActions(total=len(found), items=[_action(one) for one in _page(found, asked)])


@router.get("/follow-up/indicators", response=FollowUpIndicators, summary="What is measured")
def list_followup_indicators(request: HttpRequest, asked: Query[FollowUpAsked]) -> FollowUpIndicators:
    """Indicators of a place, or of a State and its places, with their values."""
    place, state = asked.where()
    found = read.indicators_of(place, state=state)
    return FollowUpIndicators(total=len(found), items=[_indicator(one) for one in _page(found, asked)])


@router.get("/follow-up/items/{int:number}", response=FollowUpItemInFull, summary="One thing that is followed")
def get_followed(request: HttpRequest, number: int) -> FollowUpItemInFull:
    """Everything that was said of it, with what was corrected, and the committee's own grades."""
    one = read.item(number)
    return FollowUpItemInFull(
        **_item(one),
        statements=[FollowUpStatement.model_validate(said) for said in one.statements],
        grades=[FollowUpGrade.model_validate(grade) for grade in one.grades],
    )


def newest() -> int:
    """Changes whenever anybody does anything: what entity tags of these addresses hang on."""
    return Deed.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _page(found: list[Any], asked: FollowUpAsked) -> list[Any]:
    return found[asked.offset : asked.offset + asked.limit]


def _target(what: Followed) -> dict[str, str]:
    names = {"paragraph": what.paragraph_key, "thread": what.thread, "title": what.title, "lang": what.lang}
    return {"document": what.work_key} | names


def _item(one: ItemView) -> dict[str, Any]:
    simple = ("id", "kind", "state", "place", "since", "ended")
    return {
        **{name: getattr(one, name) for name in simple},
        **{name: list(getattr(one, name)) for name in ("sdgs", "actions", "indicators")},
        **_target(one.what),
        "members": [FollowUpTarget(**_target(member)) for member in one.members],
        "units": [FollowUpUnit(place=unit.place, names=dict(unit.names)) for unit in one.units],
        "progress": {voice: one.progress(voice) for voice in VOICES},
    }


def _action(one: ActionView) -> FollowUpAction:
    names = [name for name in FollowUpAction.model_fields if name not in {"units", "dues", "evidence"}]
    return FollowUpAction(
        **{name: getattr(one, name) for name in names},
        units=[FollowUpUnit(place=unit.place, names=dict(unit.names)) for unit in one.units],
        dues=[FollowUpDue.model_validate(due) for due in one.dues],
        evidence=[FollowUpEvidence.model_validate(piece) for piece in one.evidence],
    )


def _indicator(one: IndicatorView) -> FollowUpIndicator:
    names = [name for name in FollowUpIndicator.model_fields if name != "values"]
    values = [
        FollowUpValue(on=value.on, value=value.value, parts=dict(value.parts), source=value.source, by=value.by)
        for value in one.values
    ]
    return FollowUpIndicator(**{name: getattr(one, name) for name in names}, values=values)
