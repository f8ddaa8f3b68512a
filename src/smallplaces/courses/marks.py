"""Is an answer right? Quizzes and shortened texts; what needs the library is asked on the site."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from smallplaces.courses.model import Judge, Question, Shorten

#: The part of all quiz questions of a course that must be answered rightly for its certificate.
PASS: Final = Fraction(80, 100)


@dataclass(frozen=True, slots=True)
class ShortenMark:
    """How a shortened text stands: its words, and the groups of words of which it has none."""

    words: int
    limit: int
    lacking: tuple[tuple[str, ...], ...]

    @property
    def short_enough(self) -> bool:
        """Whether it keeps to the limit."""
        return self.words <= self.limit

    @property
    def right(self) -> bool:
        """Whether it keeps to the limit, says something and has every word it must have."""
        return bool(self.words) and self.short_enough and not self.lacking


def words_of(text: str) -> int:
    """Words as an office counts them: what stands between spaces and has a letter or a digit in it."""
    return sum(any(character.isalnum() for character in word) for word in text.split())


def asks_for(must: Iterable[Sequence[str]], text: str) -> tuple[tuple[str, ...], ...]:
    """The groups of which ``text`` has no word; capitals, accents' forms and spacing make no difference."""
    folded = _fold(text)
    return tuple(tuple(group) for group in must if not any(_fold(word) in folded for word in group))


def mark_shorten(exercise: Shorten, text: str) -> ShortenMark:
    """How ``text`` stands against what the exercise asks."""
    return ShortenMark(words_of(text), exercise.words, asks_for(exercise.must, text))


def mark_judge(exercise: Judge, answer: str) -> bool:
    """Whether ``answer`` is the best one or another that can be defended."""
    return answer == exercise.answer or answer in exercise.accept


def mark_question(question: Question, chosen: Iterable[int]) -> bool:
    """Whether all right options were chosen, and none else."""
    return frozenset(chosen) == question.right


def passed(right: int, questions: int) -> bool:
    """Whether that many right answers are enough. A course without questions needs none."""
    return questions == 0 or Fraction(right, questions) >= PASS


def _fold(text: str) -> str:
    """Comparable: composed, small letters, no spaces (Korean is spaced in more than one right way)."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
