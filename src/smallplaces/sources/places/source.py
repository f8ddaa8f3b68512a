"""Places below the State: Korea by Statistics Korea's codes, the other States by ISO 3166-2.

Reads: tables of places; tables of countries, to check the catalogue of States against them. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from smallplaces import vocab
from smallplaces.errors import BadRecord
from smallplaces.model.language import CODES
from smallplaces.model.place import LEVELS, Place
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.places import korea
from smallplaces.sources.reading import table, until_damage
from smallplaces.sources.strict import Record

_KOREA = "KR"
_LEVEL_FILES = ("provinces", "municipalities", "submunicipalities")
# Columns with a name of a country, and with its alpha-3 code where there is one.
_NAMES = ("name_en", "name_ko", "name_fr", "name_es", "name_ar", "name_ru", "name_zh", "Country or Area")
_CODES = ("alpha_3", "ISO-alpha3 Code")
_SHORT = ("English short", "Chinese short", "Arabic short")


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every place; signals where a table of countries and the catalogue of States disagree."""
    table_of_korea = korea.Table()
    for file in sorted(files, key=_turn):
        delimiter = ";" if "M49" in file.name else ","
        for found in until_damage(file, table(file, delimiter=delimiter)):
            if isinstance(found, Refusal):
                yield found
                continue
            record = Record(found[1], found[0])
            try:
                yield from _items(file, record, table_of_korea)
            except BadRecord as error:
                yield record.refuse(error.message)


def _turn(file: File) -> tuple[int, str]:
    """Parents come before children."""
    stem = re.sub(r"^.*_|\.csv$", "", file.name)
    return (_LEVEL_FILES.index(stem) if stem in _LEVEL_FILES else len(_LEVEL_FILES), file.name)


def _items(file: File, record: Record, table_of_korea: korea.Table) -> Iterator[Item]:
    if "kostat" in file.name:
        yield from table_of_korea.places(record)
        yield from record.unused()
    elif Path(file.name).name.startswith("local_"):
        yield _local(record)
        yield from record.unused()
    elif "subdivisions" in file.name:
        yield from _subdivision(record)
        yield from record.unused()
    else:
        yield from _check(record)


def _subdivision(record: Record) -> Iterator[Place]:
    """One line of ISO 3166-2. Korea's provinces come from Statistics Korea, with Korean names and dates."""
    code, name, parent = record.need("code"), record.need("name"), record.text("parent")
    kind, korean = record.text("type"), record.text("name_ko")
    iso2, dash, _ = code.partition("-")
    if iso2 == _KOREA:
        return
    state = vocab.resolve_state(iso2) if dash and len(iso2) == 2 else None
    if state is None:
        raise BadRecord(f"the catalogue has no State {iso2!r}")
    prefix = f"{state.code}/iso3166-2/"
    if parent:
        parent = prefix + (parent if parent.startswith(f"{iso2}-") else f"{iso2}-{parent}")
    yield Place(
        code=prefix + code,
        state=state.code,
        level="municipality" if parent else "province",
        kind=kind.lower(),
        names={"en": name, **({"ko": korean} if korean else {})},
        parent=parent,
    )


def _local(record: Record) -> Place:
    """One line of a file that somebody made for their own State. Raises :class:`BadRecord`."""
    state = vocab.resolve_state(record.need("state"))
    if state is None:
        raise BadRecord(f"the catalogue has no State {record.need('state')!r}")
    level = record.need("level")
    if level not in LEVELS:
        raise BadRecord(f"expected one of {', '.join(LEVELS)}; got {level!r}")
    names = {lang: name for lang in CODES if (name := record.text(f"name_{lang}"))}
    if not names:
        raise BadRecord("a place needs a name in some language: name_en, name_ko…")
    code, parent = record.need("code"), record.text("parent")
    return Place(
        code=code if "/" in code else f"{state.code}/local/{code}",
        state=state.code,
        level=level,
        kind=record.text("kind"),
        names=names,
        parent=parent if "/" in parent or not parent else f"{state.code}/local/{parent}",
        valid_from=record.text("valid_from"),
        valid_to=record.text("valid_to"),
    )


def _check(record: Record) -> Iterator[Signal]:
    """A name of a country that the catalogue reads as another State, or not at all."""
    code = next(filter(None, map(record.text, _CODES)), "")
    names = [record.text(column) for column in (*_NAMES, *_SHORT)]
    for name in names:
        if not name or name.startswith("*"):  # the table's own footnotes
            continue
        found = vocab.resolve_state(name)
        code = code or (found.code if found else "")
        if found is None:
            yield Signal(record.where, f"the catalogue of States does not know {name!r} ({code or 'no code'})")
        elif found.code != code:
            yield Signal(record.where, f"the catalogue of States reads {name!r} as {found.code}, not {code}")
