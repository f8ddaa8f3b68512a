"""Begin a submission from what the places said: one section a question, every paragraph with a note of whose it is.

Reads: Round, what was handed in. Writes: a draft, as :mod:`.write_draft` does. Rights: round.open within the
institution that asks, draft.write within the organisation that submits. Raises :class:`BadInput`, Forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils import translation

from smallplaces.errors import BadInput
from smallplaces_site.actions.write_draft import Begun, Who, begin_draft, save_draft
from smallplaces_site.actions.write_round import RIGHT, round_of
from smallplaces_site.drafts.models import Draft
from smallplaces_site.people.deeds import record
from smallplaces_site.rounds import read
from smallplaces_site.rounds.merge import merged
from smallplaces_site.rounds.paper import Part, paragraphs, parts

_HEADING, _LONGEST = 200, 150_000
#: Signs that mean something in a submission (see :mod:`smallplaces.text.manuscript`), and what stands for them in a
#: quotation of somebody's answer.
_MARKS = str.maketrans({"[": "(", "]": ")"})


@transaction.atomic
def begin_from_round(pk: int, begun: Begun, *, by: Who) -> Draft:
    """A submission for the step of ``begun`` with everything that the places handed in; its owner is the institution
    that asked, its State that of the round, whatever ``begun`` says."""
    row, membership = round_of(pk, by)
    asked = read.get(pk)
    found = merged(asked, read.invitations(pk))
    if not any(one.statements for one in found):
        raise BadInput("No place has handed in an answer yet.")
    draft = begin_draft(replace(begun, owner=row.organisation_id, state=row.state), by=by)
    with translation.override(begun.lang):
        sections = [section for part in parts(found) for section in _sections(part)]
    record(membership, RIGHT, f"round {pk}", detail={"did": "submission", "draft": draft.pk})
    return save_draft(draft.pk, begun.title, sections, revision=draft.revision, by=by)


def _sections(part: Part) -> Iterable[tuple[str, str]]:
    """A question as a section; as several, where many places said much."""
    heading = part.heading if len(part.heading) <= _HEADING else f"{part.heading[: _HEADING - 1]}…"
    held: list[str] = []
    size = 0
    for text in _paragraphs(part):
        if held and size + len(text) > _LONGEST:
            yield heading, "\n\n".join(held)
            held, size = [], 0
        held.append(text)
        size += len(text) + 2
    yield heading, "\n\n".join(held)


def _paragraphs(part: Part) -> Iterable[str]:
    link = f" [[{part.link}]]" if part.link else ""
    for number, sentence in enumerate(part.summary):
        yield _plain(sentence) + ("" if number else link)
    for line in part.lines:
        note = f"[[note: {_plain(line.note)}]]"
        for number, text in enumerate(paragraphs(line.text)):
            said = f"{line.name}: {text}" if not number else text
            yield f"{_plain(said)} {note}"
    for sentence in part.gaps:
        yield _plain(sentence)


def _plain(text: str) -> str:
    """Words that are nothing but words in a submission: no marks, and no heading."""
    return " ".join(text.translate(_MARKS).split()).lstrip("#").lstrip()
