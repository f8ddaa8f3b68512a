"""Where a learner's work is kept: in the account of whoever signed in, else in the session of the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest

from smallplaces.courses import Course
from smallplaces_site.actions.study import study, take_over
from smallplaces_site.learn.models import Progress
from smallplaces_site.learn.progress import Done, Standing, standing
from smallplaces_site.people.models import User

_KEPT = "learn"


def done_of(request: HttpRequest, course: Course) -> Done:
    """What the learner did in ``course``."""
    if isinstance(request.user, User):
        progress = Progress.objects.filter(user=request.user, course=course.id).first()
        return progress.done if progress else {}
    return dict(brought(request).get(course.id, {}))


def standings(request: HttpRequest, courses: Iterable[Course]) -> dict[str, Standing]:
    """Where the learner stands in each course, by id."""
    if isinstance(request.user, User):
        kept = dict(Progress.objects.filter(user=request.user).values_list("course", "done"))
    else:
        kept = brought(request)
    return {course.id: standing(course, kept.get(course.id, {})) for course in courses}


def keep(request: HttpRequest, course: Course, change: Callable[[Done], Done]) -> None:
    """Change what the learner did in ``course``."""
    if isinstance(request.user, User):
        study(request.user, course, change)
        return
    kept = brought(request)
    request.session[_KEPT] = {**kept, course.id: change(dict(kept.get(course.id, {})))}


def brought(request: HttpRequest) -> dict[str, Any]:
    """What this browser keeps, by course."""
    kept = request.session.get(_KEPT, {})
    return kept if isinstance(kept, dict) else {}


def move_in(request: HttpRequest) -> int:
    """Put what this browser keeps into the account, and forget it here; how many courses."""
    count = take_over(request.user, brought(request)) if isinstance(request.user, User) else 0
    request.session.pop(_KEPT, None)
    return count
