"""What paragraphs cite, and what cites a document, an article or a paragraph."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from smallplaces_site.actions.export_citations import CONTENT_TYPES, export_citations, export_citing
from smallplaces_site.api import citation_shapes as shapes
from smallplaces_site.api.documents import Key, clean, edition_of
from smallplaces_site.api.params import InLanguage, Year
from smallplaces_site.corpus.read import citations, documents
from smallplaces_site.corpus.read.citations import CitationView, CitingRow, TargetView
from smallplaces_site.corpus.titles import title_of

router = Router(tags=["Citations"])

Form = Literal["json", "csv", "xlsx", "jsonld"]
_FORM = "json: this answer; csv and xlsx: one line a citation and target; jsonld: linked data with terms of schema.org."
_FILES: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                "application/ld+json": {"schema": {"type": "object"}},
            }
        }
    }
}


class CitationsAsked(InLanguage):
    """Which citations of a document."""

    paragraph: str = Field("", description="Only of the paragraph with this key or number.", max_length=120)
    format: Form = Field("json", description=_FORM)


class CitedByAsked(Schema):
    """A target, and filters of what cites it."""

    target: str = Field(
        ...,
        description="treaty:ICESCR/11, CRPD/C/GC/5#p20, gc:CESCR/4, sdg:8.5, communication:CCPR/878/1999; or as people "
        "write it: CRPD article 19, CRPD/C/GC/5 para 20, CESCR general comment No. 4.",
        min_length=1,
        max_length=255,
    )
    below: bool = Field(True, description="Also what cites a place inside it: article 11 (1), a document's paragraphs.")
    kind: str = Field("", description="Kind of the document that cites.")
    state: str = Field("", description="State that it concerns, ISO 3166-1 alpha-3.")
    body: str = Field("", description="Code of its body.")
    year: Year = Field(None, description="Its year.")
    lang: str = Field("en", description="Language in which citing paragraphs are shown, where there are several.")
    limit: int = Field(50, ge=1, le=500, description="How many at once.")
    page: int = Field(1, ge=1, le=100_000, description="Which page of so many.")
    format: Form = Field("json", description=_FORM)

    def filters(self) -> dict[str, Any]:
        """The filters, as the read takes them."""
        names = ("below", "kind", "body", "year", "lang")
        return {**{name: getattr(self, name) for name in names}, "state": self.state.upper()}


@router.get(
    "/documents/{path:key}/citations",
    response=shapes.DocumentCitations,
    summary="What a document cites",
    openapi_extra=_FILES,
)
def list_citations(request: HttpRequest, asked: Query[CitationsAsked], key: Key) -> Any:
    """Every reference in one edition of a document, or in one of its paragraphs, with what it leads to."""
    work, edition = edition_of(key, asked.lang)
    number = clean(asked.paragraph)
    if asked.format != "json":
        return _file(export_citations(work.key, asked.format, lang=edition.lang, paragraph=number), asked.format)
    views = [documents.paragraph(edition.id, number)] if number else documents.paragraphs(edition.id)
    found = citations.citations_of(view.id for view in views)
    cited = [citation(view.key, one) for view in views for one in found.get(view.id, ())]
    return shapes.DocumentCitations(document=work.key, lang=edition.lang, citations=cited)


@router.get("/cited-by", response=shapes.CitedBy, summary="What cites a target", openapi_extra=_FILES)
def list_citing(request: HttpRequest, asked: Query[CitedByAsked]) -> Any:
    """Every paragraph that cites an article, a document or one of its paragraphs, under whatever name; with counts."""
    if asked.format != "json":
        return _file(export_citing(asked.target, asked.format, **asked.filters()), asked.format)
    found = citations.citing(asked.target, page=asked.page, size=asked.limit, **asked.filters())
    return shapes.CitedBy(
        target=found.target,
        total=found.total,
        documents=found.works,
        items=[_citing(row) for row in found.rows],
        kinds=found.kinds,
        states=found.states,
        bodies=found.bodies,
        years=found.years,
    )


def citation(paragraph: str, view: CitationView) -> shapes.Citation:
    """A citation as the interface shows it."""
    return shapes.Citation(
        paragraph=paragraph,
        start=view.start,
        end=view.end,
        text=view.text,
        kind=view.kind,
        resolved=view.resolved,
        targets=[_target(one) for one in view.targets],
        candidates=[_target(one) for one in view.candidates],
        confidence=round(view.confidence, 2),
        evidence=view.evidence,
        method=view.method,
        version=view.version,
        verdict=view.verdict,
    )


def _target(view: TargetView) -> shapes.CitationTarget:
    return shapes.CitationTarget(
        target=view.target,
        title=view.title,
        held=view.held,
        document=view.work.key if view.work else "",
        lang=view.lang,
        paragraph=view.paragraph,
        number=view.number,
        preview=view.preview,
    )


def _citing(row: CitingRow) -> shapes.Citing:
    work = row.work
    return shapes.Citing(
        document=work.key,
        symbol=work.symbol,
        title=title_of(work, "en"),
        kind=work.kind,
        body=work.body,
        states=list(work.states),
        year=work.year,
        lang=row.lang,
        langs=list(row.langs),
        paragraph=row.key,
        number=row.number,
        excerpt=row.excerpt,
        marks=list(row.marks),
        spans=list(row.spans),
        targets=list(row.targets),
    )


def _file(chunks: Any, form: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(chunks, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="citations.{form}"'
    return response
