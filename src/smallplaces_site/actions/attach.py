"""Put evidence with a submission, or take it back. Right: draft.write, within the owner or a co-author.

Reads: Draft. Writes: Attachment, RawFile, the archive, Deed. Raises :class:`BadInput` for an address that is none,
:class:`~smallplaces.errors.BadFile` for a file that is not accepted; Forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.keep_file import keep_file
from smallplaces_site.actions.write_draft import Who, may_write, row_of
from smallplaces_site.drafts.models import Attachment
from smallplaces_site.people.deeds import record, signature

_TITLE = 200


@transaction.atomic
def attach_link(pk: int, title: str, address: str, *, by: Who) -> Attachment:
    """Evidence that stands elsewhere, by its address."""
    row = row_of(pk)
    membership = may_write(row, by)
    parts = urlsplit(address.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(address) > 1000:
        raise BadInput(
            "Write an address that begins with https:// and names a server, not “%(where)s”.",
            where=address[:80],
            field="address",
        )
    made = Attachment.objects.create(
        draft=row,
        title=(" ".join(title.split()) or parts.hostname)[:_TITLE],
        address=address.strip(),
        by=signature(membership),
        at=timezone.now(),
    )
    record(membership, "draft.write", f"draft {pk}", place=row.place, detail={"attached": made.title})
    return made


@transaction.atomic
def attach_file(pk: int, title: str, name: str, chunks: Iterable[bytes], *, by: Who) -> Attachment:
    """Evidence as a file."""
    row = row_of(pk)
    membership = may_write(row, by)
    kept = keep_file(name, chunks, "submission")
    made = Attachment.objects.create(
        draft=row,
        title=(" ".join(title.split()) or kept.name)[:_TITLE],
        sha256=kept.sha256,
        name=kept.name,
        kind=kept.kind,
        size=kept.size,
        by=signature(membership),
        at=timezone.now(),
    )
    record(membership, "draft.write", f"draft {pk}", place=row.place, detail={"attached": made.title})
    return made


@transaction.atomic
def detach(attachment: int, *, by: Who) -> Attachment:
    """Take evidence back. Its record and its bytes stay."""
    made = Attachment.objects.filter(pk=attachment, withdrawn=None).first()
    if made is None:
        raise NotFound("There is no evidence with the number %(where)s.", where=str(attachment))
    row = row_of(made.draft_id)
    membership = may_write(row, by)
    made.withdrawn = timezone.now()
    made.save(update_fields=["withdrawn"])
    record(membership, "draft.write", f"draft {row.pk}", place=row.place, detail={"detached": made.title})
    return made
