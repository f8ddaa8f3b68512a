"""What a State's words about a treaty do, and which articles they name.

A text may hold several acts under headings ("Declaration: … Reservation: …"): each becomes one. What has no
heading is judged by its words (``wording.yml``). Nothing of the text is lost or changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from smallplaces.model.status import ActionKind
from smallplaces.sources.describe import read_yaml

_KINDS = (ActionKind.OBJECTION, ActionKind.RESERVATION)
_NUMBER = r"(?:\d{1,3}(?:\s?bis)?|[IVXL]{1,6})\b(?:\s?\(\s?\w{1,3}\s?\))*"
_PART = (
    rf"{_NUMBER}(?:\s*,?\s*(?:sub-?)?para(?:graph)?s?\.?\s*(?:\d{{1,2}}\b(?:\s?\(\s?\w{{1,3}}\s?\))*|\(\w{{1,3}}\)))?"
)
_ARTICLES = re.compile(
    rf"\b(?:articles?|arts?\.)\s+({_PART}(?:\s*(?:,|;|and|or|&|to|-|–)\s*(?:and\s+)?{_PART})*)", re.IGNORECASE
)
_BEFORE = re.compile(r"\bparagraphs?\s+(\d{1,2}(?:\s?\(\w\))*)\s+(?:of|in)\s+$", re.IGNORECASE)
_ONE = re.compile(
    rf"({_NUMBER})(?:\s*,?\s*(?:sub-?)?para(?:graph)?s?\.?\s*(\d{{1,2}}\b(?:\s?\(\s?\w{{1,3}}\s?\))*|\(\w{{1,3}}\)))?",
    re.IGNORECASE,
)


def acts(text: str) -> Iterator[tuple[ActionKind, str]]:
    """The acts in a text, in order, each with its own words and its heading."""
    found = list(_headings().finditer(text))
    if not found or text[: found[0].start()].strip(" .\"“'"):
        before = text[: found[0].start()] if found else text
        if before.strip():
            yield _by_words(before), before.strip()
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=False):
        part = text[match.start() : end].strip()
        yield _by_heading(match["word"]), part


def articles(text: str) -> tuple[str, ...]:
    """The articles of the treaty that a text names: "14(5)", "29(1)", "IX", each once, in order."""
    named: list[str] = []
    for match in _ARTICLES.finditer(text):
        if _elsewhere().match(text[match.end() :].lstrip(" ,")):
            continue
        parts = [_article(one) for one in _ONE.finditer(match[1])]
        before = _BEFORE.search(text[: match.start()])
        if before and len(parts) == 1 and "(" not in parts[0]:
            parts = [f"{parts[0]}({before[1].replace(' ', '').replace('(', ')(', 1).removesuffix(')')})"]
        named += parts
    return tuple(dict.fromkeys(named))


def _article(match: re.Match[str]) -> str:
    number = re.sub(r"\s+", "", match[1])
    below = re.sub(r"\s+", "", match[2] or "")
    if below and not below.startswith("("):
        digits = re.match(r"\d+", below)
        end = digits.end() if digits else 0
        below = f"({below[:end]}){below[end:]}"
    return number + below


def _by_heading(word: str) -> ActionKind:
    for kind, patterns in _rules()["headings"].items():
        if any(re.fullmatch(pattern, word, re.IGNORECASE) for pattern in patterns):
            return ActionKind(kind)
    return ActionKind.DECLARATION


def _by_words(text: str) -> ActionKind:
    for kind in _KINDS:
        if any(re.search(pattern, text, re.IGNORECASE) for pattern in _rules()["words"][str(kind)]):
            return kind
    return ActionKind.DECLARATION


@cache
def _rules() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("wording.yml"))


@cache
def _headings() -> re.Pattern[str]:
    """A heading opens the text, a line or a sentence, and ends with a colon: "Upon signature: Reservations:"."""
    words = "|".join(sorted((p for group in _rules()["headings"].values() for p in group), key=len, reverse=True))
    when = r"(?:(?:up)?on (?:signature|ratification|accession|succession|acceptance)[^:]{0,60}:\s*)?"
    return re.compile(rf"(?:^|(?<=[.\n\"”;:)])|(?<=[.;]\s))\s*{when}[\"“]?(?P<word>{words})\s*:", re.IGNORECASE)


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(_rules()["not_of_the_treaty"], re.IGNORECASE)
