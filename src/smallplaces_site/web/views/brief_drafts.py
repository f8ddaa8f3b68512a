"""Working on a brief: edit the draft, look at it as readers would, publish it, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput, NotFound, UserError
from smallplaces.vocab.competence import departments
from smallplaces_site.actions.allowed import allowed, held
from smallplaces_site.actions.publish_brief import publish_brief, withdraw_brief
from smallplaces_site.actions.write_brief import Edited, Overtaken, edit_brief
from smallplaces_site.briefs import compose, read
from smallplaces_site.briefs.compose import Picked
from smallplaces_site.briefs.models import Brief
from smallplaces_site.briefs.picking import named_line
from smallplaces_site.briefs.printed import printed
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.web import names
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.briefforms import Draft, Publish, Withdraw, department_name
from smallplaces_site.web.errors import add_to
from smallplaces_site.web.views.briefs import frame, show
from smallplaces_site.web.views.pages import working_page


@working_page
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft as a form: words, lines in order, notes."""
    brief = read.row(pk)
    allowed(request.user, "brief.write", brief.state, brief.place)
    place = places.get(brief.place)
    form = Draft(request.POST or None, initial=_initial(brief))
    if request.method == "POST" and form.is_valid() and _saved(request, brief, place, form):
        messages.success(request, _("The draft is saved."))
        target = "brief-preview" if request.POST.get("then") == "preview" else "brief-edit"
        return HttpResponseRedirect(reverse(target, args=[pk]))
    content = compose.of_draft(brief)
    return render(
        request,
        "web/brief_edit.html",
        {
            **frame(places.now(place)),
            "brief": brief,
            "form": form,
            "lines": _rows(request, brief, content.lines),
            "missing": compose.missing(brief),
            "departments": sorted((department_name(code), code) for code in departments()),
            "view": read.view(pk),
        },
    )


def _initial(brief: Brief) -> dict[str, Any]:
    fields = ("title", "audience", "introduction", "revision")
    return {name: getattr(brief, name) for name in fields}


def _rows(request: HttpRequest, brief: Brief, lines: Any) -> list[dict[str, Any]]:
    """The lines with what was typed beside them: after a mistake nothing typed is lost."""
    posted = request.POST if request.method == "POST" else {}
    picked = {one["work"] + "#" + one["paragraph"]: one for one in brief.lines}
    return [
        {
            "line": line,
            "at": at,
            "order": posted.get(f"order-{at}", str(at)),
            "note": posted.get(f"note-{at}", picked[line.name].get("note", "")),
            "department": posted.get(f"department-{at}", line.department),
            "drop": f"drop-{at}" in posted,
        }
        for at, line in enumerate(lines, start=1)
    ]


def _saved(request: HttpRequest, brief: Brief, place: PlaceView, form: Draft) -> bool:
    """Whether the draft could be saved; otherwise the form says why not."""
    try:
        lines = [
            *_kept(request),
            *(named_line(place, text) for text in form.cleaned_data["add"].splitlines() if text.strip()),
        ]
    except (BadInput, NotFound) as error:
        form.add_error(
            "add", _("Nothing that asks this State for anything is called so: %(named)s") % {"named": error.where}
        )
        return False
    data = form.cleaned_data
    edited = Edited(data["title"], data["audience"], data["introduction"], lines, data["revision"])
    try:
        edit_brief(brief.pk, edited, by=request.user)
    except Overtaken:
        form.add_error(
            None, _("Somebody else saved this draft after you opened it. Open it again, and copy what you wrote.")
        )
        return False
    except BadInput as error:
        add_to(form, error)
        return False
    return True


def _kept(request: HttpRequest) -> list[Picked]:
    """The lines of the form that stay, in the order that their numbers say."""
    kept: list[tuple[int, int, Picked]] = []
    for at in range(1, len(request.POST) + 1):
        work, paragraph = request.POST.get(f"work-{at}", ""), request.POST.get(f"paragraph-{at}", "")
        if not work or f"drop-{at}" in request.POST:
            continue
        given = request.POST.get(f"order-{at}", "")
        order = int(given) if given.isascii() and given.isdecimal() and len(given) < 5 else at
        department = request.POST.get(f"department-{at}", "")
        note = request.POST.get(f"note-{at}", "").strip()[:2000]
        kept.append((order, at, Picked(work, paragraph, department if department in departments() else "", note)))
    return [picked for _order, _at, picked in sorted(kept, key=lambda row: row[:2])]


@working_page
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft as readers would see it, and the button that publishes it."""
    brief = read.row(pk)
    allowed(request.user, "brief.write", brief.state, brief.place)
    publisher = held(request.user, "brief.publish", brief.state, brief.place) is not None
    form = Publish(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = publish_brief(pk, by=request.user, why=form.cleaned_data["why"])
        except BadInput as error:
            add_to(form, error)
        else:
            messages.success(request, _("Published. This address stays, and so does this version."))
            return HttpResponseRedirect(reverse("brief-version", args=[pk, version.number]))
    content = compose.of_draft(brief)
    address = absolute(request, reverse("brief", args=[pk]))
    shown = {
        **frame(places.now(places.get(brief.place))),
        "form": form,
        "draft": brief,
        "publisher": publisher,
        "view": read.view(pk),
    }
    if request.GET.get("format"):
        return show(request, content, reverse("brief", args=[pk]), shown)
    return render(request, "web/brief_preview.html", {**shown, "brief": printed(content, address), "content": content})


@working_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a brief back, with a reason."""
    brief = read.row(pk)
    allowed(request.user, "brief.publish", brief.state, brief.place)
    form = Withdraw(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_brief(pk, form.cleaned_data["why"], by=request.user)
        except UserError as error:
            add_to(form, error)
        else:
            messages.success(request, _("Withdrawn. Its address says so, and why."))
            return HttpResponseRedirect(reverse("place-briefs", args=[places.get(brief.place).short]))
    return render(
        request,
        "web/brief_withdraw.html",
        {**frame(places.now(places.get(brief.place))), "form": form, "view": read.view(pk), "lang": names.ui()},
    )
