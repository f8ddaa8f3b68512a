"""The submission workbench: begin, write, cite from the library, attach, share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from smallplaces.errors import BadInput, NotFound, UserError
from smallplaces.vocab.steps import Step, step
from smallplaces_site.actions.attach import attach_file, attach_link, detach
from smallplaces_site.actions.write_draft import (
    Begun,
    Overtaken,
    begin_draft,
    date_draft,
    save_draft,
    share_draft,
)
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.read import documents
from smallplaces_site.doors.read import events
from smallplaces_site.drafts import read
from smallplaces_site.drafts.check import Checked, citations_of, length_of, read_sections
from smallplaces_site.drafts.read import DraftView
from smallplaces_site.followup import read as followup
from smallplaces_site.people.models import Organisation, User
from smallplaces_site.people.rights import RIGHTS, Forbidden, membership_in
from smallplaces_site.web import cited, names
from smallplaces_site.web.draftforms import BeginForm, DueForm, LinkForm
from smallplaces_site.web.errors import add_to, told
from smallplaces_site.web.views.pages import working_page

_HITS = 12
#: Actor of the rules, by kind of organisation.
_ACTORS = {Organisation.Kind.INSTITUTION: "nhri-a", Organisation.Kind.LOCAL: "local", Organisation.Kind.CIVIL: "ngo"}


def of_user(request: HttpRequest, right: str = "draft.write") -> list[Organisation]:
    """The organisations for which somebody may write. Raises Forbidden for none."""
    user = request.user
    held = user.memberships.filter(ended=None).select_related("organisation") if isinstance(user, User) else []
    found = {one.organisation_id: one.organisation for one in held if membership_in(user, right, [one.organisation_id])}
    if not found:
        raise Forbidden("This is for those who act for an organisation.", RIGHTS[right])
    return list(found.values())


def opened(request: HttpRequest, pk: int, right: str = "draft.write") -> DraftView:
    """A submission for those who write it. To everybody else it does not exist, so that nobody learns of it."""
    found = read.draft(pk)
    if isinstance(request.user, User):
        if membership_in(request.user, right, found.organisations):
            return found
        raise NotFound("There is no submission with the number %(where)s.", where=str(pk))
    raise Forbidden("This is for those who write the submission.", RIGHTS[right])


@working_page
def index(request: HttpRequest) -> HttpResponseBase:
    """The submissions that somebody's organisations write."""
    mine = of_user(request)
    drafts = read.drafts_of(one.pk for one in mine)
    return render(
        request, "web/drafts.html", {"section": "account", "drafts": drafts, "today": datetime.now(UTC).date()}
    )


@working_page
def new(request: HttpRequest) -> HttpResponseBase:
    """The form in which one begins; the step may come in the address, and its next deadline with it."""
    mine = of_user(request)
    wanted = request.GET.get("step", "")
    chosen = step(wanted) if wanted else None
    form = BeginForm(mine, request.POST or None, initial=_initial(request, mine, chosen))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        owner = next(one for one in mine if str(one.pk) == said["owner"])
        begun = Begun(said["step"], owner.pk, owner.state, said["title"], said["lang"], said["due"], said["due_source"])
        try:
            row = begin_draft(begun, by=request.user)
        except BadInput as error:
            add_to(form, error)
        else:
            return HttpResponseRedirect(reverse("draft", args=[row.pk]))
    return render(
        request,
        "web/draft_new.html",
        {"section": "account", "form": form, "step": chosen},
        status=400 if form.errors else 200,
    )


def _initial(request: HttpRequest, mine: list[Organisation], chosen: Step | None) -> dict[str, Any]:
    place = request.GET.get("place", "")
    owner = next((one for one in mine if place and one.place.endswith(place)), mine[0])
    found: dict[str, Any] = {"owner": str(owner.pk), "lang": names.ui()}
    if chosen is None:
        return found
    found |= {"step": chosen.id, "title": chosen.name(names.ui())}
    today = datetime.now(UTC).date()
    coming = [one for one in events(owner.state, today) if one.step_id == chosen.id and one.exact and not one.expected]
    if coming:
        found |= {"due": coming[0].last, "due_source": coming[0].source}
    return found


@working_page
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The submission as it is written: sections, words, citations, evidence, co-authors, deadline."""
    one = opened(request, pk)
    typed: list[tuple[str, str]] = list(one.sections)
    title, wrong = one.title, ""
    if request.method == "POST":
        title, typed = request.POST.get("title", ""), _typed(request)
        revision = request.POST.get("revision", "")
        try:
            save_draft(pk, title, typed, revision=int(revision) if revision.isdecimal() else 0, by=request.user)
        except Overtaken:
            wrong = _("Somebody else saved this meanwhile. Copy what you wrote, open the page again, and put it in.")
        except BadInput as error:
            wrong = told(error)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(_next(request, pk))
    return _bench(request, one, title, typed, wrong)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    headings, texts = request.POST.getlist("heading"), request.POST.getlist("text")
    return list(zip(headings, texts, strict=False))


def _next(request: HttpRequest, pk: int) -> str:
    then = request.POST.get("then", "")
    if then == "find":
        return f"{reverse('draft-find', args=[pk])}"
    if then == "preview":
        return reverse("draft-preview", args=[pk])
    more = "?more=1#last" if then == "section" else ""
    return reverse("draft", args=[pk]) + more


def _bench(request: HttpRequest, one: DraftView, title: str, typed: list[tuple[str, str]], wrong: str) -> HttpResponse:
    sections = read_sections([{"heading": heading, "text": text} for heading, text in typed])
    on = one.due or datetime.now(UTC).date()
    rows = [
        {"heading": heading, "text": text, "words": held.words}
        for (heading, text), held in zip(typed, sections, strict=True)
    ]
    if request.GET.get("more") and not one.signed:
        rows.append({"heading": "", "text": "", "words": 0})
    owner = Organisation.objects.get(pk=one.owner)
    actor = _ACTORS[Organisation.Kind(owner.kind)]
    return render(
        request,
        "web/draft.html",
        {
            "section": "account",
            "one": one,
            "title": title,
            "rows": rows,
            "wrong": wrong,
            "length": length_of(sections, one.step, on, joint=one.joint),
            "counted": _said(one.step.limit(on, "joint" if one.joint else "alone")),
            "citations": [(one_cited, cited.label(one_cited.target)) for one_cited in citations_of(sections, one.lang)],
            "attachments": read.attachments(one.id),
            "link": LinkForm(),
            "due": DueForm(initial={"due": one.due, "due_source": one.due_source}),
            "others": Organisation.objects.filter(state=one.state).exclude(pk=one.owner).order_by("name"),
            "coauthors": [pk for pk, _name in one.coauthors],
            "owns": membership_in(_user(request), "draft.write", [one.owner]) is not None,
            "signs": membership_in(_user(request), "draft.sign", [one.owner]) is not None,
            "over": _over(one),
            "access": one.step.who.get(actor),
            "actor": actor,
            "actions": followup.actions_of(one.place) if one.place else [],
        },
        status=400 if wrong else 200,
    )


def _said(limit: Any) -> str:
    return (limit.counted.get(names.ui()) or limit.counted.get("en", "")) if limit else ""


def _over(one: DraftView) -> bool:
    closes = one.closes()
    return closes is not None and datetime.now(UTC) > closes


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@working_page
def find(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Look for what to cite; each paragraph found can be put at the end of a section."""
    one = opened(request, pk)
    words = request.GET.get("q", "").replace("\x00", " ")[:300]
    found: list[dict[str, Any]] = []
    if words.strip():
        for hit in engine().search(words, limit=_HITS, prefer=one.lang, across=True).hits:
            work = documents.work(hit.work)
            name = work.symbol or work.key
            mark = f"[[{name} ¶ {hit.number or hit.paragraph}]]"
            found.append({"hit": hit, "work": work, "mark": mark})
    return render(request, "web/draft_find.html", {"section": "account", "one": one, "words": words, "found": found})


@working_page
def insert(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put words or a citation at the end of a section."""
    one = opened(request, pk)
    number, words = request.POST.get("section", ""), request.POST.get("words", "")[:4000].strip()
    at = int(number) if number.isdecimal() and len(number) < 4 else 0
    if request.method == "POST" and words and 1 <= at <= len(one.sections):
        sections = list(one.sections)
        heading, text = sections[at - 1]
        between = " " if words.startswith("[[") and text else "\n\n" if text else ""
        sections[at - 1] = (heading, f"{text}{between}{words}")
        try:
            save_draft(pk, one.title, sections, revision=one.revision, by=request.user)
        except BadInput as error:
            messages.error(request, told(error))
        else:
            messages.success(request, _("Put at the end of section %(number)s.") % {"number": at})
    return HttpResponseRedirect(f"{reverse('draft', args=[pk])}#section-{at}")


@working_page
def change(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """Evidence, co-authors and the deadline: each a small form of its own."""
    opened(request, pk)
    if request.method == "POST":
        try:
            _change(request, pk, what)
        except Forbidden:
            raise
        except UserError as error:
            messages.error(request, told(error))
    return HttpResponseRedirect(f"{reverse('draft', args=[pk])}#{what}")


def _change(request: HttpRequest, pk: int, what: str) -> None:
    if what == "evidence":
        form = LinkForm(request.POST, request.FILES)
        if not form.is_valid():
            raise BadInput(
                "Mend this first: %(faults)s",
                faults="; ".join(str(error) for errors in form.errors.values() for error in errors),
            )
        said, file = form.cleaned_data, form.cleaned_data.get("file")
        if file:
            attach_file(pk, said["title"], file.name, file.chunks(), by=request.user)
        else:
            attach_link(pk, said["title"], said["address"], by=request.user)
    elif what == "detach":
        number = request.POST.get("attachment", "")
        known = {str(one.id): one.id for one in read.attachments(pk)}
        if number not in known:
            raise NotFound("There is no evidence with the number %(where)s.", where=number)
        detach(known[number], by=request.user)
    elif what == "coauthors":
        share_draft(pk, [int(one) for one in request.POST.getlist("with") if one.isdecimal()], by=request.user)
    elif what == "deadline":
        due = DueForm(request.POST)
        if not due.is_valid():
            raise BadInput("Write the day as year, month, day: 2027-03-15.", field="due")
        date_draft(pk, due.cleaned_data["due"], due.cleaned_data["due_source"], by=request.user)
    else:
        raise NotFound("A submission has nothing called “%(where)s” that could be changed.", where=what)


def footnote(one: Checked, lang: str) -> str:
    """A citation as its footnote has it, in the language of the submission."""
    with override(lang):
        return f"{cited.label(one.target)}."
