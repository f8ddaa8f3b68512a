"""Places below the State: provinces, municipalities, submunicipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: From the highest to the lowest; an authority is an office of its own beside a province, such as the one for schools.
LEVELS = ("province", "municipality", "submunicipality", "authority")


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``code`` is ours and unique: the State's alpha-3 code, a scheme and the scheme's code
    ("KOR/iso3166-2/KR-26", "KOR/kostat/21010"). ``valid_from`` / ``valid_to`` are ISO dates or empty."""

    code: str
    state: str
    level: str  # one of LEVELS
    kind: str = ""  # the place's own type: metropolitan city, autonomous district, county…
    names: Mapping[str, str] = field(default_factory=dict)  # language -> name; a short form under "ko-x-short"
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""
    as_of: str = ""
