"""Lines that people pick for a brief by naming them: "CRPD/C/KOR/CO/2-3 42", "CRPD/C/KOR/CO/2-3, para. 42".

Reads: the demands to the State of a place. Writes: nothing.
"""

from __future__ import annotations

import re
from typing import Final

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.briefs.compose import Picked, by_name
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.places import PlaceView

_NAMED: Final = re.compile(
    r"^(?P<document>.+?)[\s,]+(?:paras?\.?|paragraphs?|¶|제|문단)?\s*(?P<number>[\w.()~-]+?)\s*(?:항|문단)?\.?$",
    re.IGNORECASE,
)


def named_line(place: PlaceView, text: str) -> Picked:
    """The line that ``text`` names. Raises :class:`BadInput` for what names none, :class:`NotFound` for a document or
    a paragraph that is not there, or that asks nothing of this State."""
    found = _NAMED.match(" ".join(text.split()))
    if found is None:
        raise BadInput(
            "Name a document and a paragraph, as CRPD/C/KOR/CO/2-3 42, not as “%(where)s”.", where=text[:120]
        )
    work = documents.work(found["document"].strip(" ,"))
    edition = work.best_edition("en")
    if edition is None:
        raise NotFound("This document has no text here.", where=work.key)
    picked = Picked(work.key, documents.paragraph(edition.id, found["number"]).key)
    if not by_name(place, [picked]):
        raise NotFound("The paragraph “%(where)s” asks nothing of this State.", where=text[:120])
    return picked
