"""Say a paragraph in plain words, approve such words, take them back. Rights: restatement.write, restatement.approve.

Reads: the paragraph as it is shown. Writes: Restatement (words are never edited, only succeeded), Deed. Raises
:class:`NotFound` for a paragraph that is not there, :class:`BadInput` for words that are none, Forbidden.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.briefs.content import LANGUAGES
from smallplaces_site.briefs.models import Restatement
from smallplaces_site.briefs.restatements import wording
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.corpus.recognise import digest_of
from smallplaces_site.people.deeds import record, signature

#: Characters of a restatement: it is a sentence or three, not a second document.
LONGEST = 600
_Status = Restatement.Status


@transaction.atomic
def restate(
    work: str,
    paragraph: str,
    lang: str,
    text: str,
    *,
    by: Who,
    place: PlaceView | None,
    state: str = "",
    source_lang: str = "",
) -> Restatement:
    """Write a paragraph in plain words, for one place, or for a whole State without one. The same words again change
    nothing. They are shown once somebody approved them."""
    state = place.state if place else state
    code = place.code if place else ""
    membership = allowed(by, "restatement.write", state, code)
    words = " ".join(text.split())
    if lang not in LANGUAGES:
        raise BadInput("Plain words are written in %(known)s, not in %(where)s.", known=tuple(LANGUAGES), where=lang)
    if not words or len(words) > LONGEST:
        raise BadInput(
            "Write plain words of 1 to %(most)d characters: there are %(given)d.",
            most=LONGEST,
            given=len(words),
            field="text",
        )
    found = documents.work(work)
    edition = found.edition(source_lang) or found.best_edition(lang)
    if edition is None:
        raise NotFound("This document has no text here.", where=work)
    said = documents.paragraph(edition.id, paragraph)
    held = Restatement.objects.filter(work=found.key, paragraph=said.key, lang=lang, state=state, place=code)
    digest = digest_of(wording(found.key, said.key, edition.lang))
    last = held.order_by("-version").first()
    if last is not None and (last.text, last.digest) == (words, digest) and last.status != _Status.WITHDRAWN:
        return last
    made = Restatement.objects.create(
        work=found.key,
        paragraph=said.key,
        lang=lang,
        place=code,
        state=state,
        version=(held.aggregate(last=Max("version"))["last"] or 0) + 1,
        text=words,
        source_lang=edition.lang,
        digest=digest,
        by=signature(membership),
        at=timezone.now(),
    )
    record(membership, "restatement.write", str(made), place=code)
    return made


@transaction.atomic
def approve_restatement(pk: int, *, by: Who) -> Restatement:
    """Let readers see these words. Approving again changes nothing."""
    row = _row(pk)
    membership = allowed(by, "restatement.approve", row.state, row.place)
    if row.status == _Status.WITHDRAWN:
        raise BadInput("These plain words were taken back: write them again.", where=str(row))
    if row.status == _Status.WRITTEN:
        row.status, row.approved_by, row.approved_at = _Status.APPROVED, signature(membership), timezone.now()
        row.save(update_fields=["status", "approved_by", "approved_at"])
        record(membership, "restatement.approve", str(row), place=row.place)
    return row


@transaction.atomic
def withdraw_restatement(pk: int, why: str, *, by: Who) -> Restatement:
    """Take words back, with a reason; what was published with them stays as it is."""
    row = _row(pk)
    membership = allowed(by, "restatement.approve", row.state, row.place)
    if not why.strip():
        raise BadInput("Say why the plain words are taken back.", field="why")
    if row.status != _Status.WITHDRAWN:
        row.status, row.why = _Status.WITHDRAWN, why.strip()
        row.save(update_fields=["status", "why"])
        record(membership, "restatement.approve", f"withdraw {row}", place=row.place, detail={"why": row.why})
    return row


def _row(pk: int) -> Restatement:
    row = Restatement.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound("There are no plain words with the number %(where)s.", where=str(pk))
    return row
