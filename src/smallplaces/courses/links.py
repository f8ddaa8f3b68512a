"""Every link of a course, so that somebody can look whether it leads anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from smallplaces.courses.model import CourseText, Find, Lesson, Shorten
from smallplaces.courses.prose import SITE, site_links


def links_of(text: CourseText) -> Iterator[tuple[str, str]]:
    """(lesson, address) of every link to a page of the site; the lesson is "" for the introduction."""
    for _, address in site_links(text.introduction):
        if address.startswith(SITE):
            yield "", address
    for lesson in text.lessons:
        for part in _texts(lesson):
            for _, address in site_links(part):
                if address.startswith(SITE):
                    yield lesson.slug, address
        for exercise in lesson.exercises:
            if isinstance(exercise, Find):
                yield lesson.slug, exercise.start


def _texts(lesson: Lesson) -> Iterator[str]:
    yield lesson.body
    for exercise in lesson.exercises:
        yield exercise.ask
        yield exercise.explain
        if isinstance(exercise, Find):
            yield exercise.hint
        elif isinstance(exercise, Shorten):
            yield exercise.model
    for question in lesson.quiz:
        yield question.ask
        yield question.why
        for option in question.options:
            yield option.text
            yield option.why
