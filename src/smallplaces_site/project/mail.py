"""The mail server, from its address to Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from smallplaces.errors import BadInput

_PORTS = {"smtp": 25, "smtps": 465}


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings for ``smtp://user:password@host:587`` (STARTTLS on port 587) or ``smtps://…`` (TLS at once).

    Without an address letters become files. Raises :class:`BadInput` for an address of another shape.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise BadInput("expected smtp://user:password@host:port", where="SMALLPLACES_MAIL")
    port = parts.port or _PORTS[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and port == 587,
        "EMAIL_TIMEOUT": 30,
    }
