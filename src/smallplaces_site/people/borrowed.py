"""Sentences of the libraries of accounts, named here so that our catalogues hold them in all seven languages.

Django looks a message up in every catalogue, ours first: the libraries know neither our Chinese nor our wording.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

BORROWED = (
    _("Email"),
    _("Password"),
    _("Password (again)"),
    _("New Password"),
    _("New Password (again)"),
    _("Current Password"),
    _("You must type the same password each time."),
    _("Please type your current password."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Password successfully changed."),
    _("Password successfully set."),
    _("You have signed out."),
    _("Successfully signed in as %(name)s."),
    _("You have confirmed %(email)s."),
    _("Confirmation email sent to %(email)s."),
    _("This password is too common."),
    _("Your password can’t be a commonly used password."),
)
