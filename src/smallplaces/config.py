"""Every setting, as a record. The one place where the environment is read.

The command line, the settings table in the docs and Django all read :data:`SETTINGS`, so that a
setting cannot exist without a name, a type, a default and a sentence of help.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smallplaces.errors import BadInput

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(f"expected yes or no, got {text!r}")


_PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _rate(text: str) -> tuple[int, int] | None:
    """Number and seconds; None when there is no limit."""
    if text.strip().lower() in _FALSE:
        return None
    number, _, period = text.replace(" ", "").partition("/")
    if period not in _PERIODS or not number.isdecimal() or int(number) < 1:
        raise ValueError(f"expected a number / s, m, h or d, or no; got {text!r}")
    return int(number), _PERIODS[period]


def _zone(text: str) -> str:
    """A name of the time zone database, which this machine knows."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"no time zone is called {text!r}; write one as Asia/Seoul") from error
    return text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its environment name, how its text is read, its default and what it does."""

    name: str
    read: Callable[[str], Any]
    default: str
    help: str

    @property
    def type_name(self) -> str:
        """The type as a reader of the docs would call it."""
        return {
            _flag: "yes/no",
            _words: "words",
            _rate: "rate",
            _zone: "time zone",
            int: "number",
            str: "text",
            Path: "path",
        }[self.read]


SETTINGS: tuple[Setting, ...] = (
    Setting("SMALLPLACES_HOME", Path, "var", "Folder of the embedded store, its index and the archive of raw files."),
    Setting("DATABASE_URL", str, "", "Database address. Empty: SQLite in the home folder. PostgreSQL: postgres://…"),
    Setting("SMALLPLACES_HOST", str, "127.0.0.1", "Address on which the site listens."),
    Setting("PORT", int, "8000", "Port on which the site listens."),
    Setting("SMALLPLACES_WORKERS", int, "1", "Number of server processes."),
    Setting("SMALLPLACES_HOSTS", _words, "127.0.0.1 localhost [::1]", "Host names under which the site may be asked."),
    Setting("SMALLPLACES_URL", str, "", "Public address of the site, for permanent links in exports. Empty: as asked."),
    Setting("SMALLPLACES_SECRET", str, "", "Secret key for signing. Empty: made once and kept in the home folder."),
    Setting("SMALLPLACES_DEBUG", _flag, "no", "Show errors with their trace. Never on a public server."),
    Setting("SMALLPLACES_STATE", str, "KOR", "ISO 3166-1 alpha-3 code of the State the site serves first."),
    Setting("SMALLPLACES_SIGNUP", _flag, "no", "Whether visitors may make reader's accounts; officers are added."),
    Setting("SMALLPLACES_MAIL", str, "", "Mail server, smtp://user:password@host:587. Empty: files in <home>/mail."),
    Setting("SMALLPLACES_MAIL_FROM", str, "small-places@localhost", "Address from which letters are sent."),
    Setting("SMALLPLACES_TIMEZONE", _zone, "UTC", "Time zone by which daily and weekly letters go out: Asia/Seoul."),
    Setting("SMALLPLACES_HOOKS_INSIDE", _flag, "no", "Whether webhooks may lead into private networks, by http too."),
    Setting("SMALLPLACES_API_RATE", _rate, "600/m", "Requests one address may make to each server process; no: any."),
    Setting("SMALLPLACES_PROXIES", int, "0", "How many proxies of yours before the site add X-Forwarded-For."),
    Setting("SMALLPLACES_COURSES", str, "", "Folder of an institution's own courses, beside those of the software."),
    Setting("CORPUS", str, "", "Folder of real data that `make run` imports before it serves."),
    Setting("SMALLPLACES_CORPUS", str, "", "Folder of the real corpus that tests and benchmarks read."),
)


def load(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Read every setting from ``environ`` (the process environment when not given).

    Raises :class:`BadInput` naming the setting whose text cannot be read.
    """
    source = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = source.get(setting.name, "").strip() or setting.default
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            raise BadInput(f"{setting.name}: {error}", where="environment") from error
    return values
