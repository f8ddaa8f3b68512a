"""A paragraph as people name it: a symbol and a number, in several spellings, or the address of its page."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from smallplaces.courses.model import Reference
from smallplaces.errors import BadInput

_LONGEST: Final = 500
#: The path of a document's page, its paragraph after /p/ or as #p42.
_PATH: Final = re.compile(
    r"^(?:/?[a-z]{2}(?:-[a-z]+)?)?/?documents/(?P<document>.+?)(?:/p/(?P<paragraph>.+?))?/?$", re.IGNORECASE
)
#: A number as printed; a letter below it, "(b)", is read over.
_NUMBER: Final = r"(?P<number>(?:art\.)?\d+(?:\.\d+)*[a-z]?)(?:\s*\([a-z]{1,4}\))?"
_WORDS: Final = (
    r"¶+|§+|paragraphs?|paras?\.?|par\.|párr\.?|параграф|пункт|الفقرة|문단|#p?|,|"
    r"art(?:icle|[íi]culo|\.)?|стать[яи]|ст\.|المادة"
)
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?P<document>.+?)[\s,]*(?:{_WORDS})\s*{_NUMBER}\s*(?:항|문단|段|조|条)?\.?$",
        rf"^(?P<document>.+?)[\s,]*(?:제|第)?\s*{_NUMBER}\s*(?:항|문단|段|조|条)\.?$",
        rf"^(?P<document>\S*/\S+)\s+{_NUMBER}\.?$",
    )
)


def read_reference(text: str) -> Reference:
    """What "CRPD/C/KOR/CO/2-3 ¶ 42", "…, para. 42", "… 42항" or the address of a paragraph's page names.

    Raises :class:`BadInput` for an empty text and one longer than anybody would name a paragraph with.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        raise BadInput("Name a document by its symbol, and a paragraph by its number.")
    if found := _of_address(text):
        return found
    for pattern in _PATTERNS:
        if match := pattern.match(text):
            return Reference(match["document"].strip(" ,"), match["number"])
    return Reference(text.strip(" ,"))


def _of_address(text: str) -> Reference | None:
    address = urlsplit(text) if text.startswith(("http://", "https://", "/")) else urlsplit(f"//x/{text}")
    match = _PATH.match(unquote(address.path))
    if match is None:
        return None
    fragment = unquote(address.fragment)
    paragraph = match["paragraph"] or (fragment[1:] if re.match(r"p[\w.]", fragment) else "")
    return Reference(match["document"].strip("/"), paragraph)
