"""Documents: Work > Edition (one language) > Paragraph. Frozen, plain, without a database.

A *Work* is a document as the United Nations names it: a symbol names a Work, not a language. An
*Edition* is the Work in one language. A *Paragraph* is the unit that people quote.

A *Parcel* is what a source or a parser hands over: one edition, or a part of one.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Kinds of document, by the field's standard terms."""

    TREATY = "treaty"
    DECLARATION = "declaration"
    GENERAL_COMMENT = "general-comment"
    CONCLUDING_OBSERVATIONS = "concluding-observations"
    LIST_OF_ISSUES = "list-of-issues"
    LIST_OF_ISSUES_PRIOR = "list-of-issues-prior-to-reporting"
    REPLIES = "replies-to-list-of-issues"
    STATE_REPORT = "state-report"
    FOLLOW_UP = "follow-up"
    VIEWS = "views"
    INQUIRY = "inquiry"
    UPR_REPORT = "upr-working-group-report"
    UPR_ADDENDUM = "upr-addendum"
    UPR_NATIONAL_REPORT = "upr-national-report"
    UPR_COMPILATION = "upr-compilation"
    UPR_STAKEHOLDERS = "upr-stakeholders-summary"
    SPECIAL_PROCEDURE = "special-procedures-report"
    RESOLUTION = "resolution"
    GUIDE = "guide"
    LAW = "law"
    PRACTICE = "practice"
    OTHER = "other"


class ParagraphKind(StrEnum):
    """What a paragraph is within its document."""

    PARAGRAPH = "paragraph"
    RECOMMENDATION = "recommendation"
    ARTICLE = "article"
    HEADING = "heading"
    PREAMBLE = "preamble"
    FOOTNOTE = "footnote"
    ANNEX = "annex"
    OPINION = "opinion"  # an individual (dissenting, concurring) opinion annexed to Views
    TABLE = "table"


class EditionStatus(StrEnum):
    """Who stands behind the wording of an edition."""

    OFFICIAL = "official"  # an official language version of the issuing body
    OFFICIAL_TRANSLATION = "official-translation"  # by a government
    INSTITUTION_TRANSLATION = "institution-translation"  # by a national institution
    UNOFFICIAL_TRANSLATION = "unofficial-translation"
    MACHINE_DRAFT = "machine-draft"
    RECORD = "record"  # typed from the document into a database (UHRI, UPR Info)


@dataclass(frozen=True, slots=True)
class Label:
    """Something a source says of a paragraph, and that a reader can filter by.

    ``facet`` is the question it answers (theme, group, sdg, position, recommending, action,
    annotation-type, article, issue); ``scheme`` the vocabulary it comes from (uhri, upr-info,
    ohchr, lszoszk, m49, iso3…); ``value`` the label as the source spells it, trimmed.
    """

    facet: str
    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One quotable unit of text.

    ``number`` is printed ("15", "137.197", "2.1"; empty when it has none). ``key`` names it within
    its edition for ever and is made by :func:`keyed` when left empty. ``record`` is the source's own
    id of it, if it has one: a text that changes under the same record is a new version of the same
    paragraph. ``facts`` hold what the source knows and no field here holds, as JSON values.
    """

    text: str
    number: str = ""
    key: str = ""
    kind: ParagraphKind = ParagraphKind.PARAGRAPH
    heading: tuple[str, ...] = ()
    page: int | None = None
    labels: tuple[Label, ...] = ()
    record: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """A document independent of language.

    ``key`` is the canonical symbol ("CRPD/C/KOR/CO/2-3"), else a stable key made by the source with
    a lower-case prefix ("upr:KOR/28", "udhr", "treaty:ICCPR"). ``aliases`` are other keys of the same
    Work; whichever is known already decides which Work is meant. The three dates stay apart:
    ``adopted`` by the body, ``distributed`` as a document, ``entered`` into a source's database.
    ``states`` are ISO 3166-1 alpha-3 codes of the States it concerns; ``body`` a code of the bodies
    vocabulary (CRPD, CCPR, UPR, HRC…). ``year`` is given when no full date is known.
    """

    key: str
    kind: Kind
    title: Mapping[str, str] = field(default_factory=dict)  # language -> title
    symbol: str = ""  # as printed
    aliases: tuple[str, ...] = ()
    body: str = ""
    states: tuple[str, ...] = ()
    adopted: date | None = None
    distributed: date | None = None
    entered: date | None = None
    year: int | None = None
    session: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """A Work in one language. ``by`` names the translator or institution where that matters."""

    lang: str
    title: str = ""
    status: EditionStatus = EditionStatus.OFFICIAL
    by: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a parcel came from: the archived bytes and the place inside them."""

    sha256: str = ""
    address: str = ""  # a public address, or the file's path inside the imported folder
    record: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One edition as a source delivers it. ``whole``: these are all its paragraphs, so that a
    paragraph missing here and present before is withdrawn; otherwise a part of a larger edition."""

    work: Work
    edition: Edition
    paragraphs: tuple[Paragraph, ...]
    origin: Origin = Origin()
    whole: bool = True


_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def fingerprint(*parts: str) -> str:
    """A short stable name (12 hexadecimal digits) for texts that have no number.

    Letters and digits alone count, so that retyped punctuation, spacing and case make no new name.
    """
    folded = (_NEITHER_LETTER_NOR_DIGIT.sub("", unicodedata.normalize("NFKC", part).casefold()) for part in parts)
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest()[:12]


def keyed(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Give every paragraph its key: the printed number, with a prefix for what is not body text
    ("fn.3", "art.12"), else a fingerprint of the text. Repeats get "~2", "~3"… in order.

    Keys given by the source stay as they are.
    """
    taken: dict[str, int] = {}
    result: list[Paragraph] = []
    for paragraph in paragraphs:
        key = paragraph.key or _key(paragraph)
        count = taken.get(key, 0) + 1
        taken[key] = count
        result.append(dataclasses.replace(paragraph, key=key if count == 1 else f"{key}~{count}"))
    return tuple(result)


_PREFIX = {
    ParagraphKind.ARTICLE: "art.",
    ParagraphKind.FOOTNOTE: "fn.",
    ParagraphKind.ANNEX: "annex.",
    ParagraphKind.OPINION: "opinion.",
    ParagraphKind.HEADING: "h.",
    ParagraphKind.TABLE: "table.",
}


def _key(paragraph: Paragraph) -> str:
    prefix = _PREFIX.get(paragraph.kind, "")
    if paragraph.number:
        return prefix + paragraph.number.strip().rstrip(".").replace(" ", "")
    return (prefix or "t.") + fingerprint(paragraph.text)
