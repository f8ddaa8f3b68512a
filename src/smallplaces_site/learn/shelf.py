"""The courses of this installation: those of the software, and the institution's own beside or in place of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from smallplaces import courses
from smallplaces.courses import Course
from smallplaces.errors import NotFound


def folders() -> list[Path]:
    """Where courses are read from; the later folder wins where two have the same course."""
    own = str(settings.SETTINGS["SMALLPLACES_COURSES"])
    return [folder for folder in (courses.DATA, Path(own) if own else None) if folder and folder.is_dir()]


def all_courses() -> Mapping[str, Course]:
    """Every course without fault, by id: those that others build on first."""
    found = courses.merged(folders())
    order: dict[str, Course] = {}

    def put(course: Course, above: frozenset[str]) -> None:
        if course.id in order:
            return
        for before in course.after:
            if before in found and before not in above:
                put(found[before], above | {course.id})
        order[course.id] = course

    for course in found.values():
        put(course, frozenset({course.id}))
    return order


def course_of(course_id: str) -> Course:
    """One course. Raises :class:`NotFound`."""
    found = all_courses().get(course_id)
    if found is None:
        raise NotFound("There is no course called “%(where)s” here.", where=course_id)
    return found
