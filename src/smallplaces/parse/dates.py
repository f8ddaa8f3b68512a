"""Dates as documents print them, in seven languages. The names of the months stand in ``data/months.yml``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import yaml

_MONTHS: dict[int, str] = yaml.safe_load((Path(__file__).parent / "data" / "months.yml").read_text("utf-8"))
_NUMBER = {name: month for month, names in _MONTHS.items() for name in names.split()}
_WORDS = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?\s+(?:de\s+|\S+/)?(?P<m>{_WORDS})(?:/\S+)?,?\s+(?:de\s+|del\s+)?(?P<y>(?:19|20)\d\d)
      | (?P<m2>{_WORDS})\s+(?P<d2>\d{{1,2}}),?\s+(?P<y2>(?:19|20)\d\d)
      | (?P<y3>(?:19|20)\d\d)\s?[年년]\s?(?P<m3>\d{{1,2}})\s?[月월]\s?(?P<d3>\d{{1,2}})\s?[日일]
      | (?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})[./](?P<y4>(?:19|20)\d\d)""",
    re.IGNORECASE | re.VERBOSE,
)


def find_dates(text: str) -> list[date]:
    """Every date in ``text``, in order; what is no day of the calendar is left out."""
    found = []
    for match in _DATE.finditer(text):
        group = match.groupdict()
        year = next(v for k, v in group.items() if k[0] == "y" and v)
        day = next(v for k, v in group.items() if k[0] == "d" and v)
        month = next(v for k, v in group.items() if k[0] == "m" and v)
        number = int(month) if month.isdigit() else _NUMBER[month.casefold()]
        try:
            found.append(date(int(year), number, int(day)))
        except ValueError:
            continue
    return found
