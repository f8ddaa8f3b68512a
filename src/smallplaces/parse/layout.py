"""What is usual in a document's layout, and what a line looks like beside it.

Reads: lines. Writes: nothing. Shared by the search for the sequence of numbers and by the making of blocks.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from smallplaces.parse.base import Line
from smallplaces.parse.notes import body_size
from smallplaces.parse.wording import pattern

_TERMINAL = re.compile(r"[.;:!?。；：！？؛؟…][\s\d*”\"’»)\]›」』]*$")
_CITED = re.compile(r"\b(?:arts?|paras?|párrs?|pp?|nos?|núms?|chap|cap|vol|sect?s?|ст|пп?|гл)\.\s?\d*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;,:。；，、：،؛,][\s”\"’»)\]]*$")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{3,}|(?:·\s?){5,}|_{8,}")
WORDY = re.compile(
    r"(?<![/\w])[^\W\d_]{2,}(?![/\w])|[\u3400-\u9fff\uac00-\ud7a3]"
)  # a word that is no part of a symbol
_TITLE = 200  # characters of a table's number and title
_FEW = 20  # lines that do not yet tell the margins of a page
_NOT_LOWER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Layout:
    """What is usual in a document: size of the text, distance of lines, margins."""

    size: float
    leading: float
    left: tuple[float, float]  # of even and of odd pages: facing pages may have margins of their own
    right: tuple[float, float]
    declared: bool  # the format itself knows its paragraphs
    plain: bool = False  # everything is set in one type: typewritten, plain text, read from a picture
    shorts: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: list[Line]) -> Layout:
        """Measure a document's lines."""
        size = body_size(lines)
        steps: Counter[float] = Counter()
        for one, two in pairwise(lines):
            if one.page == two.page and abs(one.size - size) < 0.6 and 0 < one.y - two.y < 4 * max(size, 1):
                steps[round((one.y - two.y) * 2) / 2] += 1
        common = steps.most_common(4)
        leading = min((step for step, count in common if count >= 0.25 * common[0][1]), default=size * 1.2)
        body = [line for line in lines if abs(line.size - size) < 0.6 and len(line.text) > 40] or lines
        sides = [[line for line in body if line.page % 2 == side] for side in (0, 1)]
        even, odd = [side if len(side) > _FEW else body for side in sides]
        right = _tenth([line.x1 for line in even], 8), _tenth([line.x1 for line in odd], 8)
        left = _tenth([line.x0 for line in even], 1), _tenth([line.x0 for line in odd], 1)
        declared = all(line.fresh is not None for line in lines)
        plain = all(line.size == lines[0].size and not (line.bold or line.italic or line.level) for line in lines)
        return cls(size, leading or size * 1.2, left, right, declared, plain)

    def short(self, line: Line, share: float = 0.1) -> bool:
        """Whether a line ends well before the margin, by ``share`` of the text's width, so that its paragraph ends."""
        side = line.page % 2
        left, right = self.left[side], self.right[side]
        slack = share * max(right - left, 1.0)
        return line.x0 > left + slack if line.rtl else line.x1 < right - slack


def _tenth(values: list[float], which: int) -> float:
    return statistics.quantiles(values, n=10)[which] if len(values) > 1 else 0.0


def ends(line: Line) -> bool:
    """Whether a line closes with the end of a sentence or clause, and not with "art. 88"."""
    tail = line.text[-24:].rstrip()
    return bool(_TERMINAL.search(tail)) and not _CITED.search(tail)


def closed(text: str) -> bool:
    """Whether a text ends with a sign that closes a sentence or a clause."""
    return bool(_SENTENCE_END.search(text[-16:].rstrip()))


def is_contents(line: Line) -> bool:
    """Whether a line is an entry of a table of contents (dots that lead to a page number)."""
    text = line.text
    if "..." not in text and ". . ." not in text and "…" not in text and "·" not in text and "____" not in text:
        return False
    return bool(_LEADERS.search(text))


def starts_lower(text: str) -> bool:
    """Whether the first letter of a text is small."""
    first = _NOT_LOWER.search(text)
    return bool(first and first.group().islower())


def heading_like(line: Line, layout: Layout) -> bool:
    """Whether a line is set like a heading: in a style of its own, short, without a closing sign."""
    styled = line.bold or line.italic or line.size > layout.size + 0.7 or line.level > 0
    return styled and not closed(line.text) and layout.short(line)


@cache
def _annex() -> re.Pattern[str]:
    return pattern("annex", "", r"\b[\sIVX\d]*")


@cache
def _opinion() -> re.Pattern[str]:
    return pattern("opinion")


def opens_annex(text: str) -> bool:
    """Whether a heading opens an annex."""
    return _annex().match(text) is not None


def opens_opinion(text: str) -> bool:
    """Whether a heading opens the opinion of a member of a committee."""
    return len(text) < 200 and _opinion().search(text) is not None


@cache
def _caption() -> re.Pattern[str]:
    return pattern(
        "caption", "", r"\s*(?:No\.?|№|n[°o]\.?)?\s*(?:\d{1,3}|[IVX]{1,5})(?:\.\d{1,2})?[a-z]?(?P<title>\W.*|$)"
    )


def caption(text: str) -> str:
    """ "alone" for the number of a table or figure ("Table 3"), "titled" where its title follows, else empty."""
    text = text.strip()
    match = _caption().fullmatch(text) if len(text) < _TITLE else None
    if match is None or closed(text):
        return ""
    title = match["title"].strip(" .:–—-")
    return "titled" if WORDY.search(title) else "alone"


def opens_part(line: Line) -> bool:
    """Whether a line is the title of an annex or of an opinion."""
    text = line.text.strip()
    return (len(text) < 80 and opens_annex(text)) or opens_opinion(text)
