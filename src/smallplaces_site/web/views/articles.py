"""An article of a treaty: its text in two languages, our guide to it, and everything that speaks of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from smallplaces import guide
from smallplaces_site.corpus.edges import linked_to
from smallplaces_site.corpus.export import Cell, Table
from smallplaces_site.corpus.read import articles
from smallplaces_site.corpus.read.articles import Article
from smallplaces_site.corpus.read.citations import CitingPage, CitingRow, citing, resolved
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.supersession import replaced
from smallplaces_site.corpus.titles import collation_key, state_name, title_of
from smallplaces_site.web import catalogue, names, reading
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.views.pages import address, as_file, page, wants_file

_SIZE, _WHOLE = 50, 500
_FILTERS = ("kind", "state", "body", "year")


@page
def article(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    """The article by any of its treaty's names; any but its own is sent on to its own."""
    found = articles.article(code, number)
    here = reverse("article", args=[found.code, found.number])
    if (found.code, found.number) != (code, number):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(here + (f"?{query}" if query else ""))
    asked = {name: request.GET.get(name, "").replace("\x00", "") for name in _FILTERS}  # PostgreSQL takes no NUL
    asked["year"] = asked["year"] if asked["year"].isdecimal() and len(asked["year"]) == 4 else ""
    if form := wants_file(request):
        return as_file(_table(request, found, asked), form)
    listing = _listing(found, asked, 1, 1)
    if request.GET.get("format") == "jsonld":
        return _as_jsonld(request, found, asked)
    filtered = any(asked.values())
    shown = Paginator(range(listing.total), _SIZE).get_page(request.GET.get("page", "1"))
    if filtered or "page" in request.GET:
        listing = _listing(found, asked, shown.number, _SIZE)
    return render(
        request,
        "web/article.html",
        {
            "article": found,
            "treaty": catalogue.treaty(found.code),
            "treaty_title": catalogue.treaty_name(found.code, names.ui()),
            "treaty_short": catalogue.treaty_short(found.code, names.ui()),
            **_guide(found),
            "permanent": absolute(request, here),
            **_texts(request, found),
            "total": _listing(found, dict.fromkeys(_FILTERS, ""), 1, 1).total if filtered else listing.total,
            "listing": listing,
            "filtered": filtered,
            "listed": filtered or "page" in request.GET,
            "filters": _filters(listing, asked),
            "kinds": [] if filtered else articles.overview(found.target, lang=names.ui()),
            "rows": _rows(listing) if filtered or "page" in request.GET else (),
            "shown": shown,
            "reservations": _reservations(found),
            "replaced": replaced(),
        },
    )


def _chosen(asked: dict[str, str]) -> dict[str, Any]:
    year = int(asked["year"]) if asked["year"] else None
    return {**{name: asked[name] for name in _FILTERS[:3]}, "year": year, "lang": names.ui()}


def _listing(found: Article, asked: dict[str, str], number: int, size: int) -> CitingPage:
    return citing(found.target, **_chosen(asked), page=number, size=size)


def _guide(found: Article) -> dict[str, Any]:
    """Our plain words on the article, if the guide has any, and what it says to read next."""
    plain = guide.article(found.code, found.number)
    more = resolved(plain.more, lang=names.ui()) if plain else {}
    return {"guide": plain, "guide_more": [more[target] for target in plain.more] if plain else []}


def _texts(request: HttpRequest, found: Article) -> dict[str, Any]:
    """The text in the language asked for, and in a second where the reader's own is not the first."""
    if found.work is None:
        return {"texts": (), "editions": (), "heading": ("", "")}
    first = found.work.best_edition(request.GET.get("text", ""), names.ui())
    wanted = request.GET.get("beside", "" if first and first.lang == "en" else "en")
    second = found.work.edition(wanted)
    chosen = {edition.lang: edition for edition in (first, second) if edition is not None}
    texts = [(edition, found.text(edition), reading.text_direction(edition)) for edition in chosen.values()]
    return {
        "texts": texts,
        "editions": sorted(found.editions, key=lambda e: collation_key(names.lang_name(e.lang), names.ui())),
        "first": first,
        "second": texts[1][0] if len(texts) > 1 else None,
        "lacks_own": found.work.edition(names.ui()) is None,
        "heading": _heading(texts),
    }


def _heading(texts: list[tuple[EditionView, list[ParagraphView], str]]) -> tuple[str, str]:
    """(title, language) that the text itself gives the article: "Accessibility"."""
    for edition, paragraphs, _direction in texts:
        headings = paragraphs[0].heading if paragraphs else ()
        if len(headings) > 1 and headings[-1].strip():
            return headings[-1], edition.lang
    return "", ""


def _filters(listing: CitingPage, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The choices that are left by the others, each with how many paragraphs it would leave."""
    left: dict[str, dict[str, int]] = {
        "kind": listing.kinds,
        "state": listing.states,
        "body": listing.bodies,
        "year": {str(year): count for year, count in listing.years.items()},
    }
    found = []
    for name, counts in left.items():
        values = [(value, names.value_name(name, value), count) for value, count in counts.items()]
        if name == "state":
            values.sort(key=lambda one: collation_key(one[1], names.ui()))
        if asked[name] and asked[name] not in counts:
            values.insert(0, (asked[name], names.value_name(name, asked[name]), 0))
        found.append({"name": name, "label": names.facet_name(name), "values": values, "chosen": asked[name]})
    return found


def _rows(listing: CitingPage) -> list[tuple[CitingRow, list[tuple[str, str]]]]:
    below = articles.under(listing.rows)
    return [(row, below.get(row.paragraph, [])) for row in listing.rows]


def _reservations(found: Article) -> list[tuple[str, Any]]:
    acts = [(state_name(act.state, names.ui()), act) for act in articles.reservations(found.code, found.number)]
    return sorted(acts, key=lambda one: (collation_key(one[0], names.ui()), one[1].date))


def _all(found: Article, asked: dict[str, str]) -> Iterator[CitingRow]:
    """Every row that fits, page after page, so that a long list needs no memory."""
    number = 1
    while True:
        listing = _listing(found, asked, number, _WHOLE)
        yield from listing.rows
        if number >= listing.pages:
            return
        number += 1


def _table(request: HttpRequest, found: Article, asked: dict[str, str]) -> Table:
    def line(row: CitingRow) -> list[Cell]:
        work = row.work
        day = work.adopted or work.distributed
        place = reverse("paragraph", args=[work.key, row.key])
        return [
            *(list(row.targets), work.kind, work.body, list(work.states), work.symbol or work.key),
            *(title_of(work, names.ui()), row.number, day.isoformat() if day else str(work.year or "")),
            *(str(work.facts.get("outcome", "")), row.lang, row.excerpt, absolute(request, place)),
        ]

    return Table(
        name=f"cites-{found.code}-{found.number}",
        columns=(
            *("cites", "kind", "body", "states", "symbol", "title", "number", "date", "outcome", "language", "excerpt"),
            "address",
        ),
        rows=(line(row) for row in _all(found, asked)),
        query=" ".join([f"cites:{found.target}", *(f"{name}:{value}" for name, value in asked.items() if value)]),
        address=address(request),
        version=data_version(),
    )


def _as_jsonld(request: HttpRequest, found: Article, asked: dict[str, str]) -> HttpResponse:
    def place(key: str, lang: str, paragraph: str) -> str:
        path = reverse("paragraph", args=[key, paragraph]) if paragraph else reverse("document", args=[key])
        return absolute(request, f"{path}?text={lang}")

    graph = linked_to(found.target, place, **_chosen(asked))
    response = HttpResponse(graph, content_type="application/ld+json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="cites-{found.code}-{found.number}.jsonld"'
    return response
