"""The addresses at which officers decide on what a machine found."""

from __future__ import annotations

from django.urls import path, re_path

from smallplaces_site.web.views import deciding

urlpatterns = [
    re_path(r"^documents/(?P<key>.+?)/p/(?P<para>[^/].*)/links/$", deciding.citations, name="decide-citations"),
    path("states/<str:code>/threads/<str:key>/decide/", deciding.thread, name="decide-thread"),
]
