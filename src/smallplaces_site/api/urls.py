"""The addresses below ``/api/``, every one behind the door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from smallplaces_site.api.docs import page
from smallplaces_site.api.door import door, nowhere
from smallplaces_site.api.main import api


def _behind_the_door(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = door(pattern.callback)
    return patterns


_patterns, _app, _namespace = api.urls

urlpatterns = [
    path("v1/docs", door(page)),
    path("v1/", (_behind_the_door(_patterns), _app, _namespace)),
    re_path(r"^", nowhere),
]
