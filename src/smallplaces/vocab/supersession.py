"""Which document took the place of which: general comments by what the committees say, others by their symbols.

Reads ``supersession.yml``. A symbol that ends in Corr., Rev. or Amend. corrects, revises or amends the document whose
symbol stands before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.vocab.general_comment import general_comments
from smallplaces.vocab.load import entries


class Relation(StrEnum):
    """How a document stands towards another. Read "this … that"."""

    REPLACED_BY = "replaced-by"
    REPLACES = "replaces"
    UPDATED_BY = "updated-by"
    UPDATES = "updates"
    JOINT = "joint"  # one text under two symbols
    CORRECTED_BY = "corrected-by"
    CORRECTS = "corrects"
    REVISED_BY = "revised-by"
    REVISES = "revises"
    AMENDED_BY = "amended-by"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True)
class Related:
    """``relation`` to the general comment ``code``; ``source`` is where the newer of the two says so."""

    relation: Relation
    code: str
    source: str


_INVERSE = {
    "replaces": (Relation.REPLACES, Relation.REPLACED_BY),
    "updates": (Relation.UPDATES, Relation.UPDATED_BY),
    "joint": (Relation.JOINT, Relation.JOINT),
}
_SUFFIX = re.compile(r"(?P<base>.+)/(?P<word>Corr|Rev|Amend)\.\d+")
_BY_SUFFIX = {
    "Corr": (Relation.CORRECTS, Relation.CORRECTED_BY),
    "Rev": (Relation.REVISES, Relation.REVISED_BY),
    "Amend": (Relation.AMENDS, Relation.AMENDED_BY),
}


@cache
def related_comments() -> Mapping[str, tuple[Related, ...]]:
    """General comment -> the others it stands in some relation to. Raises :class:`~smallplaces.errors.BadInput` where
    the file names one that the catalogue does not have, or where the two disagree."""
    known = general_comments()
    found: dict[str, list[Related]] = {}
    for entry in entries("supersession.yml"):
        source = entry.text("source")
        for field, (this_way, back) in _INVERSE.items():
            for other in entry.words(field):
                if entry.code not in known or other not in known:
                    raise BadInput(f"no such general comment: {entry.code} or {other}", where=entry.where)
                found.setdefault(entry.code, []).append(Related(this_way, other, source))
                found.setdefault(other, []).append(Related(back, entry.code, source))
        entry.close()
    for code, comment in known.items():
        replaced = tuple(r.code for r in found.get(code, ()) if r.relation is Relation.REPLACED_BY)
        if replaced != ((comment.replaced_by,) if comment.replaced_by else ()):
            raise BadInput(f"replaced by {comment.replaced_by or 'none'} there", where=f"supersession.yml: {code}")
    return MappingProxyType({code: tuple(several) for code, several in found.items()})


def suffixed(symbol: str) -> tuple[str, Relation, Relation] | None:
    """What a canonical symbol with a last suffix Corr., Rev. or Amend. belongs to: (the symbol before the suffix, this
    document's relation to that, that one's relation to this); None for any other symbol."""
    match = _SUFFIX.fullmatch(symbol)
    return (match["base"], *_BY_SUFFIX[match["word"]]) if match else None
