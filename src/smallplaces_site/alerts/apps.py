"""The room of alerts. Does no work at start-up."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Follows, the outbox, webhooks."""

    name = "smallplaces_site.alerts"
    label = "alerts"
