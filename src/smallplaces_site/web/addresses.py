"""Addresses that leave the site: in exports, citations and permanent links."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def absolute(request: HttpRequest, path: str) -> str:
    """The whole address of a path: below the public address of the site when one is set, else as it was asked."""
    public = str(settings.SETTINGS["SMALLPLACES_URL"]).rstrip("/")
    return f"{public}{path}" if public else request.build_absolute_uri(path)
