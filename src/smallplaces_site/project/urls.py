"""Every address of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from smallplaces_site.web import urls as web

# Addresses with a language in front may stand in this list alone: they are taken over, not included.
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("smallplaces_site.api.urls")),
    *web.urlpatterns,
]
handler404 = "smallplaces_site.web.views.plain.not_found"
handler400 = "smallplaces_site.web.views.plain.bad_request"
