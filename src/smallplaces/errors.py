"""The error tree. Everything Small Places raises on purpose stands here.

SmallPlacesError
├── UserError              the message is safe and useful to show to a person
│   ├── BadInput           what was given cannot be read; says what and where
│   │   ├── BadSymbol      not a UN document symbol
│   │   ├── BadFile        a file is damaged, hostile, of the wrong kind or unreadable
│   │   └── BadRecord      one record of a source breaks its contract
│   ├── NotFound           nothing in the store answers to that name
│   ├── Locked             another process is writing; says which and since when
│   ├── Unexpected         a source's numbers fall outside its declared expectations
│   ├── Unreachable        a server cannot be asked, does not answer, or answers what cannot be used
│   └── NoRoom             the disk is full
└── BrokenPromise          an invariant of ours does not hold: a bug, never the user's fault
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Self

#: A value within a template.
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]")


class Sentence(str):
    """An English sentence for people, which remembers how it was made, so that a site can say it in another language.

    ``template`` holds its values as named placeholders, ``"There is no place %(code)s."``, and ``values`` fill them; a
    tuple is told as a list.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """The sentence with its values filled in."""
        made = super().__new__(cls, fill(template, {name: _plain(value) for name, value in values.items()}))
        made.template, made.values = template, values
        return made


class SmallPlacesError(Exception):
    """Root of every error raised on purpose."""


class UserError(SmallPlacesError):
    """An error whose message may be shown to a person as it is.

    ``template`` and ``values`` make its sentence. ``where`` names the place (a file and line, a record id, what was
    typed), when there is one: the template may hold it as ``%(where)s``, and otherwise it is told after the sentence.
    ``field`` is the field of a form that is meant.
    """

    def __init__(self, template: str, *, where: str = "", field: str = "", **values: object) -> None:
        self.message = Sentence(template, where=where, **values)
        self.where = where
        self.field = field
        super().__init__(self.message)

    @property
    def told_apart(self) -> str:
        """``where``, unless the sentence names it already."""
        return "" if "%(where)s" in self.message.template else self.where

    def __str__(self) -> str:
        return beside(self.message, self.told_apart)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The sentence with its values. A placeholder without a value, and any other per cent sign, stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)


def beside(sentence: str, where: str) -> str:
    """The sentence, and in brackets where: before the full stop, when it has one."""
    if not where:
        return sentence
    return f"{sentence[:-1]} ({where})." if sentence.endswith(".") else f"{sentence} ({where})"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


class BadInput(UserError):
    """What was given cannot be read."""


class BadSymbol(BadInput):
    """The text is not a UN document symbol."""


class BadFile(BadInput):
    """A file is damaged, hostile, unreadable or not what its name says."""


class BadRecord(BadInput):
    """One record of a source breaks the contract of that source."""


class NotFound(UserError):
    """Nothing in the store answers to that name."""


class Locked(UserError):
    """Another process is writing to the store."""


class Unexpected(UserError):
    """The numbers of a source fall outside what its description expects."""


class Unreachable(UserError):
    """A server cannot be asked, does not answer, or answers what cannot be used."""


class NoRoom(UserError):
    """The disk is full."""


class BrokenPromise(SmallPlacesError):
    """An invariant of ours does not hold. A bug."""
