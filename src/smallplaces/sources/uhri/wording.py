"""The text of an annotation as the index stores it, and the words, number and heading that are in it.

Texts hold HTML, entities, non-breaking and double blanks; the paragraph number is glued to the first
word ("4.The Committee") and the section's heading to the number ("Rural women 49.The Committee").
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from smallplaces.sources import upr
from smallplaces.sources.describe import read_yaml


class Wording(NamedTuple):
    """What a text says: its words, the number printed before them and the headings before that."""

    text: str
    number: str = ""
    heading: tuple[str, ...] = ()


_MARKUP = re.compile(r"<[a-zA-Z/!]")
_BREAKS = re.compile(r"(?i)<(?:/p|/div|/li|/h\d|/tr|br\s*/?)>")
_NUMBER = re.compile(r"(\d{1,3}(?:\s?\([a-z]{1,2}\))?)\.\s*(?=[^\d\s.,)])|(\d{1,3}\s?\([a-z]{1,2}\))\s+(?=[^\W\d])")
_GLUED = re.compile(
    r"((?:(?:[A-Z]|[IVXLC]{1,5})\.\s+)?(?:[^.!?()\d]|\([^()]{1,80}\)){3,160}?)\s*(?<![\d(])(\d{1,3})\.\s*(?=[A-ZÀ-Þ“\"])"
)
_LAST_WORD = re.compile(r"([^\W\d]+)\W*$")
_CLOSING_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_LONGEST_HEADING = 240


@cache
def corrections() -> dict[str, Any]:
    """``corrections.yml``."""
    return read_yaml(Path(__file__).with_name("corrections.yml"))


def plain(text: str) -> str:
    """Text without markup, entities, odd or double blanks; nothing else is changed."""
    if "&" in text or "<" in text:
        text = html.unescape(html.unescape(text))  # some were escaped twice on their way
        if _MARKUP.search(text):
            body = LexborHTMLParser(_BREAKS.sub(lambda tag: " " + tag[0], text)).body
            text = body.text() if body is not None else ""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair can be stored nowhere
    return " ".join(text.split())


def read_review(raw: str) -> Wording:
    """The wording of a recommendation of the Universal Periodic Review ("110.23 Ratify…")."""
    text = plain(raw)
    number, rest = upr.split_number(text)
    return Wording(rest, number) if number else _numbered(text)


def read_paragraph(raw: str) -> Wording:
    """The wording of a paragraph of any other document ("Rural women 49.The Committee notes…")."""
    text = plain(raw)
    if text[:1].isdigit():
        return _numbered(text)
    match = _GLUED.match(text[: _LONGEST_HEADING + 1])
    if match is None or not _is_heading(match[1]):
        return Wording(text)
    return Wording(text[match.end() :], match[2], (match[1].strip(" -–—:"),))


def _numbered(text: str) -> Wording:
    match = _NUMBER.match(text)
    if match is None:
        return Wording(text)
    return Wording(text[match.end() :], (match[1] or match[2]).replace(" ", ""))


def _is_heading(words: str) -> bool:
    """Whether the words before a number are a section's heading, and not the start of a sentence that cites it."""
    rules = corrections()
    last = _LAST_WORD.search(_CLOSING_BRACKET.sub("", words))
    if words.startswith(tuple(rules["opens_a_sentence"])) or not words[:1].isupper():
        return False
    return last is not None and last[1].casefold() not in rules["cites_a_number"]
