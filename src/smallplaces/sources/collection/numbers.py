"""Do a translation's paragraph numbers fit the original's? What does not is told with its line, and loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from smallplaces.model.document import Paragraph, Work
from smallplaces.sources.base import Signal

#: Key of a Work -> the printed numbers of its official edition, in order; None when the store has none.
Originals = Callable[[str], Collection[str] | None]
_MANY = 12


def compare(work: Work, placed: Sequence[tuple[str, Paragraph]], originals: Originals | None) -> Iterator[Signal]:
    """What is odd about the numbers of ``placed`` paragraphs (where, paragraph), in the order of the file."""
    first: dict[str, str] = {}
    for where, paragraph in placed:
        number = paragraph.number
        if number and number in first:
            yield Signal(where, f"paragraph {number} of {work.key} is here twice, first at {first[number]}")
        elif number:
            first[number] = where
    original = originals(work.key) if originals and first else None
    if original is None:
        yield from _gaps(work, placed, list(first))
        return
    for number, where in first.items():
        if number not in original:
            yield Signal(where, f"paragraph {number} is not in the original of {work.key}")
    missing = [number for number in original if number and number not in first]
    if missing:
        names = ", ".join(missing[:_MANY]) + (f" and {len(missing) - _MANY} more" if len(missing) > _MANY else "")
        yield Signal(placed[-1][0], f"paragraphs of the original of {work.key} that are not here: {names}")


def _gaps(work: Work, placed: Sequence[tuple[str, Paragraph]], numbers: list[str]) -> Iterator[Signal]:
    """Without the original, whole numbers that are skipped between the first and the last."""
    whole = sorted(int(number) for number in numbers if number.isdecimal())
    if len(whole) < 2:
        return
    skipped = sorted(set(range(whole[0], whole[-1])) - set(whole))
    if skipped and len(skipped) < len(whole):  # else the numbers mean something other than a count
        names = ", ".join(map(str, skipped[:_MANY]))
        yield Signal(placed[-1][0], f"numbers of {work.key} that are left out: {names}")
