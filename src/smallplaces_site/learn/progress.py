"""How far somebody is in a course. One shape for an account and a browser's session: one can become the other.

``{"read": [slug, …], "quiz": {slug: {"0": [chosen, …]}}, "exercises": {slug: {"0": "what was given"}}}``: only what was
done. What was right is found anew each time, from the course as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from smallplaces.courses import Course, Lesson, mark_question, passed

Done = dict[str, Any]

#: The longest text kept of an exercise, in characters.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a course."""

    course: Course
    read: frozenset[str]
    right: int
    answered: int

    @property
    def lessons(self) -> int:
        """How many lessons there are."""
        return len(self.course.slugs)

    @property
    def all_read(self) -> bool:
        """Whether every lesson was read."""
        return len(self.read) == self.lessons

    @property
    def passed(self) -> bool:
        """Whether enough questions were answered rightly."""
        return passed(self.right, self.course.questions)

    @property
    def complete(self) -> bool:
        """Whether the certificate may be had."""
        return self.all_read and self.passed

    @property
    def begun(self) -> bool:
        """Whether anything was done."""
        return bool(self.read or self.answered)

    @property
    def next(self) -> str:
        """The first lesson that was not read; "" when all were."""
        return next((slug for slug in self.course.slugs if slug not in self.read), "")


def standing(course: Course, done: Mapping[str, Any]) -> Standing:
    """Where ``done`` brings somebody in ``course``. What the course no longer has counts nothing."""
    lessons = next(iter(course.texts.values())).lessons
    marks = [
        mark_question(question, chosen)
        for lesson in lessons
        for index, question in enumerate(lesson.quiz)
        if (chosen := chosen_of(done, lesson.slug, index)) is not None
    ]
    read = frozenset(done.get("read", ())) & frozenset(course.slugs)
    return Standing(course, read, right=sum(marks), answered=len(marks))


def chosen_of(done: Mapping[str, Any], slug: str, index: int) -> list[int] | None:
    """The options chosen of one question; None when it was not answered."""
    chosen: list[int] | None = done.get("quiz", {}).get(slug, {}).get(str(index))
    return chosen


def given_of(done: Mapping[str, Any], slug: str, index: int) -> str:
    """What was given for one exercise."""
    return str(done.get("exercises", {}).get(slug, {}).get(str(index), ""))


def with_read(done: Done, lesson: Lesson) -> Done:
    """A lesson was read."""
    return {**done, "read": sorted({*done.get("read", ()), lesson.slug})}


def with_quiz(done: Done, lesson: Lesson, answers: Mapping[int, Iterable[int]]) -> Done:
    """The quiz of a lesson was answered, question by question; options that it does not have are left out."""
    kept = {
        str(index): sorted({option for option in answers.get(index, ()) if 0 <= option < len(question.options)})
        for index, question in enumerate(lesson.quiz)
    }
    return {**done, "quiz": {**done.get("quiz", {}), lesson.slug: kept}}


def without_quiz(done: Done, lesson: Lesson) -> Done:
    """The quiz of a lesson is to be tried again."""
    return {**done, "quiz": {slug: kept for slug, kept in done.get("quiz", {}).items() if slug != lesson.slug}}


def with_exercise(done: Done, lesson: Lesson, index: int, given: str) -> Done:
    """Something was given for an exercise; an empty text takes it back."""
    if not 0 <= index < len(lesson.exercises):
        return done
    own = {**done.get("exercises", {}).get(lesson.slug, {}), str(index): given.replace("\x00", "").strip()[:LONGEST]}
    return {**done, "exercises": {**done.get("exercises", {}), lesson.slug: own}}


def joined(kept: Done, brought: Done) -> Done:
    """What an account has, and what a browser brings: all lessons read in either; of answers the account's hold."""
    whole: Done = {"read": sorted({*kept.get("read", ()), *brought.get("read", ())})}
    for part in ("quiz", "exercises"):
        old, new = kept.get(part, {}), brought.get(part, {})
        whole[part] = {slug: {**new.get(slug, {}), **old.get(slug, {})} for slug in {**new, **old}}
    return whole
