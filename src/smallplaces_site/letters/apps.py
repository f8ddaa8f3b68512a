"""The room of letters to places. Does no work at start-up."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """What an institution sends to places."""

    name = "smallplaces_site.letters"
    label = "letters"
