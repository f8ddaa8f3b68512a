"""How values are written on a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from smallplaces.model.instrument import Treaty
from smallplaces.vocab.kinds import kind_name
from smallplaces_site.corpus.read.documents import WorkView
from smallplaces_site.corpus.titles import body_name, state_name, title_of
from smallplaces_site.web import catalogue, names
from smallplaces_site.web.errors import told

register = template.Library()

register.filter("written", names.written)
register.filter("count", names.number)
register.filter("lang_name", names.lang_name)
register.filter("endonym", names.endonym)
register.filter("direction", names.direction)
register.filter("facet_name", names.facet_name)
register.filter("listed", names.listed)
register.filter("worded", told)
register.simple_tag(names.comma)
register.simple_tag(names.semicolon)


@register.filter
def kind(code: str) -> str:
    """The name of a kind of document."""
    return kind_name(code, names.ui())


@register.filter
def body(code: str) -> str:
    """The name of a body."""
    return body_name(code, names.ui())


@register.filter
def body_short(code: str) -> str:
    """The abbreviation of a body."""
    known = catalogue.body(code)
    return known.short_name(names.ui()) if known else code


@register.filter
def state(code: str) -> str:
    """The name of a State."""
    return state_name(code, names.ui())


@register.filter
def treaty_title(treaty: Treaty) -> str:
    """The title of a treaty."""
    return treaty.name(names.ui())


@register.filter
def treaty_short(code: str) -> str:
    """What people call the treaty of that code."""
    return catalogue.treaty_short(code, names.ui())


@register.filter
def title(work: WorkView) -> str:
    """The title of a document in the language of the page."""
    return title_of(work, names.ui())


@register.filter
def named(value: str, facet: str) -> str:
    """The name of a facet's value: ``{{ "KOR"|named:"state" }}``."""
    return names.value_name(facet, value)


@register.filter
def position(code: str) -> str:
    """The name of a position on a recommendation."""
    return names.value_name("position", code)


@register.filter
def label(value: str, facet: str) -> SafeString:
    """A label's name in the language of the page; where it has none, as its source spells it, which is English."""
    name = names.value_name(facet, value)
    if name == value and names.ui() != "en":
        return format_html('<bdi lang="en">{}</bdi>', name)
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def english(text: str) -> SafeString:
    """What sources say of themselves is English data: said to be so, and kept in its own direction."""
    return format_html('<bdi lang="en">{}</bdi>', text) if text else SafeString("")


@register.filter
def act(code: str) -> str:
    """The name of a treaty act."""
    return str(names.ACTS.get(code, code))


@register.filter
def standing(code: str) -> str:
    """Where a State stands towards a treaty."""
    return str(names.STANDINGS.get(code, code))


@register.filter
def edition_status(code: str) -> str:
    """Who stands behind a wording."""
    return str(names.EDITION_STATUS.get(code, code))


@register.filter
def outcome(code: str) -> str:
    """How an import ended."""
    return str(names.OUTCOMES.get(code, code))


@register.filter
def lines(text: str) -> SafeString:
    """A text as paragraphs of HTML, one a line."""
    kept = [(line,) for line in str(text).split("\n") if line.strip()]
    return format_html_join("", "<p>{}</p>", kept or [("",)])


@register.filter
def marked(text: str, marks: Iterable[tuple[int, int]]) -> SafeString:
    """A text with its spans marked. Spans that overlap or lie outside are left out, never an error."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(marks):
        if start < at or end <= start or end > len(text):
            continue
        parts += [conditional_escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
        at = end
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308  # every part was escaped above


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: object) -> str:
    """The present query with some values changed; an empty value takes the parameter out."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def date_or_year(day: date | None, year: int | None) -> str:
    """The date written out; the year alone when no day is known."""
    return names.written(day) or (str(year) if year else "")
