"""How a thread's values are written on a page."""

from __future__ import annotations

from babel.numbers import format_percent
from django import template

from smallplaces_site.lineage.read import ThreadView
from smallplaces_site.web import names

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share between 0 and 1 as the page's language writes per cents."""
    return format_percent(share, locale=names.locale(names.ui()))


@register.filter
def thread_title(thread: ThreadView) -> str:
    """What a thread is called in the language of the page, or in its own words."""
    return thread.name(names.ui())


@register.filter
def thread_lang(thread: ThreadView) -> str:
    """The language of :func:`thread_title`."""
    return thread.name_lang(names.ui())
