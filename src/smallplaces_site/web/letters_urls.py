"""The addresses of letters to places."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import letter_new, letters

urlpatterns = [
    path("letters/", letters.sent, name="letters"),
    path("letters/new/", letter_new.new, name="letter-new"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("places/<str:code>/letters/", letters.of_place, name="place-letters"),
]
