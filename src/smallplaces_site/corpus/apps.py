"""The corpus application. Does no work at start-up."""

from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """Store of documents and the log of their changes."""

    name = "smallplaces_site.corpus"
    label = "corpus"
