"""The lineage application. Does no work at start-up."""

from django.apps import AppConfig


class LineageConfig(AppConfig):
    """Threads of demands that ask the same, and what people decided of them."""

    name = "smallplaces_site.lineage"
    label = "lineage"
