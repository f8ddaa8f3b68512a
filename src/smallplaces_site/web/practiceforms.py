"""The form in which a place describes a practice, in one language at a time, and its way to the catalogue's fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smallplaces.vocab.competence import competence, departments
from smallplaces.vocab.labels import labels
from smallplaces.vocab.practices import LANGS, PARTS, practice_kinds
from smallplaces_site.corpus.read.targets import target_of
from smallplaces_site.corpus.titles import collation_key
from smallplaces_site.web import names
from smallplaces_site.web.briefforms import department_name

_LONG = 6000
_TEXT = forms.Textarea(attrs={"rows": 4})


class PracticeForm(forms.Form):
    """What is asked of whoever describes a practice. Lists are written one a line."""

    title = forms.CharField(label=_("What it is, in a few words"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind of practice"))
    since = forms.RegexField(
        r"^(?:19|20)\d\d$",
        label=_("Since the year"),
        required=False,
        error_messages={"invalid": _("Write a year: 2019.")},
    )
    problem = forms.CharField(label=_("The problem"), max_length=_LONG, widget=_TEXT)
    done = forms.CharField(label=_("What was done"), max_length=_LONG, widget=_TEXT)
    conditions = forms.CharField(
        label=_("What it needed"),
        max_length=_LONG,
        widget=_TEXT,
        required=False,
        help_text=_("Law, people, support, time."),
    )
    cost = forms.CharField(label=_("What it cost"), max_length=_LONG, widget=_TEXT, required=False)
    evidence = forms.CharField(
        label=_("How we know that it worked"),
        max_length=_LONG,
        widget=_TEXT,
        required=False,
        help_text=_("Figures, an evaluation, what residents say. Say so when nobody has looked yet."),
    )
    failed = forms.CharField(
        label=_("What did not work"),
        max_length=_LONG,
        widget=_TEXT,
        required=False,
        help_text=_("What you would do differently helps others most."),
    )
    contact = forms.CharField(
        label=_("Office to ask"), max_length=200, required=False, help_text=_("An office, never a person.")
    )
    department = forms.ChoiceField(label=_("Department"), required=False)
    rights = forms.CharField(
        label=_("Articles it serves"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("One a line: CRPD 19"),
    )
    recommendations = forms.CharField(
        label=_("Recommendations it answers"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("One a line, symbol and paragraph: CRPD/C/KOR/CO/2-3#p42"),
    )
    groups = forms.MultipleChoiceField(label=_("Persons concerned"), required=False)
    heads = forms.MultipleChoiceField(label=_("Functions of government"), required=False)
    sdgs = forms.CharField(
        label=_("Sustainable Development Goals"), required=False, help_text=_("Numbers with commas between: 10, 11.2")
    )
    sources = forms.CharField(
        label=_("Where it can be read"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("One a line: title | publisher | date | https://…"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = names.ui()
        kinds = [(code, known.get(lang) or known["en"]) for code, known in practice_kinds().items()]
        self._choose("kind", kinds)
        offices = sorted(
            ((code, department_name(code)) for code in departments()), key=lambda row: collation_key(row[1], lang)
        )
        self._choose("department", [("", "–"), *offices])
        heads = competence("").heads.values()
        self._choose(
            "heads", [(head.code, f"{head.code} {head.names.get(lang) or head.names['en']}") for head in heads]
        )
        groups = [(one.value, one.names[lang]) for one in labels().values() if one.facet == "group"]
        self._choose("groups", sorted(groups, key=lambda row: collation_key(row[1], lang)))

    def _choose(self, name: str, options: list[tuple[str, str]]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]  # of a ChoiceField

    def clean_rights(self) -> list[str]:
        """Articles as targets; what is none is named."""
        return [str(target_of(line)) for line in _lines(self.cleaned_data["rights"])]

    def clean_recommendations(self) -> list[str]:
        """Recommendations as targets."""
        return [str(target_of(line)) for line in _lines(self.cleaned_data["recommendations"])]

    def clean_sdgs(self) -> list[str]:
        """Goals and targets by number."""
        return [one.strip() for one in self.cleaned_data["sdgs"].replace(";", ",").split(",") if one.strip()]

    def clean_sources(self) -> list[dict[str, str]]:
        """Sources as records. Raises :class:`forms.ValidationError` for a line without its three parts."""
        found = []
        for line in _lines(self.cleaned_data["sources"]):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) < 3 or not all(parts[:3]):
                raise forms.ValidationError(
                    gettext("Not a source: “%(line)s”. Write: title | publisher | date") % {"line": line}
                )
            found.append(dict(zip(("title", "publisher", "date", "address"), parts, strict=False)))
        return found


def fields_of(form: PracticeForm, before: Mapping[str, Any], lang: str, where: Mapping[str, str]) -> dict[str, Any]:
    """The catalogue's fields: what the form says in ``lang``, beside what ``before`` says in the other language."""
    said = form.cleaned_data
    told = {
        name: {**before.get(name, {}), **({lang: said[name].strip()} if said[name].strip() else {})}
        for name in ("title", *PARTS, "contact")
    }
    for name, texts in told.items():
        if not said[name].strip():
            texts.pop(lang, None)
    return {
        **told,
        "where": {one: where[one] for one in LANGS if where.get(one)},
        "kind": said["kind"],
        "since": said["since"],
        **({"department": said["department"]} if said["department"] else {}),
        "rights": said["rights"],
        "recommendations": said["recommendations"],
        "groups": said["groups"],
        "heads": said["heads"],
        "sdgs": said["sdgs"],
        "sources": said["sources"],
        "themes": list(before.get("themes", [])),
        "checked": before.get("checked", "general-knowledge"),
    }


def initial_of(content: Mapping[str, Any], lang: str, revision: int) -> dict[str, Any]:
    """What the form begins with: the fields as they stand, in ``lang``."""
    sources = [
        " | ".join(filter(None, (one.get(part, "") for part in ("title", "publisher", "date", "address"))))
        for one in content.get("sources", [])
    ]
    return {
        **{name: content.get(name, {}).get(lang, "") for name in ("title", *PARTS, "contact")},
        **{name: content.get(name, "") for name in ("kind", "since", "department")},
        **{name: list(content.get(name, [])) for name in ("groups", "heads")},
        "rights": "\n".join(content.get("rights", [])),
        "recommendations": "\n".join(content.get("recommendations", [])),
        "sdgs": ", ".join(content.get("sdgs", [])),
        "sources": "\n".join(sources),
        "revision": revision,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
