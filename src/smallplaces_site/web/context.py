"""What every page needs: language, direction, the same page in the other languages, data version, example notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from smallplaces.model.language import LANGUAGES
from smallplaces_site.corpus.read.about import example_present
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.names import direction, ui

_SECTIONS = ("instruments", "states", "places", "bodies", "data", "account", "learn")


@dataclass(frozen=True, slots=True)
class InLanguage:
    """This page in one language."""

    code: str
    endonym: str
    address: str
    absolute: str
    current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor that settings name."""
    lang = ui()
    return {
        "ui": lang,
        "told": set(),  # terms of the glossary that this page has explained
        "ui_dir": direction(lang),
        "translations": in_languages(request, lang),
        "section": _section(request),
        "version": data_version(),
        "example": example_present(),
        "here": absolute(request, request.get_full_path()),
    }


def in_languages(request: HttpRequest, lang: str) -> list[InLanguage]:
    """The address of this page in each language; the home page where this one has no language in its address."""
    path, query = request.path, request.META.get("QUERY_STRING", "")
    prefix = f"/{lang}/"
    found = []
    for language in LANGUAGES:
        inner = path[len(prefix) :] if path.startswith(prefix) else ""
        address = f"/{language.code}/{_quoted(inner)}" + (f"?{query}" if query and inner else "")
        found.append(
            InLanguage(
                code=language.code,
                endonym=language.endonym,
                address=address,
                absolute=absolute(request, address),
                current=language.code == lang,
            )
        )
    return found


def _quoted(path: str) -> str:
    return quote(path, safe="/:@~!$&'()*+,;=")


def _section(request: HttpRequest) -> str:
    parts = request.path.split("/")
    return parts[2] if len(parts) > 2 and parts[2] in _SECTIONS else ""
