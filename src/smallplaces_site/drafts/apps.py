"""The room of submissions."""

from __future__ import annotations

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Submissions as they are written."""

    name = "smallplaces_site.drafts"
    label = "drafts"
