"""The fields of a lesson, its exercises and its quiz, read strictly: what is wrong is noted with its line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from smallplaces.courses.fields import Fields, Page
from smallplaces.courses.marks import asks_for, words_of
from smallplaces.courses.model import (
    ANSWERS,
    LEVELS,
    Answer,
    Exercise,
    Find,
    Judge,
    Lesson,
    Level,
    Option,
    Question,
    Reference,
    Shorten,
)
from smallplaces.courses.prose import SITE, faults_of
from smallplaces.courses.reference import read_reference
from smallplaces.errors import BadInput


def read_lesson(slug: str, page: Page) -> Lesson:
    """The lesson of an opened file. Faults are noted in the page's fields."""
    fields = page.fields
    lesson = Lesson(
        slug=slug,
        title=fields.text("title"),
        minutes=fields.number("minutes"),
        goals=fields.texts("goals"),
        exercises=tuple(one for entry in fields.entries("exercises", needed=False) if (one := _exercise(entry))),
        quiz=tuple(_question(entry) for entry in fields.entries("quiz", needed=False)),
        body=page.body,
    )
    fields.close()
    check_prose(page)
    return lesson


def check_prose(page: Page) -> None:
    """Note what is wrong with the Markdown of a file."""
    if not page.body.strip():
        page.fields.faults.add(page.line, "the file has no text below its fields")
    for line, said in faults_of(page.body):
        page.fields.faults.add(page.line + line, said)


def _exercise(fields: Fields) -> Exercise | None:
    kind = fields.one_of("kind", _KINDS)
    if kind not in _KINDS:
        return None
    exercise = _KINDS[kind](fields)
    fields.close()
    return exercise


def _find(fields: Fields) -> Find:
    start_line = fields.line_of("start")
    exercise = Find(
        ask=_line(fields, "ask"),
        start=fields.text("start"),
        accept=tuple(_reference(fields, line, text) for line, text in fields.lined_texts("accept")),
        hint=_line(fields, "hint"),
        explain=_line(fields, "explain"),
    )
    if exercise.start and not exercise.start.startswith(SITE):
        fields.faults.add(start_line, f"the field 'start' must be a link like site:search?q=…; not {exercise.start!r}")
    return exercise


def _judge(fields: Fields) -> Judge:
    paragraph, text = _subject(fields)
    line = fields.line_of("accept")
    accept = fields.texts("accept", needed=False)
    for word in accept:
        if word not in ANSWERS:
            fields.faults.add(line, f"'accept' may list: {', '.join(ANSWERS)}; not {word!r}")
    return Judge(
        ask=_line(fields, "ask", needed=False),
        paragraph=paragraph,
        text=text,
        level=cast(Level, fields.one_of("for", LEVELS)),
        answer=cast(Answer, fields.one_of("answer", ANSWERS)),
        accept=cast(tuple[Answer, ...], accept),
        explain=_line(fields, "explain"),
    )


def _shorten(fields: Fields) -> Shorten:
    paragraph, text = _subject(fields)
    model_line = fields.line_of("model")
    exercise = Shorten(
        ask=_line(fields, "ask", needed=False),
        paragraph=paragraph,
        text=text,
        words=fields.number("words"),
        must=fields.groups("must"),
        model=fields.text("model"),
        explain=_line(fields, "explain"),
    )
    if exercise.model and words_of(exercise.model) > exercise.words:
        said = f"the model answer has {words_of(exercise.model)} words and the limit is {exercise.words}"
        fields.faults.add(model_line, said)
    if lacking := asks_for(exercise.must, exercise.model):
        fields.faults.add(model_line, f"the model answer has none of: {', '.join(lacking[0])}")
    return exercise


_KINDS: Final[dict[str, Callable[[Fields], Exercise]]] = {"find": _find, "judge": _judge, "shorten": _shorten}


def _subject(fields: Fields) -> tuple[Reference | None, str]:
    """The paragraph, or the invented text, that an exercise is about: one of the two."""
    line, given = fields.line, [name for name in ("paragraph", "text") if fields.has(name)]
    if len(given) != 1:
        fields.faults.add(line, "give either 'paragraph' (of the library) or 'text' (invented), and not both")
    where = fields.line_of("paragraph")
    named = fields.text("paragraph", needed=False)
    paragraph = _reference(fields, where, named) if named else None
    if paragraph is not None and not paragraph.paragraph:
        fields.faults.add(where, f"'paragraph' must name one, as SYMBOL ¶ n; not {named!r}")
    return paragraph, fields.text("text", needed=False)


def _reference(fields: Fields, line: int, text: str) -> Reference:
    try:
        return read_reference(text)
    except BadInput as error:
        fields.faults.add(line, f"{text!r} names no paragraph: {error.message}")
        return Reference("")


def _question(fields: Fields) -> Question:
    line = fields.line
    question = Question(
        ask=_line(fields, "ask"),
        options=tuple(_option(entry) for entry in fields.entries("options")),
        why=_line(fields, "why", needed=False),
    )
    fields.close()
    if question.options and not question.right:
        fields.faults.add(line, "no option is marked right: true")
    if len(question.options) < 2:
        fields.faults.add(line, "a question needs at least two options")
    if len({option.text for option in question.options}) < len(question.options):
        fields.faults.add(line, "two options say the same")
    return question


def _option(fields: Fields) -> Option:
    option = Option(text=_line(fields, "text"), right=fields.flag("right"), why=_line(fields, "why"))
    fields.close()
    return option


def _line(fields: Fields, name: str, *, needed: bool = True) -> str:
    """A sentence or two of Markdown; its links are checked."""
    line, text = fields.line_of(name), fields.text(name, needed=needed)
    for _, said in faults_of(text):
        fields.faults.add(line, said)
    return text
