"""Korea's provinces, municipalities and submunicipalities, with what changed since the table was made.

Reads: rows of Statistics Korea's tables and ``korea.yml``. A place that changed is given twice: as it is now
under its code, and as it was under its code with the last day of that state ("…/KR-42~2023-06-10").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.model.place import Place
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.strict import Record

STATE = "KOR"
_LEVELS = {2: "province", 5: "municipality", 7: "submunicipality"}
_DISTRICT = re.compile(r"(?P<city>.+시)\s?(?P<district>.+구)")


class Table:
    """Reads rows in the order of the tables: provinces, municipalities, submunicipalities."""

    def __init__(self) -> None:
        self._cities: set[str] = set()

    def places(self, record: Record) -> Iterator[Place]:
        """The place of one row, with the city it implies and its former state. Raises :class:`BadRecord`."""
        code, korean = record.need("code"), record.need("name_ko")
        record.ignore("province_ko", "province_en")
        level = _LEVELS.get(len(code))
        if level is None or not code.isdigit():
            raise BadRecord(f"not a code of 2, 5 or 7 digits: {code!r}")
        english = record.text("name_en")
        english = _rules()["names_en"].get(code, english)
        year = record.text("base_year")
        parent = _code(record.text("parent_code"))
        district = _DISTRICT.fullmatch(korean) if level == "municipality" else None
        if district and district["city"] in _rules()["cities"]:
            city, level = district["city"], "submunicipality"
            city_code, city_english = f"{code[:4]}0", _rules()["cities"][city]
            if city_code not in self._cities:
                self._cities.add(city_code)
                yield from _changed(
                    city_code, _place(city_code, "municipality", (city, city_english), parent=parent, year=year)
                )
            parent, korean = _code(city_code), f"{city} {district['district']}"
            english = _district_name(english, city_english)
        for place in _changed(code, _place(code, level, (korean, english), parent=parent, year=year)):
            yield place
            if level == "province":
                yield _education_office(place)


def _education_office(province: Place) -> Place:
    """The authority for schools beside a province, which has its name and its days."""
    rule = _rules()["education"]
    return replace(
        province,
        code=province.code.replace("/iso3166-2/", "/education/"),
        level="authority",
        kind=rule["kind"],
        names={lang: rule[lang].format(name=name) for lang, name in province.names.items() if lang in rule},
        parent=province.code,
    )


def _code(kostat: str) -> str:
    """Our code for Statistics Korea's; empty for none."""
    if not kostat:
        return ""
    iso = _rules()["provinces"].get(kostat)
    return f"{STATE}/iso3166-2/{iso}" if iso else f"{STATE}/kostat/{kostat}"


def _place(code: str, level: str, names: tuple[str, str], *, parent: str, year: str) -> Place:
    """``names`` are Korean and English; the English one may be empty."""
    korean, english = names
    short = _rules()["short"].get(code)
    return Place(
        code=_code(code),
        state=STATE,
        level=level,
        kind=_kind(code, level, korean),
        names={"ko": korean, **({"en": english} if english else {}), **({"ko-x-short": short} if short else {})},
        parent=parent,
        as_of=year,
    )


def _kind(code: str, level: str, korean: str) -> str:
    given = _rules()["kinds_by_code"].get(code)
    if given:
        return str(given)
    if level == "municipality":
        large = next((kind for kind, names in _rules()["large_cities"].items() if korean in names), "")
        if large:
            return str(large)
    kinds: Mapping[str, str] = _rules()["kinds"][level]
    return next((kind for ending, kind in kinds.items() if korean.endswith(ending)), "")


def _district_name(english: str, city: str) -> str:
    """ "Jangan-gu" of "Suwonsijangangu"."""
    bare = re.sub(rf"^{city.replace('-', '')}", "", english, flags=re.IGNORECASE)
    return re.sub(r"-?gu$", "-gu", bare).capitalize()


def _changed(code: str, place: Place) -> Iterator[Place]:
    """The place as it is now and, for each change, as it was before."""
    now, since = place, ""
    for change in _rules()["changes"]:
        if change["code"] != code:
            continue
        last = (dt.date.fromisoformat(change["from"]) - dt.timedelta(days=1)).isoformat()
        yield replace(now, code=f"{place.code}~{last}", valid_from=since, valid_to=last)
        since = change["from"]
        names = {**now.names, **{lang: change[lang] for lang in ("ko", "en") if lang in change}}
        parent = _code(change["parent"]) if "parent" in change else now.parent
        kind = _kind(code, now.level, names["ko"])
        now = replace(now, names=names, parent=parent, kind=kind, valid_from=since, as_of=since[:4])
    yield now


@cache
def _rules() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("korea.yml"))
