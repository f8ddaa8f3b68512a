"""The follow-up application. Does no work at start-up."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Recommendations that are followed, actions, indicators, and what three voices say of them."""

    name = "smallplaces_site.followup"
    label = "followup"
