"""Reading input rounds: one with its questions, those of an institution, those of a place, what waits for somebody.

Reads: the tables of rounds. Writes: nothing. What a place is still writing is read by that place alone
(:func:`reply`); everybody else reads what was handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from smallplaces.errors import NotFound
from smallplaces.vocab.steps import Step, steps
from smallplaces_site.corpus.read import places
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import places_of
from smallplaces_site.rounds.answers import Answer, from_json
from smallplaces_site.rounds.models import HandedIn, Invitation, Question, Reply, Round


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question; ``number`` from 1, ``kind`` a code of :class:`Question.Kind`."""

    number: int
    kind: str
    text: str
    help: str
    unit: str
    choices: tuple[str, ...]
    added: bool
    required: bool
    link: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A clarification, or with ``due`` another day and why."""

    text: str
    due: date | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with everything that it says to its places. ``step`` is None where it feeds none."""

    id: int
    organisation: int
    sender: str
    state: str
    step: Step | None
    title: str
    introduction: str
    lang: str
    about: tuple[str, ...]
    due: date
    by: str
    changed: datetime
    sent: datetime | None
    closed: datetime | None
    shared: datetime | None
    questions: tuple[QuestionView, ...]
    notices: tuple[NoticeView, ...]

    @property
    def status(self) -> str:
        """ "draft", "open" or "closed"."""
        return "draft" if self.sent is None else "open" if self.closed is None else "closed"

    def question(self, number: int) -> QuestionView:
        """One question. Raises :class:`NotFound`."""
        found = next((one for one in self.questions if one.number == number), None)
        if found is None:
            raise NotFound("This round has no question %(where)s.", where=str(number))
        return found


@dataclass(frozen=True, slots=True)
class HandedView:
    """What a place handed in, by question number."""

    version: int
    by: str
    at: datetime
    answers: Mapping[int, Answer] = field(hash=False)


@dataclass(frozen=True, slots=True)
class InvitationView:
    """A round at one place. ``begun``: when somebody there wrote last; ``handed``: the latest version first."""

    id: int
    round: int
    place: str
    opened: datetime | None
    opened_by: str
    reminded: datetime | None
    begun: datetime | None
    handed: tuple[HandedView, ...]

    @property
    def status(self) -> str:
        """ "not-opened", "opened", "begun" or "handed-in"."""
        if self.handed:
            return "handed-in"
        return "begun" if self.begun else "opened" if self.opened else "not-opened"

    @property
    def latest(self) -> HandedView | None:
        """What counts: the version handed in last."""
        return self.handed[0] if self.handed else None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """What a place is writing. ``revision`` 0: nobody has written yet."""

    answers: Mapping[int, Answer] = field(hash=False)
    revision: int = 0
    by: str = ""
    changed: datetime | None = None


def get(pk: int) -> RoundView:
    """One round. Raises :class:`NotFound`."""
    row = _rows().filter(pk=pk).first()
    if row is None:
        raise NotFound("There is no round with the number %(where)s.", where=str(pk))
    return _view(row)


def rounds_of(organisation: int) -> list[RoundView]:
    """The rounds of an institution, the latest first."""
    return [_view(row) for row in _rows().filter(organisation=organisation).order_by("-pk")]


def invitations(pk: int) -> list[InvitationView]:
    """The places of a round, in the order of their codes."""
    return _invited(Invitation.objects.filter(round=pk).order_by("place"))


def invitation(pk: int, place: str) -> InvitationView:
    """A sent round at a place, by its whole code. Raises :class:`NotFound`."""
    found = _invited(Invitation.objects.filter(round=pk, place=place, round__sent__isnull=False))
    if not found:
        raise NotFound("The place %(where)s was not asked in this round.", where=place)
    return found[0]


def reply(invitation_id: int) -> ReplyView:
    """What a place is writing. For that place alone."""
    row = Reply.objects.filter(invitation=invitation_id).first()
    if row is None:
        return ReplyView({})
    return ReplyView(from_json(row.answers), row.revision, row.by, row.changed)


def to_place(place: str) -> list[tuple[RoundView, InvitationView]]:
    """What a place (whole code) was asked: open rounds first, what is due soonest above."""
    invited = _invited(Invitation.objects.filter(place=place, round__sent__isnull=False))
    rounds = {row.pk: _view(row) for row in _rows().filter(pk__in={one.round for one in invited})}
    pairs = [(rounds[one.round], one) for one in invited]
    return sorted(pairs, key=lambda pair: (pair[0].status == "closed", pair[0].due, pair[0].id))


def waiting_for(user: User) -> list[tuple[str, int]]:
    """(whole code of a place that somebody acts for, open rounds there that were not answered), where any were sent."""
    found = []
    for code in dict.fromkeys(_whole(places_of(user))):
        rows = Invitation.objects.filter(place=code, round__sent__isnull=False)
        if rows.exists():
            found.append((code, rows.filter(round__closed=None, handed=None).count()))
    return found


def _whole(codes: Iterable[str]) -> Iterable[str]:
    for code in codes:
        try:
            yield places.get(code).code
        except NotFound:
            continue


def _rows() -> QuerySet[Round]:
    return Round.objects.select_related("organisation").prefetch_related("questions", "notices")


def _view(row: Round) -> RoundView:
    return RoundView(
        id=row.pk,
        organisation=row.organisation_id,
        sender=row.organisation.name,
        state=row.state,
        step=steps().get(row.step),
        title=row.title,
        introduction=row.introduction,
        lang=row.lang,
        about=tuple(row.about),
        due=row.due,
        by=row.by,
        changed=row.changed,
        sent=row.sent,
        closed=row.closed,
        shared=row.shared,
        questions=tuple(_question(one) for one in sorted(row.questions.all(), key=lambda one: one.number)),
        notices=tuple(
            NoticeView(one.text, one.due, one.by, one.at) for one in sorted(row.notices.all(), key=lambda one: one.at)
        ),
    )


def _question(row: Question) -> QuestionView:
    return QuestionView(
        number=row.number,
        kind=row.kind,
        text=row.text,
        help=row.help,
        unit=row.unit,
        choices=tuple(row.choices),
        added=row.added,
        required=row.required,
        link=row.link,
    )


def _invited(rows: QuerySet[Invitation]) -> list[InvitationView]:
    found = list(rows.select_related("reply").prefetch_related("handed"))
    return [
        InvitationView(
            id=row.pk,
            round=row.round_id,
            place=row.place,
            opened=row.opened,
            opened_by=row.opened_by,
            reminded=row.reminded,
            begun=row.reply.changed if hasattr(row, "reply") else None,
            handed=tuple(_handed(one) for one in sorted(row.handed.all(), key=lambda one: -one.version)),
        )
        for row in found
    ]


def _handed(row: HandedIn) -> HandedView:
    return HandedView(row.version, row.by, row.at, from_json(row.answers))
