"""An officer's word on what a machine found: a citation, a thread. Readers see what they decide from then on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.decide_citation import Verdict, decide_citation
from smallplaces_site.actions.decide_thread import join_threads, split_thread
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.claims import claims_of
from smallplaces_site.corpus.read.documents import ParagraphView
from smallplaces_site.corpus.titles import collation_key, state_name
from smallplaces_site.lineage import read as threads
from smallplaces_site.lineage.read import ThreadView
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Scope, require
from smallplaces_site.web import names, reading
from smallplaces_site.web.views.pages import unknown, working_page
from smallplaces_site.web.views.threads import reason

#: What can be said of a citation.
VERDICTS = (
    (Verdict.CONFIRMED, gettext_lazy("It is right")),
    (Verdict.REPLACED, gettext_lazy("It leads elsewhere")),
    (Verdict.REJECTED, gettext_lazy("It is no citation")),
)


@working_page
def citations(request: HttpRequest, key: str, para: str) -> HttpResponseBase:
    """The citations of one paragraph: what the machine says of each, and the form in which an officer decides."""
    membership = require(_user(request), "citation.decide")
    work = documents.work(key)
    edition = work.best_edition(request.GET.get("text", ""), names.ui())
    if edition is None:
        raise NotFound("This document has no text here.", where=key)
    paragraph = documents.paragraph(edition.id, para)
    wrong = ""
    claim = request.POST.get("citation", "")
    if request.method == "POST":
        targets = [line for line in request.POST.get("targets", "").splitlines() if line.strip()]
        try:
            decide_citation(
                _its_own(claim, paragraph),
                request.POST.get("verdict", ""),
                by=membership,
                why=request.POST.get("why", ""),
                targets=targets,
            )
        except BadInput:
            wrong = _("Choose an answer; and where it leads elsewhere, say where.")
        else:
            messages.success(request, _("Your decision holds from now on, whatever a machine finds later."))
            return HttpResponseRedirect(request.get_full_path())
    return render(
        request,
        "web/decide_citations.html",
        {
            "work": work,
            "edition": edition,
            "text_dir": reading.text_direction(edition),
            "paragraph": paragraph,
            "claims": claims_of(paragraph.id, lang=names.ui()),
            "verdicts": VERDICTS,
            "wrong": wrong,
            "asked": request.POST,
            "claim": claim,
        },
    )


def _its_own(claim: str, paragraph: ParagraphView) -> int:
    """The id of a citation, which must be of this paragraph."""
    known = {str(one.id): one.id for one in claims_of(paragraph.id)}
    if claim not in known:
        raise unknown(claim)
    return known[claim]


@working_page
def thread(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """One thread, to split what does not belong or to join what asks the same."""
    one = threads.thread(key)
    membership = require(_user(request), "thread.decide", Scope(one.state))
    if (one.state, one.key) != (code, key):
        return HttpResponseRedirect(reverse("decide-thread", args=[one.state, one.key]))
    wrong = ""
    if request.method == "POST":
        why = request.POST.get("why", "")
        try:
            if request.POST.get("act") == "join":
                held = join_threads([key, *request.POST.getlist("thread")], by=membership, why=why)
            else:
                held = split_thread(key, request.POST.getlist("member"), by=membership, why=why)
        except BadInput:
            wrong = _("Tick some of the demands and not all of them, or choose a demand to join.")
        else:
            messages.success(request, _("Your decision holds from now on, whatever a machine finds later."))
            return HttpResponseRedirect(reverse("thread", args=[one.state, held or one.key]))
    return _thread_page(request, one, wrong)


def _thread_page(request: HttpRequest, one: ThreadView, wrong: str) -> HttpResponse:
    lang = names.ui()
    members = threads.members(one.key)
    others = [(other.key, other.name(lang), other.asked) for other in threads.threads(one.state) if other != one]
    return render(
        request,
        "web/decide_thread.html",
        {
            "thread": one,
            "code": one.state,
            "name": state_name(one.state, lang),
            "title": one.name(lang),
            "title_lang": one.name_lang(lang),
            "members": [(member, reason(member, members)) for member in members],
            "others": sorted(others, key=lambda row: collation_key(row[1], lang)),
            "wrong": wrong,
            "ticked": request.POST.getlist("member"),
            "chosen": request.POST.getlist("thread"),
            "why": request.POST.get("why", ""),
        },
    )


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
