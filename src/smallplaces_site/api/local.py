"""Whose demands are, and what they speak of: claims of a machine, with what people decided of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from ninja import P, PathEx, Query, Router, Schema
from pydantic import Field

from smallplaces.enrich.route import VERDICTS
from smallplaces.errors import BadInput
from smallplaces_site.api.documents import Key, clean, edition_of
from smallplaces_site.api.params import InLanguage
from smallplaces_site.api.schemas import Shape
from smallplaces_site.corpus import export
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.local import read
from smallplaces_site.local.views import Asked, Competence, Decided

router = Router(tags=["Competence"])

Place = PathEx[str, P(description="KR-26, 21010, edu-KR-26, or the whole code.")]
_FILES: dict[str, Any] = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class Word(Shape):
    """A person's decision."""

    verdict: str = Field(description="confirmed, corrected or rejected.")
    who: str
    why: str
    at: datetime
    place: str = Field(description="Code of the local government that says so of itself; empty for the institution.")
    level: str = Field(description="What it said; empty for a label.")


class Label(Shape):
    """One label that no source gave."""

    facet: str
    scheme: str
    label: str
    confidence: float
    evidence: list[str] = Field(description="Words of the text.")
    method: str
    version: str
    holds: bool = Field(description="false: a person rejected or replaced it.")
    decided: Word | None


class LabelledParagraph(Shape):
    """A paragraph and the labels that no source gave it."""

    key: str
    labels: list[Label]


class Labels(Shape):
    """Labels of a document that no source gave, paragraph by paragraph."""

    document: str
    lang: str
    items: list[LabelledParagraph]


class Reason(Shape):
    """Why one thing asked is whose it is."""

    whose: str = Field(description="national, local or shared.")
    sentence: str
    words: list[str]
    head: str
    department: str
    basis: list[str]


class Whose(Shape):
    """Whose a demand is."""

    level: str = Field(description="national, shared, local, province, municipality, education or unclear.")
    head: str
    department: str
    basis: list[str]
    reasons: list[Reason] = Field(description="The machine's, whatever was decided.")
    confidence: float
    method: str = Field(description="rules, person, or same demand: decided elsewhere, proposed here.")
    version: str
    claimed: str = Field(description="The machine's level.")
    decided: Word | None
    opinions: list[Word] = Field(description="What local governments say of themselves.")


class OwnedParagraph(Whose):
    """A paragraph that asks for something, and whose that is."""

    key: str


class Owned(Shape):
    """Whose the demands of a document are."""

    document: str
    lang: str
    items: list[OwnedParagraph]


class AskedOfPlace(Whose):
    """A demand, as it concerns one place."""

    verdict: str = Field(description="ours, province, shared, national or unclear.")
    document: str
    symbol: str
    kind: str
    body: str
    paragraph: str
    number: str
    lang: str
    text: str
    date: str = Field(description="ISO 8601, in the precision that is known.")
    themes: list[str]
    groups: list[str]
    position: str
    thread: str = Field(description="Key of the longest thread that it stands in; may be empty.")
    first_year: str
    times: int


class AskedList(Shape):
    """What is asked of a place."""

    place: str
    total: int
    items: list[AskedOfPlace]


class AskedQuery(Schema):
    """Which demands."""

    verdicts: str = Field("ours,shared", description="ours, province, shared, national, unclear; several with commas.")
    department: str = Field("", max_length=40, description="Code of a department: welfare, housing…")
    theme: str = Field("", max_length=255, description="A theme as sources spell it.")
    group: str = Field("", max_length=255, description="A group of persons as sources spell it.")
    body: str = Field("", max_length=40, description="Code of the body that asks: CRPD, UPR…")
    since: date | None = Field(None, description="First date of the document.")
    until: date | None = Field(None, description="Last date.")
    order: Literal["newest", "longest"] = Field("newest", description="longest: asked most often first.")
    limit: int = Field(50, ge=1, le=1000, description="How many at once.")
    offset: int = Field(0, ge=0, description="How many to pass over.")
    format: Literal["json", "csv"] = Field("json", description="csv: every demand found, one a line.")


@router.get("/documents/{path:key}/labels", response=Labels, summary="Labels that no source gave")
def document_labels(request: HttpRequest, key: Key, asked: Query[InLanguage]) -> Labels:
    """What a machine, or a person, says that each paragraph speaks of. Labels of sources stand with the paragraphs."""
    work, edition = edition_of(clean(key), asked.lang)
    shown = documents.paragraphs(edition.id)
    found = read.labels_of([one.id for one in shown])
    items = [
        LabelledParagraph(key=one.key, labels=[_label(label) for label in found[one.id]])
        for one in shown
        if found.get(one.id)
    ]
    return Labels(document=work.key, lang=edition.lang, items=items)


@router.get("/documents/{path:key}/competence", response=Owned, summary="Whose the demands of a document are")
def document_competence(request: HttpRequest, key: Key, asked: Query[InLanguage]) -> Owned:
    """Which level of government each demand is for, with the machine's reasons and what people decided."""
    work, edition = edition_of(clean(key), asked.lang)
    shown = documents.paragraphs(edition.id)
    found = read.competence_of([one.id for one in shown])
    items = [OwnedParagraph(key=one.key, **_whose(found[one.id])) for one in shown if one.id in found]
    return Owned(document=work.key, lang=edition.lang, items=items)


@router.get("/places/{path:code}/asked", response=AskedList, summary="What is asked of a place", openapi_extra=_FILES)
def asked_of_place(request: HttpRequest, code: Place, asked: Query[AskedQuery]) -> AskedList | StreamingHttpResponse:
    """The demands to its State that are this place's, each once whatever number of sources and languages carry it."""
    place = places.now(places.get(code))
    verdicts = [one.strip() for one in asked.verdicts.split(",") if one.strip()]
    if unknown := sorted(set(verdicts) - set(VERDICTS)):
        raise BadInput(f"no such verdict; there are {', '.join(VERDICTS)}", where=unknown[0])
    found = read.asked_of(
        place,
        department=asked.department,
        theme=asked.theme,
        group=asked.group,
        treaty=asked.body,
        since=asked.since,
        until=asked.until,
        verdicts=verdicts,
        order=asked.order,
    )
    if asked.format == "csv":
        return _csv(request, place.code, found)
    page = found[asked.offset : asked.offset + asked.limit]
    return AskedList(place=place.code, total=len(found), items=[_asked(one) for one in page])


_HEADS = (
    *("document", "symbol", "paragraph", "date", "verdict", "level", "department", "basis", "confidence"),
    *("decided_by", "times", "first_year", "position", "lang", "text"),
)


def _csv(request: HttpRequest, place: str, found: list[Asked]) -> StreamingHttpResponse:
    rows = [
        (
            *(one.work_key, one.symbol, one.key, one.date, one.verdict, one.level, one.department),
            *("; ".join(one.basis), one.confidence, one.competence.decided.who if one.competence.decided else ""),
            *(one.times, one.first_year, one.position, one.lang, one.text),
        )
        for one in found
    ]
    table = export.Table(
        name=f"asked-{place.rpartition('/')[2]}",
        columns=_HEADS,
        rows=rows,
        query=f"asked of {place}",
        address=request.build_absolute_uri(),
        version=data_version(),
    )
    response = StreamingHttpResponse(export.write(table, "csv"), content_type=export.CONTENT_TYPES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="{export.file_name(table, "csv")}"'
    return response


def _asked(one: Asked) -> AskedOfPlace:
    return AskedOfPlace(
        **_whose(one.competence),
        verdict=one.verdict,
        document=one.work_key,
        symbol=one.symbol,
        kind=one.kind,
        body=one.body,
        paragraph=one.key,
        number=one.number,
        lang=one.lang,
        text=one.text,
        date=one.date,
        themes=list(one.themes),
        groups=list(one.groups),
        position=one.position,
        thread=one.thread,
        first_year=one.first_year,
        times=one.times,
    )


def _whose(one: Competence) -> dict[str, Any]:
    fields = ("level", "head", "department", "basis", "confidence", "method", "version", "claimed")
    reasons = [
        Reason(
            whose=why.whose,
            sentence=why.sentence,
            words=list(why.words),
            head=why.head,
            department=why.department,
            basis=list(why.basis),
        )
        for why in one.reasons
    ]
    said = {"decided": _word(one.decided), "opinions": [_word(word) for word in one.opinions]}
    return {name: getattr(one, name) for name in fields} | {"basis": list(one.basis), "reasons": reasons} | said


def _label(one: read.Labelled) -> Label:
    fields = ("facet", "scheme", "label", "confidence", "method", "version", "holds")
    named = {name: getattr(one, name) for name in fields}
    return Label(**named, evidence=list(one.evidence), decided=_word(one.decided))


def _word(one: Decided | None) -> Word | None:
    fields = ("verdict", "who", "why", "at", "place", "level")
    return Word(**{name: getattr(one, name) for name in fields}) if one else None
