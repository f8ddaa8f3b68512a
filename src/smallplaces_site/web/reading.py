"""A document made ready for reading: its outline, its headings in their places, its notes at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from smallplaces.model.language import CODES
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView
from smallplaces_site.web.beside import Beside
from smallplaces_site.web.names import direction, ui

_GROUP = 10  # numbered paragraphs to one line of the outline, where there are no headings
_FEW = 12
_LABELS_SHOWN = 5
#: Label facets shown beside a paragraph, in this order; the others stand on the paragraph's own page.
_BESIDE = ("recommending", "theme", "group")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before a paragraph. ``level`` is the HTML level."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph with the headings that open at it, its partner in the edition beside it, what is to be ``said`` of
    the pair, and what only the edition beside has, ``alone``, after it."""

    paragraph: ParagraphView
    headings: tuple[Heading, ...]
    beside: ParagraphView | None = None
    said: str = ""
    alone: tuple[ParagraphView, ...] = ()
    position: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the outline."""

    level: int
    text: str
    anchor: str


@dataclass(slots=True)
class Reading:
    """A document in reading order."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[ParagraphView] = field(default_factory=list)
    outline: list[OutlineEntry] = field(default_factory=list)
    before: tuple[ParagraphView, ...] = ()  # what only the edition beside has, before all else
    unmatched: int = 0  # paragraphs of the edition beside that have no partner here


def text_direction(edition: EditionView) -> str:
    """The writing direction of an edition: as its source says, else by its language."""
    said = edition.facts.get("dir")
    return said if said in ("rtl", "ltr") else direction(edition.lang)


def arrange(paragraphs: list[ParagraphView], lang: str, beside: Beside | None = None) -> Reading:
    """Arrange the paragraphs of an edition in ``lang``, each with its partner in ``beside``."""
    reading = Reading()
    beside = beside or Beside()
    path: tuple[str, ...] = ()
    pending: list[Heading] = []
    for paragraph in paragraphs:
        if paragraph.kind == "footnote":
            reading.notes.append(paragraph)
            continue
        if paragraph.kind == "heading":
            pending.append(_heading(reading, 2, paragraph.text, f"p{paragraph.key}"))
            continue
        if paragraph.heading != path:
            pending += _opened(reading, path, paragraph)
            path = paragraph.heading
        if paragraph.kind == "article" and paragraph.number:
            pending = _article(pending, paragraph, lang)
        reading.blocks.append(_block(paragraph, tuple(pending), beside))
        pending = []
    _outline(reading)
    reading.before = tuple(beside.alone.get(0, ()))
    reading.unmatched = beside.unmatched
    return reading


def _opened(reading: Reading, path: tuple[str, ...], paragraph: ParagraphView) -> list[Heading]:
    """The headings that are new at this paragraph, from the first level that differs."""
    same = 0
    while same < min(len(path), len(paragraph.heading)) and path[same] == paragraph.heading[same]:
        same += 1
    return [
        _heading(reading, min(level + 2, 4), text, f"h{level}-{paragraph.key}")
        for level, text in enumerate(paragraph.heading)
        if level >= same and text.strip()
    ]


def _heading(reading: Reading, level: int, text: str, anchor: str) -> Heading:
    reading.outline.append(OutlineEntry(min(level - 1, 2), text, anchor))
    return Heading(level, text, anchor)


def _article(pending: list[Heading], paragraph: ParagraphView, lang: str) -> list[Heading]:
    """An article opens with its name, "Article 12", and its own title, if it has one, on the same line. Where a
    heading of the text gives the number already, it stands as it is."""
    if any(paragraph.number in re.findall(r"\w+", heading.text) for heading in pending):
        return pending
    with override(lang if lang in CODES else ui()):
        name = _("Article %(number)s") % {"number": paragraph.number}
    own = pending[-1] if pending and paragraph.heading and pending[-1].text == paragraph.heading[-1] else None
    text = f"{name}. {own.text}" if own else name
    return [*(heading for heading in pending if heading is not own), Heading(3, text, f"a-{paragraph.key}")]


def _block(paragraph: ParagraphView, headings: tuple[Heading, ...], beside: Beside) -> Block:
    values: dict[str, dict[str, None]] = {}
    for facet, _scheme, value, _source in paragraph.labels:
        values.setdefault(facet, {})[value] = None
    labels = [(facet, value) for facet in _BESIDE for value in values.get(facet, ())]
    return Block(
        paragraph,
        headings,
        beside.partners.get(paragraph.id),
        said=beside.said.get(paragraph.id, ""),
        alone=tuple(beside.alone.get(paragraph.id, ())),
        position=next(iter(values.get("position", ())), ""),
        labels=tuple(labels[:_LABELS_SHOWN]),
        more=max(0, len(labels) - _LABELS_SHOWN),
    )


def _outline(reading: Reading) -> None:
    """Where a long text has no headings, its outline is made of its articles or of groups of numbers."""
    if len(reading.outline) >= 2:
        return
    articles = [block.paragraph for block in reading.blocks if block.paragraph.kind == "article"]
    if len(articles) > 2:
        reading.outline = [
            OutlineEntry(1, _("Article %(number)s") % {"number": article.number}, f"p{article.key}")
            for article in articles
            if article.number
        ]
        return
    numbered = [block.paragraph for block in reading.blocks if block.paragraph.number]
    if len(numbered) < _FEW:
        return
    for start in range(0, len(numbered), _GROUP):
        group = numbered[start : start + _GROUP]
        reading.outline.append(OutlineEntry(1, f"{group[0].number} – {group[-1].number}", f"p{group[0].key}"))
