"""The words of the glossary, explained where they stand in the texts of our own pages. Never in a document's text."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from smallplaces import guide
from smallplaces.guide import Term
from smallplaces_site.web.names import ui

register = template.Library()

#: Codes of the pages (kinds of document, positions) that the glossary has under another name.
_CALLED = {
    "in-part": "supported-in-part",
    "upr-addendum": "addendum",
    "special-procedures-report": "special-procedures",
    "UPR": "upr",
    "HRC": "human-rights-council",
    "SP": "special-procedures",
    "OHCHR": "high-commissioner",
}


@register.simple_tag(takes_context=True)
def glossed(context: dict[str, Any], text: str, lang: str = "") -> SafeString:
    """A text of ours with each term of the glossary explained at its first place on the page."""
    lang = lang or ui()
    parts: list[str] = []
    at = 0
    for start, end, term in guide.words_in(str(text), lang):
        if _first(context, term):
            parts += [conditional_escape(text[at:start]), _link(term, text[start:end], lang)]
            at = end
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308  # every part was escaped above


@register.simple_tag(takes_context=True)
def explained(context: dict[str, Any], name: str, code: str) -> SafeString:
    """The name of a position or a kind of document, explained at its first place if the glossary has it."""
    term = guide.glossary().get(_CALLED.get(code, code))
    if term is None or not _first(context, term):
        return conditional_escape(name)
    return _link(term, name, ui())


def _first(context: dict[str, Any], term: Term) -> bool:
    """Whether nothing on this page explained the term before. Pages start with an empty set of ``told`` terms."""
    told: set[str] = context.get("told", set())
    if term.code in told:
        return False
    told.add(term.code)
    return True


def _link(term: Term, words: str, lang: str) -> SafeString:
    definition = term.definition.get(lang) or term.definition["en"]
    return format_html(
        '<a class="term" href="{}#{}" title="{}">{}</a>', reverse("glossary"), term.code, definition, words
    )
