"""The learn application. Does no work at start-up."""

from django.apps import AppConfig


class LearnConfig(AppConfig):
    """Progress in courses, certificates, and groups that an officer asks to take courses."""

    name = "smallplaces_site.learn"
    label = "learn"
