"""The languages of one course must be the same course: same lessons, same exercises, same questions and right answers.

What somebody did in one language counts in the other, by lesson and by place; so these must agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from smallplaces.courses.fields import Faults
from smallplaces.courses.model import CourseText, Exercise, Find, Judge, Lesson, Shorten


def compare(
    course: str, heads: Mapping[str, tuple[object, ...]], texts: Mapping[str, CourseText], faults: Faults
) -> None:
    """Note where a language differs from the first one."""
    (first, text), *others = texts.items()
    for lang, other in others:
        faults.file = f"{course}/{lang}/00-course.md"
        for name, one, two in zip(("minutes", "version", "after"), heads[first], heads[lang], strict=True):
            if one != two:
                faults.add(1, f"the field {name!r} differs from that in {first}")
        slugs, own = [one.slug for one in text.lessons], [one.slug for one in other.lessons]
        for slug in sorted(set(slugs) ^ set(own)):
            faults.add(1, f"the lesson {slug} stands in {first if slug in slugs else lang} alone")
        for lesson in other.lessons:
            twin = text.lesson(lesson.slug)
            faults.file = f"{course}/{lang}/{lesson.slug}.md"
            for said in _differences(twin, lesson) if twin else ():
                faults.add(1, f"{said} (compared with {first})")


def _differences(one: Lesson, two: Lesson) -> Iterator[str]:
    if len(one.exercises) != len(two.exercises):
        yield f"{len(two.exercises)} exercises, not {len(one.exercises)}"
    if len(one.quiz) != len(two.quiz):
        yield f"{len(two.quiz)} questions, not {len(one.quiz)}"
    for number, (first, second) in enumerate(zip_longest(one.exercises, two.exercises), start=1):
        if first and second and _essence(first) != _essence(second):
            yield f"exercise {number} is of another kind, or about another paragraph, or has another right answer"
    for number, (left, right) in enumerate(zip(one.quiz, two.quiz, strict=False), start=1):
        if len(left.options) != len(right.options) or left.right != right.right:
            yield f"question {number} has other options, or other ones are right: keep them in the same order"


def _essence(exercise: Exercise) -> tuple[Any, ...]:
    """What must be the same in every language."""
    match exercise:
        case Find():
            return ("find", set(exercise.accept))
        case Judge():
            accept = {exercise.answer, *exercise.accept}
            return ("judge", exercise.paragraph, exercise.level, exercise.answer, accept)
        case Shorten():
            return ("shorten", exercise.paragraph)
