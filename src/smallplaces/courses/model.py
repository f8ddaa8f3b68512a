"""What a course is made of: lessons with exercises and a quiz, in every language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from smallplaces.model.language import primary

Answer = Literal["ours", "province", "shared", "national", "unclear"]
ANSWERS: Final[tuple[Answer, ...]] = ("ours", "province", "shared", "national", "unclear")

Level = Literal["municipality", "province"]
LEVELS: Final[tuple[Level, ...]] = ("municipality", "province")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document by any of its names ("CRPD/C/KOR/CO/2-3", "gc:CRPD/5"), and a paragraph of it ("42") or the whole."""

    document: str
    paragraph: str = ""

    def __str__(self) -> str:
        return f"{self.document} ¶ {self.paragraph}" if self.paragraph else self.document


@dataclass(frozen=True, slots=True)
class Find:
    """Look for a paragraph in the library. ``start``: a site link to begin at; ``accept``: every right answer."""

    ask: str
    start: str
    accept: tuple[Reference, ...]
    hint: str
    explain: str

    kind: Literal["find"] = "find"


@dataclass(frozen=True, slots=True)
class Judge:
    """Say whose task a paragraph, or an invented ``text``, is for a place of the ``level``.

    ``answer`` is the best one, ``accept`` are others that can be defended.
    """

    ask: str
    paragraph: Reference | None
    text: str
    level: Level
    answer: Answer
    accept: tuple[Answer, ...]
    explain: str

    kind: Literal["judge"] = "judge"


@dataclass(frozen=True, slots=True)
class Shorten:
    """Say a paragraph, or an invented ``text``, in at most ``words`` words.

    Each group of ``must`` asks for one of its words. ``model`` is one good answer.
    """

    ask: str
    paragraph: Reference | None
    text: str
    words: int
    must: tuple[tuple[str, ...], ...]
    model: str
    explain: str

    kind: Literal["shorten"] = "shorten"


Exercise = Find | Judge | Shorten


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a question offers, and why it is right or wrong."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a quiz. One or several options are right; ``why`` may say something on the whole."""

    ask: str
    options: tuple[Option, ...]
    why: str = ""

    @property
    def right(self) -> frozenset[int]:
        """The places of the right options, from nought."""
        return frozenset(index for index, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in one language. ``slug`` ("02-three-doors") is the same in all; ``body`` is Markdown."""

    slug: str
    title: str
    minutes: int
    goals: tuple[str, ...]
    body: str
    exercises: tuple[Exercise, ...] = ()
    quiz: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseText:
    """A course in one language. ``audience`` says whom it is for; ``introduction`` is Markdown."""

    lang: str
    title: str
    summary: str
    audience: str
    introduction: str
    lessons: tuple[Lesson, ...]

    def lesson(self, slug: str) -> Lesson | None:
        """The lesson of that name."""
        return next((one for one in self.lessons if one.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Course:
    """A course. ``minutes`` in all, ``version`` the day of its text, ``after`` the courses that go before it."""

    id: str
    minutes: int
    version: date
    after: tuple[str, ...]
    texts: Mapping[str, CourseText] = field(hash=False)

    def text(self, lang: str) -> CourseText:
        """The course in ``lang``, else in English, else in any language it has: its own ``lang`` says which."""
        return self.texts.get(primary(lang)) or self.texts.get("en") or next(iter(self.texts.values()))

    @property
    def slugs(self) -> tuple[str, ...]:
        """The lessons in order, the same in every language."""
        return tuple(one.slug for one in next(iter(self.texts.values())).lessons)

    @property
    def questions(self) -> int:
        """How many questions all its quizzes have."""
        return sum(len(one.quiz) for one in next(iter(self.texts.values())).lessons)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a course, and where. ``file`` is relative to the folder checked; ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"
