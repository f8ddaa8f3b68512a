"""The room of practices."""

from __future__ import annotations

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """What worked elsewhere."""

    name = "smallplaces_site.practices"
    label = "practices"
