"""Briefs as readers see them: of a place, by address alone, published with versions; as page, DOCX and JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from smallplaces.errors import NotFound
from smallplaces_site.actions.allowed import held
from smallplaces_site.actions.write_brief import make_brief
from smallplaces_site.briefs import compose, read
from smallplaces_site.briefs.choice import OURS, SIZES, from_query
from smallplaces_site.briefs.content import Content, to_json
from smallplaces_site.briefs.docx import to_docx
from smallplaces_site.briefs.page import to_html
from smallplaces_site.briefs.printed import Printed, printed
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.local.read import asked_of
from smallplaces_site.web import names, placelines
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.briefforms import NewBrief
from smallplaces_site.web.views.pages import working_page

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def place_of(code: str) -> PlaceView:
    """The place of today that a code names. Raises :class:`NotFound`."""
    return places.now(places.get(code))


def frame(place: PlaceView, tab: str = "briefs") -> dict[str, Any]:
    """What every page of a place needs."""
    return {"one": placelines.line(place), "above": above(place), "tab": tab, "place": place}


def _frame_of(code: str) -> dict[str, Any]:
    """The same for what was published: it stays readable when the data no longer has its place."""
    try:
        return frame(places.now(places.get(code)))
    except NotFound:
        return {}


def above(place: PlaceView) -> list[placelines.PlaceLine]:
    """The places above, the highest first."""
    return [placelines.line(view) for view in reversed(places.chain(place)[1:])]


@working_page
def of_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """The briefs of a place: what was published, and drafts for those who may see them."""
    place = place_of(code)
    writer = held(request.user, "brief.write", place.state, place.code) is not None
    every = read.of_place(place.code)
    return render(
        request,
        "web/briefs.html",
        {
            **frame(place),
            "published": [one for one in every if one.latest and not one.withdrawn],
            "drafts": [one for one in every if one.unpublished and not one.withdrawn] if writer else [],
            "withdrawn": [one for one in every if one.latest and one.withdrawn],
            "writer": writer,
        },
    )


@working_page
def new(request: HttpRequest, code: str) -> HttpResponseBase:
    """The form by which a brief is chosen. Whoever may write briefs here can keep it as a draft."""
    place = place_of(code)
    writer = held(request.user, "brief.write", place.state, place.code) is not None
    found = asked_of(place, verdicts=OURS)
    if request.method == "POST":
        form = NewBrief(found, request.POST)
        if form.is_valid():
            brief = make_brief(place, from_query(request.POST.dict(), names.ui()), by=request.user)
            return HttpResponseRedirect(reverse("brief-edit", args=[brief.pk]))
    else:
        chosen = {name: value for name, value in request.GET.items() if value}
        own = {"lang": "ko" if names.ui() == "ko" else "en", "items": str(SIZES[1]), "order": "newest"}
        form = NewBrief(found, initial={**own, **chosen})
    return render(request, "web/brief_new.html", {**frame(place), "form": form, "writer": writer, "total": len(found)})


@working_page
def unsaved(request: HttpRequest, code: str) -> HttpResponseBase:
    """A brief that nobody keeps: its address is all of it."""
    place = place_of(code)
    content = compose.of_choice(place, from_query(request.GET.dict(), names.ui()))
    query = request.GET.copy()
    query.pop("format", None)
    shown = {**frame(place), "query": query.urlencode()}
    return show(request, content, f"{request.path}?{query.urlencode()}", shown)


@working_page
def brief(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponseBase:
    """A published brief: its latest version, or one that stays as it is."""
    view = read.view(pk)
    framed = _frame_of(view.place)
    writer, publisher = (
        bool(framed) and held(request.user, right, view.state, view.place) is not None
        for right in ("brief.write", "brief.publish")
    )
    if view.latest is None and writer and number is None:
        return HttpResponseRedirect(reverse("brief-preview", args=[pk]))
    content = read.published(pk, number)
    shown = {
        **framed,
        "view": view,
        "number": content.version,
        "latest": view.latest is not None and content.version == view.latest.number,
        "writer": writer,
        "publisher": publisher,
    }
    return show(request, content, reverse("brief-version", args=[pk, content.version]), shown)


@working_page
def compare(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Two versions of a brief: what the later one has that the earlier one had not."""
    view = read.view(pk)
    numbers = [version.number for version in view.versions]
    if len(numbers) < 2:
        return HttpResponseRedirect(reverse("brief", args=[pk]))  # there is nothing to compare it with
    after = _asked(request, "to", numbers, numbers[-1])
    before = _asked(request, "from", numbers, numbers[max(0, numbers.index(after) - 1)])
    old, fresh = read.published(pk, before), read.published(pk, after)
    return render(
        request,
        "web/brief_compare.html",
        {
            **_frame_of(view.place),
            "view": view,
            "before": before,
            "after": after,
            "numbers": numbers,
            "difference": read.difference(old, fresh),
            "lang": fresh.lang,
        },
    )


def _asked(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and int(given) in numbers else otherwise


def show(request: HttpRequest, content: Content, path: str, shown: dict[str, Any]) -> HttpResponseBase:
    """A brief as a page, or as the file that ``?format=`` asks for."""
    form = request.GET.get("format", "").lower()
    address = absolute(request, path)
    if form == "json":
        answer: HttpResponseBase = JsonResponse(to_json(content), json_dumps_params={"ensure_ascii": False})
        answer.headers["Content-Disposition"] = f'attachment; filename="{_name(content)}.json"'
        return answer
    if form in ("docx", "html"):
        return _file(content, printed(content, address, absolute(request, "/").rstrip("/")), form)
    return render(request, "web/brief.html", {**shown, "brief": printed(content, address), "content": content})


def _file(content: Content, brief: Printed, form: str) -> HttpResponse:
    if form == "html":
        answer = HttpResponse(to_html(brief), content_type="text/html; charset=utf-8")
    else:
        with override(content.lang):
            answer = HttpResponse(to_docx(brief, made=datetime.fromisoformat(content.made)), content_type=_DOCX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(content)}.{form}"'
    return answer


def _name(content: Content) -> str:
    """A file name that says of which place and version: "brief-KR-26-3-v2"."""
    kept = f"-{content.id}-v{content.version}" if content.version else f"-{content.made[:10]}"
    return f"brief-{content.short}{kept}"
