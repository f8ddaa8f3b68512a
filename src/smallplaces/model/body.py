"""Bodies of the human rights system, mandates of special procedures, and what these bodies do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from smallplaces.model.language import Names, in_language


class BodyKind(StrEnum):
    """Where in the system a body stands."""

    TREATY_BODY = "treaty-body"
    CHARTER_BODY = "charter-body"
    SPECIAL_PROCEDURES = "special-procedures"
    SECRETARIAT = "secretariat"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Body:
    """One body. ``code`` is short (CCPR, CRPD, UPR, HRC, OHCHR); ``abbreviation`` what each language writes for it.

    ``symbols`` are prefixes of its document symbols, longest meaning most particular. ``monitors`` are codes of
    treaties. ``established`` and ``ended`` are ISO dates in the precision we are certain of.
    """

    code: str
    kind: BodyKind
    names: Names = field(hash=False)
    abbreviation: Names = field(default_factory=dict, hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    symbols: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    parent: str = ""
    established: str = ""
    ended: str = ""

    def name(self, lang: str = "en") -> str:
        """The full name in ``lang``, else in English."""
        return in_language(self.names, lang)

    def short_name(self, lang: str = "en") -> str:
        """The abbreviation that ``lang`` uses, else the code."""
        return in_language(self.abbreviation, lang) or self.code


class MandateKind(StrEnum):
    """Whether a mandate of the special procedures follows a theme or a country."""

    THEMATIC = "thematic"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Mandate:
    """One mandate of the special procedures ("SR-EDUCATION", "WG-ENFORCED-DISAPPEARANCES").

    ``since`` and ``until`` are years; ``state`` is the alpha-3 code of the State of a country mandate.
    """

    code: str
    kind: MandateKind
    names: Names = field(hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    since: int | None = None
    until: int | None = None
    state: str = ""

    def name(self, lang: str = "en") -> str:
        """The full name in ``lang``, else in English."""
        return in_language(self.names, lang)


@dataclass(frozen=True, slots=True)
class Procedure:
    """Something the system does: reporting, follow-up, communications… ``bodies`` are codes of those who do it."""

    code: str
    names: Names = field(hash=False)
    explained: Names = field(hash=False)
    bodies: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def name(self, lang: str = "en") -> str:
        """The name in ``lang``, else in English."""
        return in_language(self.names, lang)
