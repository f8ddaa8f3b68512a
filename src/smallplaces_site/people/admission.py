"""Who gets an account: those whom an administrator adds, and readers where the site lets them."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class Admission(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """What allauth asks us."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a visitor may make an account: a reader's, without any role."""
        return bool(settings.SETTINGS["SMALLPLACES_SIGNUP"])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody arrives after signing in."""
        return reverse("account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody arrives after signing out."""
        return reverse("home")
