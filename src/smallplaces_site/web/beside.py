"""The paragraphs of a second language laid beside those of the first, and what does not agree, in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from smallplaces_site.corpus.read.aligned import CONTENT, Aligned, Row
from smallplaces_site.corpus.read.documents import ParagraphView
from smallplaces_site.web.names import lang_name

#: What stands apart from the run of the text.
_APART = frozenset({"footnote", "heading"})


@dataclass(slots=True)
class Beside:
    """``partners`` and ``said`` (what a reader should know of a pair) by the id of the first language's paragraph;
    ``alone``: what only the second has, by the id of the paragraph that it comes after (0: before all)."""

    partners: dict[int, ParagraphView] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    alone: dict[int, list[ParagraphView]] = field(default_factory=dict)

    @property
    def unmatched(self) -> int:
        """How many paragraphs only the second language has."""
        return sum(map(len, self.alone.values()))


def laid_beside(aligned: Aligned) -> Beside:
    """An alignment of two languages, ready for a page."""
    one, two = aligned.langs
    found = Beside()
    last = 0
    for row in aligned.rows:
        mine, other = row.paragraphs.get(one), row.paragraphs.get(two)
        if mine is not None:
            last = last if mine.kind in _APART else mine.id
            if other is not None:
                found.partners[mine.id] = other
                found.said[mine.id] = said(row, one, two)
        elif other is not None and other.kind not in _APART:
            found.alone.setdefault(last, []).append(other)
    return found


def said(row: Row, one: str, two: str) -> str:
    """The sentences on a pair that does not agree, of the second language to a reader of the first; empty for one that
    does."""
    mine, other = row.paragraphs[one], row.paragraphs[two]
    sentences = []
    if row.status == CONTENT and other.number and mine.number != other.number:
        sentences.append(
            _("It is number %(number)s in %(language)s.") % {"number": other.number, "language": lang_name(two)}
        )
    if row.differs:
        sentences.append(_("The two differ much in their figures or their length: compare them with care."))
    if row.joined:
        sentences.append(_("One of the languages makes two paragraphs of what is one in the other."))
    return " ".join(sentences)
