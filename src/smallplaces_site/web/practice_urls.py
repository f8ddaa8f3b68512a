"""The addresses of practices."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import practices

urlpatterns = [
    path("practices/", practices.index, name="practices"),
    path("practices/new/", practices.new, name="practice-new"),
    path("practices/mine/", practices.mine, name="practices-mine"),
    path("practices/mine/<int:pk>/", practices.edit, name="practice-edit"),
    path("practices/mine/<int:pk>/review/", practices.review, name="practice-review"),
    path("practices/<slug:key>/", practices.practice, name="practice"),
    path("places/<str:code>/practices/", practices.of_place, name="place-practices"),
]
