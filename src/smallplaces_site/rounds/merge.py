"""What the answers of a round say together: question by question, every statement with its place, day and signature.

Reads: what was handed in, the latest version of each place. Writes: nothing. Four things stay apart: what was answered,
"no information", a question left open, and a place that handed in nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from smallplaces_site.rounds.answers import YES_NO, Answer
from smallplaces_site.rounds.models import Question
from smallplaces_site.rounds.read import InvitationView, QuestionView, RoundView


@dataclass(frozen=True, slots=True)
class Statement:
    """What one place said to one question, as it was signed. ``place``: whole code."""

    place: str
    answer: Answer
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """One question with everything said to it. ``without``: places that said they have no information; ``left_open``:
    that handed in and left it open; ``silent``: that handed in nothing. ``total``: the sum of the numbers where they
    may be added up, else None; ``counts``: how often each choice was chosen, in the order of the question."""

    question: QuestionView
    statements: tuple[Statement, ...]
    without: tuple[Statement, ...]
    left_open: tuple[str, ...]
    silent: tuple[str, ...]
    total: Decimal | None
    counts: tuple[tuple[str, int], ...] = field(default=())

    @property
    def numbers(self) -> tuple[Statement, ...]:
        """The statements that give a number."""
        return tuple(one for one in self.statements if one.answer.number)


def merged(asked: RoundView, invited: Sequence[InvitationView]) -> list[Merged]:
    """Every question of a round, in order."""
    return [_merged(question, invited) for question in asked.questions]


def _merged(question: QuestionView, invited: Sequence[InvitationView]) -> Merged:
    statements: list[Statement] = []
    without: list[Statement] = []
    left_open: list[str] = []
    silent: list[str] = []
    for one in invited:
        handed = one.latest
        answer = handed.answers.get(question.number) if handed else None
        if handed is None:
            silent.append(one.place)
        elif answer is None:
            left_open.append(one.place)
        else:
            said = Statement(one.place, answer, handed.version, handed.by, handed.at)
            (without if answer.nothing else statements).append(said)
    amounts = [one.answer.amount for one in statements if one.answer.amount is not None]
    return Merged(
        question=question,
        statements=tuple(statements),
        without=tuple(without),
        left_open=tuple(left_open),
        silent=tuple(silent),
        total=sum(amounts, Decimal(0)) if question.added and amounts else None,
        counts=_counts(question, statements),
    )


def _counts(question: QuestionView, statements: Sequence[Statement]) -> tuple[tuple[str, int], ...]:
    chosen = Counter(one.answer.choice for one in statements if one.answer.choice)
    order = YES_NO if question.kind == Question.Kind.YES_NO else question.choices
    return tuple((choice, chosen[choice]) for choice in order)
