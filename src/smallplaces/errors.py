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


class SmallPlacesError(Exception):
    """Root of every error raised on purpose."""


class UserError(SmallPlacesError):
    """An error whose message may be shown to a person as it is.

    ``where`` names the place (a file and line, a record id, a field), when there is one.
    """

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where

    def __str__(self) -> str:
        return f"{self.message} ({self.where})" if self.where else self.message


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
