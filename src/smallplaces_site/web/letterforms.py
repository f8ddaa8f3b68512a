"""The form of a letter to places: what, why, and where to."""

from __future__ import annotations

import re
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smallplaces.model.language import LANGUAGES
from smallplaces_site.actions.dispatch import Draft

_MANY = re.compile(r"[,;\s]+")


class LetterForm(forms.Form):
    """What is sent and why. Places are chosen beside it."""

    work = forms.CharField(
        label=_("Document"), required=False, max_length=255, help_text=_("Its symbol, such as CRPD/C/KOR/CO/2-3.")
    )
    paragraphs = forms.CharField(
        label=_("Paragraphs"),
        required=False,
        max_length=500,
        help_text=_("Their numbers with commas between: 41, 42. Empty: the whole document."),
    )
    brief = forms.IntegerField(
        label=_("Or a published brief"), required=False, min_value=1, help_text=_("The number in its address.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    note = forms.CharField(
        label=_("Cover note"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Why this comes, and what you ask. Everybody can read it on the pages of the places."),
    )
    lang = forms.ChoiceField(label=_("Language of title and note"))
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *given: Any, **named: Any) -> None:
        named["initial"] = {"once": token_urlsafe(18), **named.get("initial", {})}
        super().__init__(*given, **named)
        field = self.fields["lang"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = [(one.code, one.endonym) for one in LANGUAGES]

    def draft(self, places: list[str]) -> Draft:
        """What the form says, for these places. Call it once the form is valid."""
        said = self.cleaned_data
        return Draft(
            title=said["title"],
            note=said["note"],
            lang=said["lang"],
            places=tuple(places),
            once=said["once"],
            work=said["work"].strip(),
            paragraphs=tuple(part for part in _MANY.split(said["paragraphs"]) if part),
            brief=said["brief"],
        )
