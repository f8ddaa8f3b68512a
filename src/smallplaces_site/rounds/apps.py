"""The room of input rounds. Does no work at start-up."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Questions to places, and their answers."""

    name = "smallplaces_site.rounds"
    label = "rounds"
