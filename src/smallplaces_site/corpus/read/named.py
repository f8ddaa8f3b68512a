"""What a person means who names a document, and perhaps an article, in words instead of by its symbol."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallplaces_site.corpus.read import documents

_LONGEST = 200
#: A treaty and an article, either first: "CRPD article 19", "art. 19 of the CRPD", "장애인권리협약 제19조".
_ARTICLE = re.compile(
    r"^(?:(?P<before>.+?)[\s,]*(?:art(?:icle|[íi]culo|\.)?|стать[яи]|ст\.|المادة|第|제)\s*(?P<n>\d{1,3})\s*(?:조|条)?"
    r"|(?:art(?:icle|[íi]culo|\.)?|стать[яи]|ст\.|المادة)\s*(?P<m>\d{1,3})\s*(?:of|de|du|des|del|,|من)?\s*(?:the\s|la\s|l['’])?"
    r"(?P<after>.+))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A document of the store, and the key of a paragraph in it when one was named."""

    work: documents.WorkView
    paragraph: str = ""


def meant(text: str) -> Named | None:
    """The document that ``text``, as a whole, is a name of; None when it is not, or the store does not hold it."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if found := documents.work_of_keys(documents.named(text)):
        return Named(found)
    article = article_named(text)
    if article is None:
        return None
    found = documents.work_of_keys(documents.named(article[0]))
    return Named(found, f"art.{article[1]}") if found else None


def article_named(text: str) -> tuple[str, str] | None:
    """(the name that stands for the treaty, the article's number) of a text of that form, or None."""
    match = _ARTICLE.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    return (match["before"] or match["after"] or "").strip(" ,"), match["n"] or match["m"]
