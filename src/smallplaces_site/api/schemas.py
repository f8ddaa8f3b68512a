"""The shapes of answers. What stands here is the contract: its snapshot is ``docs/reference/openapi.json``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field


class Edition(Schema):
    """A document in one language."""

    lang: str = Field(description="Language (BCP 47).")
    title: str = Field(description="Title in that language; may be empty.")
    status: str = Field(description="Who stands behind the wording: official, official-translation, record…")
    by: str = Field(description="Translator or institution, where that matters.")


class Document(Schema):
    """A document independent of language."""

    key: str = Field(description="The name that stays: the canonical symbol, else a key with a lower-case prefix.")
    symbol: str = Field(description="The symbol as printed; empty when the document has none.")
    kind: str = Field(description="What it is: treaty, general-comment, concluding-observations, views…")
    titles: dict[str, str] = Field(description="Titles by language.")
    body: str = Field(description="Code of the body that issued it: CRPD, CCPR, UPR…")
    states: list[str] = Field(description="States concerned, ISO 3166-1 alpha-3.")
    adopted: date | None = Field(description="Adopted by the body.")
    distributed: date | None = Field(description="Distributed as a document.")
    entered: date | None = Field(description="Entered into a source's database.")
    year: int | None = Field(description="Of the first of these dates, or as a source gives it.")
    session: str = Field(description="Session of the body.")
    aliases: list[str] = Field(description="Other names it answers to.")
    editions: list[Edition]
    facts: dict[str, Any] = Field(description="What sources know beyond these fields. `invented`: made up by us.")


class Documents(Schema):
    """Some documents, in the order in which they came in."""

    total: int = Field(description="All documents that match.")
    items: list[Document]
    next: str | None = Field(description="Give this as `cursor` to go on; null at the end.")


class Label(Schema):
    """What a source says of a paragraph."""

    facet: str = Field(description="The question it answers: theme, group, sdg, position, recommending…")
    scheme: str = Field(description="The vocabulary it comes from.")
    value: str
    source: str


class Paragraph(Schema):
    """A unit that people quote."""

    id: int = Field(description="Of the paragraph in this store.")
    key: str = Field(description="Its name within the document, for ever: the number, else a fingerprint.")
    number: str = Field(description="As printed; empty when it has none.")
    kind: str = Field(description="paragraph, recommendation, article, heading, footnote…")
    heading: list[str] = Field(description="The headings above it, outermost first.")
    text: str
    page: int | None
    source: str = Field(description="Whose wording is shown.")
    version: int = Field(description="1, and one more each time that source changed it.")
    labels: list[Label]
    facts: dict[str, Any]


class Paragraphs(Schema):
    """All paragraphs of one edition in reading order."""

    document: str
    lang: str
    title: str
    paragraphs: list[Paragraph]


class OneParagraph(Schema):
    """One paragraph of one edition."""

    document: str
    lang: str
    paragraph: Paragraph


class Version(Schema):
    """One source's wording of a paragraph, present or past."""

    source: str
    version: int
    current: bool = Field(description="That source's latest.")
    shown: bool = Field(description="What readers see.")
    number: str
    text: str
    at: datetime = Field(description="Start of the import that brought it.")
    sha256: str = Field(description="Of the archived file it was read from; empty when there was none.")


class Versions(Schema):
    """Every wording of a paragraph, newest first."""

    document: str
    lang: str
    paragraph: str
    versions: list[Version]


class Change(Schema):
    """One line of the change log."""

    cursor: int
    at: datetime
    what: str = Field(description="edition, work, merged, removed, status or places.")
    work: str = Field(description="Key of the document; empty for status and places.")
    lang: str
    source: str
    paragraphs: dict[str, list[str]] = Field(description="Keys by what happened to them: added, changed, withdrawn.")
    detail: dict[str, Any]


class Changes(Schema):
    """What changed, in the order in which it happened."""

    items: list[Change]
    cursor: int = Field(description="Give this as `since` to go on, now or tomorrow.")
    more: bool = Field(description="Whether there is more now.")
