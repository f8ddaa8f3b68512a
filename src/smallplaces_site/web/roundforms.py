"""The forms of input rounds: the round, its questions, one answer."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smallplaces.model.language import LANGUAGES
from smallplaces.vocab.steps import procedures, steps
from smallplaces_site.actions.write_round import Asked, Plan
from smallplaces_site.rounds.answers import YES_NO, Answer
from smallplaces_site.rounds.models import Question
from smallplaces_site.rounds.paper import chosen
from smallplaces_site.rounds.read import QuestionView, RoundView
from smallplaces_site.web import names

_KINDS = (
    (Question.Kind.TEXT, _("With words")),
    (Question.Kind.NUMBER, _("With a number")),
    (Question.Kind.YES_NO, _("Yes, partly or no")),
    (Question.Kind.CHOICE, _("By choosing one of several")),
    (Question.Kind.FILE, _("With a file or other evidence")),
)
_CITED = re.compile(r"\n")


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class RoundForm(forms.Form):
    """What a round is, without its questions."""

    title = forms.CharField(label=_("Title"), max_length=200)
    step = forms.ChoiceField(label=_("For which step"), required=False)
    due = _day(_("Places answer by"))
    lang = forms.ChoiceField(label=_("Language of the questions"))
    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=20_000,
        widget=_area(6),
        help_text=_("Why you ask, and what will be done with the answers."),
    )
    about = forms.CharField(
        label=_("Recommendations that it concerns"),
        required=False,
        widget=_area(3),
        help_text=_("One a line, such as CRPD/C/KOR/CO/2-3 ¶ 42, or CRPD 19."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "step", [("", _("None in particular")), *step_choices()])
        choose(self, "lang", [(one.code, one.endonym) for one in LANGUAGES])

    def plan(self, questions: tuple[Asked, ...]) -> Plan:
        """What the form says, with these questions. Call it once it is valid."""
        said = self.cleaned_data
        about = tuple(line.strip() for line in _CITED.split(said["about"]) if line.strip())
        return Plan(said["title"], said["due"], said["lang"], said["introduction"], said["step"], about, questions)


class QuestionForm(forms.Form):
    """One question. Without words it is left out."""

    text = forms.CharField(label=_("Question"), required=False, max_length=500, widget=_area(2))
    kind = forms.ChoiceField(label=_("It is answered"), choices=_KINDS)
    help = forms.CharField(
        label=_("Help"), required=False, widget=_area(2), help_text=_("What counts, for which year, and where to look.")
    )
    unit = forms.CharField(
        label=_("Unit, for a number"),
        required=False,
        max_length=60,
        help_text=_("Such as persons, homes, per cent of bus stops."),
    )
    added = forms.BooleanField(
        label=_("The numbers of the places may be added up"), required=False, help_text=_("Counts may; shares may not.")
    )
    choices = forms.CharField(
        label=_("Choices, to choose from"), required=False, widget=_area(3), help_text=_("One a line.")
    )
    link = forms.CharField(
        label=_("A recommendation or article that it rests on"),
        required=False,
        max_length=255,
        help_text=_("Such as CRPD/C/KOR/CO/2-3 ¶ 42, or CRPD 19."),
    )
    required = forms.BooleanField(label=_("It has to be answered"), required=False)

    def asked(self) -> Asked:
        """The question. Call it once the form is valid."""
        said = self.cleaned_data
        choices = tuple(line for line in said["choices"].splitlines() if line.strip())
        kept = {name: said[name] for name in ("kind", "text", "help", "unit", "added", "required", "link")}
        return Asked(**kept, choices=choices)


def typed_round(found: RoundView) -> dict[str, Any]:
    """A round as its form shows it."""
    return {
        "title": found.title,
        "step": found.step.id if found.step else "",
        "due": found.due,
        "lang": found.lang,
        "introduction": found.introduction,
        "about": "\n".join(found.about),
    }


def typed_question(one: QuestionView) -> dict[str, Any]:
    """A question as its form shows it."""
    kept = ("text", "kind", "help", "unit", "added", "link", "required")
    return {**{name: getattr(one, name) for name in kept}, "choices": "\n".join(one.choices)}


class AnswerForm(forms.Form):
    """The answer of a place to one question, with what it may put in from follow-up. Prefix: "q" and the number."""

    nothing = forms.BooleanField(label=_("We have no information on this"), required=False)
    use_action = forms.ChoiceField(label=_("Put in the words of an action"), required=False)
    use_indicator = forms.ChoiceField(label=_("Put in the latest value of an indicator"), required=False)
    use_evidence = forms.ChoiceField(label=_("Attach evidence that you recorded"), required=False)
    file = forms.FileField(label=_("Attach a file"), required=False)

    def __init__(
        self,
        question: QuestionView,
        recorded: dict[str, list[tuple[str, str]]],
        data: Any = None,
        files: Any = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, prefix=f"q{question.number}", initial=initial)
        self.question = question
        rows = 6 if question.kind == Question.Kind.TEXT else 3
        own: dict[str, forms.Field] = {}
        if question.kind in (Question.Kind.YES_NO, Question.Kind.CHOICE):
            words = [(one, chosen(one)) for one in YES_NO] if question.kind == "yes-no" else _same(question.choices)
            own["choice"] = forms.ChoiceField(
                label=_("Answer"), required=False, choices=[("", _("Not answered yet")), *words]
            )
        if question.kind == Question.Kind.NUMBER:
            own["number"] = forms.DecimalField(
                label=_("Number"), required=False, max_digits=15, help_text=question.unit, localize=False
            )
            own["as_of"] = _day(_("Of which day"), required=False)
            own["source"] = forms.CharField(label=_("Source of the number"), required=False, max_length=300)
        label = _("Answer") if question.kind == Question.Kind.TEXT else _("Remarks")
        own["text"] = forms.CharField(label=label, required=False, max_length=10_000, widget=_area(rows))
        self.fields = {**own, **self.fields}
        for name, options in recorded.items():
            if options:
                choose(self, f"use_{name}", [("", "–"), *options])
            else:
                del self.fields[f"use_{name}"]

    def own(self) -> list[forms.BoundField]:
        """The fields of the answer itself."""
        known = ("choice", "number", "as_of", "source", "text", "nothing")
        return [self[name] for name in known if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        """The fields that put something in."""
        known = ("use_action", "use_indicator", "use_evidence", "file")
        return [self[name] for name in known if name in self.fields]

    def answer(self) -> Answer:
        """What was typed, without what is attached. Call it once the form is valid."""
        said = self.cleaned_data
        number, as_of = said.get("number"), said.get("as_of")
        return Answer(
            text=said["text"].strip(),
            choice=said.get("choice", ""),
            number="" if number is None else format(number, "f"),
            as_of=as_of.isoformat() if as_of else "",
            source=said.get("source", ""),
            nothing=said["nothing"],
        )


def typed(answer: Answer) -> dict[str, Any]:
    """An answer as its form shows it."""
    kept = ("text", "choice", "number", "as_of", "source", "nothing")
    return {name: getattr(answer, name) for name in kept}


class SayForm(forms.Form):
    """A clarification to all places."""

    text = forms.CharField(label=_("What the places have to know"), max_length=5_000, widget=_area(3))


class MoveForm(forms.Form):
    """Another day by which places answer, and why."""

    due = _day(_("Places answer by"))
    text = forms.CharField(label=_("Why"), max_length=5_000, widget=_area(2))


class SubmissionForm(forms.Form):
    """A submission that is begun from the answers."""

    step = forms.ChoiceField(label=_("For which step"))
    title = forms.CharField(label=_("Title"), max_length=200)
    lang = forms.ChoiceField(label=_("Language it is written in"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "step", step_choices(written=True))
        choose(self, "lang", [(one.code, one.endonym) for one in LANGUAGES])


def step_choices(*, written: bool = False) -> list[Any]:
    """Steps by procedure; ``written``: those for which something is written."""
    lang = names.ui()
    by_door: dict[str, list[tuple[str, str]]] = {}
    for one in steps().values():
        if one.written or not written:
            by_door.setdefault(one.procedure, []).append((one.id, one.name(lang)))
    return [(door.name(lang), by_door[door.code]) for door in procedures().values() if door.code in by_door]


def choose(form: forms.Form, name: str, options: list[Any]) -> None:
    """Give a field its choices."""
    form.fields[name].choices = options  # type: ignore[attr-defined]  # of a ChoiceField


def _same(choices: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one, one) for one in choices]
