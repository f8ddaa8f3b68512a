"""The pages. Does no work at start-up."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and views."""

    name = "smallplaces_site.web"
    label = "web"
