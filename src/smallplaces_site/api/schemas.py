"""The shapes of answers. What stands here is the contract: its snapshot is ``docs/reference/openapi.json``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """The base of all: made from records by their attributes. Plain pydantic, which is faster here than ninja's own."""

    model_config = ConfigDict(from_attributes=True)


class Edition(Shape):
    """A document in one language."""

    lang: str = Field(description="Language (BCP 47).")
    title: str = Field(description="Title in that language; may be empty.")
    status: str = Field(description="Who stands behind the wording: official, official-translation, record…")
    by: str = Field(description="Translator or institution, where that matters.")


class Document(Shape):
    """A document independent of language."""

    key: str = Field(description="The name that stays: the canonical symbol, else a key with a lower-case prefix.")
    symbol: str = Field(description="The symbol as printed; empty when the document has none.")
    kind: str = Field(description="What it is: treaty, general-comment, concluding-observations, views…")
    title: str = Field(description="In English; composed of kind, State, body and year when no source gives one.")
    titles: dict[str, str] = Field(description="Titles by language, as sources give them.")
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


class RelatedDocument(Shape):
    """A document that took the place of another, or the other way round."""

    relation: str = Field(
        description="Of this document to that: replaced-by, replaces, updated-by, updates, joint, corrected-by, "
        "corrects, revised-by, revises, amended-by, amends."
    )
    title: str = Field(description="Symbol and number of the other, in English.")
    key: str = Field(description="Its key; empty when the store does not hold it, or holds both as one document.")
    source: str = Field(description="Where the newer of the two says so; empty when their symbols do.")


class DocumentInFull(Document):
    """A document, with what replaced it or was replaced by it."""

    related: list[RelatedDocument]


class Documents(Shape):
    """Some documents, in the order in which they came in."""

    total: int = Field(description="All documents that match.")
    items: list[Document]
    next: str | None = Field(description="Give this as `cursor` to go on; null at the end.")


class Label(Shape):
    """What a source says of a paragraph."""

    facet: str = Field(description="The question it answers: theme, group, sdg, position, recommending…")
    scheme: str = Field(description="The vocabulary it comes from.")
    value: str
    source: str


class Paragraph(Shape):
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


class Paragraphs(Shape):
    """All paragraphs of one edition in reading order."""

    document: str
    lang: str
    title: str
    paragraphs: list[Paragraph]


class OneParagraph(Shape):
    """One paragraph of one edition."""

    document: str
    lang: str
    paragraph: Paragraph


class Version(Shape):
    """One source's wording of a paragraph, present or past."""

    source: str
    version: int
    current: bool = Field(description="That source's latest.")
    shown: bool = Field(description="What readers see.")
    number: str
    text: str
    at: datetime = Field(description="Start of the import that brought it.")
    sha256: str = Field(description="Of the archived file it was read from; empty when there was none.")


class Versions(Shape):
    """Every wording of a paragraph, newest first."""

    document: str
    lang: str
    paragraph: str
    versions: list[Version]


class Change(Shape):
    """One line of the change log."""

    cursor: int
    at: datetime
    what: str = Field(
        description="edition, work, merged, removed, status, places, cites (its citations), threads (of a State), "
        "claims (of labels and competence) or decided (by a person)."
    )
    work: str = Field(description="Key of the document; empty for status and places.")
    lang: str
    source: str
    paragraphs: dict[str, list[str]] = Field(description="Keys by what happened to them: added, changed, withdrawn.")
    detail: dict[str, Any]


class Changes(Shape):
    """What changed, in the order in which it happened."""

    items: list[Change]
    cursor: int = Field(description="Give this as `since` to go on, now or tomorrow.")
    more: bool = Field(description="Whether there is more now.")


class Hit(Shape):
    """A paragraph that a search found."""

    work: str = Field(description="Key of the document.")
    symbol: str
    edition: str = Field(description="Key of the document, @, language.")
    lang: str
    paragraph: str = Field(description="Key of the paragraph within the document.")
    number: str = Field(description="Its printed number.")
    title: str
    excerpt: str = Field(description="Plain text.")
    marks: list[tuple[int, int]] = Field(description="Where the excerpt answers: half-open spans of characters.")
    score: float
    matched: list[str] = Field(description="The fields that answered: text, label, title, heading, year.")
    kind: str
    body: str
    states: list[str]
    date: str = Field(description="ISO 8601, in the precision that is known; may be empty.")
    in_work: int = Field(description="Hits in the same document, when grouped.")
    across: list[str] = Field(
        description="Codes of the concepts that the text names in its own language and the query in another."
    )


class GoesTo(Shape):
    """The document that the query names by its symbol."""

    symbol: str
    paragraph: str = Field(description="Paragraph number; may be empty.")


class Added(Shape):
    """A concept that the query names, and what was looked for in other languages."""

    concept: str = Field(description="Its code: give it as `without` to take it back.")
    words: str = Field(description="The words of the query that name it.")
    lang: str = Field(description="The language in which they do.")
    terms: dict[str, list[str]] = Field(description="For each other language the terms that were looked for.")


class Results(Shape):
    """The answer to a search."""

    query: str
    total: int = Field(description="All paragraphs that match, exactly.")
    works: int | None = Field(description="The documents they are in, when grouped.")
    took_ms: float
    hits: list[Hit]
    facets: dict[str, dict[str, int]] = Field(description="For each facet its values with counts, most first.")
    goes_to: GoesTo | None
    did_you_mean: str | None
    fuzzy: bool = Field(description="Nothing matched; these are near misses.")
    notes: list[str] = Field(description="Sentences to show: a limit reached, a word left out.")
    added: list[Added] = Field(description="What was looked for besides, in other languages.")
    data_version: str


class Act(Shape):
    """One dated act of a State towards a treaty."""

    treaty: str
    state: str
    kind: str = Field(description="signature, ratification, accession, succession, withdrawal, reservation…")
    date: str = Field(description="ISO 8601, in the precision the source has; may be empty.")
    text: str = Field(description="Of reservations, declarations and objections.")
    articles: list[str] = Field(description="The articles that a reservation names.")
    as_of: str = Field(description="When the source's table was true.")
    source: str


class Standing(Shape):
    """Where one State stands towards one treaty."""

    state: str
    treaty: str
    standing: str = Field(description="party, signatory, withdrawn or none.")
    signed: str = Field(description="Date of signature; may be empty.")
    bound: str = Field(description="Date of the binding act; may be empty.")
    by: str = Field(description="The binding act: ratification, accession, succession…")
    acts: list[Act]


class Instrument(Shape):
    """A treaty, protocol or declaration."""

    code: str = Field(description="ICCPR, OP-CRPD, UDHR…")
    kind: str
    titles: dict[str, str]
    short: dict[str, str] = Field(description="What people call it, by language.")
    adopted: date | None
    in_force: date | None
    body: str = Field(description="Code of the committee that monitors it.")
    parent: str = Field(description="The treaty that it completes.")
    parties: int = Field(description="States that this store knows to be parties.")


class InstrumentInFull(Instrument):
    """An instrument with its text and its parties."""

    document: str | None = Field(description="Key of its text, when this store holds it.")
    lang: str = Field(description="Language of the articles; empty without text.")
    articles: list[Paragraph]
    standings: list[Standing]


class State(Shape):
    """A State, or an entity that reports like one."""

    code: str = Field(description="ISO 3166-1 alpha-3.")
    iso2: str
    m49: str
    standing: str = Field(description="member, observer, entity, territory, former; empty for the invented State.")
    names: dict[str, str]
    region: str = Field(description="M49 region.")
    group: str = Field(description="Regional group of the United Nations.")
    documents: int = Field(description="Documents in this store that concern it.")
    last_year: int | None = Field(description="Year of the newest of them.")


class StateInFull(State):
    """A State with its treaty status."""

    treaties: list[Standing]


class Recommendation(Shape):
    """A recommendation to a State."""

    document: str
    symbol: str
    kind: str = Field(description="Kind of the document it stands in.")
    body: str
    lang: str
    year: int | None
    session: str
    cycle: str = Field(description="Of the Universal Periodic Review, when a source gives it.")
    position: str = Field(description="supported, noted, in-part, pending; empty outside the UPR.")
    recommending: list[str] = Field(description="States that made it, ISO 3166-1 alpha-3.")
    paragraph: Paragraph


class Recommendations(Shape):
    """Recommendations to a State, newest document first, then in reading order."""

    total: int
    items: list[Recommendation]


class Body(Shape):
    """A body of the human rights system."""

    code: str
    kind: str = Field(description="treaty-body, charter-body…; empty for a body that the catalogue does not have.")
    names: dict[str, str]
    monitors: list[str] = Field(description="Codes of the treaties it monitors.")
    documents: int
    first_year: int | None
    last_year: int | None


class BodyInFull(Body):
    """A body with the kinds of document this store holds of it."""

    kinds: dict[str, int]


class Source(Shape):
    """Where data came from."""

    name: str
    title: str
    publisher: str
    address: str
    licence: str
    note: str
    paragraphs: int = Field(description="Wordings of it that are current.")
    imported: datetime = Field(description="Start of its latest import.")
    outcome: str = Field(description="done, refused-some, failed, interrupted or running.")
    counts: dict[str, Any] = Field(description="read, new, changed, unchanged, refused, withdrawn in that import.")


class About(Shape):
    """What this store holds and where it comes from."""

    data_version: str = Field(description="Number of the last change and its day.")
    cursor: int = Field(description="The number alone: `since` for /changes.")
    changed: datetime | None
    example: bool = Field(description="Whether the invented example set is loaded.")
    documents: int
    editions: int
    paragraphs: int
    kinds: dict[str, int]
    languages: dict[str, int] = Field(description="Editions by language.")
    sources: list[Source]
