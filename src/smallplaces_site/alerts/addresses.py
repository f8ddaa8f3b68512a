"""Addresses in letters and calls: whole ones, for nobody is asking who could tell them."""

from __future__ import annotations

from django.conf import settings


def whole(path: str) -> str:
    """The whole address of a path of the site: below the public address that is set, else below where it listens."""
    known = settings.SETTINGS
    public = str(known["SMALLPLACES_URL"]).rstrip("/") or f"http://{known['SMALLPLACES_HOST']}:{known['PORT']}"
    return f"{public}{path}"
