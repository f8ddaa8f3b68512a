"""The consolidated document in words, in the language that is active: for the page, the Word file and a submission.

Reads: what was merged, names of places. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from smallplaces.errors import NotFound
from smallplaces_site.corpus.read import places
from smallplaces_site.rounds.answers import Answer, Attached
from smallplaces_site.rounds.merge import Merged, Statement
from smallplaces_site.rounds.models import Question


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: what it says without its place, and ``note``, which names place, day, signature and evidence."""

    place: str
    name: str
    text: str
    note: str
    statement: Statement

    @property
    def more(self) -> bool:
        """Whether it says more than a table of numbers does."""
        answer = self.statement.answer
        return not answer.number or bool(answer.text or answer.attached)


@dataclass(frozen=True, slots=True)
class Part:
    """One question. ``summary``: sentences on all places; ``table``: place, number, as of, source, for numbers;
    ``gaps``: sentences naming the places of which nothing is known."""

    number: int
    heading: str
    unit: str
    link: str
    summary: tuple[str, ...]
    table: tuple[tuple[str, str, str, str], ...]
    lines: tuple[Line, ...]
    gaps: tuple[str, ...]

    @property
    def worded(self) -> bool:
        """Whether anything is said besides numbers."""
        return any(line.more for line in self.lines)


def parts(found: Sequence[Merged]) -> list[Part]:
    """Every question as a part of the document."""
    return [_part(one) for one in found]


def _part(one: Merged) -> Part:
    question = one.question
    return Part(
        number=question.number,
        heading=question.text,
        unit=question.unit,
        link=question.link,
        summary=tuple(_summary(one)),
        table=tuple(
            (name_of(said.place), amount(said.answer, question.unit), said.answer.as_of, said.answer.source)
            for said in one.numbers
        ),
        lines=tuple(_line(said, question.kind, question.unit) for said in one.statements),
        gaps=tuple(_gaps(one)),
    )


def name_of(place: str) -> str:
    """A place's name as one writes it, in the active language; its code when it is here no more."""
    lang = (get_language() or "en")[:2]
    try:
        view = places.get(place)
    except NotFound:
        return place
    return places.written(view, lang if view.name_lang(lang) == lang else "en")


def chosen(choice: str) -> str:
    """A choice in words: those of a question of yes or no have names, others are words already."""
    named = {
        "yes": pgettext("answer", "Yes"),
        "partly": pgettext("answer", "Partly"),
        "no": pgettext("answer", "No"),
    }
    return named.get(choice, choice)


def amount(answer: Answer, unit: str) -> str:
    """A number with its unit, as the active language writes it."""
    return f"{_figure(answer.amount)} {unit}".strip() if answer.amount is not None else ""


def evidence(attached: Iterable[Attached]) -> list[str]:
    """What is attached, a text each: title, and the address, the file's name, or the value with day and source."""
    found = []
    for one in attached:
        where = [one.address or one.name, f"{one.value} {one.unit}".strip(), one.on, one.source]
        said = ", ".join(part for part in where if part and part != one.title)
        found.append(f"{one.title} ({said})" if said else one.title)
    return found


def _figure(value: Decimal | None) -> str:
    return "" if value is None else number_format(value, use_l10n=True, force_grouping=True)


def _line(said: Statement, kind: str, unit: str) -> Line:
    answer = said.answer
    head = chosen(answer.choice) if kind == Question.Kind.YES_NO else answer.choice
    if number := amount(answer, unit):
        details = ", ".join(part for part in (answer.as_of, answer.source) if part)
        head = f"{number} ({details})" if details else number
    if head and answer.text:
        head = f"{head}{'' if head.endswith('.') else '.'} "
    text = f"{head}{answer.text}" or _("See the evidence.")
    return Line(said.place, name_of(said.place), text, note_of(said), said)


def note_of(said: Statement) -> str:
    """Where a statement comes from: place, day, signature, version, and what was attached."""
    facts = {"place": name_of(said.place), "day": f"{said.at:%Y-%m-%d}", "by": said.by, "version": said.version}
    origin = _("Answer of %(place)s, %(day)s, signed by %(by)s (version %(version)d).") % facts
    held = evidence(said.answer.attached)
    return f"{origin} {_('Evidence: %(list)s.') % {'list': '; '.join(held)}}" if held else origin


def _summary(one: Merged) -> Iterable[str]:
    count = len(one.numbers)
    if one.total is not None:
        facts = {"total": f"{_figure(one.total)} {one.question.unit}".strip(), "places": count}
        yield _("In all: %(total)s (places that gave a number: %(places)d).") % facts
    elif count and one.question.kind == Question.Kind.NUMBER:
        amounts = sorted(said.answer.amount or Decimal(0) for said in one.numbers)
        facts = {"least": _figure(amounts[0]), "most": _figure(amounts[-1]), "places": count}
        yield _("From %(least)s to %(most)s (places that gave a number: %(places)d); not added up.") % facts
    if one.counts and any(number for _choice, number in one.counts):
        yield "; ".join(f"{chosen(choice)}: {number}" for choice, number in one.counts) + "."


def _gaps(one: Merged) -> Iterable[str]:
    if one.without:
        yield _("No information: %(places)s.") % {"places": _names(said.place for said in one.without)}
    if one.left_open:
        yield _("Left open: %(places)s.") % {"places": _names(one.left_open)}
    if one.silent:
        yield _("No answer handed in: %(places)s.") % {"places": _names(one.silent)}


def _names(codes: Iterable[str]) -> str:
    return "; ".join(name_of(code) for code in codes)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an answer: empty lines part them."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
