"""Name an office that can be responsible. Right: followup.plan.

Reads: Unit. Writes: Unit, Deed. Naming one that is there changes nothing. Raises :class:`BadInput` for no name.
"""

from __future__ import annotations

from django.db import transaction

from smallplaces.errors import BadInput
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.followup.history import note
from smallplaces_site.followup.models import Unit
from smallplaces_site.followup.where import located

RIGHT = "followup.plan"


@transaction.atomic
def name_unit(who: Who, *, name_ko: str = "", name_en: str = "", state: str = "", place: str = "") -> Unit:
    """A unit of a place, or (without one) of the State, by its name in Korean, in English or both."""
    state, place = located(state, place)
    by = allowed(who, RIGHT, state, place)
    korean, english = (" ".join(name.split())[:200] for name in (name_ko, name_en))
    if not korean and not english:
        raise BadInput("Give the department a name, in Korean or in English.", field="name")
    unit, new = Unit.objects.get_or_create(state=state, place=place, name_ko=korean, name_en=english)
    if new:
        note(by, RIGHT, unit, "named", place=place)
    return unit
