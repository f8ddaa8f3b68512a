"""How long a password must be. Length is what protects; rules about signs only annoy."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from smallplaces_site.people.models import User

SHORTEST = 10


class LongEnough:
    """A validator of Django's settings that speaks our seven languages."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError when ``password`` is shorter than :data:`SHORTEST` characters."""
        if len(password) < SHORTEST:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """What a person reads before choosing."""
        return _("Ten characters or more.")
