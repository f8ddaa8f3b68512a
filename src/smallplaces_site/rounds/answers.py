"""One answer: its words, its number or choice, and what is attached to it. That a place has no information is an answer
of its own, and is never the same as "no".

What is attached is kept as it was on that day, so that what was handed in does not change when follow-up goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

#: What can be chosen for a question of yes or no.
YES_NO = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Attached:
    """Something that goes with an answer. ``kind``: "action", "indicator" or "evidence", each with its id in follow-up,
    or "file". A file stands in the archive under ``sha256``; an indicator brings its value, its day and its source."""

    kind: str
    title: str
    id: int = 0
    address: str = ""
    sha256: str = ""
    name: str = ""
    media: str = ""
    size: int = 0
    value: str = ""
    unit: str = ""
    on: str = ""
    source: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is, whatever it is called."""
        return self.kind, self.id, self.sha256


@dataclass(frozen=True, slots=True)
class Answer:
    """What a place says to one question. ``number`` is a decimal as text, ``as_of`` an ISO day.

    ``nothing``: the place has no information.
    """

    text: str = ""
    choice: str = ""
    number: str = ""
    as_of: str = ""
    source: str = ""
    nothing: bool = False
    attached: tuple[Attached, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing was said, not even that there is no information."""
        return not (self.text or self.choice or self.number or self.nothing or self.attached)

    @property
    def amount(self) -> Decimal | None:
        """Its number."""
        return Decimal(self.number) if self.number else None


def to_json(answers: Mapping[int, Answer]) -> dict[str, Any]:
    """Answers as they are kept, without those that say nothing and without empty parts."""
    return {str(number): _bare(asdict(one)) for number, one in sorted(answers.items()) if not one.blank}


def from_json(kept: Mapping[str, Any]) -> dict[int, Answer]:
    """Answers as they were kept, by the number of their question."""
    return {
        int(number): Answer(**{**one, "attached": tuple(Attached(**held) for held in one.get("attached", ()))})
        for number, one in kept.items()
    }


def _bare(fields: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in fields.items() if value}
    if "attached" in found:
        found["attached"] = [_bare(one) for one in found["attached"]]
    return found
