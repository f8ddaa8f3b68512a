"""Say how far something is, in one of three voices. Rights: followup.report, followup.assess, followup.comment.

Reads: Item. Writes: Statement, Deed; never changes a statement that is there: a correction is a new one that names the
one it replaces, by the same organisation in the same voice. Raises :class:`BadInput` for a statement that says nothing,
speaks of a day to come, or corrects what is not its own or was corrected already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput
from smallplaces_site.actions.allowed import Operator, Who, allowed
from smallplaces_site.actions.follow_item import item_row
from smallplaces_site.followup.history import note
from smallplaces_site.followup.models import Item, Statement
from smallplaces_site.people.deeds import signature
from smallplaces_site.people.models import Membership

#: Which right lets somebody speak in which voice.
RIGHTS = {
    Statement.Voice.REPORT: "followup.report",
    Statement.Voice.ASSESSMENT: "followup.assess",
    Statement.Voice.COMMENT: "followup.comment",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said. ``progress``: a code of :class:`Statement.Progress`; a comment may leave it empty."""

    progress: str
    text: str = ""
    as_of: date | None = None
    lang: str = ""


@transaction.atomic
def say(who: Who, item_id: int, voice: str, said: Said, *, replaces: int | None = None) -> Statement:
    """Append a statement, signed by a person for an organisation. The command line alone has no voice."""
    item = item_row(item_id)
    if voice not in Statement.Voice.values:
        raise BadInput(
            "“%(given)s” is no kind of statement. There are: %(known)s.",
            given=voice[:20],
            known=tuple(Statement.Voice.values),
            field="voice",
        )
    if isinstance(who, Operator):
        raise BadInput("A statement is signed: say as whom.", where=voice)
    right = RIGHTS[Statement.Voice(voice)]
    by = allowed(who, right, item.state, item.place)
    if by is None:
        raise BadInput("A statement is signed: say as whom.", where=voice)
    as_of = said.as_of or timezone.localdate()
    _check(voice, said, as_of)
    before = _corrected(replaces, item, voice, by)
    row = Statement.objects.create(
        item=item,
        voice=voice,
        progress=said.progress,
        text=said.text.strip(),
        lang=said.lang,
        as_of=as_of,
        user=by.user,
        organisation=by.organisation,
        by=signature(by),
        replaces=before,
    )
    changes = {"progress": [before.progress if before else "", row.progress]}
    note(by, right, item, f"{voice} corrected" if before else voice, changes=changes, place=item.place)
    return row


def _check(voice: str, said: Said, as_of: date) -> None:
    if said.progress not in (
        {*Statement.Progress.values, ""} if voice == Statement.Voice.COMMENT else Statement.Progress.values
    ):
        raise BadInput(
            "Say how far it is. There are: %(known)s.", known=tuple(Statement.Progress.values), field="progress"
        )
    if not said.progress and not said.text.strip():
        raise BadInput("Write something, or say how far it is.", field="text")
    if as_of > timezone.localdate():
        raise BadInput(
            "The day %(where)s is still to come: nobody can say yet how far it will be.",
            where=str(as_of),
            field="as_of",
        )


def _corrected(replaces: int | None, item: Item, voice: str, by: Membership) -> Statement | None:
    if replaces is None:
        return None
    row = Statement.objects.filter(pk=replaces, item=item, voice=voice, organisation=by.organisation).first()
    if row is None:
        raise BadInput("You can correct only your own statement.", where=str(replaces))
    if Statement.objects.filter(replaces=row).exists():
        raise BadInput("This statement was corrected already: correct the later one.", where=str(replaces))
    return row
