"""Publish a brief as it stands, or take it back. Right: brief.publish.

Reads: the draft, composed as readers would see it. Writes: BriefVersion (once, never changed), Brief, Deed. Raises
:class:`BadInput` for a brief without lines or one that was withdrawn, Forbidden.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from smallplaces.errors import BadInput
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.actions.write_brief import row_of
from smallplaces_site.briefs.compose import of_draft
from smallplaces_site.briefs.content import to_json
from smallplaces_site.briefs.models import Brief, BriefVersion
from smallplaces_site.people.deeds import record, signature

_WHY = 300


@transaction.atomic
def publish_brief(pk: int, *, by: Who, why: str = "") -> BriefVersion:
    """Give the draft, as it is now, a version that never changes. ``why``: what is new in it."""
    brief = row_of(pk)
    membership = allowed(by, "brief.publish", brief.state, brief.place)
    if brief.withdrawn:
        raise BadInput("This brief was withdrawn: make another one.", where=str(pk))
    content = of_draft(brief)
    if not content.lines:
        raise BadInput("A brief without recommendations says nothing: add some first.", where=str(pk))
    number = (brief.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    now, signed = timezone.now(), signature(membership)
    frozen = replace(content, version=number, by=signed, made=now.isoformat(timespec="seconds"))
    version = BriefVersion.objects.create(
        brief=brief, number=number, content=to_json(frozen), by=signed, at=now, why=" ".join(why.split())[:_WHY]
    )
    record(membership, "brief.publish", f"brief {pk} v{number}", place=brief.place)
    return version


@transaction.atomic
def withdraw_brief(pk: int, why: str, *, by: Who) -> Brief:
    """Take a published brief back, with a reason that its readers see. Its versions stay as they were."""
    brief = row_of(pk)
    membership = allowed(by, "brief.publish", brief.state, brief.place)
    if not why.strip():
        raise BadInput("Say why the brief is withdrawn: its readers see it.", field="why")
    if brief.withdrawn is None:
        brief.withdrawn, brief.withdrawn_by = timezone.now(), signature(membership)
        brief.withdrawn_why = why.strip()
        brief.save(update_fields=["withdrawn", "withdrawn_by", "withdrawn_why"])
        record(
            membership, "brief.publish", f"withdraw brief {pk}", place=brief.place, detail={"why": brief.withdrawn_why}
        )
    return brief
