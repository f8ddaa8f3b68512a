"""A paragraph in plain words: what was written, and the forms by which people write, approve and take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.allowed import held
from smallplaces_site.actions.restate import approve_restatement, restate, withdraw_restatement
from smallplaces_site.briefs import printed, restatements
from smallplaces_site.briefs.content import PlainWords as Words
from smallplaces_site.briefs.restatements import RestatementView
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.corpus.read.documents import WorkView
from smallplaces_site.corpus.titles import state_name
from smallplaces_site.people.rights import places_of
from smallplaces_site.web import names, placelines
from smallplaces_site.web.briefforms import Options, PlainWords
from smallplaces_site.web.errors import told
from smallplaces_site.web.views.pages import working_page


@working_page
def restatement(request: HttpRequest, key: str, para: str) -> HttpResponseBase:
    """Everything said of one paragraph in plain words; with a right, the form too."""
    work = documents.work(key)
    edition = work.best_edition(names.ui())
    if edition is None:
        raise NotFound("This document has no text here.", where=key)
    paragraph = documents.paragraph(edition.id, para)
    whose = _whose(request, work)
    form = PlainWords(whose, initial={"lang": "ko" if names.ui() == "ko" else "en", **_place_asked(request, whose)})
    if request.method == "POST":
        form = PlainWords(whose, request.POST) if request.POST.get("do") == "write" else form
        if _done(request, form, (work.key, paragraph.key, edition.lang), _state(work)):
            return HttpResponseRedirect(request.get_full_path())
    return render(
        request,
        "web/restatement.html",
        {
            "work": work,
            "edition": edition,
            "paragraph": paragraph,
            "versions": [_row(request, view) for view in _seen(request, work.key, paragraph.key)],
            "form": form if whose else None,
        },
    )


def _seen(request: HttpRequest, work: str, paragraph: str) -> list[RestatementView]:
    """Readers see what is approved; whoever may write there also what waits and what was taken back."""
    return [
        view
        for view in restatements.versions(work, paragraph)
        if view.approved or held(request.user, "restatement.write", view.state, view.place)
    ]


def _row(request: HttpRequest, view: RestatementView) -> dict[str, Any]:
    day = (view.approved_at or view.at).date().isoformat()
    words = Words(view.text, view.lang, view.by, day, view.approved_by, view.version, view.stale)
    return {
        "id": view.id,
        "view": view,
        "lang": view.lang,
        "whose": placelines.line(places.get(view.place)).written if view.place else state_name(view.state, names.ui()),
        "by": printed.plain_by(words, names.ui()),
        "warning": printed.stale(),
        "approver": held(request.user, "restatement.approve", view.state, view.place) is not None,
    }


def _state(work: WorkView) -> str:
    return work.states[0] if work.states else ""


def _whose(request: HttpRequest, work: WorkView) -> Options:
    """For whom the signed-in person may write of this document: the State as a whole, or places of theirs."""
    found: Options = []
    state = _state(work)
    if held(request.user, "restatement.write", state, ""):
        found.append(("", str(_("The institution, for the whole State"))))
    named = [*places_of(request.user), request.GET.get("place", "")]
    for code in dict.fromkeys(named):
        try:
            place = places.now(places.get(code))
        except NotFound:
            continue
        option = (place.code, placelines.line(place).written)
        if option not in found and held(request.user, "restatement.write", place.state, place.code):
            found.append(option)
    return found


def _place_asked(request: HttpRequest, whose: Options) -> dict[str, str]:
    """The place from whose page somebody came, when it is one that they may write for."""
    wanted = request.GET.get("place", "")
    return {"place": next((code for code, _ in whose if wanted and code.rpartition("/")[2] == wanted), "")}


def _done(request: HttpRequest, form: PlainWords, where: tuple[str, str, str], state: str) -> bool:
    """Whether what the form asked for was done; otherwise the form says why not."""
    what = request.POST.get("do", "")
    try:
        if what == "write" and form.is_valid():
            work, paragraph, source = where
            data = form.cleaned_data
            place = places.get(data["place"]) if data["place"] else None
            restate(
                work,
                paragraph,
                data["lang"],
                data["text"],
                by=request.user,
                place=place,
                state=state,
                source_lang=source,
            )
            messages.success(request, _("Written. It is shown once somebody approves it."))
            return True
        if what in ("approve", "withdraw"):
            pk = int(request.POST.get("restatement", "")) if request.POST.get("restatement", "").isdecimal() else 0
            if what == "approve":
                approve_restatement(pk, by=request.user)
                messages.success(request, _("Approved. Readers see these words now."))
            else:
                withdraw_restatement(pk, request.POST.get("why", ""), by=request.user)
                messages.success(request, _("Taken back. Readers see the official text again."))
            return True
    except BadInput as error:
        messages.error(request, told(error))
    return False
