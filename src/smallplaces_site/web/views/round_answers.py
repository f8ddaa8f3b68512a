"""Input rounds for those who answer: what a place was asked, its answers as they are written, files with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput, NotFound, UserError
from smallplaces_site.actions import answer_round as actions
from smallplaces_site.actions.allowed import held
from smallplaces_site.corpus.read import places
from smallplaces_site.followup import read as followup
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import RIGHTS, Forbidden, membership_in
from smallplaces_site.rounds import read
from smallplaces_site.rounds.answers import Answer, Attached
from smallplaces_site.rounds.read import InvitationView, RoundView
from smallplaces_site.web import names, placelines
from smallplaces_site.web.errors import told
from smallplaces_site.web.kept import kept_file
from smallplaces_site.web.roundforms import AnswerForm, typed
from smallplaces_site.web.roundlinks import links_of
from smallplaces_site.web.views.pages import working_page

_RIGHT = "round.answer"


def answered_by(request: HttpRequest, pk: int, code: str) -> tuple[User, RoundView, InvitationView]:
    """A round at a place for those who answer for it. To others of the house it does not exist."""
    user = request.user
    if not isinstance(user, User):
        raise Forbidden("Questions to places are for those who ask and those who answer.", RIGHTS[_RIGHT])
    found, place = read.get(pk), places.get(code)
    if held(user, _RIGHT, found.state, place.code) is None:
        raise NotFound("There is no such round of questions.", where=str(pk))
    return user, found, read.invitation(pk, place.code)


@working_page
def of_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """The questions to a place, for those who act for it."""
    place = places.now(places.get(code))
    user = request.user
    if not isinstance(user, User) or held(user, _RIGHT, place.state, place.code) is None:
        raise Forbidden("Questions to places are for those who ask and those who answer.", RIGHTS[_RIGHT])
    context = {
        "one": placelines.line(place),
        "above": [placelines.line(view) for view in reversed(places.chain(place)[1:])],
        "rows": read.to_place(place.code),
    }
    return render(request, "web/place_rounds.html", context)


@working_page
def answer(request: HttpRequest, pk: int, code: str) -> HttpResponseBase:
    """The answers of a place as they are written, and handed in by its head."""
    user, found, invited = answered_by(request, pk, code)
    reply = read.reply(invited.id)
    if request.method != "POST":
        actions.open_invitation(pk, invited.place, by=user)
        return _page(request, user, found, invited, _forms(found, invited.place, reply.answers))
    forms = _forms(found, invited.place, reply.answers, request)
    valid = [form.is_valid() for form in forms]  # each of them, so that each says what is wrong
    if not all(valid):
        return _page(request, user, found, invited, forms, _("Please mend what is marked."))
    revision = request.POST.get("revision", "")
    try:
        answers = {form.question.number: _answer(request, form, reply.answers, user, invited) for form in forms}
        number = int(revision) if revision.isdecimal() and len(revision) < 9 else -1
        actions.save_reply(pk, invited.place, answers, revision=number, by=user)
    except Forbidden:
        raise
    except UserError as error:
        return _page(request, user, found, invited, forms, told(error))
    return HttpResponseRedirect(request.path + _kept(request, user, invited))


def _kept(request: HttpRequest, user: User, invited: InvitationView) -> str:
    """Say that the answers are kept, hand them in when that was asked; where on the page it goes on."""
    do = request.POST.get("do", "")
    if do != "hand-in":
        messages.success(request, _("Saved."))
        return f"#{do}" if do.startswith("question-") else ""
    try:
        actions.hand_in(invited.round, invited.place, by=user)
    except actions.Unanswered as error:
        messages.error(request, told(error))
        return f"?missing={','.join(map(str, error.numbers))}#question-{error.numbers[0]}"
    except BadInput as error:
        messages.error(request, told(error))
        return ""
    messages.success(request, _("Handed in. The sender sees it."))
    return ""


def _forms(
    found: RoundView, place: str, answers: Mapping[int, Answer], request: HttpRequest | None = None
) -> list[AnswerForm]:
    recorded = {
        "action": [(str(one.id), one.title) for one in followup.actions_of(place)],
        "indicator": [
            (str(one.id), f"{one.title}: {one.latest.value.normalize():f} {one.unit} ({one.latest.on})")
            for one in followup.indicators_of(place)
            if one.latest is not None
        ],
        "evidence": [(str(it.id), it.title) for one in followup.actions_of(place) for it in one.evidence],
    }
    blank = Answer()
    return [
        AnswerForm(
            one,
            recorded,
            request.POST if request else None,
            request.FILES if request else None,
            initial=typed(answers.get(one.number, blank)),
        )
        for one in found.questions
    ]


def _answer(
    request: HttpRequest, form: AnswerForm, before: Mapping[int, Answer], user: User, invited: InvitationView
) -> Answer:
    """An answer as typed, with what was attached before, without what is taken away, with what is put in now."""
    number, place, said = form.question.number, invited.place, form.cleaned_data
    gone = set(request.POST.getlist(f"q{number}-detach"))
    kept = before[number].attached if number in before else ()
    found = replace(form.answer(), attached=tuple(one for at, one in enumerate(kept) if str(at) not in gone))
    if chosen := said.get("use_action"):
        found = actions.with_action(found, int(chosen), place)
    if chosen := said.get("use_indicator"):
        found = actions.with_indicator(form.question, found, int(chosen), place)
    if chosen := said.get("use_evidence"):
        found = actions.with_evidence(found, int(chosen), place)
    if said.get("file"):
        file = said["file"]
        made = actions.attached_file(invited.round, place, file.name, file.chunks(), by=user)
        found = replace(found, attached=(*found.attached, made), nothing=False)
    return found


def _page(  # noqa: PLR0917 (what the page shows)
    request: HttpRequest,
    user: User,
    found: RoundView,
    invited: InvitationView,
    forms: list[AnswerForm],
    wrong: str = "",
) -> HttpResponse:
    reply = read.reply(invited.id)
    blank = Answer()
    links = {one.typed: one for one in links_of([*found.about, *(it.link for it in found.questions)], names.ui())}
    missing = set(request.GET.get("missing", "").split(","))
    rows = [
        {
            "form": form,
            "question": form.question,
            "link": links.get(form.question.link),
            "attached": reply.answers.get(form.question.number, blank).attached,
            "missing": str(form.question.number) in missing,
        }
        for form in forms
    ]
    latest = invited.latest
    return render(
        request,
        "web/round_answer.html",
        {
            "section": "account",
            "one": found,
            "place": placelines.line(places.get(invited.place)),
            "invited": invited,
            "links": [links[one] for one in found.about if one in links],
            "rows": rows,
            "reply": reply,
            "revision": request.POST.get("revision", reply.revision) if wrong else reply.revision,
            "wrong": wrong,
            "signs": actions.may_sign(invited.place, found.state, user),
            "changed": latest is not None and latest.answers != reply.answers,
        },
        status=400 if wrong else 200,
    )


@working_page
def file(request: HttpRequest, pk: int, code: str, sha256: str) -> HttpResponseBase:
    """A file that goes with an answer: for its place; handed in, for the sender; shared, for the other places."""
    found, place = read.get(pk), places.get(code)
    invited = read.invitation(pk, place.code)
    user = request.user
    if not isinstance(user, User):
        raise Forbidden("Questions to places are for those who ask and those who answer.", RIGHTS[_RIGHT])
    seen: list[Attached] = []
    if held(user, _RIGHT, found.state, place.code) is not None:
        seen += _attached(read.reply(invited.id).answers)
        seen += [one for version in invited.handed for one in _attached(version.answers)]
    elif membership_in(user, "round.open", [found.organisation]) is not None:
        seen += [one for version in invited.handed for one in _attached(version.answers)]
    elif invited.latest is not None and shared_with(user, found):
        seen += _attached(invited.latest.answers)
    known = next((one for one in seen if one.sha256 and one.sha256 == sha256), None)
    if known is None:
        raise NotFound("There is no such file.", where=sha256[:12])
    return kept_file(known.sha256, known.name, known.media, known.size)


def shared_with(user: User, found: RoundView) -> bool:
    """Whether somebody answers for a place of a round that was shared with its places."""
    if found.shared is None:
        return False
    return any(held(user, _RIGHT, found.state, one.place) is not None for one in read.invitations(found.id))


def _attached(answers: Mapping[int, Answer]) -> list[Attached]:
    return [one for it in answers.values() for one in it.attached]
