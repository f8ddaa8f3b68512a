"""The scales on which committees grade what was done about their recommendations, each in its versions.

Reads ``grades.yml`` and ``grade_labels.yml``. A grade is a committee, a version of its scale, a code, a label, a day.
Raises :class:`~smallplaces.errors.BadInput` naming the entry for a body or a label that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.vocab.body import resolve_body
from smallplaces.vocab.load import Entry, entries


@dataclass(frozen=True, slots=True)
class Scale:
    """One version of a committee's scale. ``grades``: code -> label, the best first.

    ``until`` is empty for what is in use. ``checked``: the codes were read in ``source``; else they are to be verified.
    """

    code: str
    body: str
    since: date
    until: date | None
    grades: Mapping[str, str] = field(hash=False)
    source: str
    as_of: date
    checked: bool

    def used_on(self, day: date) -> bool:
        """Whether the scale was in use on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@cache
def scales() -> Mapping[str, Scale]:
    """Every scale by code ("CCPR-2017"): committee by committee, the oldest version first."""
    return MappingProxyType({entry.code: _scale(entry) for entry in entries("grades.yml")})


def scales_of(body: str) -> tuple[Scale, ...]:
    """The versions of a committee's scale, the oldest first."""
    return tuple(scale for scale in scales().values() if scale.body == body)


def grade_name(scale: str, code: str, lang: str = "en") -> str:
    """What a grade says, in a language of the house; the code alone when scale or code is not known."""
    known = scales().get(scale)
    label = known.grades.get(code) if known else None
    names = _labels().get(label, {}) if label else {}
    return names.get(lang) or names.get("en") or code


@cache
def _labels() -> Mapping[str, dict[str, str]]:
    found = {}
    for entry in entries("grade_labels.yml"):
        found[entry.code] = entry.names("names")
        entry.close()
    return MappingProxyType(found)


def _scale(entry: Entry) -> Scale:
    grades = dict(line.split(" ", 1) for line in entry.words("grades"))
    since, as_of = entry.day("from"), entry.day("as_of")
    if not grades or since is None or as_of is None:
        raise BadInput(
            "a scale needs grades, its first day, and the day on which its source was true", where=entry.where
        )
    strangers = set(grades.values()) - set(_labels())
    body = entry.text("body")
    if strangers or resolve_body(body) is None:
        raise BadInput(f"unknown: {', '.join(sorted(strangers)) or body}", where=entry.where)
    scale = Scale(
        code=entry.code,
        body=body,
        since=since,
        until=entry.day("to"),
        grades=MappingProxyType(grades),
        source=entry.text("source"),
        as_of=as_of,
        checked=entry.flag("checked"),
    )
    entry.close()
    return scale
