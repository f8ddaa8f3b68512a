"""The addresses at which people say whose demands are."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import review

urlpatterns = [path("review/", review.review, name="review")]
