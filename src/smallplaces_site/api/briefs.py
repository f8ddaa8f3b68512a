"""Published briefs, as they were published. Drafts are not here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from smallplaces_site.api.schemas import Shape
from smallplaces_site.briefs import read
from smallplaces_site.briefs.content import to_json
from smallplaces_site.corpus.read import places

router = Router(tags=["Briefs"])


class PlainWords(Shape):
    """A paragraph in plain words. Never the official text."""

    text: str
    lang: str
    by: str = Field(description="Who wrote it.")
    at: str = Field(description="Day of approval, ISO 8601.")
    approved_by: str
    version: int
    stale: bool = Field(description="Whether the paragraph had changed since, when the brief was published.")


class BriefLine(Shape):
    """One thing asked, and what it rests on."""

    work: str = Field(description="Key of the document.")
    paragraph: str = Field(description="Key of the paragraph in it.")
    symbol: str
    number: str = Field(description="The paragraph as printed.")
    document: str = Field(description="Title, in the language of the brief.")
    kind: str
    body: str
    date: str = Field(description="ISO 8601, in the precision that is known.")
    text: str = Field(description="What is quoted.")
    lang: str
    cut: bool = Field(description="Whether the quotation leaves something out.")
    original: str
    original_lang: str
    plain: PlainWords | None
    verdict: str = Field(description="ours, shared, province, national or unclear.")
    head: str
    department: str
    department_name: str
    basis: list[str]
    sentence: str = Field(description="What decided whose it is.")
    confidence: float
    confirmed: str = Field(description="Who confirmed or corrected it; empty for a machine's proposal.")
    thread: str
    thread_name: str
    first_year: str
    times: int
    position: str
    parts: list[tuple[str, str]] = Field(description="What in the paragraph is local or national.")
    own_verdict: str = Field(description="What the place says of itself; empty where it did not speak.")
    own_by: str
    note: str


class Brief(Shape):
    """A version of a brief, whole."""

    id: int
    version: int
    versions: list[int] = Field(description="Numbers of all that were published, the first first.")
    withdrawn: str = Field(description="Day on which it was withdrawn; empty for one that stands.")
    withdrawn_why: str
    place: str
    short: str
    place_name: str
    state: str
    state_name: str
    lang: str
    title: str
    audience: str
    introduction: str
    lines: list[BriefLine]
    chosen: dict[str, str] = Field(description="By what its lines were chosen.")
    made: str
    data_version: str
    by: str


class BriefListed(Shape):
    """A brief in a list."""

    id: int
    title: str
    lang: str
    version: int
    at: str
    by: str
    lines: int


class BriefsListed(Shape):
    """The briefs that stand published of one place, the newest first."""

    total: int
    items: list[BriefListed]


class BriefAsked(Schema):
    """Which version."""

    version: int | None = Field(None, ge=1, description="Its number. Default: the latest.")


class BriefsAsked(Schema):
    """Of which place."""

    place: str = Field(max_length=100, description="KR-26, 21010 or the whole code.")


@router.get("/briefs", response=BriefsListed, summary="Briefs of a place")
def list_briefs(request: HttpRequest, asked: Query[BriefsAsked]) -> BriefsListed:
    """What stands published for a place; withdrawn ones are left out."""
    found = read.published_of(places.now(places.get(asked.place)).code)
    items = [
        BriefListed(
            id=one.id,
            title=one.title,
            lang=one.lang,
            version=one.latest.number,
            at=one.latest.at.isoformat(),
            by=one.latest.by,
            lines=one.lines,
        )
        for one in found
        if one.latest
    ]
    return BriefsListed(total=len(items), items=items)


@router.get("/briefs/{int:number}", response=Brief, summary="One brief")
def get_brief(request: HttpRequest, number: int, asked: Query[BriefAsked]) -> Brief:
    """A published brief: its latest version or one of its versions, exactly as it was published."""
    content: dict[str, Any] = to_json(read.published(number, asked.version))
    view = read.view(number)
    told = {name: value for name, value in content.items() if name not in ("shape", "more")}
    return Brief(
        **told,
        versions=[version.number for version in view.versions],
        withdrawn=view.withdrawn.date().isoformat() if view.withdrawn else "",
        withdrawn_why=view.withdrawn_why,
    )
