"""Footnotes: the zone at the foot of each page, and endnotes, taken out of the text and numbered.

Reads: lines without furniture. Writes: the lines of the text, and notes in order. A zone is told by
smaller type or by a printed rule, and always by a note's own mark at its head.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from smallplaces.parse.base import Line
from smallplaces.parse.furniture import by_page
from smallplaces.parse.wording import pattern

_RULE = re.compile(r"[_‗—–\-]{5,}\s*|ـ{5,}")
_MARK = re.compile(r"\(?(?P<mark>\d{1,3}|\*{1,4}|[†‡§]|[a-z](?=\s?/|\s|\)))\)?\s?/?\.?[\s\u00a0]*(?=\S)")
_HEADING = 60  # characters of the heading of endnotes at most
_CITED = re.compile(r"\b(?:[Aa]rts?|[Pp]aras?|[Nn]os?|[Pp]p?|[Vv]ol|[Nn]úms?|[Пп]п?|ст)\.$")  # "Act No." is no end
_RTL_MARK = re.compile(r"\(?(?P<mark>[\d\u0660-\u0669]{1,3}|\*{1,4})\)?\s*(?=\S)")


@dataclass(slots=True)
class Note:
    """A footnote: its printed mark ("3", "*", "a") and its lines; ``cut`` is where the first line's text begins."""

    mark: str
    cut: int
    lines: list[Line] = field(default_factory=list)


def body_size(lines: list[Line]) -> float:
    """The size in which most of the text is set."""
    sizes: defaultdict[float, int] = defaultdict(int)
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def mark_of(line: Line) -> tuple[str, int] | None:
    """The note's mark at the head of a line and where its text begins."""
    match = (_RTL_MARK if line.rtl else _MARK).match(line.text)
    if not match or match.end() >= len(line.text):
        return None
    return match["mark"], match.end()


def part(lines: list[Line]) -> tuple[list[Line], list[Note], list[Line]]:
    """(text, notes, rules): rules are the printed lines that part notes from text."""
    size = body_size(lines)
    text: list[Line] = []
    notes: list[Note] = []
    rules: list[Line] = []
    for whole in by_page(lines).values():
        declared = [line for line in whole if line.role == "footnote"]
        for line in declared:
            notes.append(Note(line.note, 0, [line]))
        page = [line for line in whole if line.role != "footnote"]
        start = _zone(page, size, notes)
        drawn = {i for i, line in enumerate(page) if _is_rule(line)}
        text += [line for i, line in enumerate(page[:start]) if i not in drawn]
        rules += [page[i] for i in sorted(drawn)]
        _collect([line for i, line in enumerate(page[start:], start) if i not in drawn], notes)
    at = _endnotes(text)
    if at >= 0:
        rules.append(text[at])
        _collect(text[at + 1 :], notes)
        text = text[:at]
    return text, notes, rules


def _is_rule(line: Line) -> bool:
    """Whether a line is a rule printed with signs."""
    return not line.text[:1].isalnum() and _RULE.fullmatch(line.text.strip()) is not None


def _endnotes(text: list[Line]) -> int:
    """Where the heading of the notes at the end stands, in a format without pages: all that follows it is numbered from
    1 without a gap; -1 where there are none."""
    if not text or text[-1].y:
        return -1
    found = (i for i in range(len(text) - 2, len(text) // 3, -1) if is_endnotes_heading(text[i].text))
    at = next(found, -1)
    if at < 0 or any(line.y for line in text[at:]):
        return -1
    marks = [mark_of(line) for line in text[at + 1 :]]
    numbers = [mark[0] if mark else "" for mark in marks]
    return at if numbers == [str(number) for number in range(1, len(numbers) + 1)] else -1


def _zone(page: list[Line], size: float, notes: list[Note]) -> int:
    """Where the notes begin on a page; its length when it has none."""
    rules = [i for i, line in enumerate(page) if _is_rule(line)]
    if rules and rules[-1] + 1 < len(page) and (rules[-1] > len(page) * 0.3 or page[0].page == 1):
        after = rules[-1] + 1
        if mark_of(page[after]) or (notes and page[after].size < size - 0.4):
            return rules[-1]
    start = _starred(page)
    while start > 0 and page[start - 1].size < size - 0.4 and page[start - 1].y:
        start -= 1
    while start < len(page) and not _opens(page[start], notes):
        if notes and _goes_on(notes[-1], page[start]) and start and page[start - 1].size >= size - 0.4:
            break
        start += 1
    return start


def _starred(page: list[Line]) -> int:
    """Where a note marked by asterisks opens among a page's last lines, in whatever size; else the page's length."""
    for back in range(1, min(6, len(page)) + 1):
        line = page[-back]
        if re.match(r"\*{1,4}\s+\S", line.text) and line.y and back < len(page):
            above = page[-back - 1]
            if above.y - line.y > 1.2 * line.size and not above.text.lstrip().startswith("*"):
                return len(page) - back
    return len(page)


def _opens(line: Line, notes: list[Note]) -> bool:
    mark = mark_of(line)
    if mark is None:
        return False
    if (line.calls and line.calls[0][0] == 0) or not mark[0].isdigit():
        return True
    numbers = [int(note.mark) for note in notes if note.mark.isdigit()]
    return int(mark[0]) == (numbers[-1] + 1 if numbers else 1)


def _goes_on(note: Note, line: Line) -> bool:
    """Whether a note of the page before goes on here: it ended in mid-sentence, in the same size."""
    last = note.lines[-1]
    if last.page != line.page - 1 or abs(last.size - line.size) > 0.3:
        return False
    return not last.text.rstrip().endswith(".") or _CITED.search(last.text.rstrip()) is not None


def _collect(zone: list[Line], notes: list[Note]) -> None:
    for line in zone:
        mark = mark_of(line) if _opens(line, notes) or not notes else None
        if mark:
            notes.append(Note(mark[0], mark[1], [line]))
        elif notes:
            notes[-1].lines.append(line)
        else:
            notes.append(Note("", 0, [line]))


def is_endnotes_heading(text: str) -> bool:
    """Whether a heading opens the endnotes."""
    return len(text) < _HEADING and pattern("endnotes", "", r"\s*:?").fullmatch(text.strip()) is not None
