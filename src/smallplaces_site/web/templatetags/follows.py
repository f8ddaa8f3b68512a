"""The way from a page to being told of it."""

from __future__ import annotations

from django import template

from smallplaces_site.web.views.feeds import address_of

register = template.Library()
register.simple_tag(address_of, name="feed_address")
