"""The Universal Declaration of Human Rights: one Work, an edition for every language version.

Reads: JSON lines, one language version a line, or the Unicode project's assembly. Writes: nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.model.document import Edition, EditionStatus, Kind, Origin, Paragraph, ParagraphKind, Parcel, Work
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.delivery import deliver, each
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.reading import json_lines
from smallplaces.sources.strict import Record
from smallplaces.sources.udhr import assembly

_ARTICLES = tuple(str(number) for number in range(1, 31))
_TITLED = ("eng", "kor", "fra", "spa", "arb", "rus", "cmn_hans")
_LONGEST_TITLE = 120  # beyond it a "title" is the article's first sentence, misread by the packaging


@dataclass(frozen=True, slots=True)
class _Versions:
    """``versions.yml``: what the file does not say."""

    principal: Mapping[str, str]
    official: tuple[str, ...]
    preamble: Mapping[str, tuple[int, ...]]
    titles: Mapping[str, str]


@cache
def _versions() -> _Versions:
    content = read_yaml(Path(__file__).with_name("versions.yml"))
    preamble = {code: tuple(parts) for code, parts in content["preamble"].items()}
    return _Versions(content["principal"], tuple(content["official"]), preamble, content["titles"])


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every language version as a whole edition. A version without a language or text is refused."""
    return deliver(files, context, lambda file: _file(file, context))


def _file(file: File, context: Context) -> Iterator[Item]:
    tags, work = _survey(file)

    def make(record: Record) -> Iterator[Item]:
        tag = tags.get(record.text("code"), "")
        if not context.languages or tag in context.languages:
            yield from _version(record, tag, work, file)

    yield from each(_records(file), make)


def _records(file: File) -> Iterator[tuple[str, dict[str, Any]] | Refusal]:
    return assembly.versions(file) if file.name.lower().endswith(".zip") else json_lines(file)


def _survey(file: File) -> tuple[dict[str, str], Work]:
    """A first, quick pass: the language tag of every version by its code, and the Work with its titles.

    Tags must be known before the first edition is made, because several versions share a language.
    """
    versions = _versions()
    found: dict[str, tuple[str, str]] = {}
    title: dict[str, str] = {}
    for line in _records(file):
        if isinstance(line, Refusal):
            continue
        version = line[1]
        code, lang = str(version.get("code") or ""), str(version.get("lang") or "")
        if code and lang:
            found[code] = (lang, str(version.get("iso639_3") or ""))
        if code in _TITLED:
            title[lang] = versions.titles.get(code) or str(version.get("title") or "")
    shared = Counter(lang for lang, _ in found.values())
    tags = {code: _tag(code, lang, iso, shared[lang] > 1) for code, (lang, iso) in found.items()}
    return tags, _work(title)


def _tag(code: str, lang: str, iso: str, shared: bool) -> str:
    """The BCP 47 tag of a version: its language alone when that names it, else with a private suffix of its code."""
    principal = _versions().principal.get(lang, iso)
    if lang != "und" and (not shared or code == principal):
        return lang
    suffix = "-".join(part[:8].lower() for part in re.split(r"[^0-9A-Za-z]+", code) if part)
    return f"{lang}-x-{suffix}"


def _work(title: Mapping[str, str]) -> Work:
    return Work(
        key="udhr",
        kind=Kind.DECLARATION,
        title=title,
        symbol="A/RES/217(III)",
        aliases=("A/RES/217(III)", "treaty:UDHR"),
        body="GA",
        adopted=date(1948, 12, 10),
        year=1948,
    )


def _version(record: Record, tag: str, work: Work, file: File) -> Iterator[Item]:
    code = record.need("code")
    record.ignore("lang")  # read by _survey, into the tag
    if not tag:
        raise BadRecord("lang is empty", where=record.where)
    articles, odd = _articles(record)
    paragraphs = (*_preamble(record, code), *articles)
    if not paragraphs:
        raise BadRecord("has no text", where=record.where)
    versions = _versions()
    title = record.text("title")
    edition = Edition(
        lang=tag,
        title=versions.titles.get(code, title),
        status=EditionStatus.OFFICIAL if code in versions.official else EditionStatus.UNOFFICIAL_TRANSLATION,
        facts={"name": record.text("name"), "dir": record.text("dir"), "iso639_3": record.text("iso639_3")},
    )
    missing = [number for number in _ARTICLES if number not in {article.number for article in articles}]
    if missing:
        odd.append(f"lacks articles {', '.join(missing)}")
    yield Parcel(work, edition, paragraphs, Origin(file.sha256, file.name, code))
    yield from (Signal(f"{record.where} {code}", what) for what in odd)
    yield from record.unused()


def _preamble(record: Record, code: str) -> tuple[Paragraph, ...]:
    """The preamble; its parts keep one key in all versions whose lines were matched by a reader."""
    lines = _lines(record.get("preamble", []), record)
    parts = _versions().preamble.get(code, ())
    if len(parts) != len(lines):
        return tuple(Paragraph(line, kind=ParagraphKind.PREAMBLE) for line in lines)
    groups = groupby(zip(parts, lines, strict=True), key=lambda pair: pair[0])
    return tuple(
        Paragraph("\n".join(line for _, line in group), key=f"preamble.{part}", kind=ParagraphKind.PREAMBLE)
        for part, group in groups
    )


def _articles(record: Record) -> tuple[tuple[Paragraph, ...], list[str]]:
    """The articles that have text, and what is odd about them."""
    articles: list[Paragraph] = []
    odd: list[str] = []
    entries = record.get("articles", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadRecord("articles must be a list of objects", where=record.where)
    for entry in entries:
        article = Record(entry, f"{record.where} article {entry.get('number')}")
        number, title = article.need("number"), article.text("title")
        lines = _lines(article.get("paragraphs", []), article)
        if number not in _ARTICLES or any(number == other.number for other in articles):
            raise BadRecord(f"article number {number!r} is unknown or stands twice", where=record.where)
        if len(title) > _LONGEST_TITLE:
            odd.append(f"article {number}: the title is a sentence and was kept as text")
            lines = lines if title in lines else [title, *lines]
            title = ""
        if lines:
            heading = (title,) if title else ()
            articles.append(Paragraph("\n".join(lines), number, kind=ParagraphKind.ARTICLE, heading=heading))
        odd.extend(signal.what for signal in article.unused())
    return tuple(articles), odd


def _lines(value: Any, record: Record) -> list[str]:
    """The lines that have text, one of each run of equal ones."""
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise BadRecord("paragraphs must be a list of texts", where=record.where)
    return [line for line, _ in groupby(line.strip() for line in value) if line]
