"""Names of treaties and committees in running text, from the catalogue.

A name is found at a place by its longest spelling, word for word, whatever its case; acronyms keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from re import Pattern

from smallplaces.enrich.cite.clean import clean
from smallplaces.vocab import bodies, treaties


@dataclass(frozen=True, slots=True)
class Names:
    """Spellings -> code, and the pattern that finds them: group 1 is the name."""

    pattern: Pattern[str]
    codes: dict[str, str]
    lang: str

    def at(self, text: str, start: int) -> tuple[int, str] | None:
        """(end, code) of the name that begins at ``start``."""
        match = self.pattern.match(text, start)
        return (match.end(), self.codes[_key(match[0], self.lang)]) if match else None

    def all(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
        """(start, end, code) of every name between two places."""
        for match in self.pattern.finditer(text, start, len(text) if end is None else end):
            yield match.start(), match.end(), self.codes[_key(match[0], self.lang)]


@cache
def treaty_names(lang: str) -> Names:
    """Treaties and declarations as ``lang`` writes them; acronyms and English names serve every language."""
    spelled = (
        (name, treaty.code)
        for treaty in treaties().values()
        for name in (
            treaty.code,
            *_in(treaty.title, lang),
            *_in(treaty.short, lang),
            *treaty.aliases.get(lang, ()),
            *treaty.aliases.get("any", ()),
            *(treaty.aliases.get("en", ()) if lang != "en" else ()),
        )
    )
    return _names(spelled, lang)


@cache
def committee_names(lang: str) -> Names:
    """The treaty bodies as ``lang`` writes them."""
    spelled = (
        (name, body.code)
        for body in bodies().values()
        if body.monitors
        for name in (
            body.code,
            *_in(body.names, lang),
            *_in(body.abbreviation, lang),
            *body.aliases.get(lang, ()),
            *(body.names.get("en", ()) and (body.names["en"],)),
        )
    )
    return _names(spelled, lang)


def _in(names: object, lang: str) -> Iterable[str]:
    value = names.get(lang) if hasattr(names, "get") else None
    return (value,) if value else ()


def _key(spelling: str, lang: str) -> str:
    plain = re.sub(r"[\W_]+", " ", spelling).strip().casefold()
    return " ".join(map(_stem, plain.split())) if lang == "ru" else plain


def _stem(word: str) -> str:
    """A Russian word without its ending, roughly: names are declined in running text."""
    plain = word.replace("ё", "е").replace("Ё", "Е")
    return plain[:6] if len(plain) > 6 else plain[:4]


def _names(spelled: Iterable[tuple[str, str]], lang: str) -> Names:
    codes: dict[str, str] = {}
    forms: dict[str, str] = {}
    for name, code in spelled:
        plain = clean(name)
        if len(plain) < 2 or plain.isdigit() or re.fullmatch(r"[\d-]+[a-z]?", plain):
            continue
        codes.setdefault(_key(plain, lang), code)
        forms.setdefault(plain, _form(plain, lang))
    if lang == "en":  # what editors leave out or add
        for plain in list(forms):
            for short in (
                plain.replace("International ", "", 1),
                plain.replace("the ", ""),
                plain.replace(" on ", " of ", 1),
            ):
                if short != plain and codes.get(_key(short, lang)) is None and len(short) > 20:
                    codes[_key(short, lang)] = codes[_key(plain, lang)]
                    forms[short] = _form(short, lang)
    ordered = sorted(forms, key=len, reverse=True)
    edges = ("", "") if lang in ("ko", "zh", "ar") else (r"(?<!\w)", r"(?!\w)")
    return Names(re.compile(edges[0] + "(?:" + "|".join(forms[name] for name in ordered) + ")" + edges[1]), codes, lang)


def _form(name: str, lang: str) -> str:
    """The pattern of one spelling: acronyms as they are, titles in any case and spacing."""
    if " " not in name and (name.isupper() or name[:1].isascii()):
        return re.escape(name)
    words = re.findall(r"\w+|[^\w\s]", name)
    parts = [_declined(word) if lang == "ru" else re.escape(word) for word in words]
    pattern = r"[\s,]*".join(parts)
    first = re.escape(name[0])
    capital = first if name[0].isupper() else f"[{name[0].lower()}{name[0].upper()}]"
    return f"{capital}(?i:{pattern[len(first) :]})"


def _declined(word: str) -> str:
    return re.escape(_stem(word)).replace("е", "[её]") + r"\w*" if len(word) > 3 else re.escape(word)
