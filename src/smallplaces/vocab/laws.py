"""How a legal basis is written: "LAA art. 13(2)2" is 「지방자치법」 제13조제2항제2호 in Korean.

Reads ``competence/laws.yml``. A basis whose law is not listed stays as it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from smallplaces.model.language import in_language
from smallplaces.vocab.load import DATA, entries

_ARTICLE: Final = re.compile(r"art\. (\d+)(?:\((\d+)\))?(\d+)?$")


@dataclass(frozen=True, slots=True)
class Law:
    """A law by the words that name it in our data. ``articles_of_items``: articles without paragraphs."""

    code: str
    names: Mapping[str, str] = field(hash=False)
    articles_of_items: tuple[str, ...] = ()


@cache
def laws() -> Mapping[str, Law]:
    """Every law, by the words that name it in the files of heads."""
    found = {}
    for entry in entries("laws.yml", DATA / "competence"):
        found[entry.code] = Law(entry.code, entry.names("names", required=("en",)), entry.words("articles_of_items"))
        entry.close()
    return MappingProxyType(found)


def basis_name(basis: str, lang: str) -> str:
    """A legal basis as publications in ``lang`` write it; in English where the law has no name in it."""
    law = next((law for code, law in laws().items() if basis == code or basis.startswith(f"{code} ")), None)
    if law is None:
        return basis
    name, place = in_language(law.names, lang), basis[len(law.code) :].strip()
    if lang == "ko":
        return (
            f"{name} {place}" if place and not place.startswith("art.") else f"「{name}」 {_korean(place, law)}".strip()
        )
    return f"{name}, {place}" if place.startswith("art.") else f"{name} {place}".strip()


def _korean(place: str, law: Law) -> str:
    found = _ARTICLE.match(place)
    if found is None:
        return place
    article, part, item = found.groups()
    if part and article in law.articles_of_items:
        part, item = None, part
    return f"제{article}조" + (f"제{part}항" if part else "") + (f"제{item}호" if item else "")
