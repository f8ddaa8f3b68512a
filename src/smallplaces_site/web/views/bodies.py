"""Bodies: the list, and one with its documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from smallplaces import guide
from smallplaces.vocab import bodies, resolve_body
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import bodies as reads
from smallplaces_site.corpus.read.bodies import BodyCount
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import body_name
from smallplaces_site.web import catalogue, names
from smallplaces_site.web.views.pages import PAGE_SIZE, address, as_file, page, paged, unknown, wants_file
from smallplaces_site.web.views.states import documents_table


@page
def index(request: HttpRequest) -> HttpResponseBase:
    """All bodies of the catalogue, and any other that the store holds documents of."""
    counts = reads.counts()
    known = bodies()
    rows = [
        (code, body.name(names.ui()), body.short_name(names.ui()), counts.get(code)) for code, body in known.items()
    ]
    extra = [(code, code, "", counts[code]) for code in sorted(counts) if code not in known]
    if form := wants_file(request):
        table = Table(
            name="bodies",
            columns=("code", "name", "documents", "first_year", "last_year"),
            rows=((code, name, *_numbers(held)) for code, name, _short, held in (*rows, *extra)),
            query="bodies",
            address=address(request),
            version=data_version(),
        )
        return as_file(table, form)
    return render(request, "web/bodies.html", {"rows": rows, "extra": extra})


def _numbers(held: BodyCount | None) -> tuple[int, int | None, int | None]:
    return (held.documents, held.first_year, held.last_year) if held else (0, None, None)


@page
def body(request: HttpRequest, code: str) -> HttpResponseBase:
    """One body: in a few words, then its documents by kind."""
    counts = reads.counts()
    known = catalogue.body(code)
    if known is None and code not in counts:
        found = resolve_body(code)
        if found is None:
            raise unknown(code)
        return HttpResponseRedirect(reverse("body", args=[found.code]))
    kinds = reads.kinds(code)
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(kinds) else ""
    if form := wants_file(request):
        _total, works = reads.documents(code, kind, limit=None)
        query = f"documents of {code}" + (f" kind={kind}" if kind else "")
        return as_file(documents_table(request, f"documents-{code}", query, works), form)
    total = dict(kinds)[kind] if kind else sum(count for _kind, count in kinds)
    shown = paged(request, range(total))
    _total, works = reads.documents(code, kind, start=(shown.number - 1) * PAGE_SIZE)
    return render(
        request,
        "web/body.html",
        {
            "code": code,
            "name": body_name(code, names.ui()),
            "body": known,
            "guide": guide.subject("body", code),
            "monitors": [catalogue.treaty(treaty) for treaty in known.monitors if catalogue.treaty(treaty)]
            if known
            else [],
            "parent": catalogue.body(known.parent) if known and known.parent else None,
            "kinds": kinds,
            "kind": kind,
            "total": total,
            "all": sum(count for _kind, count in kinds),
            "held": counts.get(code),
            "works": works,
            "shown": shown,
        },
    )
