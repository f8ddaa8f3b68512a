"""What a brief says, as plain records that can be kept for ever and need nothing else to be shown.

Dates are ISO 8601 in the precision that is known. Names (of departments, bodies, documents) are written in the language
of the brief when it is made, so that a published version never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

#: Languages that briefs and plain words are written in.
LANGUAGES = ("ko", "en")
#: The shape of :class:`Content` as it is kept.
SHAPE = 1


@dataclass(frozen=True, slots=True)
class PlainWords:
    """An approved restatement: its words, who wrote and approved it, and whether the paragraph changed since."""

    text: str
    lang: str
    by: str
    at: str
    approved_by: str
    version: int
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing asked, and what this rests on. ``text`` is quoted, in ``lang``; ``original`` is the whole paragraph as
    the document has it. ``cut``: the quotation leaves something out. ``verdict`` is one of
    :data:`smallplaces.enrich.route.VERDICTS`; ``confirmed``: by whom, empty for a machine's proposal.
    ``parts``: (local or national; the letter of an item, or words) where a paragraph asks several levels for several
    things. ``own_verdict``: what the place says of itself, ``own_by``: who said so; empty where it did not speak."""

    work: str
    paragraph: str
    symbol: str
    number: str
    document: str
    kind: str
    body: str
    date: str
    text: str
    lang: str
    cut: bool
    original: str
    original_lang: str
    plain: PlainWords | None
    verdict: str
    head: str
    department: str
    department_name: str
    basis: tuple[str, ...]
    sentence: str
    confidence: float
    confirmed: str
    thread: str
    thread_name: str
    first_year: str
    times: int
    position: str
    parts: tuple[tuple[str, str], ...] = ()
    own_verdict: str = ""
    own_by: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """How the line is named: document and paragraph."""
        return f"{self.work}#{self.paragraph}"


@dataclass(frozen=True, slots=True)
class Content:
    """A whole brief. ``version`` is 0 for a draft and for one that nobody keeps. ``chosen`` says by what the lines were
    chosen; ``more`` how many others fitted. ``made``: the instant, ISO 8601; ``by``: who published it."""

    place: str
    short: str
    place_name: str
    state: str
    state_name: str
    lang: str
    title: str
    audience: str
    introduction: str
    lines: tuple[Line, ...]
    chosen: Mapping[str, str] = field(hash=False)
    made: str
    data_version: str
    more: int = 0
    id: int = 0
    version: int = 0
    by: str = ""

    def sections(self) -> list[tuple[str, str, list[Line]]]:
        """(department, its name, its lines): departments in the order in which they first occur."""
        found: dict[str, tuple[str, list[Line]]] = {}
        for line in self.lines:
            found.setdefault(line.department, (line.department_name, []))[1].append(line)
        return [(code, name, lines) for code, (name, lines) in found.items()]


def to_json(content: Content) -> dict[str, Any]:
    """The content as it is kept."""
    return {"shape": SHAPE, **asdict(content)}


def from_json(kept: Mapping[str, Any]) -> Content:
    """The content of what :func:`to_json` gave, also in an earlier release: fields it does not know are passed over."""
    values = _known(Content, kept)
    values["lines"] = tuple(_line(line) for line in kept["lines"])
    return Content(**values)


def _line(kept: Mapping[str, Any]) -> Line:
    values = _known(Line, kept)
    values["basis"] = tuple(kept["basis"])
    values["parts"] = tuple((whose, said) for whose, said in kept.get("parts", ()))
    values["plain"] = PlainWords(**_known(PlainWords, kept["plain"])) if kept.get("plain") else None
    return Line(**values)


def _known(record: type[Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(record)}
    return {name: value for name, value in kept.items() if name in names}
