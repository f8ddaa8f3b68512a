"""A document, and one paragraph of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from smallplaces import guide
from smallplaces.errors import NotFound
from smallplaces.search.schema import FACETS
from smallplaces.vocab import treaties
from smallplaces_site.corpus import cite
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import about, documents, places
from smallplaces_site.corpus.read.aligned import aligned
from smallplaces_site.corpus.read.articles import number_of, under
from smallplaces_site.corpus.read.citations import citations_of, citing
from smallplaces_site.corpus.read.citing import CitedIn, cited_in
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.supersession import replaced, standings
from smallplaces_site.corpus.read.withdrawn import last_wording
from smallplaces_site.lineage import read as lineage
from smallplaces_site.web import easy, margin, names, ownership, pair, reading
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.beside import laid_beside
from smallplaces_site.web.sheet import Sheet
from smallplaces_site.web.views.pages import address, as_file, page, wants_file

#: Where there are more editions than these (the Universal Declaration has 532), those in the languages of the house
#: are offered by name and the rest stand in a list that opens.
_MANY_EDITIONS = 9
#: Paragraphs shown on one page that cite a paragraph.
_CITING = 20


@page
def document(request: HttpRequest, key: str) -> HttpResponseBase:
    """The document by any of its names; any but its own is sent on to its own."""
    work = documents.work(key)
    if work.key != key:
        return _elsewhere(request, reverse("document", args=[work.key]))
    edition = pair.first(request, work)
    paragraphs = documents.paragraphs(edition.id) if edition else []
    if form := wants_file(request):
        return as_file(_table(request, work, edition, paragraphs), form)
    other = pair.second(request, work, edition)
    beside = laid_beside(aligned(work.key, (edition.lang, other.lang))) if edition and other else None
    arranged = reading.arrange(paragraphs, edition.lang if edition else "", beside)
    cited = _cited_here(work)
    files = about.files_of(edition.id) if edition else ()
    response = render(
        request,
        "web/document.html",
        {
            **_about(request, work, edition),
            "reading": arranged,
            "other": other,
            "guide": guide.subject("kind", work.kind),
            "easy": easy.wanted(request),
            "other_dir": reading.text_direction(other) if other else "",
            "sheet": edition
            and Sheet(
                work.key,
                edition,
                arranged,
                other,
                citations=citations_of([one.id for one in paragraphs], lang=names.ui()),
                cited=cited.paragraphs,
                margins=margin.beside(work, edition, paragraphs),
            ),
            "cited_in_all": cited.everywhere,
            "files": files,
            "sides": _sides(edition, other),
            "cite_en": cite.english(work),
            "cite_ko": cite.korean(work),
        },
    )
    pair.remember(request, response, edition, other)
    easy.remember(request, response)
    patch_vary_headers(response, ("Cookie",))
    return response


def _sides(*editions: EditionView | None) -> list[tuple[EditionView, datetime | None]]:
    """The editions side by side, each with the day on which this copy received its newest file."""
    if None in editions:
        return []
    return [(one, max((file.received for file in about.files_of(one.id)), default=None)) for one in editions if one]


@page
def bookmarks(request: HttpRequest) -> HttpResponseBase:
    """The paragraphs that a reader kept. They are known to the browser alone, which fills the page."""
    return render(request, "web/bookmarks.html")


@page
def paragraph(request: HttpRequest, key: str, para: str) -> HttpResponseBase:
    """One paragraph on a page of its own: text, versions, source, labels, citation."""
    para = para.replace("\x00", "\ufffd")  # PostgreSQL takes no NUL in a text
    work = documents.work(key)
    edition = _edition(request, work)
    if edition is None:
        raise NotFound("This document has no text here.", where=key)
    withdrawn = False
    try:
        found = documents.paragraph(edition.id, para)
    except NotFound:
        edition, found, withdrawn = _elsewhere_or_before(work, edition, para)
    if work.key != key or found.key != para:
        return _elsewhere(request, reverse("paragraph", args=[work.key, found.key]))
    permanent = absolute(request, reverse("paragraph", args=[work.key, found.key]))
    citations = citations_of([found.id], lang=names.ui())
    today = datetime.now(UTC).date()
    return render(
        request,
        "web/paragraph.html",
        {
            **_about(request, work, edition),
            "paragraph": found,
            "withdrawn": withdrawn,
            "citations": citations,
            "cites": [one for one in citations.get(found.id, ()) if one.resolved or one.candidates],
            **_cited_by(request, work, found),
            "kind_name": names.PARAGRAPH_KINDS.get(found.kind, ""),
            "labels": _by_facet(found),
            "linked": FACETS,
            "position": next((value for facet, _s, value, _o in found.labels if facet == "position"), ""),
            "versions": documents.versions(found.id),
            "permanent": permanent,
            "cite_en": cite.english(work, found, permanent, today),
            "cite_ko": cite.korean(work, found, permanent, today),
            "elsewhere": _same_elsewhere(work, edition, found),
            "repeats": lineage.before(found.id),
            **_ownership(request, found),
        },
    )


def _ownership(request: HttpRequest, found: ParagraphView) -> dict[str, Any]:
    """Whose the paragraph is; said to a place when the address names one: ``?place=KR-26``."""
    place = places.get(request.GET["place"]) if request.GET.get("place") else None
    own = ownership.for_paragraphs([found.id], place).get(found.id)
    labels = ownership.labels_by_others(found.id) if own else []
    return {"own": own, "place_name": place.name(names.ui()) if place else "", "others_labels": labels}


def _cited_here(work: WorkView) -> CitedIn:
    """How often each paragraph is cited, and the document in all. Articles of treaties have pages that say it."""
    return CitedIn(0, {}) if work.key.startswith("treaty:") else cited_in(work.key)


def _cited_by(request: HttpRequest, work: WorkView, found: ParagraphView) -> dict[str, Any]:
    """The newest paragraphs that cite this one, or the page of the article that it is."""
    code = work.key.removeprefix("treaty:") if work.key.startswith("treaty:") else work.key.upper()
    number = number_of(found.key)
    if number and code in treaties():
        return {"article": reverse("article", args=[code, number])}
    if not found.number:
        return {}
    listing = citing(f"{work.key}#p{found.key}", lang=names.ui(), page=1, size=_CITING)
    everything = Paginator(range(listing.total), _CITING).get_page(request.GET.get("page", "1"))
    if everything.number > 1:
        listing = citing(listing.target, lang=names.ui(), page=everything.number, size=_CITING)
    below = under(listing.rows)
    rows = [(row, below.get(row.paragraph, [])) for row in listing.rows]
    return {"cited_by": listing, "citing_rows": rows, "citing_page": everything, "replaced": replaced()}


def _elsewhere(request: HttpRequest, path: str) -> HttpResponseRedirect:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(path + (f"?{query}" if query else ""))


def _edition(request: HttpRequest, work: WorkView) -> EditionView | None:
    """The edition asked for by ``?text=``, else in the language of the page, else the best there is."""
    return work.best_edition(request.GET.get("text", ""), names.ui())


def _elsewhere_or_before(work: WorkView, asked: EditionView, para: str) -> tuple[EditionView, ParagraphView, bool]:
    """A paragraph that was withdrawn (then True), or that only another language version has: links stay good."""
    for read, editions, withdrawn in (
        (last_wording, (asked,), True),
        (documents.paragraph, work.editions, False),
        (last_wording, work.editions, True),
    ):
        for edition in editions:
            try:
                return edition, read(edition.id, para), withdrawn
            except NotFound:
                continue
    raise NotFound("The document has no paragraph %(where)s.", where=para)


def _same_elsewhere(
    work: WorkView, edition: EditionView, found: ParagraphView
) -> list[tuple[EditionView, ParagraphView, str]]:
    """The same paragraph in the languages of the house, side by side with this one."""
    others = []
    for other in work.editions:
        if other.lang != edition.lang and other.lang in documents.FALLBACK:
            same = documents.paragraphs(other.id, keys=[found.key])
            others += [(other, paragraph, reading.text_direction(other)) for paragraph in same]
    return others


def _by_facet(found: ParagraphView) -> list[tuple[str, list[tuple[str, str]]]]:
    """The labels by facet: (facet, [(value, sources)])."""
    grouped: dict[str, dict[str, list[str]]] = {}
    for facet, _scheme, value, source in found.labels:
        grouped.setdefault(facet, {}).setdefault(value, []).append(names.value_name("source", source))
    return [
        (facet, [(value, names.listed(dict.fromkeys(sources))) for value, sources in values.items()])
        for facet, values in grouped.items()
    ]


def _about(request: HttpRequest, work: WorkView, edition: EditionView | None) -> dict[str, Any]:
    editions = sorted(work.editions, key=lambda e: _rank(e.lang))
    shown = editions
    if len(editions) > _MANY_EDITIONS:
        shown = [one for one in editions if one.lang in documents.FALLBACK or one == edition]
    return {
        "work": work,
        "standings": standings(work, names.ui()),
        "permanent": absolute(request, reverse("document", args=[work.key])),
        "edition": edition,
        "text_dir": reading.text_direction(edition) if edition else "",
        "editions": shown,
        "more_editions": sorted((e for e in editions if e not in shown), key=lambda e: names.lang_name(e.lang)),
    }


def _rank(lang: str) -> tuple[int, str]:
    order = (names.ui(), *documents.FALLBACK)
    return (order.index(lang) if lang in order else len(order), lang)


def _table(request: HttpRequest, work: WorkView, edition: EditionView | None, paragraphs: list[ParagraphView]) -> Table:
    """The document as a table of paragraphs."""
    lang = edition.lang if edition else ""
    base = reverse("document", args=[work.key])
    return Table(
        name=f"{work.key}-{lang}",
        columns=("symbol", "language", "number", "kind", "heading", "text", "labels", "source", "address"),
        rows=(
            (
                work.symbol or work.key,
                lang,
                paragraph.number,
                paragraph.kind,
                " › ".join(paragraph.heading),
                paragraph.text,
                [f"{facet}: {value}" for facet, _scheme, value, _source in paragraph.labels],
                paragraph.source,
                absolute(request, f"{base}p/{paragraph.key}/"),
            )
            for paragraph in paragraphs
        ),
        query=f"{work.symbol or work.key} [{lang}]",
        address=address(request),
        version=data_version(),
    )
