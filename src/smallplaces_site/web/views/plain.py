"""Addresses that are no pages: the front door, addresses without a language or a slash, robots, errors."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path, iri_to_uri

from smallplaces_site.web.names import ui
from smallplaces_site.web.views.pages import unknown

_WHERE = re.compile(r"^/(?:[a-z]{2}/)?(?:(?:documents|states|bodies|instruments|data|search)(?:/|$))?")


def negotiate(request: HttpRequest) -> HttpResponse:
    """To the home page in the language that the visitor's browser asks for."""
    return _to(request, f"/{ui()}/")


def with_language(request: HttpRequest, rest: str) -> HttpResponse:
    """An address without a language: the same in the visitor's."""
    return _to(request, f"/{ui()}/{rest}")


def _to(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(iri_to_uri(escape_uri_path(path) + (f"?{query}" if query else "")))
    patch_vary_headers(response, ("Accept-Language",))
    return response


def with_slash(request: HttpRequest, rest: str) -> HttpResponse:
    """An address whose last slash was forgotten."""
    try:
        resolve(f"{request.path_info}/")
    except Resolver404:
        raise unknown(rest) from None
    query = request.META.get("QUERY_STRING", "")
    path = escape_uri_path(f"{request.path}/") + (f"?{query}" if query else "")
    return HttpResponseRedirect(iri_to_uri(path), status=301)


def documents(request: HttpRequest) -> HttpResponse:
    """The list of all documents is the search that asks for nothing."""
    return HttpResponseRedirect(f"{reverse('search')}?by=document&sort=newest")


def robots(request: HttpRequest) -> HttpResponse:
    """Documents may be indexed; lists of results, which are without end, need not be."""
    lines = ["User-agent: *", "Disallow: /*/search", "Disallow: /*?*format=", "Disallow: /api/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name whatever the page says."""
    return HttpResponseRedirect(static("web/favicon.svg"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: says so and offers the search."""
    # A path that no pattern knows has nothing to say but the list of all patterns.
    spoken = isinstance(exception, Http404) and exception.args and not isinstance(exception, Resolver404)
    said = str(exception) if spoken else ""
    words = _WHERE.sub("", request.path).strip("/")
    return render(request, "web/not_found.html", {"said": said, "words": words[:200]}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood."""
    return render(request, "web/refused.html", {"message": ""}, status=400)
