"""The shapes of citations: part of the contract, beside :mod:`.schemas`."""

from __future__ import annotations

from pydantic import Field

from smallplaces_site.api.schemas import Shape


class CitationTarget(Shape):
    """One thing that a citation leads to."""

    target: str = Field(description="treaty:ICCPR/19(2)(b), CCPR/C/GC/36#p12, gc:CCPR/8, sdg:8.5, communication:…")
    title: str = Field(description="What the document is called, in English; also of one that is not held.")
    held: bool = Field(description="Whether this store holds the document.")
    document: str = Field(description="Its key; empty when it is not held.")
    lang: str = Field(description="Edition in which the paragraph stands; empty when it is not held.")
    paragraph: str = Field(description="Key of the cited article or paragraph; empty when none is cited or held.")
    number: str
    preview: str = Field(description="How the cited paragraph begins.")


class Citation(Shape):
    """One reference in a paragraph."""

    paragraph: str = Field(description="Key of the paragraph that cites.")
    start: int = Field(description="Characters of its text, end excluded. Both 0: the heading above it cites.")
    end: int
    text: str = Field(description="The cited words.")
    kind: str = Field(description="article, general-comment, symbol, paragraph, sdg, resolution, communication or law.")
    resolved: bool
    targets: list[CitationTarget]
    candidates: list[CitationTarget] = Field(description="What it may mean, when it is not resolved.")
    confidence: float = Field(description="Between 0 and 1.")
    evidence: str = Field(description="Why the claim was made.")
    method: str
    version: str = Field(description="Of the method.")
    verdict: str = Field(description="Of a person: confirmed, replaced; empty while nobody has looked.")


class DocumentCitations(Shape):
    """What one edition of a document cites, in reading order."""

    document: str
    lang: str
    citations: list[Citation]


class Citing(Shape):
    """One paragraph that cites the target."""

    document: str
    symbol: str
    title: str
    kind: str
    body: str
    states: list[str]
    year: int | None
    lang: str
    langs: list[str] = Field(description="All languages in which the document makes the citation there.")
    paragraph: str
    number: str
    excerpt: str
    marks: list[tuple[int, int]] = Field(description="Where the excerpt cites: half-open spans of characters.")
    spans: list[tuple[int, int]] = Field(description="The same in the whole text; none: the heading above it cites.")
    targets: list[str] = Field(description="The target as it is cited there, with its pinpoint.")


class CitedBy(Shape):
    """What cites a target, newest document first. Counts are of paragraphs, each under all filters but its own."""

    target: str = Field(description="The target as it was understood.")
    total: int
    documents: int = Field(description="The documents that these paragraphs stand in.")
    items: list[Citing]
    kinds: dict[str, int]
    states: dict[str, int]
    bodies: dict[str, int]
    years: dict[int, int]
