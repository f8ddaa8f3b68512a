"""The form by which something is followed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smallplaces.model.language import LANGUAGES
from smallplaces_site.alerts.models import Follow, Hook

#: How often, in words.
RHYTHMS: dict[str, str | Promise] = {
    Follow.How.ONCE: _("At once: a letter whenever something comes in"),
    Follow.How.DAILY: _("Daily: one letter in the morning, if there is something"),
    Follow.How.WEEKLY: _("Weekly: one letter on Monday morning, if there is something"),
}


class FollowForm(forms.Form):
    """How often, in which language, and where to. ``address``: that of the account, which need not be asked for.

    ``hooks``: programs of the account that can be told instead.
    """

    how = forms.ChoiceField(label=_("How often"), widget=forms.RadioSelect, initial=Follow.How.WEEKLY)
    lang = forms.ChoiceField(label=_("Language of the letters"))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("You get a letter with a link first. Until you use it nothing is kept."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *given: Any, address: str = "", hooks: tuple[Hook, ...] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        programs = [(f"hook-{one.pk}", _("A program: %(url)s") % {"url": one.url}) for one in hooks]
        self._choices("how", [*RHYTHMS.items(), *programs])
        self._choices("lang", [(one.code, one.endonym) for one in LANGUAGES if one.code in dict(settings.LANGUAGES)])
        if address:
            del self.fields["email"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = choices
