"""Korean statutes by article, and court decisions by section.

Reads: JSON lines, one statute or decision a line. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from smallplaces.errors import BadRecord
from smallplaces.model.document import Edition, Kind, Origin, Paragraph, ParagraphKind, Parcel, Work
from smallplaces.sources.base import Context, File, Item
from smallplaces.sources.delivery import deliver, each
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record

#: "제3조의2(벌칙 적용) …", "제4조 삭제": only what opens an article, not a reference to one at the start of a line.
_ARTICLE = re.compile(r"제(\d+)조(?:의(\d+))?(?:\([^)]*\)|(?=\s*삭제))")
#: Part, chapter, section, subsection: the levels of a statute, outermost first.
_LEVEL = re.compile(r"제\d+(편|장|절|관)(?:의\d+)?\s+\S")
_LEVELS = "편장절관"
_SECTION = re.compile(r"【([^】]*)】")
_TOP = re.compile(r"\s{2,}(?=\d{1,2}\. )")
_NUMBER = re.compile(r"(\d{1,2})\. ")
_TITLE_LENGTH = 80


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every statute and decision as a whole Korean edition. The files are a choice, and never complete."""
    if context.languages and "ko" not in context.languages:
        return

    def read_file(file: File) -> Iterator[Item]:
        return each(json_lines(file), lambda record: _record(record, file))

    yield from deliver(files, context, read_file, everything=False)


def _record(record: Record, file: File) -> Iterator[Item]:
    kind = record.need("_type")
    if record.text("language", "ko") != "ko":
        raise BadRecord(f"language {record.text('language')!r} is not Korean", where=record.where)
    if kind == "legislation":
        work, paragraphs = _statute(record)
    elif kind == "case_law":
        work, paragraphs = _decision(record)
    else:
        raise BadRecord(f"unknown type {kind!r}", where=record.where)
    record.ignore("_source", "_fetched_at")
    origin = Origin(file.sha256, file.name, record.need("_id"))
    yield Parcel(work, Edition("ko", work.title["ko"]), tuple(paragraphs), origin)
    yield from record.unused()


def _statute(record: Record) -> tuple[Work, list[Paragraph]]:
    promulgated = _day(record)
    facts = {
        "law_type": record.text("law_type"),
        "promulgation_number": record.text("promulgation_number"),
        "promulgated": promulgated.isoformat() if promulgated else "",
        "address": record.text("url"),
    }
    work = Work(
        key=f"law:KOR/{record.need('law_id')}",
        kind=Kind.LAW,
        title={"ko": record.need("title")},
        states=("KOR",),
        year=promulgated.year if promulgated else None,
        facts=facts,
    )
    return work, articles(record.need("text"))


def _day(record: Record) -> date | None:
    given = record.text("date")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise BadRecord(f"date not understood: {given!r}", where=record.where) from error


def articles(text: str) -> list[Paragraph]:
    """A statute's articles, each one paragraph with its clauses as lines; what stands before the first is preamble."""
    found: list[Paragraph] = []
    levels: dict[str, str] = {}
    opening: list[str] = []
    for line in text.splitlines():
        stripped = line.strip()
        level, article = _LEVEL.match(stripped), _ARTICLE.match(stripped)
        if level:
            outer = _LEVELS[: _LEVELS.index(level[1])]
            levels = {name: levels[name] for name in outer if name in levels} | {level[1]: stripped}
        elif article:
            number = article[1] + (f"의{article[2]}" if article[2] else "")
            heading = (*levels.values(), article[0])
            found.append(Paragraph(stripped, number, kind=ParagraphKind.ARTICLE, heading=heading))
        elif stripped and found:
            last = found.pop()
            longer = f"{last.text}\n{stripped}"
            found.append(Paragraph(longer, last.number, kind=last.kind, heading=last.heading))
        elif stripped:
            opening.append(stripped)
    if opening:
        found.insert(0, Paragraph("\n".join(opening), kind=ParagraphKind.PREAMBLE))
    return found


def _decision(record: Record) -> tuple[Work, list[Paragraph]]:
    category = record.text("category")
    title = _SECTION.split(record.need("title"))[0].strip()
    work = Work(
        key=f"case:{record.need('_id')}",
        kind=Kind.OTHER,
        title={"ko": title[:_TITLE_LENGTH]},
        states=("KOR",),
        year=day.year if (day := _day(record)) else None,
        facts={"type": "court-decision", "category": category, "address": record.text("url")},
    )
    return work, sections(record.need("text"))


def sections(text: str) -> list[Paragraph]:
    """A decision's order, claims and reasons, each split where a number opens a point of the first level."""
    pieces = ["주문", *_SECTION.split(text)]  # what stands before the first heading is the order
    found: list[Paragraph] = []
    for heading, body in zip(pieces[::2], pieces[1::2], strict=True):
        name = re.sub(r"\s+", "", heading)
        for point in _TOP.split(body):
            words = re.sub(r"[ \t\xa0]+", " ", point).strip()
            number = _NUMBER.match(words)
            if words:
                key = f"{name}.{number[1]}" if number else ""
                found.append(Paragraph(words, number[1] if number else "", key, heading=(name,)))
    return found
