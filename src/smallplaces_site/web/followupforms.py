"""The forms of follow-up. What they take is checked again by the actions, which know who may."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smallplaces.errors import BadInput
from smallplaces.vocab.grades import grade_name, scales_of
from smallplaces.vocab.grades import scales as all_scales
from smallplaces_site.actions.follow_item import goals
from smallplaces_site.followup.records import ItemView, UnitView
from smallplaces_site.web import followupwords as words
from smallplaces_site.web import names

_NOTHING = ("", "–")


class _Day(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class _Lines(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in str(super().clean(value)).splitlines() if line.strip())


class _Goals(forms.CharField):
    """Goals and targets of the 2030 Agenda, by their numbers."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        given = [word for word in re.split(r"[,;\s]+", str(super().clean(value))) if word]
        try:
            return tuple(goals(given))
        except BadInput as error:
            raise forms.ValidationError(
                _("There is no goal or target “%(number)s”."), params={"number": error.where}
            ) from error


class _Checks(forms.TypedMultipleChoiceField):
    """Some of several, by number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, required=False, **options)


def unit_choices(units: list[UnitView]) -> list[tuple[int, str]]:
    """Units to choose among."""
    return [(one.id, one.name(names.ui())) for one in units]


def item_choices(items: list[ItemView]) -> list[tuple[int, str]]:
    """Items to choose among."""
    return [(one.id, one.title if len(one.title) <= 120 else f"{one.title[:119]}…") for one in items]


class StartForm(forms.Form):
    """For which place something shall be followed."""

    place = forms.CharField(label=_("For which place?"), required=False, max_length=200)

    def __init__(self, *args: Any, own: list[tuple[str, str]], whole_state: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not whole_state:
            self.fields["place"] = forms.ChoiceField(label=_("For which place?"), choices=own)
        else:
            self.fields["place"].help_text = _("Name or code of a place. Leave it empty for the State as a whole.")


class ClusterForm(StartForm):
    """A group of recommendations under a name."""

    title = forms.CharField(label=_("Name of the group"), max_length=300)
    members = _Lines(
        label=_("Recommendations in it"),
        help_text=_("One a line: a symbol and a paragraph (CRPD/C/XXE/CO/1 25), or the key of a thread."),
    )
    field_order = ("title", "members", "place")


class ItemForm(forms.Form):
    """Who is responsible, and which goals it serves."""

    title = forms.CharField(label=_("Name of the group"), max_length=300)
    units = _Checks(label=_("Responsible"))
    unit_ko = forms.CharField(label=_("Another unit, name in Korean"), max_length=200, required=False)
    unit_en = forms.CharField(label=_("Another unit, name in English"), max_length=200, required=False)
    sdgs = _Goals(label=_("Goals and targets"), required=False, help_text=_("Numbers, with commas: 11.1, 10.2"))

    def __init__(self, *args: Any, units: list[UnitView], cluster: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = unit_choices(units)  # type: ignore[attr-defined]
        if not units:
            del self.fields["units"]
        if not cluster:
            del self.fields["title"]


class ActionForm(forms.Form):
    """An action."""

    title = forms.CharField(label=_("What is done"), max_length=300)
    description = forms.CharField(label=_("Description"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=list(words.STATUS.items()))
    start = _Day(label=_("Begins on"), required=False)
    end = _Day(label=_("Ends on"), required=False)
    budget_line = forms.CharField(label=_("Budget line"), max_length=200, required=False)
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2, min_value=0, required=False)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters: KRW, EUR")
    )
    items = _Checks(label=_("What it serves"))
    units = _Checks(label=_("Responsible"))
    sdgs = _Goals(label=_("Goals and targets"), required=False, help_text=_("Numbers, with commas: 11.1, 10.2"))
    plans = _Lines(label=_("Plans"), required=False, help_text=_("Plans that it stands in, one a line."))

    def __init__(self, *args: Any, items: list[ItemView], units: list[UnitView], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["items"].choices = item_choices(items)  # type: ignore[attr-defined]
        self.fields["units"].choices = unit_choices(units)  # type: ignore[attr-defined]
        for name, rows in (("items", items), ("units", units)):
            if not rows:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Days in order, an amount with its currency."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", _("It ends before it begins."))
        if given.get("amount") is not None and not given.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Say in which currency."))
        return given


class DueForm(forms.Form):
    """A day by which something has to be done."""

    what = forms.CharField(label=_("What has to be done"), max_length=200)
    on = _Day(label=_("By which day"))


class EvidenceForm(forms.Form):
    """A link or a file."""

    title = forms.CharField(label=_("What it shows"), max_length=200)
    address = forms.URLField(label=_("Address"), required=False, max_length=1000, assume_scheme="https")
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_(
            "PDF, Word, Excel, Hangul, picture or text, up to 20 MB. Everybody can see it: leave out personal data."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(given.get("address")) == bool(given.get("file")):
            self.add_error("address", _("Give an address or a file: one of the two."))
        return given


class SayForm(forms.Form):
    """How far something is."""

    progress = forms.ChoiceField(label=_("How far it is"), choices=())
    text = forms.CharField(
        label=_("In words"), widget=forms.Textarea(attrs={"rows": 6}), required=False, max_length=10_000
    )
    as_of = _Day(label=_("As of which day"))

    def __init__(self, *args: Any, voice: str, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(code, name) for code, name in words.PROGRESS.items()]
        self.fields["progress"].choices = ([_NOTHING, *known]) if voice == "comment" else known  # type: ignore[attr-defined]
        self.fields["progress"].required = voice != "comment"


class GradeForm(forms.Form):
    """A committee's grade."""

    grade = forms.ChoiceField(label=_("Grade"), choices=())
    symbol = forms.CharField(
        label=_("Follow-up document"),
        max_length=255,
        help_text=_("The symbol of the document in which the committee gives it."),
    )
    paragraph = forms.CharField(label=_("Paragraph"), max_length=120, required=False)
    on = _Day(label=_("Date of the document"))

    def __init__(self, *args: Any, body: str, **options: Any) -> None:
        super().__init__(*args, **options)
        known = scales_of(body) or tuple(all_scales().values())
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            (scale.code, [(f"{scale.code} {code}", self.name(scale.code, code)) for code in scale.grades])
            for scale in reversed(known)
        ]

    @staticmethod
    def name(scale: str, code: str) -> str:
        """A grade as it is chosen."""
        said = grade_name(scale, code, names.ui())
        return f"{code}: {said}" if code[:1].isupper() else said


class IndicatorForm(forms.Form):
    """An indicator."""

    title = forms.CharField(label=_("What is measured"), max_length=300)
    kind = forms.ChoiceField(
        label=_("Kind of indicator"),
        choices=list(words.KINDS.items()),
        help_text=_(
            "Structure: what is promised and in place. Process: what is being done. Outcome: what people have of it."
        ),
    )
    right = forms.CharField(label=_("Right"), max_length=120, required=False, help_text=_("ICESCR/11, or in words."))
    attribute = forms.CharField(label=_("Attribute of the right"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit of measure"), max_length=60, required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    frequency = forms.ChoiceField(label=_("How often"), choices=list(words.FREQUENCIES.items()), initial="yearly")
    disaggregation = _Lines(label=_("Told apart by"), required=False, help_text=_("Sex, age, disability… one a line."))
    baseline = forms.DecimalField(label=_("Baseline"), max_digits=18, decimal_places=4, required=False)
    baseline_on = _Day(label=_("Day of the baseline"), required=False)
    target = forms.DecimalField(label=words.FIELDS["target"], max_digits=18, decimal_places=4, required=False)
    target_on = _Day(label=_("Day of the target"), required=False)
    items = _Checks(label=_("What it serves"))

    def __init__(self, *args: Any, items: list[ItemView], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["items"].choices = item_choices(items)  # type: ignore[attr-defined]
        if not items:
            del self.fields["items"]


class ValueForm(forms.Form):
    """A value of an indicator."""

    on = _Day(label=_("Of which day"))
    value = forms.DecimalField(label=_("Value"), max_digits=18, decimal_places=4)
    parts = _Lines(label=_("Told apart"), required=False, help_text=_("One a line, name and value: women: 12.5"))
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def clean_parts(self) -> list[tuple[str, Decimal]]:
        """Lines as names and numbers."""
        found = []
        for line in self.cleaned_data["parts"]:
            name, _sep, number = line.rpartition(":")
            try:
                found.append((name.strip(), Decimal(number.strip())))
            except InvalidOperation as error:
                raise forms.ValidationError(
                    _("This line is not a name, a colon and a number: %(line)s"), params={"line": line}
                ) from error
            if not name.strip() or not found[-1][1].is_finite():
                raise forms.ValidationError(
                    _("This line is not a name, a colon and a number: %(line)s"), params={"line": line}
                )
        return found


class ImportForm(forms.Form):
    """A file to be read."""

    kind = forms.ChoiceField(label=_("What stands in it"), choices=())
    system = forms.ChoiceField(label=_("From which system"), choices=())
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or XLSX, up to 10 MB, with the names of the columns in the first line.")
    )

    def __init__(self, *args: Any, kinds: dict[str, Any], systems: dict[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(kinds.items())  # type: ignore[attr-defined]
        self.fields["system"].choices = list(systems.items())  # type: ignore[attr-defined]
