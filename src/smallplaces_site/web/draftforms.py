"""The forms of submissions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smallplaces.model.language import LANGUAGES
from smallplaces.vocab.steps import procedures, steps
from smallplaces_site.people.models import Organisation
from smallplaces_site.web import names


class BeginForm(forms.Form):
    """What a submission is for."""

    step = forms.ChoiceField(label=_("For which step"))
    owner = forms.ChoiceField(label=_("Who submits it"))
    title = forms.CharField(label=_("Title"), max_length=200)
    lang = forms.ChoiceField(label=_("Language it is written in"))
    due = forms.DateField(
        label=_("Deadline"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("When it is known."),
    )
    due_source = forms.CharField(label=_("Where the deadline is said"), max_length=300, required=False)

    def __init__(self, organisations: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = names.ui()
        self._choose(
            "step",
            [
                (
                    door.name(lang),
                    [
                        (one.id, one.name(lang))
                        for one in steps().values()
                        if one.procedure == door.code and one.written
                    ],
                )
                for door in procedures().values()
                if any(one.written for one in door.steps)
            ],
        )
        self._choose("owner", [(str(one.pk), one.name) for one in organisations])
        self._choose("lang", [(one.code, one.endonym) for one in LANGUAGES])

    def _choose(self, name: str, options: list[Any]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]  # of a ChoiceField


class LinkForm(forms.Form):
    """Evidence: a link, or a file."""

    title = forms.CharField(label=_("What it shows"), max_length=200)
    address = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    file = forms.FileField(label=_("Or a file"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        data = super().clean() or {}
        if not data.get("address") and not data.get("file") and not self.errors:
            raise forms.ValidationError(_("Give an address, or choose a file."))
        return data


class DueForm(forms.Form):
    """The day of the deadline."""

    due = forms.DateField(label=_("Deadline"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    due_source = forms.CharField(label=_("Where the deadline is said"), max_length=300, required=False)
