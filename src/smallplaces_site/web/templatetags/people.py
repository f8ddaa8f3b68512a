"""How people and their roles are written on a page."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smallplaces_site.people.models import Role, User
from smallplaces_site.people.rights import Scope, may

register = template.Library()

_ROLES: dict[str, str | Promise] = {
    Role.ADMIN: _("Administrator"),
    Role.OFFICER: _("Officer of the institution"),
    Role.HEAD: _("Head in a local government"),
    Role.CONTRIBUTOR: _("Contributor in a local government"),
    Role.COMMENTER: _("Commenter for civil society"),
}


@register.filter
def role(code: str) -> str:
    """The name of a role."""
    return str(_ROLES.get(code, code))


@register.simple_tag
def may_do(user: User, right: str, state: str = "") -> bool:
    """Whether somebody has a right in a State, or anywhere: for showing the way to where it is used."""
    return may(user, right, Scope(state))


@register.simple_tag
def signup_open() -> bool:
    """Whether visitors may make an account themselves."""
    return bool(settings.SETTINGS["SMALLPLACES_SIGNUP"])
