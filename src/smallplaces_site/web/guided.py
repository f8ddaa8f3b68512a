"""What our plain guide says of a question, in the language of the page where the guide has it, else in English."""

from __future__ import annotations

from dataclasses import dataclass

from smallplaces.search.plain_guide import find_in_guide
from smallplaces_site.web import names


@dataclass(frozen=True, slots=True)
class Guided:
    """An article of the guide, in one language."""

    instrument: str
    number: str
    lang: str
    title: str
    protects: str


def guided(text: str) -> list[Guided]:
    """The articles of the guide that speak of ``text``; none for an empty question."""
    lang = "ko" if names.ui() == "ko" else "en"
    found = find_in_guide(text, names.ui()) if text else ()
    return [Guided(one.instrument, one.number, lang, one.title[lang], one.protects[lang]) for one in found]
