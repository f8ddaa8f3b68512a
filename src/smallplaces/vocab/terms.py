"""The term base: what one concept of human rights is called in seven languages.

Reads ``terms/<topic>.yml``, each a list of records. A concept is what a body of the United Nations means by a word,
not the word: words that look alike and mean another thing stand in ``not``, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from smallplaces.errors import BadInput
from smallplaces.model.language import CODES, in_language
from smallplaces.vocab.fold import fold
from smallplaces.vocab.load import DATA, Entry, records

_FOLDER = DATA / "terms"


@dataclass(frozen=True, slots=True)
class Term:
    """One concept.

    ``forms``: its terms by language, the preferred one first; every language has one. ``abbreviations`` by language.
    ``asked``: words by which people ask for it, too wide to be looked for when something else was typed (주거 for the
    right to housing). ``differs``: the code of another concept, or a word, with why it is not the same. ``broader``:
    the code of the concept that this is a part of, or nothing.
    """

    code: str
    topic: str
    scope: str
    forms: Mapping[str, tuple[str, ...]] = field(hash=False)
    abbreviations: Mapping[str, tuple[str, ...]] = field(hash=False)
    asked: Mapping[str, tuple[str, ...]] = field(hash=False)
    differs: Mapping[str, str] = field(hash=False)
    broader: str = ""

    def name(self, lang: str) -> str:
        """The preferred term in ``lang``, else in English."""
        return in_language({code: forms[0] for code, forms in self.forms.items()}, lang)

    def said(self, lang: str) -> tuple[str, ...]:
        """What a text in ``lang`` calls it: terms and abbreviations."""
        return tuple(dict.fromkeys((*self.forms[lang], *self.abbreviations.get(lang, ()))))

    def asks(self, lang: str) -> tuple[str, ...]:
        """Everything by which a reader of ``lang`` may ask for it."""
        return tuple(dict.fromkeys((*self.said(lang), *self.asked.get(lang, ()))))


@cache
def terms() -> Mapping[str, Term]:
    """Every concept by its code, topic by topic. Raises :class:`~smallplaces.errors.BadInput` for a code given twice
    and for a broader concept that does not exist."""
    found: dict[str, Term] = {}
    for path in sorted(_FOLDER.glob("*.yml")):
        for entry in records(path.name, _FOLDER):
            if entry.code in found:
                raise BadInput(f"stands in {found[entry.code].topic}.yml too", where=entry.where)
            found[entry.code] = _term(entry, path.stem)
    for term in found.values():
        if term.broader and term.broader not in found:
            raise BadInput(f"no such broader concept: {term.broader}", where=f"{term.topic}.yml: {term.code}")
    return MappingProxyType(found)


def find_terms(text: str, lang: str) -> tuple[Term, ...]:
    """The concepts of which ``text``, whole, is a term, an abbreviation or a question in ``lang``. Compared folded."""
    return _by_words()[lang].get(fold(text), ())


@cache
def _by_words() -> Mapping[str, Mapping[str, tuple[Term, ...]]]:
    found: dict[str, dict[str, tuple[Term, ...]]] = {lang: defaultdict(tuple) for lang in CODES}
    for term in terms().values():
        for lang, by_words in found.items():
            for words in {fold(words) for words in term.asks(lang)}:
                by_words[words] += (term,)
    return {lang: dict(by_words) for lang, by_words in found.items()}


def _term(entry: Entry, topic: str) -> Term:
    forms = {lang: entry.words(lang) for lang in CODES}
    missing = [lang for lang in CODES if not forms[lang]]
    if missing:
        raise BadInput(f"no term in {', '.join(missing)}", where=entry.where)
    term = Term(
        code=entry.code,
        topic=topic,
        scope=entry.text("scope"),
        forms=forms,
        abbreviations=entry.aliases("abbr"),
        asked=entry.aliases("asked"),
        differs=entry.reasons("not"),
        broader=entry.text("broader", ""),
    )
    entry.close()
    return term
