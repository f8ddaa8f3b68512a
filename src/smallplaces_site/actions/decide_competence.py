"""A person's word on whose a demand is: the machine is right, or somebody else is competent, and why.

Reads: the claim on one paragraph. Writes: CompetenceDecision (appended, never edited), a deed, and a line of the
change log. Nothing is overwritten: decisions are applied whenever whose a demand is gets read.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces.vocab.competence import competence, departments
from smallplaces_site.actions.allowed import allowed
from smallplaces_site.corpus.models import Change, Paragraph, Reading
from smallplaces_site.corpus.read import places
from smallplaces_site.local.models import CompetenceDecision, Verdict
from smallplaces_site.local.read import DECIDED, LEVELS, Competence, competence_of
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, User

_RIGHT = "competence.decide"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who a person says is competent. ``head`` and ``department`` may be empty."""

    level: str
    head: str = ""
    department: str = ""


def decide_competence(
    paragraph: int,
    verdict: str,
    *,
    user: User | None = None,
    who: str = "",
    why: str = "",
    chosen: Chosen | None = None,
    place: str = "",
) -> int:
    """Decide whose a demand is (the row of its paragraph, in whatever language); the decision's id.

    ``verdict``: confirmed, corrected (to ``chosen``), rejected (it is not clear whose it is) or withdrawn (what was
    decided here before holds no more). ``why`` is needed to correct and to reject. ``place``: the code of the local
    government that says so of itself; empty for the institution, whose word holds. ``who`` signs on the command line,
    where there is no ``user``.

    Raises :class:`Forbidden` for somebody who may not, :class:`NotFound` for a paragraph that asks nothing of one
    State, :class:`BadInput` for a verdict, level, head or department that does not exist and for a missing reason.
    """
    row = Paragraph.objects.select_related("edition__work").filter(pk=paragraph).first()
    now = competence_of([paragraph]).get(paragraph) if row else None
    if row is None or now is None or len(row.edition.work.states) != 1:
        raise NotFound("This paragraph asks nothing of one State.", where=str(paragraph))
    state = row.edition.work.states[0]
    by = _signer(user, state, place)
    said = _said(verdict, why, chosen, now, state)
    signed = signature(by) if by else who.strip()
    if not signed:
        raise BadInput("A decision needs the name of the person who makes it.")
    claimed = {
        "level": now.claimed,
        "reasons": [[why.whose, why.sentence, list(why.words), why.matter, why.head] for why in now.reasons],
        "confidence": now.confidence,
        "method": now.method,
        "version": now.version,
    }
    with transaction.atomic():
        decision = CompetenceDecision.objects.create(
            work=row.edition.work.key,
            lang=row.edition.lang,
            paragraph=row.key,
            text=Reading.objects.filter(paragraph=row, shown=True).values_list("text", flat=True).first() or "",
            verdict=verdict,
            claimed=claimed,
            who=signed,
            why=why.strip(),
            at=timezone.now(),
            state=state,
            place=places.get(place).code if place else "",
            level=said.level,
            head=said.head,
            department=said.department,
        )
        subject = f"{row.edition.work.key}#{row.key}"
        detail = {"verdict": verdict, "level": said.level, "claimed": now.claimed}
        record(by, _RIGHT, subject, place=decision.place, detail=detail)
        work = row.edition.work
        Change.objects.create(at=decision.at, what=DECIDED, work=work, work_key=work.key, detail={"paragraph": row.key})
    return decision.pk


def _signer(user: User | None, state: str, place: str) -> Membership | None:
    """The membership that signs; nothing on the command line. A place must be one of that State."""
    if place and places.get(place).state != state:
        raise BadInput("This is asked of another State than that of the place %(where)s.", where=place)
    return allowed(user, _RIGHT, state, place) if user else None


def _said(verdict: str, why: str, chosen: Chosen | None, now: Competence, state: str) -> Chosen:
    """What is said from now on. Raises :class:`BadInput`."""
    if verdict not in Verdict.values:
        raise BadInput(
            "“%(given)s” is no decision. There are: %(known)s.", given=verdict[:40], known=tuple(Verdict.values)
        )
    if verdict == Verdict.WITHDRAWN:
        return Chosen("")
    if verdict == Verdict.CONFIRMED:
        return Chosen(now.level, now.head, now.department)
    if not why.strip():
        raise BadInput("Say why: a reason teaches others, and the machine.", field="why")
    if verdict == Verdict.REJECTED:
        return Chosen("unclear")
    if chosen is None or chosen.level not in LEVELS:
        raise BadInput("Say who is competent instead. There are: %(known)s.", known=tuple(LEVELS), field="level")
    if chosen.head and chosen.head not in competence(state).heads:
        raise BadInput(
            "There is no head of competence called “%(where)s”: choose one of the list.",
            where=chosen.head,
            field="head",
        )
    if chosen.department and chosen.department not in departments():
        raise BadInput(
            "There is no department called “%(where)s”: choose one of the list.",
            where=chosen.department,
            field="department",
        )
    return chosen
