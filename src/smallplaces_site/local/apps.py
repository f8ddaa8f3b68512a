"""The local application. Does no work at start-up."""

from django.apps import AppConfig


class LocalConfig(AppConfig):
    """Whose a demand is, and what it speaks of."""

    name = "smallplaces_site.local"
    label = "local"
