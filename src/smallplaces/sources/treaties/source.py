"""Treaties by article, in the languages of one official publication.

Reads: ``articles.jsonl``, one article in one language a line. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.model.document import Edition, EditionStatus, Kind, Origin, Paragraph, ParagraphKind, Parcel, Work
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.delivery import deliver
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record
from smallplaces.vocab import resolve_treaty

_STATUS = {
    "en": (EditionStatus.OFFICIAL, ""),
    "nl": (EditionStatus.OFFICIAL_TRANSLATION, "Kingdom of the Netherlands"),
}
_SPACE_AT_END = re.compile(r"[ \t\r\xa0]+(?=\n|$)")

Line = tuple[str, dict[str, Any]] | Refusal


@cache
def _parts() -> dict[str, dict[int, str]]:
    return read_yaml(Path(__file__).with_name("parts.yml"))


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every treaty in every language as a whole edition. An unknown treaty, or one without text, is refused."""
    return deliver(files, context, lambda file: _file(file, context))


def _file(file: File, context: Context) -> Iterator[Item]:
    seen: set[tuple[str, ...]] = set()
    for edition, group in groupby(json_lines(file), key=_edition):
        if not edition:
            yield from (line for line in group if isinstance(line, Refusal))
            continue
        records = [Record(line[1], line[0]) for line in group if not isinstance(line, Refusal)]
        if edition in seen:
            yield Refusal(records[0].where, "articles of this edition stood further up", " ".join(edition))
            continue
        seen.add(edition)
        if context.languages and edition[2] not in context.languages:
            continue
        try:
            yield from _treaty(records, file)
        except BadRecord as error:
            yield records[0].refuse(error.message)


def _edition(line: Line) -> tuple[str, ...]:
    if isinstance(line, Refusal):
        return ()
    return tuple(str(line[1].get(name)) for name in ("treaty", "instrument_part", "lang"))


def _treaty(records: list[Record], file: File) -> Iterator[Item]:
    first = records[0]
    printed, lang = first.need("treaty"), first.need("lang")
    part = first.number("instrument_part") or 0
    name = _parts().get(printed, {}).get(part, printed)
    treaty = resolve_treaty(name) if name != printed or part == 0 else None
    if treaty is None:
        raise BadRecord(f"unknown treaty {printed!r}, part {part}", where=first.where)
    if lang not in _STATUS:
        raise BadRecord(f"unknown language {lang!r}", where=first.where)
    articles: list[Paragraph] = []
    refused = False
    for record in records:
        record.ignore("treaty", "instrument_part", "lang", "bwb")  # the same in all of them
        try:
            articles.append(_article(record, {article.number for article in articles}))
        except BadRecord as error:
            refused = True
            yield record.refuse(error.message)
        yield from record.unused()
    if not articles:
        raise BadRecord("has no articles", where=first.where)
    if treaty.articles and len(articles) != treaty.articles:
        yield Signal(first.where, f"{treaty.code} has {treaty.articles} articles, the {lang} text {len(articles)}")
    status, by = _STATUS[lang]
    work = Work(
        key=f"treaty:{treaty.code}",
        kind=Kind.TREATY,
        title=treaty.title,
        body=treaty.body,
        adopted=treaty.adopted,
        year=treaty.adopted.year if treaty.adopted else None,
    )
    facts = {"publication": first.text("bwb")}
    edition = Edition(lang, treaty.title.get(lang, ""), status, by, facts)
    yield Parcel(work, edition, tuple(articles), Origin(file.sha256, file.name, first.text("bwb")), whole=not refused)


def _article(record: Record, known: set[str]) -> Paragraph:
    """One article; the words of its title stand under its number in the path of headings."""
    number = record.need("article")
    if number in known:
        raise BadRecord(f"article {number} stands twice", where=record.where)
    heading = tuple(text for text in (record.text("heading"), record.text("article_title")) if text)
    text = _SPACE_AT_END.sub("", record.need("text"))
    return Paragraph(text, number, kind=ParagraphKind.ARTICLE, heading=heading)
