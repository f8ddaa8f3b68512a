"""Whether what a submission cites exists and says so, and whether it keeps to the length that its step allows.

Reads: documents, the rules of the step. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from smallplaces.model.target import Target
from smallplaces.text.manuscript import Block, Cited, blocks, words_in
from smallplaces.vocab.steps import Limit, Step
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.citations import TargetView, resolved
from smallplaces_site.corpus.read.quotations import Quotation, quoted_in
from smallplaces_site.corpus.read.targets import target_of


@dataclass(frozen=True, slots=True)
class Section:
    """One section as it is read."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        """Words of its main text, without its own heading."""
        return words_in(self.blocks)


@dataclass(frozen=True, slots=True)
class Checked:
    """One citation. ``verdict``: "exists", "no such paragraph", "not in this copy"; ``quotation`` where words are
    quoted before it. ``section``: number from 1. ``target`` is what it leads to, whether held or not."""

    section: int
    cited: Cited
    verdict: str
    target: TargetView
    quotation: Quotation | None = None

    @property
    def wrong(self) -> bool:
        """Whether somebody has to look at it."""
        return self.verdict != "exists" or (self.quotation is not None and self.quotation.verdict != "exact")


@dataclass(frozen=True, slots=True)
class Length:
    """How long it is beside what is allowed. ``limit`` is None where no rule is known."""

    words: int
    limit: Limit | None
    pages: Limit | None

    @property
    def over(self) -> int:
        """Words too many; 0 for none."""
        return max(0, self.words - self.limit.number) if self.limit else 0


def read_sections(sections: Sequence[dict[str, str]]) -> tuple[Section, ...]:
    """Sections as they are kept, read into paragraphs."""
    return tuple(Section(one.get("heading", ""), tuple(blocks(one.get("text", "")))) for one in sections)


def length_of(sections: Sequence[Section], step: Step, on: date, *, joint: bool) -> Length:
    """The words of title-less main text, headings of sections among them, beside the limit of that day."""
    total = sum(one.words + words_in([Block(True, (one.heading,))]) for one in sections)
    whose = "joint" if joint else "alone"
    return Length(total, step.limit(on, whose), step.limit(on, whose, "pages"))


def citations_of(sections: Sequence[Section], lang: str) -> list[Checked]:
    """Every citation of a submission, in order, checked against what this copy holds."""
    cited = [
        (number, piece, target_for(piece))
        for number, section in enumerate(sections, start=1)
        for block in section.blocks
        for piece in block.pieces
        if isinstance(piece, Cited)
    ]
    known = resolved({str(target) for _, _, target in cited}, lang=lang)
    return [_checked(number, piece, known[str(target)]) for number, piece, target in cited]


def target_for(piece: Cited) -> Target:
    """What a citation leads to, as typed: a paragraph by symbol, else whatever a person names so."""
    if piece.number:
        return Target(target_of(piece.work).work, "#p", piece.number)
    return target_of(piece.work)


def _checked(section: int, piece: Cited, target: TargetView) -> Checked:
    if not target.held:
        return Checked(section, piece, "not in this copy", target)
    if target.place and not target.paragraph:
        return Checked(section, piece, "no such paragraph", target)
    return Checked(section, piece, "exists", target, _quotation(piece, target) if piece.quoted else None)


def _quotation(piece: Cited, target: TargetView) -> Quotation:
    """The quoted words against every language version: a quotation may be of any of them."""
    work = target.work
    found = Quotation("not there")
    if work is None:
        return found
    for edition in work.editions:
        keys = [target.paragraph] if target.paragraph else None
        for paragraph in documents.paragraphs(edition.id, keys=keys):
            one = quoted_in(piece.quoted, paragraph.text)
            if one.verdict == "exact":
                return one
            if one.likeness > found.likeness:
                found = one
    return found
