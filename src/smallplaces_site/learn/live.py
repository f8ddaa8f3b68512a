"""Exercises held against the library as it is now: is the paragraph there, and is it the right one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from smallplaces.courses import Course, Find, Reference, read_reference
from smallplaces.courses.links import links_of
from smallplaces.courses.prose import site_path
from smallplaces.errors import BadInput, NotFound
from smallplaces_site.corpus.read import documents, named
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView

Found = Literal["right", "wrong", "unknown", "absent"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A document of this copy and, when one was named, a paragraph of it in the language nearest to the reader's."""

    work: WorkView
    edition: EditionView | None = None
    paragraph: ParagraphView | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """An exercise that cannot be done here, or (exercise 0) a link that leads nowhere; ``reference`` says to what."""

    course: str
    lesson: str
    exercise: int
    reference: str

    def __str__(self) -> str:
        where = f"exercise {self.exercise}" if self.exercise else "a link"
        return f"{self.course}: {self.lesson or 'introduction'}, {where}: not in this copy: {self.reference}"


@dataclass(frozen=True, slots=True)
class Finding:
    """How an answer stands. "unknown": it names nothing here; "absent": no right answer is in this copy, so that the
    exercise counts as skipped. ``passage`` is what was named, when it is here."""

    state: Found
    passage: Passage | None = None


def passage(reference: Reference, lang: str) -> Passage | None:
    """What a reference names in this copy; None when the document, or the paragraph named, is not here."""
    try:
        work = documents.work(reference.document)
    except NotFound:
        meant = named.meant(reference.document)
        if meant is None:
            return None
        work = meant.work
    if not reference.paragraph:
        return Passage(work, work.best_edition(lang))
    best = work.best_edition(lang)
    for edition in ([best] if best else []) + [other for other in work.editions if other != best]:
        try:
            return Passage(work, edition, documents.paragraph(edition.id, reference.paragraph))
        except NotFound:
            continue
    return None


def check_find(exercise: Find, given: str, lang: str) -> Finding:
    """Whether what was typed or pasted names one of the accepted paragraphs."""
    right = [found for reference in exercise.accept if (found := passage(reference, lang))]
    if not right:
        return Finding("absent")
    try:
        meant = passage(read_reference(given), lang)
    except BadInput:
        meant = None
    if meant is None:
        return Finding("unknown")
    return Finding("right" if any(_same(one, meant) for one in right) else "wrong", meant)


def _same(wanted: Passage, meant: Passage) -> bool:
    """The same paragraph; any paragraph of it where the whole document is wanted."""
    if wanted.work.id != meant.work.id:
        return False
    return wanted.paragraph is None or (meant.paragraph is not None and wanted.paragraph.key == meant.paragraph.key)


def not_here(course: Course) -> Iterator[Missing]:
    """What a course needs and this copy does not hold: paragraphs of exercises, and documents that links lead to.

    Of several paragraphs that are accepted one is enough: copies may hold a document by paragraph or by record.
    """
    first = next(iter(course.texts.values()))
    for lesson in first.lessons:
        for number, exercise in enumerate(lesson.exercises, start=1):
            needed = exercise.accept if isinstance(exercise, Find) else (exercise.paragraph,)
            names = [one for one in needed if one is not None]
            if names and not any(passage(one, "en") for one in names):
                yield Missing(course.id, lesson.slug, number, " | ".join(map(str, names)))
    for slug, address in dict.fromkeys(link for text in course.texts.values() for link in links_of(text)):
        if site_path(address).startswith("documents/") and passage(read_reference(site_path(address)), "en") is None:
            yield Missing(course.id, slug, 0, address)
