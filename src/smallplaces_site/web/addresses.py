"""Addresses that are made by hand: those that leave the site, and those that a page needs by the hundred."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

#: What stands as it is in a path, as Django's ``reverse`` has it (RFC 3986).
_PLAIN = "/~:@!$&'()*+,;="


def absolute(request: HttpRequest, path: str) -> str:
    """The whole address of a path: below the public address of the site when one is set, else as it was asked."""
    public = str(settings.SETTINGS["SMALLPLACES_URL"]).rstrip("/")
    return f"{public}{path}" if public else request.build_absolute_uri(path)


def paragraphs_of(work: str) -> str:
    """The address below which the paragraphs of a document stand: append :func:`in_path` of a key and a slash.
    ``reverse`` asks every pattern again for each of five hundred."""
    return f"{reverse('document', args=[work])}p/"


def in_path(key: str) -> str:
    """The key of a paragraph as it stands in an address."""
    return quote(key, safe=_PLAIN)
