"""The application of briefs. Does no work at start-up."""

from django.apps import AppConfig


class BriefsConfig(AppConfig):
    """Restatements in plain words, and briefs with their versions."""

    name = "smallplaces_site.briefs"
    label = "briefs"
