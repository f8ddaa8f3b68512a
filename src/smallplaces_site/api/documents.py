"""Documents, their paragraphs, and the versions of a paragraph."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import P, PathEx, Query, Router

from smallplaces.errors import NotFound
from smallplaces_site.api import schemas
from smallplaces_site.api.params import DocumentsAsked, InLanguage
from smallplaces_site.corpus.read import catalogue, documents
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView
from smallplaces_site.corpus.read.supersession import standings
from smallplaces_site.corpus.titles import title_of

router = Router(tags=["Documents"])

Key = PathEx[str, P(description="A symbol in any spelling, a key or an alias. Slashes stay as they are.")]
Number = PathEx[str, P(description="The printed number or the key of the paragraph.")]


@router.get("/documents", response=schemas.Documents, summary="List documents")
def list_documents(request: HttpRequest, asked: Query[DocumentsAsked]) -> schemas.Documents:
    """Documents in the order in which they came in, so that paging through while data arrives misses none."""
    wanted = catalogue.Filter(
        kind=asked.kind,
        body=asked.body,
        state=[state.upper() for state in asked.state],
        lang=asked.lang,
        since=asked.since,
        until=asked.until,
    )
    page = catalogue.documents(wanted, after=int(asked.cursor or 0), limit=asked.limit)
    return schemas.Documents(
        total=page.total,
        items=[document(work) for work in page.works],
        next=str(page.after) if page.after else None,
    )


# The longer addresses come first: a key may hold slashes.
@router.get(
    "/documents/{path:key}/paragraphs/{number}/versions", response=schemas.Versions, summary="Versions of a paragraph"
)
def get_versions(request: HttpRequest, asked: Query[InLanguage], key: Key, number: Number) -> schemas.Versions:
    """Every wording that a source gave of the paragraph, newest first."""
    work, edition = edition_of(key, asked.lang)
    found = documents.paragraph(edition.id, clean(number))
    versions = [schemas.Version.model_validate(version) for version in documents.versions(found.id)]
    return schemas.Versions(document=work.key, lang=edition.lang, paragraph=found.key, versions=versions)


@router.get("/documents/{path:key}/paragraphs/{number}", response=schemas.OneParagraph, summary="One paragraph")
def get_paragraph(request: HttpRequest, asked: Query[InLanguage], key: Key, number: Number) -> schemas.OneParagraph:
    """One paragraph by its printed number or its key."""
    work, edition = edition_of(key, asked.lang)
    found = documents.paragraph(edition.id, clean(number))
    return schemas.OneParagraph(document=work.key, lang=edition.lang, paragraph=paragraph(found))


@router.get("/documents/{path:key}/paragraphs", response=schemas.Paragraphs, summary="Paragraphs of a document")
def list_paragraphs(request: HttpRequest, asked: Query[InLanguage], key: Key) -> schemas.Paragraphs:
    """All paragraphs of one edition in reading order."""
    work, edition = edition_of(key, asked.lang)
    found = [paragraph(view) for view in documents.paragraphs(edition.id)]
    title = edition.title or title_of(work, edition.lang)
    return schemas.Paragraphs(document=work.key, lang=edition.lang, title=title, paragraphs=found)


@router.get("/documents/{path:key}", response=schemas.DocumentInFull, summary="One document")
def get_document(request: HttpRequest, key: Key) -> schemas.DocumentInFull:
    """What is known of a document, in which languages it can be read, and what replaced or corrected it."""
    work = documents.work(clean(key))
    related = [schemas.RelatedDocument.model_validate(standing) for standing in standings(work)]
    return schemas.DocumentInFull(**dict(document(work)), related=related)


def edition_of(key: str, lang: str) -> tuple[WorkView, EditionView]:
    """The document and the edition that was asked for; without a language, the first that can be offered."""
    work = documents.work(clean(key))
    edition = work.edition(lang) if lang else work.best_edition()
    if edition is None:
        held = ", ".join(edition.lang for edition in work.editions) or "no language"
        raise NotFound(f"this document can be read in {held}", where="lang")
    return work, edition


def clean(name: str) -> str:
    """A name without NUL, which no store accepts."""
    return name.replace("\x00", "").strip()


def document(work: WorkView) -> schemas.Document:
    """A document as the interface shows it."""
    return schemas.Document(
        key=work.key,
        symbol=work.symbol,
        kind=work.kind,
        title=title_of(work, "en"),
        titles=work.titles,
        body=work.body,
        states=list(work.states),
        adopted=work.adopted,
        distributed=work.distributed,
        entered=work.entered,
        year=work.year,
        session=work.session,
        aliases=list(work.aliases),
        editions=[schemas.Edition.model_validate(edition) for edition in work.editions],
        facts=work.facts,
    )


def paragraph(view: ParagraphView) -> schemas.Paragraph:
    """A paragraph as the interface shows it."""
    return schemas.Paragraph(
        id=view.id,
        key=view.key,
        number=view.number,
        kind=view.kind,
        heading=list(view.heading),
        text=view.text,
        page=view.page,
        source=view.source,
        version=view.version,
        labels=[
            schemas.Label(facet=facet, scheme=scheme, value=value, source=source)
            for facet, scheme, value, source in view.labels
        ],
        facts=view.facts,
    )
