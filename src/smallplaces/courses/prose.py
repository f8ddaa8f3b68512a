"""The Markdown of a course as HTML: site links resolved, words explained, nothing in it that can do harm.

Only CommonMark and tables; HTML in the text is shown as text. What comes out has been through nh3 all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Final
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

#: How a link to a page of the site is written: [text](site:search?q=…), the path without the language.
SITE: Final = "site:"
#: The rooms of the site that a course may lead to.
ROOMS: Final = frozenset(
    {
        *("search", "documents", "instruments", "states", "places", "bodies", "glossary", "guide"),
        *("learn", "practices", "doors", "drafts", "bookmarks", "data", "account"),
    }
)
_TAGS: Final = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "hr", "code", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td", "div", "span"),
}
_ATTRIBUTES: Final = {
    "a": {"href", "title", "class", "rel", "target"},
    "th": {"scope"},
    "div": {"class", "tabindex", "role"},
    "ol": {"start"},
}


@dataclass(frozen=True, slots=True)
class Writer:
    """How a text becomes HTML. ``resolve`` gives the address of a site path; ``gloss`` explains words of a plain text
    and returns HTML. ``apart``: links open a window of their own, as they must from within another system's frame."""

    resolve: Callable[[str], str]
    gloss: Callable[[str], str] = escape
    apart: bool = False

    def page(self, text: str) -> str:
        """A whole Markdown text as sanitised HTML."""
        return _clean(_render(_parser().parse(text), self))

    def line(self, text: str) -> str:
        """A sentence or two, with emphasis and links alone, as sanitised HTML."""
        return _clean(_render(_parser().parseInline(text), self))


def site_links(text: str) -> Iterator[tuple[int, str]]:
    """Every link of a Markdown text, with its line from nought and its address."""
    for token in _parser().parse(text):
        for child in token.children or ():
            if child.type == "link_open":
                yield (token.map or [0])[0], unquote(str(child.attrs.get("href", "")))


def faults_of(text: str) -> Iterator[tuple[int, str]]:
    """What is wrong with a Markdown text: (line from nought, message)."""
    for token in _parser().parse(text):
        line = (token.map or [0])[0]
        if token.type == "heading_open" and token.tag == "h1":
            yield line, "headings begin with ##: the title of the page stands in the front matter"
        for child in token.children or ():
            if child.type == "text" and f"]({SITE}" in child.content:
                yield line, "a link is not read as one: write spaces in an address as %20 or +"
            if child.type == "image":
                yield line, "pictures are not part of the format"
    for line, address in site_links(text):
        if said := _wrong_with(address):
            yield line, said


def _wrong_with(address: str) -> str:
    if address.startswith(SITE):
        room = site_path(address).partition("?")[0].partition("#")[0].partition("/")[0]
        return "" if room in ROOMS else f"no page of the site begins with {room!r}: {address}"
    if address.startswith(("https://", "http://")):
        return ""
    return f"a link must begin with site: or https:// : {address}"


def site_path(address: str) -> str:
    """The path of a site link, without "site:" and a slash at its front."""
    return address.removeprefix(SITE).lstrip("/")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


class _Renderer(RendererHTML):
    """The library's own, with our way of writing links, tables and words."""

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        writer: Writer = env["writer"]
        content = tokens[idx].content
        return escape(content) if tokens[idx].meta.get("plain") else writer.gloss(content)

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        writer: Writer = env["writer"]
        address = str(tokens[idx].attrs.get("href", ""))
        rel = ' target="_blank" rel="noopener noreferrer"' if writer.apart else ' rel="noopener noreferrer"'
        if address.startswith(SITE):
            return f'<a href="{escape(writer.resolve(site_path(address)))}"{rel if writer.apart else ""}>'
        return f'<a href="{escape(address)}"{rel}>'

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return '<div class="scroll" tabindex="0" role="group"><table>'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</table></div>"

    def th_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return '<th scope="col">'

    def td_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "<td>"


def _render(tokens: Sequence[Token], writer: Writer) -> str:
    _leave_plain(tokens)
    return _Renderer().render(tokens, _parser().options, {"writer": writer})


def _leave_plain(tokens: Sequence[Token]) -> None:
    """Mark the texts in which no word is explained: those of headings and of links."""
    before = ""
    for token in tokens:
        depth = 1 if before in ("heading_open", "th_open") else 0
        for child in token.children or ():
            depth += child.nesting if child.type in ("link_open", "link_close") else 0
            if depth:
                child.meta["plain"] = True
        before = token.type


def _clean(html: str) -> str:
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https"})
