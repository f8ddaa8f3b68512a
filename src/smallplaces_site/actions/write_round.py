"""Write a round of questions while it is a draft. Right: round.open, within the institution that asks.

Reads: Round, documents, steps. Writes: Round, Question, Deed. Raises :class:`BadInput` for what cannot be asked, and
once it is sent; Forbidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces.model.language import CODES
from smallplaces.vocab.steps import step
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, User
from smallplaces_site.people.rights import RIGHTS, Forbidden, membership_in, require
from smallplaces_site.rounds.links import linked, there
from smallplaces_site.rounds.models import Question, Round

RIGHT = "round.open"
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_QUESTION = 200, 20_000, 500
_MOST_QUESTIONS, _MOST_CHOICES = 50, 30

Who = User | AnonymousUser | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is written; see :class:`~smallplaces_site.rounds.models.Question`."""

    kind: str
    text: str
    help: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    added: bool = False
    required: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round is. ``step``: the id of the step that it feeds, or empty; ``about``: citations, one a piece."""

    title: str
    due: date
    lang: str
    introduction: str = ""
    step: str = ""
    about: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()


@transaction.atomic
def write_round(plan: Plan, *, by: Who, pk: int | None = None) -> Round:
    """A new round of the institution that ``by`` is an officer of, or with ``pk`` that one, written anew."""
    if pk is None:
        membership = require(by, RIGHT)
        row = Round(organisation=membership.organisation, state=membership.organisation.state)
    else:
        row, membership = round_of(pk, by)
        if row.sent is not None:
            raise BadInput("This round was sent: its questions do not change any more. Send a clarification.")
    _fill(row, plan)
    row.by, row.changed = signature(membership), timezone.now()
    row.save()
    row.questions.all().delete()
    Question.objects.bulk_create(
        _question(row, number, one) for number, one in enumerate(plan.questions[: _MOST_QUESTIONS + 1], start=1)
    )
    record(membership, RIGHT, f"round {row.pk}", detail={"did": "write", "questions": len(plan.questions)})
    return row


def round_of(pk: int, by: Who) -> tuple[Round, Membership]:
    """A round, locked, and the membership by which somebody looks after it. Raises NotFound, Forbidden."""
    row = Round.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise NotFound("There is no round with the number %(where)s.", where=str(pk))
    membership = membership_in(by, RIGHT, [row.organisation_id])
    if membership is None:
        raise Forbidden("A round is looked after by the institution that opened it.", RIGHTS[RIGHT])
    return row, membership


def _fill(row: Round, plan: Plan) -> None:
    row.title = " ".join(plan.title.split())
    if not row.title or len(row.title) > _LONGEST_TITLE:
        raise BadInput("Write a title of at most 200 characters.", field="title")
    if plan.lang not in CODES:
        raise BadInput("Choose one of the languages.", field="lang")
    if len(plan.introduction) > _LONGEST_TEXT:
        raise BadInput("The introduction has at most 20,000 characters.", field="introduction")
    if len(plan.questions) > _MOST_QUESTIONS:
        raise BadInput("A round has at most 50 questions. Places answer short ones.")
    row.step = step(plan.step).id if plan.step else ""
    row.about = list(dict.fromkeys(" ".join(one.split()) for one in plan.about if one.strip()))
    row.introduction, row.lang, row.due = plan.introduction.strip(), plan.lang, plan.due
    wanted = [*row.about, *(one.link for one in plan.questions)]
    for typed, target in linked(wanted, plan.lang).items():
        if not there(target):
            raise BadInput("This copy does not hold “%(cited)s”.", cited=typed[:100], field="about")


def _question(row: Round, number: int, asked: Asked) -> Question:
    text = " ".join(asked.text.split())
    choices = list(dict.fromkeys(" ".join(one.split())[:200] for one in asked.choices if one.strip()))
    if not text or len(text) > _LONGEST_QUESTION:
        raise BadInput("Question %(number)d needs words, at most 500 characters.", number=number)
    if asked.kind not in Question.Kind.values:
        raise BadInput("Say how question %(number)d is answered.", number=number)
    if asked.kind == Question.Kind.CHOICE and not 2 <= len(choices) <= _MOST_CHOICES:
        raise BadInput("Question %(number)d needs from 2 to 30 choices, one a line.", number=number)
    number_asked = asked.kind == Question.Kind.NUMBER
    return Question(
        round=row,
        number=number,
        kind=asked.kind,
        text=text,
        help=asked.help.strip()[:_LONGEST_TEXT],
        unit=" ".join(asked.unit.split())[:60] if number_asked else "",
        choices=choices if asked.kind == Question.Kind.CHOICE else [],
        added=asked.added and number_asked,
        required=asked.required,
        link=" ".join(asked.link.split())[:255],
    )
