"""The forms of briefs and of plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from smallplaces.vocab.competence import departments
from smallplaces_site.actions.restate import LONGEST
from smallplaces_site.briefs.choice import SIZES
from smallplaces_site.corpus.titles import collation_key
from smallplaces_site.local.views import Asked
from smallplaces_site.web import names

Options = list[tuple[str, str]]


def department_name(code: str) -> str:
    """The name of a department in the language of the page."""
    known = departments().get(code, {})
    return known.get(names.ui()) or known.get("en") or code


def counted(found: Iterable[Asked], name: str) -> list[tuple[str, str, int]]:
    """(value, name, count) of a filter's values among what is asked, by name."""
    counter: Counter[str] = Counter()
    for one in found:
        values = {"department": (one.department,), "theme": one.themes, "group": one.groups, "treaty": (one.body,)}[
            name
        ]
        counter.update(value for value in values if value)
    named = [(value, _value_name(name, value), count) for value, count in counter.items()]
    return sorted(named, key=lambda row: collation_key(row[1], names.ui()))


def _value_name(name: str, value: str) -> str:
    if name == "department":
        return department_name(value)
    return names.value_name("body" if name == "treaty" else name, value)


class NewBrief(forms.Form):
    """By what a brief is chosen. Every field may stay empty."""

    lang = forms.ChoiceField(label=_("Language of the brief"), choices=[("ko", _("Korean")), ("en", _("English"))])
    department = forms.ChoiceField(label=_("Department"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    group = forms.ChoiceField(label=_("Persons concerned"), required=False)
    treaty = forms.ChoiceField(label=_("Body"), required=False)
    since = forms.IntegerField(label=_("From the year"), required=False, min_value=1900, max_value=2200)
    until = forms.IntegerField(label=_("Up to the year"), required=False, min_value=1900, max_value=2200)
    order = forms.ChoiceField(
        label=_("First"),
        choices=[("newest", _("Newest first")), ("longest", _("Longest asked first"))],
    )
    items = forms.ChoiceField(label=_("Length"), choices=[])
    national = forms.BooleanField(label=_("Also what only the State can do"), required=False)

    def __init__(self, found: list[Asked], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("department", "theme", "group", "treaty"):
            options: Options = [("", str(pgettext_lazy("no choice made in a list", "All")))]
            options += [(value, f"{label} ({count})") for value, label, count in counted(found, name)]
            self.fields[name].choices = options  # type: ignore[attr-defined]  # of a ChoiceField
        lengths = (_("one or two pages (3 items)"), _("two or three pages (6 items)"), _("about four pages (12 items)"))
        self.fields["items"].choices = list(zip(map(str, SIZES), lengths, strict=True))  # type: ignore[attr-defined]


class Draft(forms.Form):
    """What of a draft is written by hand; its lines stand beside, each with fields of its own."""

    title = forms.CharField(label=_("Title"), max_length=200)
    audience = forms.CharField(
        label=_("For"), max_length=200, required=False, help_text=_("A council, a committee, a department.")
    )
    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=8000, widget=forms.Textarea({"rows": 5})
    )
    add = forms.CharField(
        label=_("Add lines"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One a line: symbol and paragraph, as in CRPD/C/KOR/CO/2-3 42."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class Publish(forms.Form):
    """What is new in the version."""

    why = forms.CharField(
        label=_("What is new in this version"),
        required=False,
        max_length=300,
        help_text=_("Readers see it beside the version."),
    )


class Withdraw(forms.Form):
    """Why something is taken back."""

    why = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), help_text=_("Readers see it."))


class PlainWords(forms.Form):
    """A paragraph in plain words."""

    lang = forms.ChoiceField(label=_("Language"), choices=[("ko", _("Korean")), ("en", _("English"))])
    text = forms.CharField(
        label=_("In plain words"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One to three sentences that a resident understands: who is to do what for whom."),
    )
    place = forms.ChoiceField(label=_("Whose words these are"), required=False)

    def __init__(self, whose: Options, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = whose  # type: ignore[attr-defined]  # of a ChoiceField
