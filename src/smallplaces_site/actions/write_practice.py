"""Describe a practice, hand it in, review it, take it back. Rights: practice.write, practice.review.

Reads: Submission. Writes: Submission, PracticeVersion, Deed. What was published is never changed: mending it makes
another version. Raises :class:`BadInput` for a description that cannot be read, for what somebody else changed
meanwhile, and for a step that cannot follow; Forbidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from smallplaces.errors import BadInput, NotFound
from smallplaces.vocab import practices as catalogue
from smallplaces.vocab.practices import CHECKED, read_practice
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.practices.models import PracticeVersion, Submission

Status = Submission.Status
_LONGEST_KEY = 60


@transaction.atomic
def write_practice(state: str, place: str, fields: Mapping[str, Any], *, by: Who) -> Submission:
    """Begin a practice of a place (of the institution, without one). It is a draft until it is handed in."""
    membership = allowed(by, "practice.write", state, place)
    content = dict(fields) | {"state": state, "place": place}
    title = read_practice("new", content).name("en")
    row = Submission.objects.create(
        key=_new_key(title), state=state, place=place, content=content, by=signature(membership), changed=timezone.now()
    )
    record(membership, "practice.write", row.key, place=place)
    return row


@transaction.atomic
def edit_practice(pk: int, fields: Mapping[str, Any], *, revision: int, by: Who) -> Submission:
    """Write it anew. One that was published stays as it is for readers until an officer publishes the new version."""
    row = row_of(pk)
    membership = allowed(by, "practice.write", row.state, row.place)
    if revision != row.revision:
        raise BadInput("Somebody else saved this meanwhile. Copy what you wrote, and open the page again.")
    content = dict(fields) | {"state": row.state, "place": row.place}
    read_practice(row.key, content)
    row.content = content
    _save(row, signature(membership))
    record(membership, "practice.write", row.key, place=row.place)
    return row


@transaction.atomic
def hand_in(pk: int, *, by: Who) -> Submission:
    """Ask an officer to review it."""
    row = row_of(pk)
    membership = allowed(by, "practice.write", row.state, row.place)
    row.status = Status.SUBMITTED
    row.said = ""
    _save(row, signature(membership))
    record(membership, "practice.write", row.key, place=row.place, detail={"status": row.status})
    return row


@transaction.atomic
def publish_practice(pk: int, *, checked: str, by: Who) -> PracticeVersion:
    """Let readers see it. ``checked``: how far what it says was looked at, one of the catalogue's words."""
    row = row_of(pk)
    membership = allowed(by, "practice.review", row.state, row.place)
    if checked not in CHECKED:
        raise BadInput("Say how far it was checked. There are: %(known)s.", known=tuple(CHECKED), field="checked")
    now = timezone.now()
    content = row.content | {"checked": checked, "as_of": now.date().isoformat()}
    read_practice(row.key, content)
    version = PracticeVersion.objects.create(
        submission=row,
        version=row.versions.count() + 1,
        content=content,
        by=row.by,
        reviewed_by=signature(membership),
        at=now,
    )
    row.status, row.said, row.content = Status.PUBLISHED, "", content
    _save(row, row.by)
    record(membership, "practice.review", row.key, place=row.place, detail={"version": version.version})
    return version


@transaction.atomic
def return_practice(pk: int, said: str, *, by: Who) -> Submission:
    """Give it back to those who wrote it, with what is to be mended."""
    return _put_aside(pk, Status.RETURNED, said, by)


@transaction.atomic
def withdraw_practice(pk: int, said: str, *, by: Who) -> Submission:
    """Take it from the readers, with the reason; what was published is kept."""
    return _put_aside(pk, Status.WITHDRAWN, said, by)


def row_of(pk: int) -> Submission:
    """The row itself. Raises :class:`NotFound`."""
    row = Submission.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound("There is no practice with the number %(where)s.", where=str(pk))
    return row


def _put_aside(pk: int, status: str, said: str, by: Who) -> Submission:
    row = row_of(pk)
    membership = allowed(by, "practice.review", row.state, row.place)
    if not said.strip():
        raise BadInput("Say what is to be mended, or why it is withdrawn.", field="said")
    row.status, row.said = status, said.strip()[:4000]
    _save(row, row.by)
    record(membership, "practice.review", row.key, place=row.place, detail={"status": status, "said": row.said})
    return row


def _save(row: Submission, by: str) -> None:
    row.by, row.changed = by, timezone.now()
    row.revision += 1
    row.save()


def _new_key(title: str) -> str:
    """A name for addresses, after the title as far as it is in Latin letters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_KEY].strip("-") or "practice"
    key = stem
    while key in catalogue.practices() or Submission.objects.filter(key=key).exists():
        key = f"{stem}-{get_random_string(4, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    return key
