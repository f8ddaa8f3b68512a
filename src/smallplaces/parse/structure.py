"""Blocks -> paragraphs with their headings.

Reads: blocks in order. Writes: :class:`~smallplaces.model.document.Paragraph` objects. A numbered paragraph
takes in all that follows it (sub-items, quotations) up to the next number or heading. A heading closes it
and stands in the path of everything below.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Any

from smallplaces.model.document import Paragraph, ParagraphKind
from smallplaces.parse.base import Line
from smallplaces.parse.blocks import Block
from smallplaces.parse.layout import opens_annex, opens_opinion
from smallplaces.parse.text import Words, clean, join, without_calls
from smallplaces.text.segment import UNMARKED

_ANNEX_RANK = -1
_RECORD = re.compile(r"(?=[^\d]*\d)[^.;:]{4,70}(?:\.\S?[^.;:]{2,60})?")  # "35th meeting", "22 June 2017"


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    number: str
    kind: ParagraphKind
    heading: tuple[str, ...]
    page: int
    parts: list[str] = field(default_factory=list)
    marker: str = ""
    calls: list[str] = field(default_factory=list)
    column: str = ""

    def take(self, block: Block, words: Words) -> None:
        """Add a block to the paragraph."""
        first = block.lines[0]
        self.column = self.column or first.column
        if first.role == "table":
            self.parts += [clean(cell) for cell in without_calls(first, block.cut).split("\t")]
            self.parts += [join(block.lines[1:], words)]
        else:
            self.parts.append(join(block.lines, words, block.cut))
        self.marker += block.lines[0].text[: block.cut]
        self.calls += calls_of(block.lines)

    def paragraph(self) -> Paragraph:
        """The paragraph as it stands. ``facts`` hold the number as printed and the footnotes it calls."""
        text = "\n".join(piece for piece in self.parts if piece)
        facts = facts_of(self.marker, self.calls) | ({"column": self.column} if self.column else {})
        return Paragraph(text, self.number, kind=self.kind, heading=self.heading, page=self.page, facts=facts)


@dataclass(slots=True)
class _Step:
    """One heading of the path in force."""

    text: str
    rank: tuple[float, ...]


class Outline:
    """The path of headings in force, told by markers (I., A., 1.), then by type size and weight."""

    def __init__(self) -> None:
        self.steps: list[_Step] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The headings in force, the highest first."""
        return tuple(step.text for step in self.steps)

    def enter(self, block: Block, text: str) -> None:
        """Put a heading in its place: below what outranks it."""
        rank = self._rank(block, text)
        while self.steps and self.steps[-1].rank >= rank:
            self.steps.pop()
        self.steps.append(_Step(text, rank))

    @staticmethod
    def _rank(block: Block, text: str) -> tuple[float, ...]:
        first = block.lines[0]
        if len(text) < 200 and (opens_annex(text) or opens_opinion(text)):
            return (_ANNEX_RANK,)
        if first.level:
            return (float(first.level),)
        style = (-round(first.size, 0), -float(block.bold), float(block.italic))
        if block.rank < UNMARKED:
            return (float(block.rank), *style)
        # without a marker a heading in large type stands high, one in the size of the text low
        return (float(UNMARKED), *style)


def paragraphs(blocks: list[Block], words: Words, *, items_apart: bool = False) -> list[Paragraph]:
    """The paragraphs of a document, headings among them, in order.

    ``items_apart``: items of a list numbered within a paragraph are paragraphs of their own ("60.1"), as the
    recommendations of early Working Group reports are cited; otherwise they stay inside it.
    """
    outline = Outline()
    done: list[Paragraph] = []
    open_: _Open | None = None
    part = ParagraphKind.PARAGRAPH
    main_end = _main_end(blocks)

    def close() -> None:
        nonlocal open_
        if open_:
            done.append(open_.paragraph())
        open_ = None

    for position, block in enumerate(blocks):
        page = block.lines[0].page
        if block.kind == "heading":
            close()
            text = join(block.lines, words)
            part = _part(text, part) if position > main_end else part
            facts = facts_of("", calls_of(block.lines))
            done.append(Paragraph(text, kind=ParagraphKind.HEADING, heading=outline.path, page=page, facts=facts))
            outline.enter(block, text)
        elif block.kind == "table":
            close()
            rows = Paragraph(
                "\n".join(clean(without_calls(line)) for line in block.lines),
                kind=ParagraphKind.TABLE,
                heading=outline.path,
                page=page,
                facts=facts_of("", calls_of(block.lines)),
            )
            if position and blocks[position - 1].kind == "table" and done:
                done[-1] = _with_rows(done[-1], rows)
            else:
                done.append(rows)
        elif block.marker and (items_apart or not block.item):
            close()
            open_ = _Open(block.marker.printed, part, outline.path, page)
            open_.take(block, words)
        else:
            if open_ is None or not open_.number or block.lines[0].column:
                close()
                open_ = _Open("", part, outline.path, page)
            block.cut = 0  # the number of an item stays in its paragraph's text
            open_.take(block, words)
    close()
    return [each for each in done if each.text or each.number or each.facts]


def _with_rows(table: Paragraph, more: Paragraph) -> Paragraph:
    """A table and the rows that follow it at once."""
    facts = dict(table.facts)
    if "calls" in more.facts:
        facts["calls"] = [*facts.get("calls", ()), *more.facts["calls"]]
    return dataclasses.replace(table, text=f"{table.text}\n{more.text}", facts=facts)


def with_preamble(text: list[Paragraph]) -> list[Paragraph]:
    """A resolution's paragraphs, those before its first number marked as preamble: they begin at the name of the body
    ("The Human Rights Council,") and end with commas."""
    first = next((i for i, each in enumerate(text) if each.number), len(text))
    begin = next(
        (i for i, each in enumerate(text[:first]) if each.text.rstrip().endswith((",", "،", "，", "、"))), first
    )
    parted = [
        dataclasses.replace(each, kind=ParagraphKind.PREAMBLE)
        if begin <= i < first and each.kind is ParagraphKind.PARAGRAPH
        else each
        for i, each in enumerate(text)
    ]
    last = next((i for i in range(len(parted) - 1, -1, -1) if parted[i].number), -1)
    return [*parted[:last], *_without_record(parted[last]), *parted[last + 1 :]] if last >= 0 else parted


def _without_record(paragraph: Paragraph) -> list[Paragraph]:
    """A resolution's last paragraph, and apart from it the record of its adoption: meeting, day and vote."""
    pieces = paragraph.text.split("\n")
    vote = next((i for i in range(1, len(pieces)) if pieces[i].startswith("[")), 0)
    begin = vote
    while begin > 1 and vote - begin < 2 and _RECORD.fullmatch(pieces[begin - 1]):
        begin -= 1
    if begin == vote:
        return [paragraph]
    record = Paragraph(
        "\n".join(pieces[begin:]), kind=ParagraphKind.PARAGRAPH, heading=paragraph.heading, page=paragraph.page
    )
    return [dataclasses.replace(paragraph, text="\n".join(pieces[:begin])), record]


def calls_of(lines: list[Line]) -> list[str]:
    """The footnote calls in some lines, as printed."""
    return [line.text[a:b] for line in lines for a, b in line.calls]


def facts_of(marker: str, calls: list[str]) -> dict[str, Any]:
    """The facts of a paragraph: only those there are."""
    facts: dict[str, Any] = {"marker": marker.strip()} if marker.strip() else {}
    if calls:
        facts["calls"] = calls
    return facts


def _main_end(blocks: list[Block]) -> int:
    """Position of the last number of the main sequence: what is called annex before it is only named there."""
    end = -1
    previous: tuple[int, ...] = (0,)
    for position, block in enumerate(blocks):
        if block.marker and not block.item:
            if block.marker.number <= previous:
                break
            end, previous = position, block.marker.number
    return end


def _part(text: str, now: ParagraphKind) -> ParagraphKind:
    """Which part of the document a heading opens, if it opens one."""
    if opens_opinion(text):
        return ParagraphKind.OPINION
    if opens_annex(text):
        return ParagraphKind.ANNEX
    return now
