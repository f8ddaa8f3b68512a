"""Search: any text is a question. Facets, chosen words, pages, files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from smallplaces.errors import NotFound
from smallplaces.model import symbol as symbols
from smallplaces.search.backends.base import IndexState
from smallplaces.search.hit import Added, Hit, Results
from smallplaces.search.plan import MAX_DEPTH
from smallplaces.search.schema import FACETS
from smallplaces.vocab.terms import terms
from smallplaces_site.corpus.export import Cell, Table
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.named import meant
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import collation_key, title_of
from smallplaces_site.web import names, placelines
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.guided import guided
from smallplaces_site.web.views.pages import address, as_file, page, wants_file

HITS = 20
_MOST_ROWS = 5000  # of a file
_EXPORT_STEP = 500
_FACET_SHOWN = 6
_FACET_MOST = 300
#: Facets shown beside the results, in this order.
SHOWN = (
    "kind",
    "body",
    "state",
    "position",
    "theme",
    "group",
    "sdg",
    "year",
    "region",
    "recommending",
    "lang",
    "source",
)
SORTS = {"relevance": "relevance", "newest": "-date", "oldest": "date"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, with the address that chooses it (or takes it away)."""

    facet: str
    value: str
    name: str
    count: int | None
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its most frequent values first, the rest behind a door."""

    code: str
    name: str
    first: tuple[Value, ...]
    rest: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A hit as a library card."""

    hit: Hit
    address: str
    document: str
    why: str
    all_in_work: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """A concept that was looked for in other languages, or was taken back, with the address that changes that.

    ``terms``: (language, terms) that were looked for.
    """

    name: str
    words: str
    address: str
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    text: str
    filters: dict[str, tuple[str, ...]]
    sort: str
    page: int
    by_document: bool
    across: bool = True
    without: tuple[str, ...] = ()


def asked(query: QueryDict) -> Asked:
    """Read an address; what cannot be understood is left out, never an error."""
    filters = {name: tuple(dict.fromkeys(filter(None, query.getlist(name))))[:50] for name in FACETS}
    number = query.get("page", "1")
    sort = query.get("sort", "relevance")
    return Asked(
        text=query.get("q", "").replace("\x00", " ").strip(),
        filters={name: values for name, values in filters.items() if values},
        sort=sort if sort in SORTS else "relevance",
        page=max(1, min(int(number), MAX_DEPTH // HITS)) if number.isdecimal() and len(number) < 7 else 1,
        by_document=query.get("by", "") == "document",
        across=query.get("across", "") != "no",
        without=tuple(dict.fromkeys(code for code in query.getlist("without") if code in terms())),
    )


@page
def search(request: HttpRequest) -> HttpResponseBase:
    """The results page. A symbol alone goes straight to its document, as long as the store holds it."""
    wanted = asked(request.GET)
    if form := wants_file(request):
        return as_file(_table(request, wanted), form)
    results = _ask(wanted, limit=HITS, offset=(wanted.page - 1) * HITS, facets=SHOWN)
    goes_to = _goes_to(results)
    alone = set(request.GET) == {"q"} and symbols.in_query(wanted.text) is not None
    if goes_to and alone and "HX-Request" not in request.headers:  # who is still typing is not taken away
        return redirect(goes_to["address"])
    pages = _pages(results, grouped=wanted.by_document)
    places, called_so = placelines.named(wanted.text) if wanted.page == 1 else ([], 0)
    return render(
        request,
        "web/search.html",
        {
            "asked": wanted,
            "results": results,
            "cards": [_card(hit, request.GET) for hit in results.hits],
            "goes_to": goes_to,
            "named": None if goes_to else _named(wanted),
            "places": places,
            "places_found": called_so,
            "places_more": called_so - len(places),
            "not_held": goes_to is None and symbols.in_query(wanted.text) is not None,
            "unready": engine().state() is not IndexState.READY,
            "facets": _facets(request.GET, wanted, results),
            "chosen": _chosen(request.GET, wanted),
            "added": [_addition(request.GET, added) for added in results.added],
            "taken_back": [_taken_back(request.GET, code) for code in wanted.without if wanted.across],
            "across_off": _address(request.GET, across="no", without=None),
            "across_on": _address(request.GET, across=None),
            "own_language": _own_language(request.GET, wanted, results),
            "pages": pages,
            "previous": _address(request.GET, page=str(wanted.page - 1)) if wanted.page > 1 else "",
            "next": _address(request.GET, page=str(wanted.page + 1)) if wanted.page < pages else "",
            "sorts": [
                (code, name, _address(request.GET, sort=code if code != "relevance" else ""))
                for code, name in _sort_names()
            ],
            "grouped": _address(request.GET, by="" if wanted.by_document else "document"),
            "suggestion": _address(request.GET, q=results.did_you_mean) if results.did_you_mean else "",
            "guided": [] if wanted.page > 1 or wanted.filters else guided(wanted.text),
            "first": (wanted.page - 1) * HITS + 1,
            "last": (wanted.page - 1) * HITS + len(results.hits),
        },
    )


def _own_language(query: QueryDict, wanted: Asked, results: Results) -> Value | None:
    """The texts in the language of the page, when the results hold others too."""
    lang = names.ui()
    count = dict(results.facets.get("lang", ())).get(lang, 0)
    if "lang" in wanted.filters or not count or count == results.total:
        return None
    return Value("lang", lang, names.lang_name(lang), count, _address(query, lang=lang), False)


def _sort_names() -> list[tuple[str, str]]:
    return [
        ("relevance", pgettext("order of results", "best match first")),
        ("newest", pgettext("order of results", "newest first")),
        ("oldest", pgettext("order of results", "oldest first")),
    ]


def _ask(wanted: Asked, *, limit: int, offset: int, facets: tuple[str, ...] = ()) -> Results:
    return engine().search(
        wanted.text,
        filters=wanted.filters,
        facets=facets,
        sort=SORTS[wanted.sort],
        limit=limit,
        offset=offset,
        group=wanted.by_document,
        prefer=names.ui(),
        across=wanted.across,
        without=wanted.without,
    )


def _pages(results: Results, *, grouped: bool) -> int:
    total = results.works if grouped and results.works is not None else results.total
    return min(-(-total // HITS), MAX_DEPTH // HITS)


def _goes_to(results: Results) -> dict[str, str] | None:
    """The document that a query names by its symbol, if the store holds it."""
    if results.goes_to is None:
        return None
    try:
        work = documents.work(results.goes_to.symbol)
    except NotFound:
        return None
    para = results.goes_to.paragraph
    path = reverse("paragraph", args=[work.key, para]) if para else reverse("document", args=[work.key])
    return {"address": path, "symbol": work.symbol or work.key, "paragraph": para}


def _named(wanted: Asked) -> dict[str, str] | None:
    """The document that the whole question is a name of, if the store holds it."""
    found = meant(wanted.text) if wanted.page == 1 else None
    if found is None:
        return None
    work, para = found.work, found.paragraph
    address = reverse("paragraph", args=[work.key, para]) if para else reverse("document", args=[work.key])
    number = f", {para.removeprefix('art.')}" if para else ""
    return {"address": address, "title": title_of(work, names.ui()) + number}


def _card(hit: Hit, query: QueryDict) -> Card:
    text = f"?text={hit.lang}" if hit.lang and hit.lang != names.ui() else ""
    document = reverse("document", args=[hit.work])
    return Card(
        hit=hit,
        address=reverse("paragraph", args=[hit.work, hit.paragraph]) + text if hit.paragraph else document + text,
        document=document + text + (f"#p{hit.paragraph}" if hit.paragraph else ""),
        why=_why(hit),
        all_in_work=_address(query, q=f'{query.get("q", "")} symbol:"{hit.work}"'.strip(), by="")
        if hit.in_work > 1 and ":" not in hit.work  # a query can name a document by its symbol alone
        else "",
    )


def _why(hit: Hit) -> str:
    """Why a hit is here, in words."""
    reasons = [str(names.MATCHED[field]) for field in hit.matched if field in names.MATCHED]
    if not reasons:
        return ""
    fields = names.listed(reasons)
    if not hit.across:
        return _("Why it is here: %(fields)s.") % {"fields": fields}
    concepts = names.listed(terms()[code].name(names.ui()) for code in hit.across)
    return _("Why it is here: %(fields)s, found across languages: %(concepts)s.") % {
        "fields": fields,
        "concepts": concepts,
    }


def _address(query: QueryDict, **changes: str | None) -> str:
    """The present question with something changed, from its first page."""
    fresh = _first_page(query)
    for name, value in changes.items():
        if value:
            fresh[name] = value
        else:
            fresh.pop(name, None)
    return f"{reverse('search')}?{fresh.urlencode()}"


def _without(query: QueryDict, facet: str, value: str) -> str:
    """The present question without one chosen value, from its first page."""
    fresh = _first_page(query)
    fresh.setlist(facet, [given for given in fresh.getlist(facet) if given != value])
    return f"{reverse('search')}?{fresh.urlencode()}"


def _first_page(query: QueryDict) -> QueryDict:
    fresh = query.copy()
    for name in ("page", "format"):
        fresh.pop(name, None)
    return fresh


def _chosen(query: QueryDict, wanted: Asked) -> list[Value]:
    return [
        Value(facet, value, names.value_name(facet, value), None, _without(query, facet, value), True)
        for facet, values in wanted.filters.items()
        for value in values
    ]


def _addition(query: QueryDict, added: Added) -> Addition:
    fresh = _first_page(query)
    fresh.appendlist("without", added.code)
    address = f"{reverse('search')}?{fresh.urlencode()}"
    said = tuple((lang, forms) for lang, forms in added.terms.items() if forms)
    return Addition(terms()[added.code].name(names.ui()), added.words, address, said)


def _taken_back(query: QueryDict, code: str) -> Addition:
    term = terms()[code]
    return Addition(term.name(names.ui()), "", _without(query, "without", code))


def _facets(query: QueryDict, wanted: Asked, results: Results) -> list[Facet]:
    present = f"{reverse('search')}?{_first_page(query).urlencode()}"
    found = []
    for code in SHOWN:
        chosen = wanted.filters.get(code, ())
        values = []
        for value, count in results.facets.get(code, ())[:_FACET_MOST]:
            more = f"{present}&{code}={quote_plus(value)}"
            address = _without(query, code, value) if value in chosen else more
            values.append(Value(code, value, names.value_name(code, value), count, address, value in chosen))
        if not values or (len(values) == 1 and not chosen):
            continue
        values.sort(key=lambda item: not item.chosen)
        first, rest = values[:_FACET_SHOWN], values[_FACET_SHOWN:]
        if code == "year":
            rest.sort(key=lambda item: item.value, reverse=True)
        else:
            rest.sort(key=lambda item: collation_key(item.name, names.ui()))
        found.append(Facet(code, names.facet_name(code), tuple(first), tuple(rest)))
    return found


def _table(request: HttpRequest, wanted: Asked) -> Table:
    """The results as a table: the first of them, up to a limit that the file states."""
    total = _ask(wanted, limit=1, offset=0)
    count = total.works if wanted.by_document and total.works is not None else total.total
    asked_for = [f"{facet}={value}" for facet, values in wanted.filters.items() for value in values]
    return Table(
        name=f"search-{wanted.text}" if wanted.text else "search",
        columns=(
            "symbol",
            "document",
            "paragraph",
            "language",
            "title",
            "kind",
            "body",
            "states",
            "date",
            "excerpt",
            "matched",
            "position",
            "themes",
            "source",
            "address",
        ),
        rows=_rows(request, wanted),
        query=" ".join([wanted.text or "*", *asked_for]),
        address=address(request),
        version=data_version(),
        more=count if count > _MOST_ROWS else None,
    )


def _rows(request: HttpRequest, wanted: Asked) -> Iterator[tuple[Cell, ...]]:
    for offset in range(0, _MOST_ROWS, _EXPORT_STEP):
        results = _ask(wanted, limit=_EXPORT_STEP, offset=offset)
        for hit in results.hits:
            yield (
                hit.symbol,
                hit.work,
                hit.number,
                hit.lang,
                hit.title,
                hit.kind,
                hit.body,
                list(hit.states),
                hit.date,
                hit.excerpt,
                list(hit.matched),
                list(hit.facets.get("position", ())),
                list(hit.facets.get("theme", ())),
                list(hit.facets.get("source", ())),
                absolute(request, reverse("paragraph", args=[hit.work, hit.paragraph])),
            )
        if len(results.hits) < _EXPORT_STEP:
            return
