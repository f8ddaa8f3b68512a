"""Keep what somebody did in a course: a lesson read, a quiz answered, an exercise tried. One's own: no right is asked.

Reads: Progress, the course. Writes: Progress.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from smallplaces.courses import Course
from smallplaces_site.learn.models import Progress
from smallplaces_site.learn.progress import Done, joined, standing
from smallplaces_site.learn.shelf import all_courses
from smallplaces_site.people.models import User


def study(user: User, course: Course, change: Callable[[Done], Done]) -> Progress:
    """Change what ``user`` has done in ``course``. The first time that all is done is kept too."""
    with transaction.atomic():
        progress, _ = Progress.objects.select_for_update().get_or_create(user=user, course=course.id)
        progress.done = change(progress.done)
        if progress.completed is None and standing(course, progress.done).complete:
            progress.completed = timezone.now()
        progress.save()
    return progress


def take_over(user: User, brought: Mapping[str, Done]) -> int:
    """Put what a browser kept, by course, into the account; how many courses. What the account has wins."""
    known = all_courses()
    courses = [known[course_id] for course_id in brought if course_id in known]
    for course in courses:
        study(user, course, lambda kept, new=brought[course.id]: joined(kept, new))  # type: ignore[misc]
    return len(courses)
