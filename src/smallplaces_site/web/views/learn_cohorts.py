"""Groups that learn together: made and followed by officers; whoever was invited says what may be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smallplaces.errors import BadInput
from smallplaces_site.actions.cohorts import Letter, answer, close, invite, leave_out, make_cohort
from smallplaces_site.corpus.export import Cell, Table
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.learn import cohorts as read
from smallplaces_site.learn.models import Certificate, Cohort
from smallplaces_site.learn.shelf import all_courses
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Scope, require
from smallplaces_site.web import desk
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.errors import told
from smallplaces_site.web.names import ui, written
from smallplaces_site.web.views import pages
from smallplaces_site.web.views.pages import working_page


class NewCohort(forms.Form):
    """A new group."""

    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=200)
    courses = forms.MultipleChoiceField(label=gettext_lazy("Courses"), widget=forms.CheckboxSelectMultiple)
    due = forms.DateField(
        label=gettext_lazy("To be done by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(
        label=gettext_lazy("A few words for the letter"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        courses = self.fields["courses"]
        assert isinstance(courses, forms.MultipleChoiceField)  # noqa: S101  # declared above
        courses.choices = [(one.id, one.text(ui()).title) for one in all_courses().values()]


@working_page
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """The groups of the State, and the making of a new one."""
    user = _officer(request)
    form = NewCohort(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = make_cohort(user, said["name"], said["courses"], due=said["due"], note=said["note"])
        return redirect("cohort", made.pk)
    return render(request, "web/learn_cohorts.html", {"form": form, "cohorts": read.cohorts(_state())})


@working_page
@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """One group: who is in it, and how far those are who agreed to be seen."""
    user = _officer(request)
    one = read.cohort_of(cohort_id)
    require(user, "cohort.manage", Scope(one.organisation.state))
    if request.method == "POST":
        return _change(request, user, one)
    lines = read.lines(one)
    if form := pages.wants_file(request):
        return pages.as_file(_table(request, one, lines), form)
    context = {
        "cohort": one,
        "lines": [(line, line.course.text(ui())) for line in lines],
        "seats": one.seats.order_by("email"),
    }
    return render(request, "web/learn_cohort.html", context)


@working_page
def mine(request: HttpRequest) -> HttpResponseBase:
    """What the signed-in person learns: courses begun, certificates, and groups with what their officers see."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    known = all_courses()
    now = desk.standings(request, known.values())
    context = {
        "rows": [(course, course.text(ui()), now[course.id]) for course in known.values() if now[course.id].begun],
        "certificates": Certificate.objects.filter(user=request.user).order_by("-issued"),
        "invitations": [
            (seat, [(course, course.text(ui()), now[course.id]) for course in read.courses_of(seat.cohort)])
            for seat in read.invitations(request.user)
        ],
    }
    return render(request, "web/learn_mine.html", context)


@working_page
@require_POST
def agree(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """The learner says whether the officers may see the progress."""
    if not isinstance(request.user, User):
        return redirect_to_login(reverse("learn-mine"))
    answer(request.user, read.cohort_of(cohort_id), agree=request.POST.get("agree") == "yes")
    return redirect("learn-mine")


def _change(request: HttpRequest, user: User, one: Cohort) -> HttpResponseBase:
    did = request.POST.get("did", "")
    if did == "close":
        close(user, one)
    elif did == "leave-out":
        leave_out(user, one, request.POST.get("email", ""))
    else:
        addresses = re.split(r"[\s,;]+", request.POST.get("addresses", "").strip())
        try:
            seats = invite(user, one, addresses, lambda *about: _letter(request, *about))
        except BadInput as error:
            messages.error(request, _("Not sent: %(reason)s") % {"reason": told(error)})
            return redirect("cohort", one.pk)
        text = ngettext("A letter goes to %(count)d person.", "Letters go to %(count)d people.", len(seats))
        messages.success(request, text % {"count": len(seats)})
    return redirect("cohort", one.pk)


def _letter(request: HttpRequest, one: Cohort, person: User, link: str) -> Letter:
    """The invitation, in the person's language."""
    lang = person.lang or get_language() or "en"
    with override(lang):
        titles = "\n".join(f"– {course.text(ui()).title}" for course in read.courses_of(one))
        parts = [
            _("%(organisation)s asks you to take these courses:") % {"organisation": one.organisation.name},
            titles,
            one.note,
            _("They are to be done by %(day)s.") % {"day": written(one.due)} if one.due else "",
            _("Begin here, and say there whether your progress may be seen:"),
            absolute(request, reverse("learn-mine")),
        ]
        if link:
            parts += [_("Set a password for your account first:"), absolute(request, link)]
        subject = _("Courses for you: %(name)s") % {"name": one.name}
        return Letter(ui(), subject, "\n\n".join(part for part in parts if part) + "\n")


def _table(request: HttpRequest, one: Cohort, lines: list[read.Line]) -> Table:
    columns = [
        "email",
        "name",
        "course",
        "agreed",
        "lessons_read",
        "lessons",
        "right",
        "questions",
        "completed",
        "certificate",
    ]
    return Table(
        name=f"group-{one.pk}",
        columns=columns,
        rows=_rows(lines),
        query=one.name,
        address=pages.address(request),
        version=data_version(),
        licence="Personal data of those who agreed: only for the purpose that they were told.",
    )


def _rows(lines: list[read.Line]) -> Iterator[list[Cell]]:
    for line in lines:
        head: list[Cell] = [line.seat.email, line.name, line.course.id]
        if line.now is None:
            yield [*head, None, None, None, None, None, None, None]
            continue
        agreed = line.seat.agreed.date() if line.seat.agreed else None
        completed = line.completed.date() if line.completed else None
        now = line.now
        counts: list[Cell] = [len(now.read), now.lessons, now.right, line.course.questions]
        yield [*head, agreed, *counts, completed, "yes" if line.certified else ""]


def _officer(request: HttpRequest) -> User:
    membership = require(request.user, "cohort.manage", Scope(_state()))
    return membership.user


def _state() -> str:
    return str(settings.SETTINGS["SMALLPLACES_STATE"]).upper()
