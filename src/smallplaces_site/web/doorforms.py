"""The forms by which officers keep the days of procedures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smallplaces.vocab.steps import procedures, steps
from smallplaces_site.web import names

_DAY = _("As 2027-04-09; 2027-04 when only the month is known.")


class Moved(forms.Form):
    """Another day for an event, and who says so."""

    first = forms.CharField(label=_("First or only day"), max_length=10, help_text=_DAY)
    last = forms.CharField(label=_("Last day"), max_length=10, required=False, help_text=_("Empty: the same day."))
    source = forms.CharField(label=_("Who says so"), max_length=400, help_text=_("A document, letter or page."))
    why = forms.CharField(label=_("Why the day is another"), max_length=1000)


class CalledOff(forms.Form):
    """Calling an event off, and who says so."""

    source = forms.CharField(label=_("Who says so"), max_length=400, help_text=_("A document, letter or page."))
    why = forms.CharField(label=_("Why it is called off"), max_length=1000)


class NewEvent(forms.Form):
    """An announced day."""

    step = forms.ChoiceField(label=_("What it is"))
    first = forms.CharField(label=_("First or only day"), max_length=10, help_text=_DAY)
    last = forms.CharField(label=_("Last day"), max_length=10, required=False, help_text=_("Empty: the same day."))
    source = forms.CharField(label=_("Who says so"), max_length=400, help_text=_("A document, letter or page."))
    address = forms.URLField(label=_("Its address"), max_length=400, required=False, assume_scheme="https")
    note = forms.CharField(label=_("What it is about, in a few words"), max_length=400, required=False)
    occasion = forms.CharField(
        label=_("Its name, when there are several in a year"), max_length=60, required=False, help_text=_("Session 42")
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        if isinstance(field, forms.ChoiceField):
            field.choices = _choices(state)


class Table(forms.Form):
    """Several days at once."""

    table = forms.FileField(
        label=_("A table (CSV)"),
        help_text=_("Columns: state, step, first, source; also last, occasion, standing, address, note, why."),
    )


def _choices(state: str) -> list[tuple[str, list[tuple[str, str]]]]:
    lang = names.ui()
    groups = []
    for door in procedures().values():
        if door.state in ("", state):
            ids = [one.id for one in steps().values() if one.procedure == door.code]
            groups.append((door.name(lang), [(step_id, steps()[step_id].name(lang)) for step_id in ids]))
    return groups
