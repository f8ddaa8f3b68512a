"""Add evidence to an action, or take it back. Right: followup.plan.

Reads: Action. Writes: Evidence, RawFile, the archive, Deed. A file is kept for ever under its SHA-256; what is taken
back is no longer shown. Raises :class:`BadInput` for an address that is none, and :class:`BadFile` for a file that is
empty, too large, of a kind that is not accepted, or not what its name says.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.actions.follow_action import action_row
from smallplaces_site.actions.keep_file import keep_file
from smallplaces_site.followup.history import note
from smallplaces_site.followup.models import Evidence
from smallplaces_site.people.deeds import signature

RIGHT = "followup.plan"


@transaction.atomic
def add_link(who: Who, action_id: int, title: str, address: str) -> Evidence:
    """Evidence that stands elsewhere, by its address."""
    row = action_row(action_id)
    by = allowed(who, RIGHT, row.state, row.place)
    parts = urlsplit(address.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(address) > 1000:
        raise BadInput(
            "Write an address that begins with https:// and names a server, not “%(where)s”.",
            where=address[:80],
            field="address",
        )
    made = Evidence.objects.create(
        action=row, title=_title(title, parts.hostname), address=address.strip(), by=signature(by)
    )
    note(by, RIGHT, row, "evidence added", changes={"evidence": ["", made.title]}, place=row.place)
    return made


@transaction.atomic
def add_file(who: Who, action_id: int, title: str, name: str, chunks: Iterable[bytes]) -> Evidence:
    """Evidence as a file. ``chunks`` are its bytes; reading stops when they are too many."""
    row = action_row(action_id)
    by = allowed(who, RIGHT, row.state, row.place)
    kept = keep_file(name, chunks, "evidence")
    made = Evidence.objects.create(
        action=row,
        title=_title(title, kept.name),
        sha256=kept.sha256,
        name=kept.name,
        kind=kept.kind,
        size=kept.size,
        by=signature(by),
    )
    note(by, RIGHT, row, "evidence added", changes={"evidence": ["", made.title]}, place=row.place)
    return made


@transaction.atomic
def withdraw(who: Who, evidence_id: int) -> Evidence:
    """Show a piece of evidence no longer. Its record and its bytes stay."""
    made = Evidence.objects.filter(pk=evidence_id).select_related("action").first()
    if made is None:
        raise NotFound("There is no evidence with the number %(where)s.", where=str(evidence_id))
    row = made.action
    by = allowed(who, RIGHT, row.state, row.place)
    if made.withdrawn is None:
        made.withdrawn = timezone.now()
        made.save(update_fields=["withdrawn"])
        note(by, RIGHT, row, "evidence taken back", changes={"evidence": [made.title, ""]}, place=row.place)
    return made


def _title(given: str, otherwise: str) -> str:
    return (" ".join(given.split()) or otherwise)[:200]
