"""Targets of citations: the key of a document, with a place inside it when one is cited.

treaty:ICCPR/19(2)(b)     the work treaty:ICCPR, its article 19, a place in that
CCPR/C/GC/36#p12          the work CCPR/C/GC/36, its paragraph 12; a range "#p2-35" stays one place
sdg:8.5                   Goal 8, its target 5
gc:CCPR/8, communication:CCPR/878/1999, A/RES/48/134: works
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FORM = re.compile(r"(?P<work>treaty:[^/]+|sdg:\d+|[^#]+)(?:(?P<mark>(?<=\d)\.|/|#p)(?P<place>.+))?")
_RANGE = re.compile(r"(\d+)-(\d+)")
#: A range of more paragraphs than this is taken for a slip.
_LONGEST_RANGE = 1000


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation leads to: the key of a document and, after ``mark``, a ``place`` in it; both are empty when all
    of it is meant."""

    work: str
    mark: str = ""
    place: str = ""

    def __str__(self) -> str:
        return f"{self.work}{self.mark}{self.place}"

    @property
    def whole(self) -> str:
        """The article or paragraph without what is inside it: "treaty:ICCPR/19"."""
        return f"{self.work}{self.mark}{self.place.partition('(')[0]}"

    @property
    def levels(self) -> tuple[str, ...]:
        """The target and everything it is a part of, narrowest first; a range of paragraphs gives each of them."""
        return tuple(dict.fromkeys((str(self), *self._around(), self.work)))

    def _around(self) -> Iterator[str]:
        place = self.place
        while place.endswith(")") and "(" in place:
            place = place.rpartition("(")[0]
            yield f"{self.work}{self.mark}{place}"
        found = _RANGE.fullmatch(place)
        if found and 0 <= int(found[2]) - int(found[1]) < _LONGEST_RANGE:
            yield from (f"{self.work}{self.mark}{number}" for number in range(int(found[1]), int(found[2]) + 1))

    @property
    def paragraph_keys(self) -> tuple[str, ...]:
        """The keys under which the cited place may stand in an edition, the likeliest first."""
        if self.mark == "/":
            return (f"art.{self.place.partition('(')[0]}",)
        if self.mark != "#p":
            return ()
        first = self.place.split("-", 1)[0]
        return tuple(dict.fromkeys((self.place, first, first.partition("(")[0])))


def read_target(text: str) -> Target:
    """A target from its written form. Any text is one: what names no place is a work."""
    if text.startswith(("treaty:", "sdg:")) or "#p" in text:
        found = _FORM.fullmatch(text)
        if found:
            return Target(found["work"], found["mark"] or "", found["place"] or "")
    return Target(text)
