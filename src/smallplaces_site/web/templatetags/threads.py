"""How a thread's values are written on a page."""

from __future__ import annotations

from babel.numbers import format_percent
from django import template

from smallplaces_site.web import names

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share between 0 and 1 as the page's language writes per cents."""
    return format_percent(share, locale=names.locale(names.ui()))
