"""Collections: an institution's own translations, ordinances or practices, loaded without writing code.

Reads: ``collection.yml`` and the files beside and below it: CSV, TSV, JSON lines, plain text; other documents
are handed to the parsers. Writes: nothing. The rows of a collection are held until it is read, because the
paragraphs of one document may stand anywhere in its files.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from smallplaces.errors import BadFile, BadRecord
from smallplaces.model.document import Edition, Origin, Paragraph, Parcel, Work
from smallplaces.sources.base import Context, File, Item, Refusal, Signal, ToParse
from smallplaces.sources.collection import numbers, rows
from smallplaces.sources.collection.mapping import NAME, Collection, read_mapping
from smallplaces.sources.reading import detect_encoding, json_lines, open_text, table, until_damage
from smallplaces.sources.strict import Record

_TABLES = (".csv", ".tsv", ".jsonl")
_TEXT = ".txt"
_NUMBERED = re.compile(r"(\d{1,4})\.\s+(?=\S)")
_DELIMITERS = (",", ";", "\t")


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every work of every collection, whole; refusals and signals name file, line and column.

    The option ``original_numbers`` (:data:`numbers.Originals`) lets the numbers of a translation be compared
    with those of the original.
    """
    mappings = [file for file in files if PurePosixPath(file.name).name == NAME]
    rest = [file for file in files if file not in mappings]
    collections: dict[PurePosixPath, tuple[Collection | None, list[File]]] = {}
    for file in mappings:
        collection = None
        try:
            collection = read_mapping(file)
        except BadFile as error:
            yield Refusal(error.where, error.message)
        collections[PurePosixPath(file.name).parent] = (collection, [])
    for file in rest:
        folder = next((parent for parent in PurePosixPath(file.name).parents if parent in collections), None)
        if folder is None:
            yield Refusal(file.name, f"its {NAME} was not given: import the whole folder")
        else:
            collections[folder][1].append(file)
    for collection, own in collections.values():
        if collection is not None:
            yield from _Reading(collection, own, context).items()


@dataclass(slots=True)
class _Draft:
    """One edition on the way, with the place of each paragraph."""

    work: Work
    edition: Edition
    origin: Origin
    placed: list[tuple[str, Paragraph]] = field(default_factory=list)


class _Reading:
    """One collection being read."""

    def __init__(self, collection: Collection, files: list[File], context: Context) -> None:
        self._collection = collection
        self._files = {self._inside(file): file for file in files}
        self._drafts: dict[tuple[str, str], _Draft] = {}
        self._named: set[str] = set()  # files that a row speaks of
        self._context = context
        self._is_sound = True

    def items(self) -> Iterator[Item]:
        """Works, refusals and signals of this collection. A refused row takes nothing away from the store."""
        for item in self._tables():
            self._is_sound = self._is_sound and not isinstance(item, Refusal)
            yield item
        yield from self._parcels()

    def _tables(self) -> Iterator[Item]:
        tables = [name for name in self._files if self._is_wanted(name) and name.lower().endswith(_TABLES)]
        if not tables and not self._collection.files:
            yield Refusal(self._collection.where, "no CSV, TSV or JSON lines file stands beside the mapping")
        for pattern in self._collection.files:
            if not fnmatch.filter(self._files, pattern):
                yield Refusal(self._collection.where, f"files names {pattern!r}, which is not there")
        for name in sorted(tables):
            try:
                yield from self._table(self._files[name])
            except BadFile as error:
                yield Refusal(error.where or self._files[name].name, error.message)
        for name, file in self._files.items():
            if name not in tables and name not in self._named:
                yield Signal(file.name, "no row of the collection speaks of this file")

    def _inside(self, file: File) -> str:
        """A file's name as the mapping and its rows would write it."""
        return PurePosixPath(file.name).relative_to(self._collection.folder).as_posix()

    def _is_wanted(self, name: str) -> bool:
        return not self._collection.files or any(fnmatch.fnmatch(name, glob) for glob in self._collection.files)

    def _table(self, file: File) -> Iterator[Item]:
        encoding = self._collection.encoding or detect_encoding(file)
        if encoding is None:
            raise BadFile("is neither UTF-8 nor CP949; save it as CSV UTF-8", where=file.name)
        if encoding == "cp949" and not self._collection.encoding:
            yield Signal(file.name, "read as CP949 (Korean Windows); save it as CSV UTF-8 to keep every character")
        first = True
        for found in until_damage(file, self._lines(file, encoding)):
            if isinstance(found, Refusal):
                yield found
                continue
            where, fields = found
            record = Record(fields, where)
            if first and not file.name.lower().endswith(".jsonl"):
                self._refuse_missing(file, fields)
            try:
                yield from self._row(file, record)
            except BadRecord as error:
                yield record.refuse(error.message)
            record.ignore(*self._collection.ignore)
            if first:
                yield from record.unused()
            first = False

    def _lines(self, file: File, encoding: str) -> Iterator[tuple[str, dict[str, Any]] | Refusal]:
        if file.name.lower().endswith(".jsonl"):
            return json_lines(file, encoding=encoding)
        return table(file, delimiter=self._delimiter(file, encoding), encoding=encoding)

    def _delimiter(self, file: File, encoding: str) -> str:
        """As the mapping says, else the one that the header has most of."""
        if self._collection.delimiter:
            return "\t" if self._collection.delimiter in ("tab", "\\t") else self._collection.delimiter
        with open_text(file, encoding) as text:
            header = text.readline()
        return max(_DELIMITERS, key=header.count)

    def _refuse_missing(self, file: File, fields: dict[str, Any]) -> None:
        wanted = {column: name for name, column in self._collection.columns.items()}
        wanted |= {entry.column: entry.facet for entry in self._collection.labels}
        missing = [f"{column!r} (for {name})" for column, name in wanted.items() if column not in fields]
        if missing:
            has = ", ".join(repr(column) for column in fields)
            raise BadFile(f"has no column {', '.join(missing)}; it has {has}", where=f"{file.name}:1")

    def _row(self, file: File, record: Record) -> Iterator[Item]:
        row = rows.Row(record, self._collection)
        work, edition = rows.work(row, self._collection), rows.edition(row, self._collection)
        if self._context.languages and edition.lang not in self._context.languages:
            return
        name = row.text("file")
        if not name:
            draft = self._draft(work, edition, file)
            draft.placed.append((record.where, rows.paragraph(row)))
            return
        document = self._files.get(name)
        if document is None:
            raise row.wrong("file", f"{name!r} is not in the folder of the collection")
        self._named.add(name)
        if name.lower().endswith(_TEXT):
            self._draft(work, edition, document).placed += _paragraphs(document)
        else:
            yield ToParse(document, work, edition, Origin(sha256=document.sha256, address=document.name))

    def _draft(self, work: Work, edition: Edition, file: File) -> _Draft:
        origin = Origin(sha256=file.sha256, address=file.name)
        return self._drafts.setdefault((work.key, edition.lang), _Draft(work, edition, origin))

    def _parcels(self) -> Iterator[Item]:
        originals = self._context.options.get("original_numbers")
        for draft in self._drafts.values():
            yield from numbers.compare(draft.work, draft.placed, originals)
            paragraphs = tuple(paragraph for _, paragraph in draft.placed)
            yield Parcel(draft.work, draft.edition, paragraphs, draft.origin, whole=self._is_sound)


def _paragraphs(file: File) -> Iterator[tuple[str, Paragraph]]:
    """The paragraphs of a plain text file: parted by empty lines, "12. " before one is its number."""
    encoding = detect_encoding(file)
    if encoding is None:
        raise BadRecord(f"{file.name} is neither UTF-8 nor CP949")
    block: list[str] = []
    start = 1
    with open_text(file, encoding) as text:
        for line, content in enumerate([*text, ""], start=1):
            if content.strip():
                start = start if block else line
                block.append(content.strip())
            elif block:
                words = " ".join(block)
                match = _NUMBERED.match(words)
                number, words = (match[1], words[match.end() :]) if match else ("", words)
                yield f"{file.name}:{start}", Paragraph(text=words, number=number)
                block = []
