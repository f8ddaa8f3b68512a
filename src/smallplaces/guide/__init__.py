"""The plain guide: what an article protects and asks of a city, what a body, a procedure or a kind of document is.

Our own words, in English and Korean, for an official with no legal training. It is a guide and not law: a page that
shows it says so. Nothing is read at import.
"""

from smallplaces.guide.load import (
    ArticleGuide,
    SubjectGuide,
    SubjectKind,
    Term,
    article,
    articles,
    glossary,
    instruments,
    subject,
    subjects,
)
from smallplaces.guide.words import Found, words_in

__all__ = [
    "ArticleGuide",
    "Found",
    "SubjectGuide",
    "SubjectKind",
    "Term",
    "article",
    "articles",
    "glossary",
    "instruments",
    "subject",
    "subjects",
    "words_in",
]
