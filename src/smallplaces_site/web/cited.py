"""Citations as links in a text: what each leads to, and how it is told before one follows it.

A link whose citation leads to one place goes there. One that leads to several, or to nothing that this copy holds, goes
to the list of citations on the paragraph's own page, where each has its line. What is not clear is marked in the text,
quietly, where it lies between a few treaties or documents; where it may as well be a law of the State's own, or nearly
anything, the mark would tell a reader nothing, and it is in the list alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from smallplaces.model.target import read_target
from smallplaces.vocab import resolve_sdg, treaties
from smallplaces_site.corpus.read.articles import number_of
from smallplaces_site.corpus.read.citations import CitationView, TargetView
from smallplaces_site.web import names

_PREVIEW = 180
_FEW = (2, 3)  # treaties or documents between which a reader can choose


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line of text; ``citation`` is None for plain words."""

    text: str
    citation: CitationView | None = None


def address(target: TargetView) -> str:
    """Where a target can be read here: an article's page, a paragraph's, a document; empty when it cannot."""
    named = read_target(target.target)
    prefix, _colon, code = named.work.partition(":")
    if prefix == "treaty" and code in treaties():
        return _of_treaty(code, named.place.partition("(")[0], target)
    if prefix == "sdg" and resolve_sdg(code):
        return f"{reverse('search')}?{urlencode({'sdg': code})}"
    if target.work is None:
        return ""
    if target.paragraph and named.place:
        return f"{reverse('paragraph', args=[target.work.key, target.paragraph])}?text={target.lang}"
    return reverse("document", args=[target.work.key])


def _of_treaty(code: str, place: str, target: TargetView) -> str:
    """The page of an article; that of the treaty when none is cited, or one that the text held here does not have."""
    number = number_of(target.paragraph)
    if not number and place.isdecimal() and int(place) <= (treaties()[code].articles or 0):
        number = place
    return reverse("article", args=[code, number]) if place and number else reverse("instrument", args=[code])


def label(target: TargetView) -> str:
    """What a target is called, with its place: "ICESCR, article 11 (1)", "CCPR/C/GC/36, paragraph 12"."""
    title = target.title
    if target.work is not None and target.work.symbol and target.work.symbol not in title:
        title = f"{target.work.symbol}{names.comma()}{title}"
    return names.target_title(read_target(target.target), title)


def told(citation: CitationView) -> str:
    """What a citation leads to, in words: the first line names it, the second begins its text."""
    if not citation.resolved:
        return _("Not clear: it may be %(candidates)s") % {"candidates": _listed(citation.candidates)}
    if len(citation.targets) > 1:
        return _listed(citation.targets)
    (target,) = citation.targets
    held = label(target) if address(target) else _("%(title)s (not in this copy)") % {"title": label(target)}
    preview = target.preview[:_PREVIEW].rstrip() + ("…" if len(target.preview) > _PREVIEW else "")
    return f"{held}\n{preview}" if preview else held


def _listed(targets: Iterable[TargetView]) -> str:
    return names.semicolon().join(label(target) for target in targets)


def is_shown(citation: CitationView) -> bool:
    """Whether a citation is marked in the text: it stands in it, and what it means is known, or is one of a few."""
    may_be = {read_target(candidate.target).work for candidate in citation.candidates}
    return citation.end > citation.start and bool(citation.targets or len(may_be) in _FEW)


@dataclass(slots=True)
class Links:
    """The links of one page in one language. A long document cites the same articles over and over, so what leads to
    the same targets is described once: ``known`` keeps the class, the address and the words that tell it."""

    known: dict[tuple[bool, tuple[str, ...]], tuple[str, str, str]] = field(default_factory=dict)

    def link(self, citation: CitationView, words: str, alone: str) -> str:
        """A citation as a link over ``words``, as HTML. ``alone`` is the address of the paragraph's own page."""
        means = citation.targets or citation.candidates
        key = (citation.resolved, tuple(target.target for target in means))
        if key not in self.known:
            only = address(means[0]) if citation.resolved and len(means) == 1 else ""
            style = "c" if citation.resolved else "c unclear"
            self.known[key] = (style, escape(only), escape(told(citation)))
        style, only, said = self.known[key]
        leads = only or f"{escape(alone)}#c{citation.id}"
        return f'<a class="{style}" href="{leads}" title="{said}">{escape(words)}</a>'

    def line(self, pieces: Sequence[Piece], alone: str) -> str:
        """A line of text as HTML, its citations as links."""
        return "".join(self.link(p.citation, p.text, alone) if p.citation else escape(p.text) for p in pieces)


def lines(text: str, citations: Sequence[CitationView], alone: str, links: Links | None = None) -> SafeString:
    """A text as paragraphs of HTML, one a line, its citations as links. A citation that overlaps another, or lies
    outside of the text, is left out; one that goes over the end of a line is a link on each. ``links``: those of the
    page, where it holds many paragraphs."""
    links = links or Links()
    found = _lines(text, [citation for citation in citations if is_shown(citation)])
    html = "".join(f"<p>{links.line(line, alone)}</p>" for line in found) or "<p></p>"
    return mark_safe(html)  # noqa: S308  # every piece was escaped by Links


def heading(text: str, citations: Sequence[CitationView], alone: str, links: Links | None = None) -> SafeString:
    """A heading with its citations as links. They are told of the paragraph below, and have no place in that."""
    placed = [
        replace(citation, start=at, end=at + len(citation.text))
        for citation in citations
        if citation.end == 0 and citation.text and (at := text.find(citation.text)) >= 0
    ]
    html = (links or Links()).line(_pieces(text, 0, placed), alone)
    return mark_safe(html)  # noqa: S308  # every piece was escaped by Links


def _lines(text: str, citations: Sequence[CitationView]) -> list[list[Piece]]:
    """The lines that hold anything, in pieces. Joined, the pieces of a line are the line."""
    found: list[list[Piece]] = []
    begin = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(_pieces(line, begin, citations))
        begin += len(line) + 1
    return found


def _pieces(line: str, begin: int, citations: Sequence[CitationView]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for citation in sorted(citations, key=lambda one: (one.start, -one.end)):
        start, end = max(citation.start - begin, 0), min(citation.end - begin, len(line))
        if start < at or start >= end or (citation.start < begin and not line[start:end].strip()):
            continue
        pieces += [Piece(line[at:start]), Piece(line[start:end], citation)]
        at = end
    pieces.append(Piece(line[at:]))
    return [piece for piece in pieces if piece.text]
