"""The record of what people did. Written by actions, in the transaction of the change itself."""

from __future__ import annotations

from typing import Any

from smallplaces_site.people.models import Deed, Membership

#: How the command line signs.
COMMAND_LINE = "command line"


def record(
    membership: Membership | None, what: str, subject: str, *, place: str = "", detail: dict[str, Any] | None = None
) -> Deed:
    """Append one deed. ``membership``: that by which it was allowed; nothing for the command line."""
    return Deed.objects.create(
        user=membership.user if membership else None,
        by=signature(membership),
        what=what,
        subject=subject[:255],
        place=place,
        detail=detail or {},
    )


def signature(membership: Membership | None) -> str:
    """Who signs: the person's name (never the address) and the organisation; "command line" without a membership."""
    if membership is None:
        return COMMAND_LINE
    who = membership.user.name
    return f"{who}, {membership.organisation}" if who else str(membership.organisation)
