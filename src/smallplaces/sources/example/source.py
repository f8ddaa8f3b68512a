"""The example set: one invented State with its towns, its reviews and a general comment, in English and Korean.

Reads: the YAML files of ``data/`` beside this module, whatever files it is given. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.model.document import (
    Edition,
    EditionStatus,
    Kind,
    Label,
    Origin,
    Paragraph,
    ParagraphKind,
    Parcel,
    Work,
)
from smallplaces.model.place import Place
from smallplaces.model.status import ActionKind, TreatyAction
from smallplaces.sources.base import Complete, Context, File, Item
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.strict import Record

LANGUAGES = ("en", "ko")
_SCHEME = "example"
_SET = "set.yml"


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Everything of the set, marked as invented."""
    folder = Path(__file__).with_name("data")
    about = Record(read_yaml(folder / _SET), _SET)
    names: Mapping[str, Mapping[str, str]] = about.get("state_names", {})
    yield from _places(about)
    yield from _status(about)
    yield from about.unused()
    for path in sorted(folder.glob("*.yml")):
        if path.name != _SET:
            yield from _document(Record(read_yaml(path), path.name), names, context)
    yield Complete(context.languages)


def _places(about: Record) -> Iterator[Place]:
    state = about.need("state")
    prefix = f"{state}/{_SCHEME}/"
    for fields in about.get("places", []):
        place = Record(fields, f"{about.where} places")
        parent = place.text("parent")
        yield Place(
            code=prefix + place.need("code"),
            state=state,
            level=place.need("level"),
            kind=place.need("kind"),
            names={lang: place.need(lang) for lang in LANGUAGES},
            parent=prefix + parent if parent else "",
        )


def _status(about: Record) -> Iterator[TreatyAction]:
    for fields in about.get("status", []):
        act = Record(fields, f"{about.where} status")
        yield TreatyAction(
            treaty=act.need("treaty"),
            state=about.need("state"),
            kind=ActionKind(act.need("kind")),
            date=act.need("date"),
            text=act.text("text"),
            articles=tuple(act.get("articles", ())),
        )


def _document(record: Record, names: Mapping[str, Mapping[str, str]], context: Context) -> Iterator[Item]:
    """One document: a whole edition in each of the languages."""
    key = record.need("key")
    titles: Mapping[str, str] = record.get("title", {})
    review = [Label("session", "upr", record.need("session"))] if record.text("cycle") else []
    review += [Label("cycle", "upr", record.text("cycle"))] if review else []
    work = Work(
        key=key,
        kind=Kind(record.need("kind")),
        title=dict(titles),
        symbol="" if ":" in key else key,
        body=record.need("body"),
        states=tuple(record.get("states", ())),
        adopted=_day(record, "adopted"),
        distributed=_day(record, "distributed"),
        session=record.text("session"),
        facts={"invented": True, "state_names": {code: dict(spelled) for code, spelled in names.items()}},
    )
    sections = record.get("sections", [])
    for lang in LANGUAGES:
        if not context.languages or lang in context.languages:
            edition = Edition(lang, titles[lang], _status_of(lang), by="Small Places", facts={"invented": True})
            paragraphs = tuple(_paragraphs(sections, lang, (), tuple(review), key))
            yield Parcel(work, edition, paragraphs, Origin(address=record.where, record=key))
    yield from record.unused()


def _status_of(lang: str) -> EditionStatus:
    return EditionStatus.OFFICIAL if lang == "en" else EditionStatus.INSTITUTION_TRANSLATION


def _day(record: Record, name: str) -> date:
    day = record.get(name)
    if type(day) is not date:
        raise BadRecord(f"{name} is no date", where=record.where)
    return day


def _paragraphs(
    sections: list[Any], lang: str, above: tuple[str, ...], review: tuple[Label, ...], where: str
) -> Iterator[Paragraph]:
    """The paragraphs of these sections and of the sections within them, in order."""
    for section in sections:
        heading = (*above, section["heading"][lang])
        for fields in section.get("paragraphs", []):
            yield _paragraph(Record(fields, f"{where} ¶ {fields.get('number')}"), lang, heading, review)
        yield from _paragraphs(section.get("sections", []), lang, heading, review, where)


def _paragraph(record: Record, lang: str, heading: tuple[str, ...], review: tuple[Label, ...]) -> Paragraph:
    own: Mapping[str, str] = record.get("heading", {})
    labels = [Label(facet, _SCHEME, value) for facet, values in record.get("labels", {}).items() for value in values]
    labels += [Label("recommending", "iso3", code) for code in record.get("recommending", ())]
    labels += [Label("position", "upr", record.text("position"))] if record.text("position") else []
    return Paragraph(
        text=record.need(lang),
        number=record.need("number"),
        kind=ParagraphKind(record.text("kind", "paragraph")),
        heading=(*heading, own[lang]) if own else heading,
        labels=(*labels, *review),
        facts=record.get("facts", {}),
    )
