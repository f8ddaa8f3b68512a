"""Enter the grade that a committee itself gave. Right: followup.grade.

Reads: Item, the scales of :mod:`smallplaces.vocab.grades`. Writes: Grade, Deed. A correction is a new grade that names
the one it replaces. Raises :class:`BadInput` for a scale, a code or a document's symbol that is none, and for a day on
which the scale was not used.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from smallplaces.errors import BadInput
from smallplaces.model import symbol as symbols
from smallplaces.vocab.grades import scales
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.actions.follow_item import item_row
from smallplaces_site.followup.history import note
from smallplaces_site.followup.models import Grade
from smallplaces_site.people.deeds import signature

RIGHT = "followup.grade"


@transaction.atomic
def give_grade(
    who: Who,
    item_id: int,
    scale: str,
    code: str,
    *,
    symbol: str,
    on: date,
    paragraph: str = "",
    replaces: int | None = None,
) -> Grade:
    """Enter a grade: by scale and code, with the symbol of the follow-up document in which it stands and its day."""
    item = item_row(item_id)
    by = allowed(who, RIGHT, item.state, item.place)
    known = scales().get(scale)
    if known is None:
        raise BadInput(
            "There is no scale “%(given)s”. There are: %(known)s.",
            given=scale[:40],
            known=tuple(scales()),
            field="scale",
        )
    if code not in known.grades:
        raise BadInput(
            "This scale has no grade “%(given)s”. It has: %(known)s.",
            given=code[:20],
            known=tuple(known.grades),
            field="grade",
        )
    if not known.used_on(on):
        raise BadInput("This scale was not used on %(where)s: choose another version of it.", where=str(on), field="on")
    named = symbols.normalise(symbol.strip())
    if not named:
        raise BadInput(
            "Write the symbol of the document in which the committee gives the grade, as CRPD/C/KOR/CO/2-3.",
            where=symbol[:60],
            field="symbol",
        )
    before = Grade.objects.filter(pk=replaces, item=item, replaced_by=None).first() if replaces else None
    if replaces and before is None:
        raise BadInput(
            "This grade was corrected already, or stands elsewhere: open the page again.", where=str(replaces)
        )
    row = Grade.objects.create(
        item=item,
        scale=scale,
        code=code,
        symbol=named,
        paragraph=paragraph.strip()[:120],
        on=on,
        by=signature(by),
        replaces=before,
    )
    changes = {scale: [before.code if before else "", code], "symbol": [before.symbol if before else "", named]}
    note(by, RIGHT, item, "grade corrected" if before else "grade", changes=changes, place=item.place)
    return row
