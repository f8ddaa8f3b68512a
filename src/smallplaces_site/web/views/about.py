"""About the data: what is loaded, from where, how fresh, and what was refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import about
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.web.views.pages import address, as_file, page, wants_file

_LANGUAGES_SHOWN = 12


@page
def data(request: HttpRequest) -> HttpResponseBase:
    """The page about the data."""
    sources = about.sources()
    if form := wants_file(request):
        table = Table(
            name="sources",
            columns=(
                "source",
                "title",
                "publisher",
                "address",
                "licence",
                "imported",
                "outcome",
                "paragraphs",
                "refused",
            ),
            rows=(
                (
                    source.name,
                    source.title,
                    str(source.description.get("publisher", "")),
                    str(source.description.get("address", "")),
                    str(source.description.get("licence", "")),
                    source.last.started.date(),
                    source.last.outcome,
                    source.readings,
                    int(source.last.counts.get("refused", 0)),
                )
                for source in sources
            ),
            query="sources",
            address=address(request),
            version=data_version(),
        )
        return as_file(table, form)
    totals = about.totals()
    return render(
        request,
        "web/data.html",
        {
            "sources": sources,
            "totals": totals,
            "languages": totals.languages[:_LANGUAGES_SHOWN],
            "more_languages": max(0, len(totals.languages) - _LANGUAGES_SHOWN),
        },
    )


@page
def report(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """What one import refused, line by line."""
    return render(request, "web/report.html", {"report": about.report(run_id)})
