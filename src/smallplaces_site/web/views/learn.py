"""Courses: which there are, one of them, and its lessons with exercises and quizzes."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from smallplaces.courses import Course, Lesson
from smallplaces.errors import NotFound
from smallplaces_site.actions.export_course import scorm_of
from smallplaces_site.learn import progress
from smallplaces_site.learn.models import Certificate
from smallplaces_site.learn.shelf import all_courses, course_of
from smallplaces_site.people.models import User
from smallplaces_site.web import desk, lessons
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.names import ui
from smallplaces_site.web.views.pages import working_page


@working_page
def index(request: HttpRequest) -> HttpResponseBase:
    """Every course, in the order in which they build on one another, and how far the learner is."""
    known = all_courses()
    now = desk.standings(request, known.values())
    rows = [(course, course.text(ui()), now[course.id]) for course in known.values()]
    return render(request, "web/learn.html", {"rows": rows, **_brought(request)})


@working_page
def course(request: HttpRequest, course_id: str) -> HttpResponseBase:
    """One course: whom it is for, its lessons, how far the learner is, the certificate."""
    found = course_of(course_id)
    text = found.text(ui())
    known = all_courses()
    context = {
        "course": found,
        "text": text,
        "introduction": lessons.page_of(text.introduction, lessons.writer(text.lang)),
        "now": desk.standings(request, [found])[found.id],
        "after": [(known[one].text(ui()), one) for one in found.after if one in known],
        "held": _held(request, found),
        **_brought(request),
    }
    return render(request, "web/learn_course.html", context)


@working_page
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, course_id: str, slug: str) -> HttpResponseBase:
    """One lesson; what the learner did in it is sent here too."""
    found = course_of(course_id)
    text = found.text(ui())
    one = text.lesson(slug)
    if one is None:
        raise NotFound("The course %(course)s has no lesson “%(lesson)s”.", course=course_id, lesson=slug)
    return _did(request, found, one) if request.method == "POST" else _shown(request, found, one, {})


@working_page
@require_POST
def take_over(request: HttpRequest) -> HttpResponseBase:
    """What this browser keeps goes into the account."""
    count = desk.move_in(request) if isinstance(request.user, User) else 0
    if count:
        text = ngettext("%(count)d course was taken over.", "%(count)d courses were taken over.", count)
        messages.success(request, text % {"count": count})
    return redirect("learn")


@working_page
def scorm(request: HttpRequest, course_id: str) -> HttpResponseBase:
    """The course as a SCORM 1.2 package in the language of the page, or the nearest it is written in."""
    found = course_of(course_id)
    text = found.text(ui())
    response = HttpResponse(
        scorm_of(found, text.lang, absolute(request, "/").rstrip("/")), content_type="application/zip"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{found.id}-{text.lang}-scorm12.zip"'
    return response


def _shown(request: HttpRequest, found: Course, one: Lesson, draft: Mapping[int, list[int]]) -> HttpResponseBase:
    text = found.text(ui())
    done = desk.done_of(request, found)
    write = lessons.writer(text.lang)
    place = found.slugs.index(one.slug)
    asked = lessons.questions(one, done, write, draft)
    context = {
        "course": found,
        "text": text,
        "lesson": one,
        "place": place + 1,
        "body": lessons.page_of(one.body, write),
        "exercises": lessons.exercises(one, text, done, write),
        "questions": asked,
        "answered": bool(asked) and asked[0].right is not None,
        "unfinished": bool(draft),
        "right": sum(bool(question.right) for question in asked),
        "read": one.slug in done.get("read", ()),
        "before": text.lessons[place - 1] if place else None,
        "next": text.lessons[place + 1] if place + 1 < len(text.lessons) else None,
    }
    return render(request, "web/learn_lesson.html", context)


def _did(request: HttpRequest, course: Course, one: Lesson) -> HttpResponseBase:
    """Keep what the learner did, and go to where it is seen."""
    here = reverse("lesson", args=[course.id, one.slug])
    did, _colon, which = request.POST.get("did", "").partition(":")
    if did == "quiz":
        answers = _answers(request.POST, one)
        if len(answers) < len(one.quiz):
            return _shown(request, course, one, answers) if answers else redirect(f"{here}#quiz")
        desk.keep(request, course, lambda done: progress.with_quiz(done, one, answers))
        return redirect(f"{here}#quiz")
    if did == "again":
        desk.keep(request, course, lambda done: progress.without_quiz(done, one))
        return redirect(f"{here}#quiz")
    if did == "exercise" and which.isdecimal():
        index, given = int(which), request.POST.get("given", "")
        desk.keep(request, course, lambda done: progress.with_exercise(done, one, index, given))
        return redirect(f"{here}#exercise-{index + 1}")
    if did == "read":
        desk.keep(request, course, lambda done: progress.with_read(done, one))
        after = course.slugs[course.slugs.index(one.slug) + 1 :]
        return redirect("lesson", course.id, after[0]) if after else redirect("course", course.id)
    return redirect(here)


def _answers(sent: QueryDict, one: Lesson) -> dict[int, list[int]]:
    """The options chosen, by question; only of questions that were answered."""
    found = {}
    for index in range(len(one.quiz)):
        chosen = [int(value) for value in sent.getlist(f"q{index}") if value.isdecimal() and len(value) < 4]
        if chosen:
            found[index] = chosen
    return found


def _brought(request: HttpRequest) -> dict[str, object]:
    signed_in = isinstance(request.user, User)
    return {
        "here_only": not signed_in and bool(desk.brought(request)),
        "to_take_over": signed_in and desk.brought(request),
    }


def _held(request: HttpRequest, course: Course) -> list[Certificate]:
    if not isinstance(request.user, User):
        return []
    return list(Certificate.objects.filter(user=request.user, course=course.id).order_by("-issued"))
