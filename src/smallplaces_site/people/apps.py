"""The room of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, organisations, roles."""

    name = "smallplaces_site.people"
    label = "people"
