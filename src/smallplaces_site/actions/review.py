"""Look at one demand of the queue, and be done with it: whose it is and its labels decided together, or not at all.

Reads and writes: what :mod:`decide_competence` and :mod:`decide_label` do.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from smallplaces_site.actions.decide_competence import Chosen, decide_competence
from smallplaces_site.actions.decide_label import Named, decide_label
from smallplaces_site.local.models import Verdict
from smallplaces_site.people.models import User


def review(
    paragraph: int,
    verdict: str,
    *,
    user: User,
    why: str = "",
    chosen: Chosen | None = None,
    place: str = "",
    right: Sequence[Named] = (),
    wrong: Sequence[Named] = (),
) -> None:
    """Decide whose a demand is, and which of its labels are ``right`` and which ``wrong``. Raises as these do."""
    with transaction.atomic():
        decide_competence(paragraph, verdict, user=user, why=why, chosen=chosen, place=place)
        for named in right:
            decide_label(paragraph, named, Verdict.CONFIRMED, user=user, why=why)
        for named in wrong:
            decide_label(paragraph, named, Verdict.REJECTED, user=user, why=why or "not what it speaks of")


def take_back(paragraph: int, *, user: User, place: str = "", labels: Sequence[Named] = ()) -> None:
    """Withdraw what was decided of a demand: a new decision, so that what was said before can still be read."""
    with transaction.atomic():
        decide_competence(paragraph, Verdict.WITHDRAWN, user=user, place=place)
        for named in labels:
            decide_label(paragraph, named, Verdict.WITHDRAWN, user=user)
