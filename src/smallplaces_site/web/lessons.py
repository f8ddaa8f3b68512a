"""Courses as a page shows them: texts as HTML, exercises with what was given and how it stands, quizzes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from smallplaces.courses import (
    ANSWERS,
    CourseText,
    Exercise,
    Find,
    Judge,
    Lesson,
    Reference,
    Shorten,
    Writer,
    mark_judge,
    mark_question,
    mark_shorten,
)
from smallplaces.courses.marks import ShortenMark
from smallplaces.courses.prose import site_path
from smallplaces_site.learn.live import Finding, Passage, check_find, passage
from smallplaces_site.learn.progress import chosen_of, given_of
from smallplaces_site.web.names import ui
from smallplaces_site.web.templatetags.terms import glossed

#: What somebody may answer who judges whose task a paragraph is.
CHOICES: dict[str, str | Promise] = {
    "ours": _("Ours"),
    "province": _("The province’s"),
    "shared": _("Shared by several levels"),
    "national": _("The national government’s"),
    "unclear": _("Not clear from the text"),
}
LEVELS: dict[str, str | Promise] = {
    "municipality": _("Answer for a municipality."),
    "province": _("Answer for a province."),
}


@dataclass(frozen=True, slots=True)
class ShownExercise:
    """One exercise. ``state``: "" (not tried), "right", "wrong", "unknown" (names nothing here) or "absent" (its
    document is not in this copy: skipped). ``about`` is the paragraph that it is about, ``meant`` the one given."""

    number: int
    kind: str
    ask: SafeString
    level: str | Promise
    about: Passage | None
    text: str
    given: str
    state: str
    start: str
    hint: SafeString
    explain: SafeString
    meant: Passage | None = None
    choices: tuple[tuple[str, str | Promise], ...] = ()
    answer: str | Promise = ""
    limit: int = 0
    mark: ShortenMark | None = None
    model: str = ""

    @property
    def done(self) -> bool:
        """Whether something was given, so that the explanation may be read."""
        return bool(self.given) and self.state != "absent"


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option of a question, and after it was answered whether it is right, was chosen, and why."""

    index: int
    text: SafeString
    right: bool
    chosen: bool
    why: SafeString


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question. ``several``: more than one option is right. ``right`` is None until it was answered."""

    index: int
    ask: SafeString
    several: bool
    options: tuple[ShownOption, ...]
    right: bool | None
    why: SafeString


def writer(lang: str) -> Writer:
    """Writes texts of a course in ``lang``: site links lead to the pages of the reader's language, and each word of the
    glossary is explained at its first place."""
    context: dict[str, Any] = {"told": set()}
    return Writer(lambda path: f"/{ui()}/{path}", lambda text: str(glossed(context, text, lang)))


def page_of(text: str, write: Writer) -> SafeString:
    """A whole text."""
    return mark_safe(write.page(text))  # noqa: S308  # sanitised by the writer


def line_of(text: str, write: Writer) -> SafeString:
    """A sentence or two."""
    return mark_safe(write.line(text))  # noqa: S308  # sanitised by the writer


def questions(
    lesson: Lesson, done: Mapping[str, Any], write: Writer, draft: Mapping[int, Sequence[int]]
) -> list[ShownQuestion]:
    """The quiz of a lesson as it stands. ``draft``: options chosen in a quiz that was sent before it was whole."""
    found = []
    for index, question in enumerate(lesson.quiz):
        chosen = chosen_of(done, lesson.slug, index)
        picked = draft.get(index, ()) if chosen is None else chosen
        options = tuple(
            ShownOption(place, line_of(one.text, write), one.right, place in picked, line_of(one.why, write))
            for place, one in enumerate(question.options)
        )
        right = None if chosen is None else mark_question(question, chosen)
        ask, why = line_of(question.ask, write), line_of(question.why, write)
        found.append(ShownQuestion(index, ask, len(question.right) > 1, options, right, why))
    return found


def exercises(lesson: Lesson, text: CourseText, done: Mapping[str, Any], write: Writer) -> list[ShownExercise]:
    """The exercises of a lesson, held against the library as it is now."""
    return [
        _shown(index, one, given_of(done, lesson.slug, index), text.lang, write)
        for index, one in enumerate(lesson.exercises)
    ]


def _shown(index: int, exercise: Exercise, given: str, lang: str, write: Writer) -> ShownExercise:
    match exercise:
        case Find():
            return _find(index, exercise, given, lang, write)
        case Judge():
            return _judge(index, exercise, given, lang, write)
        case Shorten():
            return _shorten(index, exercise, given, lang, write)


def _find(index: int, exercise: Find, given: str, lang: str, write: Writer) -> ShownExercise:
    found = check_find(exercise, given, lang) if given else _unanswered(exercise, lang)
    return ShownExercise(
        number=index + 1,
        kind="find",
        ask=line_of(exercise.ask, write),
        level="",
        about=None,
        text="",
        given=given,
        state=found.state if given or found.state == "absent" else "",
        start=write.resolve(site_path(exercise.start)),
        hint=line_of(exercise.hint, write),
        explain=line_of(exercise.explain, write),
        meant=found.passage,
    )


def _unanswered(exercise: Find, lang: str) -> Finding:
    here = any(passage(reference, lang) for reference in exercise.accept)
    return Finding("unknown" if here else "absent")


def _judge(index: int, exercise: Judge, given: str, lang: str, write: Writer) -> ShownExercise:
    about, absent = _about(exercise.paragraph, lang)
    state = "absent" if absent else "" if not given else "right" if mark_judge(exercise, given) else "wrong"
    return ShownExercise(
        number=index + 1,
        kind="judge",
        ask=line_of(exercise.ask, write),
        level=LEVELS[exercise.level],
        about=about,
        text=exercise.text,
        given=given,
        state=state,
        start="",
        hint=mark_safe(""),
        explain=line_of(exercise.explain, write),
        choices=tuple((code, CHOICES[code]) for code in ANSWERS if code != "province" or exercise.level != "province"),
        answer=CHOICES[exercise.answer],
    )


def _shorten(index: int, exercise: Shorten, given: str, lang: str, write: Writer) -> ShownExercise:
    about, absent = _about(exercise.paragraph, lang)
    mark = mark_shorten(exercise, given) if given else None
    state = "absent" if absent else "" if mark is None else "right" if mark.right else "wrong"
    return ShownExercise(
        number=index + 1,
        kind="shorten",
        ask=line_of(exercise.ask, write),
        level="",
        about=about,
        text=exercise.text,
        given=given,
        state=state,
        start="",
        hint=mark_safe(""),
        explain=line_of(exercise.explain, write),
        limit=exercise.words,
        mark=mark,
        model=exercise.model,
    )


def _about(reference: Reference | None, lang: str) -> tuple[Passage | None, bool]:
    """The paragraph that an exercise is about, and whether this copy lacks it."""
    if reference is None:
        return None, False
    found = passage(reference, lang)
    return found, found is None
