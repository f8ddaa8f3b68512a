"""Answer a round for a place: write, put in what follow-up holds, attach, hand in.

Reads: Round, follow-up of the place. Writes: Reply, HandedIn, Invitation, the archive, Deed. Rights: round.answer and,
to hand in, round.sign, at the place. Raises :class:`BadInput` for answers that do not fit their questions, for what
somebody else changed meanwhile, and once the round is closed; Forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.allowed import allowed, held
from smallplaces_site.actions.keep_file import keep_file
from smallplaces_site.followup import read as followup
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, User
from smallplaces_site.rounds import read
from smallplaces_site.rounds.answers import YES_NO, Answer, Attached, from_json, to_json
from smallplaces_site.rounds.models import HandedIn, Invitation, Question, Reply
from smallplaces_site.rounds.read import QuestionView

ANSWER, SIGN = "round.answer", "round.sign"
_LONGEST, _MOST_ATTACHED = 10_000, 30
_Kind = Question.Kind


class Overtaken(BadInput):
    """Somebody else saved the answers after they were opened here."""


class Unanswered(BadInput):
    """Questions that have to be answered are not. ``numbers``: which."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__("Answer these first, or say that you have no information.")
        self.numbers = numbers


def open_invitation(pk: int, place: str, *, by: User, now: datetime | None = None) -> None:
    """Note that somebody who acts for the place has seen the round, the first time."""
    row, membership = _invited(pk, place, ANSWER, by)
    if row.opened is None:
        row.opened, row.opened_by = now or timezone.now(), signature(membership)
        row.save(update_fields=["opened", "opened_by"])


@transaction.atomic
def save_reply(
    pk: int, place: str, answers: Mapping[int, Answer], *, revision: int, by: User, now: datetime | None = None
) -> Reply:
    """Keep what a place has written so far. ``answers``: every answer, by the number of its question."""
    row, membership = _taking(pk, place, ANSWER, by)
    _lock(row)
    questions = {one.number: one for one in read.get(pk).questions}
    if unknown := set(answers) - set(questions):
        raise NotFound("This round has no question %(where)s.", where=str(min(unknown)))
    kept = to_json({number: checked(questions[number], one) for number, one in answers.items()})
    reply = Reply.objects.filter(invitation=row).first()
    if revision != (reply.revision if reply else 0):
        raise Overtaken("Somebody else saved this meanwhile. Copy what you wrote, and open the page again.")
    if reply is None:
        reply = Reply(invitation=row, revision=0)
    elif reply.answers == kept:
        return reply
    reply.answers = kept
    reply.revision += 1
    reply.by, reply.changed = signature(membership), now or timezone.now()
    reply.save()
    record(membership, ANSWER, f"round {pk}", place=row.place, detail={"revision": reply.revision})
    return reply


@transaction.atomic
def hand_in(pk: int, place: str, *, by: User, now: datetime | None = None) -> HandedIn:
    """Sign what is written and hand it in: a new version beside the earlier ones."""
    row, membership = _taking(pk, place, SIGN, by)
    _lock(row)
    reply = Reply.objects.filter(invitation=row).first()
    answers = from_json(reply.answers) if reply else {}
    missing = tuple(one.number for one in read.get(pk).questions if one.required and one.number not in answers)
    if missing:
        raise Unanswered(missing)
    if reply is None or not answers:
        raise BadInput("Nothing is answered yet.")
    before = row.handed.order_by("-version").first()
    if before is not None and before.answers == reply.answers:
        raise BadInput("This is what you handed in already.")
    version = before.version + 1 if before else 1
    moment = now or timezone.now()
    made = HandedIn.objects.create(
        invitation=row, version=version, answers=reply.answers, by=signature(membership), at=moment
    )
    record(membership, SIGN, f"round {pk}", place=row.place, detail={"version": version})
    return made


def may_sign(place: str, state: str, by: User) -> bool:
    """Whether somebody may hand in for a place."""
    return held(by, SIGN, state, place) is not None


def attached_file(pk: int, place: str, name: str, chunks: Iterable[bytes], *, by: User) -> Attached:
    """Keep a file for an answer; it becomes part of it when the answer is saved."""
    _taking(pk, place, ANSWER, by)
    kept = keep_file(name, chunks, "answer to a round")
    return Attached("file", kept.name, sha256=kept.sha256, name=kept.name, media=kept.kind, size=kept.size)


def with_action(answer: Answer, action_id: int, place: str) -> Answer:
    """The answer with the words of one of the place's actions, which it then names."""
    found = next((one for one in followup.actions_of(place) if one.id == action_id), None)
    if found is None:
        raise NotFound("There is no action with the number %(where)s.", where=str(action_id))
    words = f"{found.title}. {found.description}".strip() if found.description else found.title
    text = f"{answer.text}\n\n{words}" if answer.text else words
    return _with(replace(answer, text=text, nothing=False), Attached("action", found.title, id=found.id))


def with_indicator(question: QuestionView, answer: Answer, indicator_id: int, place: str) -> Answer:
    """The answer with the latest value of one of the place's indicators: a question for a number gets the number."""
    found = next((one for one in followup.indicators_of(place) if one.id == indicator_id), None)
    if found is None or found.latest is None:
        raise NotFound("There is no indicator with the number %(where)s that has a value.", where=str(indicator_id))
    latest = found.latest
    value, on = format(latest.value.normalize(), "f"), latest.on.isoformat()
    source = latest.source or found.source
    made = Attached("indicator", found.title, id=found.id, value=value, unit=found.unit, on=on, source=source)
    if question.kind == _Kind.NUMBER:
        answer = replace(answer, number=value, as_of=on, source=source)
    return _with(replace(answer, nothing=False), made)


def with_evidence(answer: Answer, evidence_id: int, place: str) -> Answer:
    """The answer with a piece of evidence that the place recorded with one of its actions."""
    every = [piece for one in followup.actions_of(place) for piece in one.evidence]
    found = next((one for one in every if one.id == evidence_id), None)
    if found is None:
        raise NotFound("There is no evidence with the number %(where)s.", where=str(evidence_id))
    made = Attached(
        "evidence",
        found.title,
        id=found.id,
        address=found.address,
        sha256=found.sha256,
        name=found.name,
        media=found.kind,
        size=found.size,
    )
    return _with(replace(answer, nothing=False), made)


def checked(question: QuestionView, answer: Answer) -> Answer:
    """The answer, if it fits its question. Raises :class:`BadInput`, saying which question and why."""
    if answer.nothing and (answer.text or answer.choice or answer.number or answer.attached):
        raise BadInput(
            "Question %(number)d: give an answer, or say that you have no information, not both.",
            number=question.number,
        )
    if len(answer.text) > _LONGEST:
        raise BadInput("Question %(number)d: an answer has at most 10,000 characters.", number=question.number)
    if len(answer.attached) > _MOST_ATTACHED:
        raise BadInput("Question %(number)d: attach at most 30 things.", number=question.number)
    choices = YES_NO if question.kind == _Kind.YES_NO else question.choices if question.kind == _Kind.CHOICE else ()
    if answer.choice and answer.choice not in choices:
        raise BadInput("Question %(number)d: choose one of those that are there.", number=question.number)
    if question.kind != _Kind.NUMBER:
        return replace(answer, text=answer.text.strip(), number="", as_of="", source="")
    try:
        number = Decimal(answer.number) if answer.number else None
        as_of = date.fromisoformat(answer.as_of).isoformat() if answer.as_of else ""
    except (InvalidOperation, ValueError) as error:
        raise BadInput(
            "Question %(number)d: write a number, and its day as 2026-12-31.", number=question.number
        ) from error
    if number is not None and not _reasonable(number):
        raise BadInput("Question %(number)d: write a number of at most 15 digits.", number=question.number)
    written = "" if number is None else format(number, "f")
    return replace(answer, text=answer.text.strip(), number=written, as_of=as_of, source=answer.source.strip()[:300])


def _reasonable(number: Decimal) -> bool:
    """Whether a number can be written out without exponents, which "1e999999" cannot."""
    return number.is_finite() and (not number or -9 <= number.adjusted() < 15) and len(number.as_tuple().digits) <= 15


def _with(answer: Answer, made: Attached) -> Answer:
    others = tuple(one for one in answer.attached if one.key != made.key)
    return replace(answer, attached=(*others, made))


def _taking(pk: int, place: str, right: str, by: User) -> tuple[Invitation, Membership | None]:
    row, membership = _invited(pk, place, right, by)
    if row.round.closed is not None:
        raise BadInput("This round is closed. Ask the sender to open it again.")
    return row, membership


def _lock(row: Invitation) -> None:
    """Let one write at a time for a place, until the transaction ends."""
    Invitation.objects.select_for_update().get(pk=row.pk)


def _invited(pk: int, place: str, right: str, by: User) -> tuple[Invitation, Membership | None]:
    rows = Invitation.objects.select_related("round").filter(round=pk, place=place, round__sent__isnull=False)
    row = rows.first()
    if row is None:
        raise NotFound("The place %(where)s was not asked in this round.", where=place)
    return row, allowed(by, right, row.round.state, row.place)
