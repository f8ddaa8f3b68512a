"""States, entities treated like them, and the regions they are counted in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from smallplaces.model.language import Names, in_language, primary


class Standing(StrEnum):
    """What an entry of the table of States is, as the United Nations treats it."""

    MEMBER = "member"
    OBSERVER = "observer"
    ENTITY = "entity"  # reports or is reported on by itself: European Union, Kosovo, Hong Kong, Cook Islands…
    TERRITORY = "territory"  # listed by ISO 3166-1 alone; another State answers for it
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class State:
    """One State or entity. ``code`` is ISO 3166-1 alpha-3 (ISO 3166-3 for former States; "EUE" and "XKX", which
    ISO leaves to users, for the European Union and Kosovo).

    ``m49`` is the three-digit UN number as text; ``region`` and ``subregion`` are M49 numbers; ``group`` is the
    code of a UN regional group (AFRICA, ASIA-PACIFIC, EEG, GRULAC, WEOG). ``member_since`` is the year of admission
    to the United Nations of the present membership. ``names`` are short UN names, ``formal`` the full ones;
    ``aliases`` are other spellings by language ("any" for codes and names that belong to no language).
    ``valid_to`` is the year in which a former State ended; ``successors`` are codes; ``part_of`` the State
    that answers for a territory or special region.
    """

    code: str
    iso2: str
    standing: Standing
    m49: str = ""
    region: str = ""
    subregion: str = ""
    group: str = ""
    member_since: int | None = None
    names: Names = field(default_factory=dict, hash=False)
    formal: Names = field(default_factory=dict, hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    valid_to: str = ""
    successors: tuple[str, ...] = ()
    part_of: str = ""
    note: str = ""

    def name(self, lang: str = "en") -> str:
        """The short name in ``lang``, else in English."""
        return in_language(self.names, lang)

    def formal_name(self, lang: str = "en") -> str:
        """The full name in ``lang``; the short one when none is held."""
        return self.formal.get(primary(lang)) or self.name(lang)


class RegionKind(StrEnum):
    """Which division of the world a region belongs to."""

    M49_REGION = "m49-region"
    M49_SUBREGION = "m49-subregion"
    UN_GROUP = "un-group"


@dataclass(frozen=True, slots=True)
class Region:
    """A statistical region (M49 number as ``code``) or a UN regional group (AFRICA, EEG…)."""

    code: str
    kind: RegionKind
    parent: str = ""
    names: Names = field(default_factory=dict, hash=False)
    short: Names = field(default_factory=dict, hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def name(self, lang: str = "en") -> str:
        """The name in ``lang``, else in English."""
        return in_language(self.names, lang)
