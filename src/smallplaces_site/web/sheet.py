"""The text of a whole document as HTML: every paragraph with its headings, its number and its margin, or with its
partner in a second language.

Written in Python and not as a template, because a document has five hundred paragraphs: what they have in common (words
of the page, addresses, names of labels, what a citation leads to) is made once, and a template would make it for each.
All text is escaped here, where it enters; nothing is escaped later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smallplaces_site.corpus.read.citations import CitationView
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView
from smallplaces_site.corpus.titles import state_name
from smallplaces_site.web import names
from smallplaces_site.web.addresses import in_path, paragraphs_of
from smallplaces_site.web.cited import Links, heading, lines
from smallplaces_site.web.reading import Block, Reading, text_direction
from smallplaces_site.web.templatetags.page import label
from smallplaces_site.web.templatetags.terms import explained


@dataclass(slots=True)
class Sheet:
    """A document ready to be written. ``told``: the terms that the page has explained already; ``margins``: what the
    rooms have to say of a paragraph, by its id, each an HTML list item; ``cited``: how often, by a paragraph's key."""

    work: str
    edition: EditionView
    reading: Reading
    other: EditionView | None = None
    citations: Mapping[int, Sequence[CitationView]] = field(default_factory=dict)
    cited: Mapping[str, int] = field(default_factory=dict)
    margins: Mapping[int, SafeString] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    _links: Links = field(default_factory=Links)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def text(self) -> SafeString:
        """Every paragraph in order, what only the second language has in its place."""
        return mark_safe("\n".join(self._text(_Common(self))))  # noqa: S308  # all text was escaped where it entered

    def notes(self) -> SafeString:
        """The footnotes, each with its mark."""
        common = _Common(self)
        rows = [
            f'<div class="p footnote" id="p{escape(one.key)}">'
            f"{common.number(one, '*', common.note)}<div>{self._lines(one, common)}</div></div>"
            for one in self.reading.notes
        ]
        return mark_safe("\n".join(rows))  # noqa: S308  # all text was escaped where it entered

    def _text(self, common: _Common) -> Iterator[str]:
        yield from map(common.alone, self.reading.before)
        for block in self.reading.blocks:
            one = block.paragraph
            alone = common.address(one)
            for opened in block.headings:
                words = heading(opened.text, self.citations.get(one.id, ()), alone, self._links)
                yield f'<h{opened.level} id="{escape(opened.anchor)}">{words}</h{opened.level}>'
            kind = "" if one.kind == "paragraph" else f" {escape(one.kind)}"
            margin = common.partner(block) if self.other else self._margin(block, common)
            yield (
                f'<div class="p{kind}" id="p{escape(one.key)}">'
                f"{common.number(one, common.unnumbered, common.paragraph)}"
                f"<div>{self._lines(one, common)}</div>{margin}</div>"
            )
            yield from map(common.alone, block.alone)

    def _lines(self, one: ParagraphView, common: _Common) -> str:
        return lines(one.text, self.citations.get(one.id, ()), common.address(one), self._links)

    def _margin(self, block: Block, common: _Common) -> str:
        """What stands beside a paragraph: the position, the labels, how often it is cited, what the rooms say."""
        one = block.paragraph
        rows = []
        if block.position:
            said = explained({"told": self.told}, names.value_name("position", block.position), block.position)
            rows.append(f'<li class="position">{said}</li>')
        rows += [self._label(facet, value) for facet, value in block.labels]
        if block.more:
            rows.append(
                f'<li class="label"><a href="{escape(common.address(one))}#labels">{_more(block.more)}</a></li>'
            )
        if total := self.cited.get(one.key):
            rows.append(f'<li><a href="{escape(common.address(one))}#cited-by">{_times(total)}</a></li>')
        rows.append(self.margins.get(one.id, ""))
        inside = "".join(rows)
        return f'<div class="side"{common.ours}><ul>{inside}</ul></div>' if inside else ""

    def _label(self, facet: str, value: str) -> str:
        """One label; a document says the same ones of many paragraphs."""
        if (facet, value) not in self._names:
            if facet == "recommending":
                by = escape(_("by %(state)s") % {"state": state_name(value, names.ui())})
                self._names[facet, value] = f"<li>{by}</li>"
            else:
                self._names[facet, value] = f'<li class="label">{label(value, facet)}</li>'
        return self._names[facet, value]


class _Common:
    """What all paragraphs of a page share: its words in the reader's language, languages, directions, addresses."""

    def __init__(self, sheet: Sheet) -> None:
        ui = names.ui()
        self.ours = f' lang="{ui}" dir="{names.direction(ui)}"'
        self.base = paragraphs_of(sheet.work)
        self.query = f"?text={sheet.edition.lang}"
        self.unnumbered = '<span aria-hidden="true">¶</span>'
        self.paragraph = f'<span class="vh" lang="{ui}"> {escape(_("paragraph alone"))}</span>'
        self.note = f'<span class="vh" lang="{ui}"> {escape(_("note alone"))}</span>'
        if sheet.other is not None:
            self.theirs = f' lang="{escape(sheet.other.lang)}" dir="{text_direction(sheet.other)}"'
            missing = escape(_("no such paragraph in this language"))
            self.none = f'<p class="quiet"{self.ours}>— <span class="small">{missing}</span></p>'
            only = escape(_("Only in %(language)s") % {"language": names.lang_name(sheet.other.lang)})
            self.only = f'<p class="quiet small"{self.ours}>{only}</p>'

    def address(self, one: ParagraphView) -> str:
        """The page of a paragraph, in this language; not escaped."""
        return f"{self.base}{in_path(one.key)}/{self.query}"

    def number(self, one: ParagraphView, without: str, said: str) -> str:
        """The number in the margin, a link to the paragraph's own page."""
        number = escape(one.number)
        return f'<a class="n" href="{escape(self.address(one))}" data-n="{number}">{number or without}{said}</a>'

    def partner(self, block: Block) -> str:
        """The same paragraph in the second language, with what a reader should know of the pair."""
        if block.beside is None:
            return f"<div{self.theirs}>{self.none}</div>"
        said = f'<p class="said"{self.ours}>{escape(block.said)}</p>' if block.said else ""
        return f"<div{self.theirs}>{lines(block.beside.text, (), '')}{said}</div>"

    def alone(self, one: ParagraphView) -> str:
        """A paragraph that only the second language has."""
        number = f'<span class="own">{escape(one.number)}</span>' if one.number else ""
        text = lines(one.text, (), "")
        return f'<div class="p alone"><span></span><div>{self.only}</div><div{self.theirs}>{number}{text}</div></div>'


def _more(labels: int) -> str:
    text = ngettext(
        '%(more)s more<span class="vh"> label</span>', '%(more)s more<span class="vh"> labels</span>', labels
    )
    return text % {"more": labels}


def _times(total: int) -> str:
    return ngettext("cited %(shown)s time", "cited %(shown)s times", total) % {"shown": names.number(total)}
