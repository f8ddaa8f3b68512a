"""The addresses of input rounds."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import round_answers, round_together, rounds

urlpatterns = [
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/new/", rounds.edit, name="round-new"),
    path("rounds/<int:pk>/", rounds.one, name="round"),
    path("rounds/<int:pk>/edit/", rounds.edit, name="round-edit"),
    path("rounds/<int:pk>/places/", rounds.where, name="round-places"),
    path("rounds/<int:pk>/together/", round_together.together, name="round-together"),
    path("rounds/<int:pk>/together/word/", round_together.word, name="round-word"),
    path("rounds/<int:pk>/together/submission/", round_together.submission, name="round-submission"),
    path("rounds/<int:pk>/answers/<str:code>/", round_answers.answer, name="round-answer"),
    path("rounds/<int:pk>/answers/<str:code>/files/<str:sha256>/", round_answers.file, name="round-file"),
    path("places/<str:code>/rounds/", round_answers.of_place, name="place-rounds"),
]
