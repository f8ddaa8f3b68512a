"""Self-paced courses for local officials: read from folders of Markdown, checked, marked, written as HTML and SCORM.

Nothing is read at import. What a course says is data: ``courses/data``, and any folder of an institution's own.
"""

from smallplaces.courses.load import DATA, Shelf, check, load, merged, shelf
from smallplaces.courses.marks import PASS, mark_judge, mark_question, mark_shorten, passed, words_of
from smallplaces.courses.model import (
    ANSWERS,
    Answer,
    Course,
    CourseText,
    Exercise,
    Fault,
    Find,
    Judge,
    Lesson,
    Option,
    Question,
    Reference,
    Shorten,
)
from smallplaces.courses.prose import Writer
from smallplaces.courses.reference import read_reference

__all__ = [
    "ANSWERS",
    "DATA",
    "PASS",
    "Answer",
    "Course",
    "CourseText",
    "Exercise",
    "Fault",
    "Find",
    "Judge",
    "Lesson",
    "Option",
    "Question",
    "Reference",
    "Shelf",
    "Shorten",
    "Writer",
    "check",
    "load",
    "mark_judge",
    "mark_question",
    "mark_shorten",
    "merged",
    "passed",
    "read_reference",
    "shelf",
    "words_of",
]
