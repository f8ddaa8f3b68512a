"""Short pieces of a text: its beginning, or what stands around some spans of it."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]
_LONGEST = 280
_BEFORE = 110


def opening(text: str, longest: int = _LONGEST) -> str:
    """The beginning of a text on one line, cut between words."""
    return around(text, (), longest)[0]


def around(text: str, spans: Sequence[Span], longest: int = _LONGEST) -> tuple[str, tuple[Span, ...]]:
    """At most about ``longest`` characters around the first span, on one line and cut between words; and those of the
    spans that stand in them whole, counted in the piece."""
    first, last = spans[0] if spans else (0, 0)
    begin = _cut(text, max(0, first - _BEFORE))
    end = max(last, begin + longest)
    if end < len(text):
        space = text.rfind(" ", max(last, begin + 1), end)
        end = space if space > 0 else end
    before, after = ("… " if begin else ""), (" …" if end < len(text.rstrip()) else "")
    # White space of any kind becomes a space each, so that spans stay where they are.
    piece = "".join(" " if letter.isspace() else letter for letter in text[begin:end])
    move = len(before) - begin
    kept = tuple((start + move, stop + move) for start, stop in spans if start >= begin and stop <= end)
    return f"{before}{piece}{after}", kept


def _cut(text: str, at: int) -> int:
    """The first place from ``at`` on where a word begins; ``at`` itself in scripts without spaces."""
    if at == 0:
        return 0
    space = text.find(" ", at, at + 25)
    return space + 1 if space >= 0 else at
