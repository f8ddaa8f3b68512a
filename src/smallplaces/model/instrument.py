"""Instruments: treaties and declarations, and the general comments that say what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from smallplaces.model.language import Names, in_language, primary


class InstrumentKind(StrEnum):
    """What an instrument is in law."""

    TREATY = "treaty"
    PROTOCOL = "protocol"
    AMENDMENT = "amendment"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Treaty:
    """One treaty, protocol, amendment or declaration. ``code`` is what the field writes (ICCPR, OP-CEDAW, ILO-C189).

    ``body`` is the code of the committee that monitors it, ``parent`` the treaty it completes, ``untc`` its number
    with the Secretary-General as depositary ("4-11-b"). ``in_force`` is None for what is not, or never will be, in
    force. ``articles`` counts the articles of the operative part, when we are certain.
    """

    code: str
    kind: InstrumentKind
    title: Names = field(hash=False)
    short: Names = field(default_factory=dict, hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    adopted: date | None = None
    in_force: date | None = None
    untc: str = ""
    body: str = ""
    parent: str = ""
    articles: int | None = None

    def name(self, lang: str = "en") -> str:
        """The official title in ``lang``, else in English."""
        return in_language(self.title, lang)

    def short_name(self, lang: str = "en") -> str:
        """What people call it in ``lang``; the title when that language has no short name for it."""
        return self.short.get(primary(lang)) or self.name(lang)


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """A name that sounds like a treaty and is none. ``means`` are codes of treaties people may look for instead."""

    code: str
    names: tuple[str, ...]
    why: Names = field(hash=False)
    means: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GeneralComment:
    """A general comment or general recommendation. ``code`` is "CESCR-GC-4"; ``year`` is that of its
    adoption. A joint one stands once for each committee, and ``joint`` names the others.

    ``symbol`` is its own document symbol, or that of the report or compilation it was published in when it has none
    (``own_symbol`` tells which). ``subject`` is our short wording. ``replaced_by`` and ``updates`` are codes.
    """

    code: str
    body: str
    number: int
    year: int
    symbol: str
    own_symbol: bool
    subject: Names = field(hash=False)
    joint: tuple[str, ...] = ()
    replaced_by: str = ""
    updates: str = ""
    symbols: tuple[str, ...] = ()

    def name(self, lang: str = "en") -> str:
        """The subject in ``lang``, else in English."""
        return in_language(self.subject, lang)
