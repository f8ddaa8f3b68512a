"""Threads: the same demand to a State through bodies and years."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import P, PathEx, Query, Router, Schema
from pydantic import Field

from smallplaces_site.api.documents import paragraph
from smallplaces_site.api.params import Words
from smallplaces_site.api.schemas import Paragraph, Shape
from smallplaces_site.api.states import Code, resolve
from smallplaces_site.lineage import read
from smallplaces_site.lineage.read import MemberView, ThreadView

router = Router(tags=["Threads"])

Key = PathEx[str, P(description="Key of a thread, KOR-94084e0d; a former key leads to the thread that took it in.")]


class Thread(Shape):
    """One demand to one State."""

    key: str = Field(description="Its name, which stays.")
    state: str
    name: str = Field(description="In English: of a known demand, else what its most typical member asks.")
    family: str = Field(description="Key of a known demand: death-penalty, join:OPCAT; empty for others.")
    asked: int = Field(description="How many recommendations ask it.")
    occasions: int = Field(description="In how many documents or reviews.")
    first: str = Field(description="ISO 8601, in the precision that is known; may be empty.")
    last: str
    bodies: list[str]
    positions: list[str] = Field(description="Of the State in the review, as they occur.")
    themes: list[str] = Field(description="As sources label its members, the commonest first.")


class Threads(Shape):
    """Threads of a State, those asked on most occasions first."""

    total: int
    items: list[Thread]


class ThreadMember(Shape):
    """One recommendation in a thread, and why it is there."""

    document: str
    symbol: str
    body: str
    date: str
    session: str
    cycle: str
    recommending: list[str] = Field(description="States that made it, ISO 3166-1 alpha-3.")
    position: str = Field(description="supported, noted, in-part, pending; empty outside the review.")
    grade: str = Field(description="That the committee gave to what was done, when a source holds one.")
    item: str = Field(description="The letter under which the paragraph asks this; may be empty.")
    text: str = Field(description="The part of the paragraph that asks this.")
    lang: str
    reason: str = Field(description="family, words, citation or decision.")
    evidence: list[str] = Field(description="The words in common, or the form of a known demand.")
    beside: str = Field(description="The member it was found by: document # paragraph / item.")
    confidence: float = Field(description="Between 0 and 1.")
    method: str
    version: str
    paragraph: Paragraph


class ThreadInFull(Thread):
    """A thread with everything that asks it, oldest first."""

    members: list[ThreadMember]


class ThreadsAsked(Schema):
    """Filters of the threads of a State. A filter given several times takes alternatives."""

    words: str = Field("", description="Only threads that ask for something in these words.", max_length=200)
    body: Words = Field(default_factory=list, description="Codes of bodies.")
    position: Words = Field(default_factory=list, description="supported, noted, in-part, pending.")
    theme: Words = Field(default_factory=list, description="Themes, as a source labels them.")
    limit: int = Field(50, ge=1, le=500, description="How many at once.")
    offset: int = Field(0, ge=0, description="How many to pass over.")


@router.get("/states/{code}/threads", response=Threads, summary="What a State was asked again and again")
def list_threads(request: HttpRequest, asked: Query[ThreadsAsked], code: Code) -> Threads:
    """Recommendations of treaty bodies and of other States that ask the same, as threads."""
    found = [one for one in read.threads(resolve(code)) if _fits(one, asked)]
    page = found[asked.offset : asked.offset + asked.limit]
    return Threads(total=len(found), items=[Thread(**_facts(one)) for one in page])


def _fits(one: ThreadView, asked: ThreadsAsked) -> bool:
    wanted = ((asked.body, one.bodies), (asked.position, one.positions), (asked.theme, one.themes))
    says = all(word in one.words for word in asked.words.casefold().split())
    return says and all(not values or not set(values).isdisjoint(held) for values, held in wanted)


@router.get("/threads/{key}", response=ThreadInFull, summary="One thread")
def get_thread(request: HttpRequest, key: Key) -> ThreadInFull:
    """Every recommendation of a thread, with the reason why it is there."""
    one = read.thread(key)
    return ThreadInFull(**_facts(one), members=[_member(member) for member in read.members(one.key)])


def _facts(one: ThreadView) -> dict[str, Any]:
    names = ("key", "state", "family", "asked", "occasions", "first", "last", "bodies", "positions", "themes")
    return {"name": one.name("en")} | {name: getattr(one, name) for name in names}


def _member(member: MemberView) -> ThreadMember:
    demand = member.demand
    return ThreadMember(
        document=demand.work.key,
        symbol=demand.work.symbol,
        body=demand.work.body,
        date=member.date,
        session=demand.session,
        cycle=demand.cycle,
        recommending=list(demand.recommending_states),
        position=member.position,
        grade=member.grade,
        item=member.item,
        text=member.text,
        lang=demand.lang,
        reason=member.reason,
        evidence=list(member.evidence),
        beside=member.beside,
        confidence=member.confidence,
        method=member.method,
        version=member.version,
        paragraph=paragraph(demand.paragraph),
    )
