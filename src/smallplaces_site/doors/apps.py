"""The doors application. Does no work at start-up."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """Events of the procedures: deadlines, meetings and windows, expected or announced."""

    name = "smallplaces_site.doors"
    label = "doors"
