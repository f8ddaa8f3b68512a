"""Tell the running paragraphs of a report from numbered headings, summaries and pieces of footnotes among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from smallplaces.model.document import Paragraph, ParagraphKind, fingerprint

_NOTE = re.compile(r"\d{1,3}\s+\S")
_LONGEST_HEADING = 160


def running(numbers: Sequence[int]) -> set[int]:
    """Positions of the longest strictly rising run of numbers; of equal runs, the one that stands latest.

    The body of a report counts on from its first paragraph to its last, whatever is put between.
    """
    ends: list[int] = []  # position of the smallest end of a run of each length
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        length = bisect_left(ends, number, key=lambda i: numbers[i])
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [at]
    found = set()
    at_end = ends[-1] if ends else None
    while at_end is not None:
        found.add(at_end)
        at_end = before[at_end]
    return found


def sorted_out(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs in their order; those outside the running numbers get a key of their own text and their kind.

    What looks like a heading or a note belongs to the body only where its number fills a gap.
    """
    numbers = [int(p.number) if p.number.isdigit() else 0 for p in paragraphs]
    plain = [i for i, p in enumerate(paragraphs) if numbers[i] and not (_is_note(p.text) or _is_heading(p.text))]
    chosen = running([numbers[i] for i in plain])
    body = {i for at, i in enumerate(plain) if at in chosen}
    reached = 0
    following = _following(numbers, body)
    for i, number in enumerate(numbers):
        if i in body or reached < number < following[i]:
            body.add(i)
            reached = number
    return tuple(p if i in body else _aside(p) for i, p in enumerate(paragraphs))


def _following(numbers: Sequence[int], body: set[int]) -> list[int]:
    """For each position the number of the next paragraph of the body; for those after its end, 0."""
    following = [0] * len(numbers)
    ahead = 0
    for i in range(len(numbers) - 1, -1, -1):
        following[i] = ahead
        if i in body:
            ahead = numbers[i]
    return following


def _is_note(text: str) -> bool:
    return _NOTE.match(text) is not None


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and text[:1].isupper() and text[-1:] not in ".;:,?!"


def _aside(paragraph: Paragraph) -> Paragraph:
    if _is_note(paragraph.text):
        return replace(paragraph, number="", kind=ParagraphKind.FOOTNOTE)
    if _is_heading(paragraph.text):
        return replace(paragraph, key=f"h.{fingerprint(paragraph.text)}", kind=ParagraphKind.HEADING)
    return replace(paragraph, key=f"t.{fingerprint(paragraph.text)}")
