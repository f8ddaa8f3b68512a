"""Begin a submission, write it, share it, sign it. Rights: draft.write and draft.sign, within the owner or a co-author.

Reads: Draft. Writes: Draft, DraftVersion, Deed. Every save that changes something is a version. Nothing is sent to
anyone. Raises :class:`BadInput` for what somebody else changed meanwhile, for what is signed, and for a signature after
the deadline without a reason; Forbidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces.model.language import CODES
from smallplaces.vocab.steps import step
from smallplaces_site.drafts.check import length_of, read_sections
from smallplaces_site.drafts.models import Draft, DraftVersion
from smallplaces_site.drafts.read import view
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, Organisation, User
from smallplaces_site.people.rights import RIGHTS, Forbidden, membership_in

_TITLE = 200
_LONGEST = 200_000  # characters of one section
_MOST = 60


@dataclass(frozen=True, slots=True)
class Begun:
    """What a submission is for. ``due``: the day of the deadline, with where that is said."""

    step: str
    owner: int
    state: str
    title: str
    lang: str
    due: date | None = None
    due_source: str = ""


class Overtaken(BadInput):
    """Somebody else saved the submission after it was opened here."""


Who = User | AnonymousUser | None


@transaction.atomic
def begin_draft(begun: Begun, *, by: Who) -> Draft:
    """A submission with the outline that its step expects."""
    owner = _organisation(begun.owner)
    membership = _require(by, "draft.write", [owner.pk])
    if begun.lang not in CODES:
        raise BadInput("Choose one of the languages of the site.", where=begun.lang, field="lang")
    found = step(begun.step)
    if not found.written:
        raise BadInput(
            "Nothing can be written for the step “%(where)s”: choose another one.", where=begun.step, field="step"
        )
    row = Draft.objects.create(
        step=begun.step,
        state=begun.state,
        place=owner.place,
        owner=owner,
        title=_title(begun.title),
        lang=begun.lang,
        due=begun.due,
        due_source=begun.due_source[:300],
        sections=[{"heading": heading, "text": ""} for heading in found.headings(begun.lang)],
        by=signature(membership),
        changed=timezone.now(),
    )
    _keep(row)
    record(membership, "draft.write", f"draft {row.pk}", place=row.place)
    return row


@transaction.atomic
def save_draft(pk: int, title: str, sections: Sequence[tuple[str, str]], *, revision: int, by: Who) -> Draft:
    """Write it anew. ``sections``: (heading, text), in order; one without both is left out."""
    row = row_of(pk)
    membership = _require(by, "draft.write", _organisations(row))
    if row.signed:
        raise BadInput("This submission is signed: take the signature back before you change it.")
    if revision != row.revision:
        raise Overtaken("Somebody else saved this meanwhile. Copy what you wrote, and open the page again.")
    kept = [
        {"heading": head.strip()[:_TITLE], "text": text.strip()}
        for head, text in sections
        if head.strip() or text.strip()
    ]
    if len(kept) > _MOST:
        raise BadInput("A submission has at most %(most)d sections.", most=_MOST)
    if any(len(one["text"]) > _LONGEST for one in kept):
        raise BadInput("A section has at most %(most)d characters.", most=_LONGEST)
    title = _title(title)
    if (title, kept) == (row.title, row.sections):
        return row
    row.title, row.sections = title, kept
    row.revision += 1
    row.by, row.changed = signature(membership), timezone.now()
    row.save()
    _keep(row)
    record(membership, "draft.write", f"draft {pk}", place=row.place, detail={"revision": row.revision})
    return row


@transaction.atomic
def share_draft(pk: int, organisations: Sequence[int], *, by: Who) -> Draft:
    """Say who submits it together with the owner, which alone may say so. Co-authors write; the owner signs."""
    row = row_of(pk)
    membership = _require(by, "draft.write", [row.owner_id])
    chosen = [_organisation(one) for one in organisations if one != row.owner_id]
    if row.signed:
        raise BadInput("This submission is signed: take the signature back before you change it.")
    row.coauthors.set(chosen)
    record(membership, "draft.write", f"draft {pk}", place=row.place, detail={"coauthors": [one.pk for one in chosen]})
    return row


@transaction.atomic
def date_draft(pk: int, due: date | None, source: str, *, by: Who) -> Draft:
    """Set the day of the deadline, and where it is said."""
    row = row_of(pk)
    membership = _require(by, "draft.write", _organisations(row))
    if row.signed:
        raise BadInput("This submission is signed: take the signature back before you change it.")
    row.due, row.due_source = due, source.strip()[:300]
    row.save(update_fields=["due", "due_source"])
    record(membership, "draft.write", f"draft {pk}", place=row.place, detail={"due": str(due or "")})
    return row


@transaction.atomic
def sign_draft(pk: int, *, by: Who, late: str = "", now: datetime | None = None) -> Draft:
    """Sign what is written now, for the owner. After the deadline only with a reason, which is kept beside it."""
    row = row_of(pk)
    membership = _require(by, "draft.sign", [row.owner_id])
    if row.signed:
        raise BadInput("This submission is signed already.")
    if not any(one["text"] for one in row.sections):
        raise BadInput("Nothing is written yet: write at least one section before you sign.")
    now = now or timezone.now()
    closes = view(row).closes()
    over = closes is not None and now > closes
    if over and not late.strip():
        raise BadInput("The deadline has passed: say why it is signed all the same.", field="late")
    row.signed = row.versions.count()
    row.signed_by, row.signed_at = signature(membership), now
    row.late = late.strip() if over else ""
    row.save()
    record(membership, "draft.sign", f"draft {pk}", place=row.place, detail={"version": row.signed, "late": row.late})
    return row


@transaction.atomic
def reopen_draft(pk: int, *, by: Who) -> Draft:
    """Take the signature back, to write on. That it was signed stays in the record of deeds."""
    row = row_of(pk)
    membership = _require(by, "draft.sign", [row.owner_id])
    record(membership, "draft.sign", f"draft {pk}", place=row.place, detail={"reopened": row.signed})
    row.signed, row.signed_by, row.signed_at, row.late = 0, "", None, ""
    row.save()
    return row


def row_of(pk: int) -> Draft:
    """The row itself. Raises :class:`NotFound`."""
    row = Draft.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=pk).first()
    if row is None:
        raise NotFound("There is no submission with the number %(where)s.", where=str(pk))
    return row


def may_write(row: Draft, by: Who) -> Membership:
    """The membership by which somebody writes it. Raises Forbidden."""
    return _require(by, "draft.write", _organisations(row))


def _require(by: Who, right: str, organisations: Sequence[int]) -> Membership:
    found = membership_in(by, right, organisations)
    if found is None:
        raise Forbidden("This is for those who write the submission.", RIGHTS[right])
    return found


def _organisations(row: Draft) -> list[int]:
    return [row.owner_id, *row.coauthors.values_list("pk", flat=True)]


def _organisation(pk: int) -> Organisation:
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no organisation with the number %(where)s.", where=str(pk))
    return found


def _title(text: str) -> str:
    title = " ".join(text.split())[:_TITLE]
    if not title:
        raise BadInput("Give the submission a title.", field="title")
    return title


def _keep(row: Draft) -> DraftVersion:
    sections = read_sections(row.sections)
    words = length_of(sections, step(row.step), row.changed.date(), joint=False).words
    return DraftVersion.objects.create(
        draft=row,
        version=row.versions.count() + 1,
        title=row.title,
        sections=row.sections,
        words=words,
        by=row.by,
        at=row.changed,
    )
