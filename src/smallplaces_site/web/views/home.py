"""The first page: what this is, one search box, what is new."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from smallplaces_site.corpus.read import about, news
from smallplaces_site.corpus.read.states import counts
from smallplaces_site.web.names import ui
from smallplaces_site.web.views.pages import page

#: Questions a visitor can try, in each language of the pages; each finds something in a full collection.
EXAMPLES = {
    "en": ("right to housing", "independent living", "CRPD/C/GC/5"),
    "ko": ("주거", "탈시설", "CRPD/C/KOR/CO/2-3"),
    "fr": ("logement convenable", "autonomie de vie", "CRPD/C/GC/5"),
    "es": ("vivienda adecuada", "vida independiente", "CRPD/C/GC/5"),
    "ar": ("الحق في السكن", "التعليم الشامل للجميع", "CRPD/C/GC/5"),
    "ru": ("право на жилище", "самостоятельный образ жизни", "CRPD/C/GC/5"),
    "zh": ("适足住房", "独立生活", "CRPD/C/GC/5"),
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
            "own_state": own if own in held else "",
            "tries": EXAMPLES[ui()],
        },
    )
