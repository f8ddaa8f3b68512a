"""What the places said, together: a page, a Word file, lists, and the beginning of a submission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from smallplaces.errors import NotFound, UserError
from smallplaces_site.actions.merge_round import begin_from_round
from smallplaces_site.actions.write_draft import Begun
from smallplaces_site.corpus.export import Cell, Table
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.doors.read import events, first_day
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import RIGHTS, Forbidden, membership_in
from smallplaces_site.rounds import read
from smallplaces_site.rounds.docx import Paper, to_docx
from smallplaces_site.rounds.merge import Merged, merged
from smallplaces_site.rounds.paper import Line, Part, amount, chosen, evidence, name_of, parts
from smallplaces_site.rounds.read import InvitationView, RoundView
from smallplaces_site.web import names
from smallplaces_site.web.errors import add_to
from smallplaces_site.web.roundforms import SubmissionForm
from smallplaces_site.web.roundlinks import links_of
from smallplaces_site.web.views.pages import address, as_file, wants_file, working_page
from smallplaces_site.web.views.round_answers import shared_with
from smallplaces_site.web.views.rounds import asked_by

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COLUMNS = (
    *("question", "asked", "place", "code", "standing", "answer", "number", "unit", "as_of", "source", "text"),
    *("evidence", "handed_in", "by", "version"),
)


def opened(request: HttpRequest, pk: int) -> RoundView:
    """A round whose answers somebody may read together: the sender, and its places once they are shared."""
    user = request.user
    if not isinstance(user, User):
        raise Forbidden("Questions to places are for those who ask and those who answer.", RIGHTS["round.open"])
    found = read.get(pk)
    if membership_in(user, "round.open", [found.organisation]) is not None or shared_with(user, found):
        return found
    raise NotFound("There is no such round of questions.", where=str(pk))


@working_page
def together(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every question with every statement, each traced to its place."""
    found = opened(request, pk)
    invited = read.invitations(pk)
    said = merged(found, invited)
    if form := wants_file(request):
        return as_file(_table(request, found, said), form)
    return render(request, "web/round_together.html", _context(request, found, invited, said))


def _context(
    request: HttpRequest, found: RoundView, invited: list[InvitationView], said: list[Merged]
) -> dict[str, object]:
    links = {one.typed: one for one in links_of([*found.about, *(it.link for it in found.questions)], names.ui())}
    step = found.step.id if found.step and found.step.written else ""
    return {
        "section": "account",
        "one": found,
        "parts": [(part, links.get(part.link), _lines(part)) for part in parts(said)],
        "links": [links[one] for one in found.about if one in links],
        "handed": sum(bool(one.handed) for one in invited),
        "asked": len(invited),
        "sender": membership_in(request.user, "round.open", [found.organisation]) is not None,
        "begin": SubmissionForm(initial={"step": step, "title": found.title, "lang": found.lang}),
    }


def _lines(part: Part) -> list[tuple[Line, str, str]]:
    """The statements, each with the address of its place and its number as it is written."""
    return [(line, places.get(line.place).short, amount(line.statement.answer, part.unit)) for line in part.lines]


@working_page
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as a Word file, in the language of the round."""
    found = opened(request, pk)
    invited = read.invitations(pk)
    handed = sum(bool(one.handed) for one in invited)
    with override(found.lang):
        facts = [(_("Asked by"), found.sender)]
        if found.step:
            facts.append((_("For"), found.step.name(found.lang)))
        counted = {"handed": handed, "asked": len(invited)}
        facts.append((_("Answered by"), _("%(handed)d of %(asked)d places asked") % counted))
        facts.append((_("Standing"), f"{timezone.now():%Y-%m-%d}"))
        paper = Paper(
            title=found.title,
            lang=found.lang,
            facts=tuple(facts),
            parts=parts(merged(found, invited)),
            columns=(_("Place"), _("Number"), _("As of"), _("Source")),
            foot=found.title[:80],
        )
        made = to_docx(paper, made=timezone.now())
    stem = re.sub(r"[^\w가-힣-]+", "-", found.title)[:60].strip("-") or "round"
    response = HttpResponse(made, content_type=_DOCX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stem)}.docx"
    return response


@working_page
def submission(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin a submission from the answers."""
    found = asked_by(request, pk)
    form = SubmissionForm(request.POST)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("round-together", args=[pk]))
    if form.is_valid():
        said = form.cleaned_data
        due, source = _deadline(found.state, said["step"])
        begun = Begun(said["step"], found.organisation, found.state, said["title"], said["lang"], due, source)
        try:
            draft = begin_from_round(pk, begun, by=request.user)
        except Forbidden:
            raise
        except UserError as error:
            add_to(form, error)
        else:
            return HttpResponseRedirect(reverse("draft", args=[draft.pk]))
    invited = read.invitations(pk)
    context = _context(request, found, invited, merged(found, invited))
    return render(request, "web/round_together.html", context | {"begin": form}, status=400)


def _deadline(state: str, step: str) -> tuple[date | None, str]:
    """The next announced day of a step, and where it is said; nothing where none is known to the day."""
    today = timezone.now().date()
    days = (one for one in events(state, today) if one.step_id == step and one.exact and not one.expected)
    coming = next(days, None)
    return (first_day(coming.last), coming.source) if coming else (None, "")


def _table(request: HttpRequest, found: RoundView, said: list[Merged]) -> Table:
    return Table(
        name=f"round-{found.id}-answers",
        columns=_COLUMNS,
        rows=_rows(said),
        query=f"round {found.id}: every answer handed in",
        address=address(request),
        version=data_version(),
    )


def _rows(said: list[Merged]) -> Iterator[list[Cell]]:
    for one in said:
        question = one.question
        for it in (*one.statements, *one.without):
            answer = it.answer
            yield [
                *(question.number, question.text, name_of(it.place), it.place),
                "no-information" if answer.nothing else "answered",
                chosen(answer.choice) if question.kind == "yes-no" else answer.choice,
                *(answer.number, question.unit, answer.as_of, answer.source, answer.text),
                *(evidence(answer.attached), it.at.date(), it.by, it.version),
            ]
        for standing, codes in (("left-open", one.left_open), ("not-handed-in", one.silent)):
            for code in codes:
                yield [question.number, question.text, name_of(code), code, standing, *[""] * 10]
