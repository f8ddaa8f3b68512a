"""The first page: what this is, one search box, what is new."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from smallplaces_site.corpus.read import about, news, places
from smallplaces_site.corpus.read.states import counts
from smallplaces_site.web.names import ui
from smallplaces_site.web.views.pages import page

#: Questions a visitor can try, in each language of the pages; each finds something in a full collection.
EXAMPLES = {
    "en": ("right to housing", "independent living", "CRPD/C/GC/5"),
    "ko": ("주거", "교육", "CRPD/C/KOR/CO/2-3"),
    "fr": ("logement", "accès à la justice", "CRPD/C/GC/5"),
    "es": ("vivienda", "vida independiente", "CRPD/C/GC/5"),
    "ar": ("السكن", "التعليم", "CRPD/C/GC/5"),
    "ru": ("жилище", "образование", "CRPD/C/GC/5"),
    "zh": ("住房", "教育", "CRPD/C/GC/5"),
}


@page
def home(request: HttpRequest) -> HttpResponse:
    """Home."""
    own = settings.SETTINGS["SMALLPLACES_STATE"].upper()
    held = counts()
    return render(
        request,
        "web/home.html",
        {
            "totals": about.totals(),
            "news": news.latest(),
            "places": bool(places.states()),
            "own_state": own if own in held else "",
            "tries": EXAMPLES[ui()],
        },
    )
