"""What things are called on a page, in the language of the page: facets, kinds, bodies, States, languages, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache

import babel
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from smallplaces.model.language import CODES, LANGUAGES
from smallplaces.model.target import Target
from smallplaces.vocab import label_name, regions, resolve_sdg
from smallplaces.vocab.kinds import kind_name
from smallplaces_site.corpus.read.about import source_titles
from smallplaces_site.corpus.read.targets import name_of, target_of
from smallplaces_site.corpus.titles import body_name, state_name

FACETS = {
    "kind": _("Kind of document"),
    "body": _("Body"),
    "state": _("State concerned"),
    "region": _("Region"),
    "year": _("Year"),
    "theme": _("Theme"),
    "group": _("Persons concerned"),
    "sdg": _("Sustainable Development Goal"),
    "position": _("Position of the State"),
    "recommending": _("Recommending State"),
    "action": _("Action asked for"),
    "lang": _("Language of the text"),
    "source": _("Source"),
    "cites": _("Cites"),
    "cycle": _("Cycle"),
    "session": _("Session"),
    "annotation-type": _("Type of paragraph"),
    "article": _("Article"),
    "issue": _("Issue"),
    "outcome": pgettext_lazy("of a complaint", "Outcome"),
    "sdg-target": _("Goal target"),
}
ACTS = {
    "signature": _("Signature"),
    "ratification": _("Ratification"),
    "accession": _("Accession"),
    "succession": _("Succession"),
    "acceptance": _("Acceptance"),
    "approval": _("Approval"),
    "withdrawal": _("Withdrawal"),
    "reservation": _("Reservation"),
    "declaration": pgettext_lazy("act of a State towards a treaty", "Declaration"),
    "objection": _("Objection"),
    "recorded-as-party": _("Recorded as a party"),
}
STANDINGS = {
    "party": _("Party"),
    "signatory": _("Signed, not bound"),
    "withdrawn": _("Withdrawn"),
    "none": _("No act recorded"),
}
EDITION_STATUS = {
    "official": _("Official language version"),
    "official-translation": _("Official translation by a government"),
    "institution-translation": _("Translation by a national institution"),
    "unofficial-translation": _("Unofficial translation"),
    "machine-draft": _("Machine draft: not checked by a person"),
    "record": _("As typed into a database from the document"),
}
PARAGRAPH_KINDS = {
    "paragraph": _("Paragraph"),
    "recommendation": _("Recommendation"),
    "article": _("Article"),
    "heading": _("Heading"),
    "preamble": _("Preamble"),
    "footnote": _("Footnote"),
    "annex": _("Annex"),
    "opinion": _("Individual opinion"),
    "table": _("Table"),
}
OUTCOMES = {
    "running": _("Running"),
    "done": _("Complete"),
    "refused-some": _("Complete, with some records refused"),
    "failed": _("Failed"),
    "interrupted": _("Interrupted"),
}
MATCHED = {
    "text": pgettext_lazy("why a result is here", "its text"),
    "label": pgettext_lazy("why a result is here", "a label"),
    "title": pgettext_lazy("why a result is here", "its document’s title"),
    "heading": pgettext_lazy("why a result is here", "the heading above it"),
    "year": pgettext_lazy("why a result is here", "its year"),
}
#: What stands between the members of a list, and between members that may hold commas; elsewhere ", " and "; ".
_COMMAS = {"ar": "، ", "zh": "、"}
_SEMICOLONS = {"ar": "؛ ", "zh": "、"}


def ui() -> str:
    """The language of the page: one of the seven."""
    primary = (get_language() or "en").partition("-")[0]
    return primary if primary in CODES else "en"


def facet_name(facet: str) -> str:
    """What a facet is called."""
    return str(FACETS.get(facet, facet))


def value_name(facet: str, value: str) -> str:
    """What a value of a facet is called; a label that the catalogue does not know stays as its source spells it."""
    namers: dict[str, Callable[[str], str]] = {
        "kind": lambda code: kind_name(code, ui()),
        "body": lambda code: body_name(code, ui()),
        "state": lambda code: state_name(code, ui()),
        "recommending": lambda code: state_name(code, ui()),
        "region": region_name,
        "sdg": goal_name,
        "lang": lang_name,
        "source": lambda name: source_titles().get(name, name),
        "cites": target_name,
    }
    return namers[facet](value) if facet in namers else label_name("", facet, value, ui())


def target_name(written: str) -> str:
    """What is cited, as people call it: "ICESCR, article 11" for "treaty:ICESCR/11"."""
    target = target_of(written)
    return target_title(target, name_of(target, ui()))


def target_title(target: Target, title: str) -> str:
    """The title of what is cited, with the place in it: "ICESCR, article 11 (1)", "CCPR/C/GC/36, paragraph 12"."""
    prefix, _colon, code = target.work.partition(":")
    if prefix == "sdg":
        return goal_name(code) + (f" ({code}.{target.place})" if target.place else "")
    if not target.place:
        return title
    if prefix == "treaty":
        return gettext("%(title)s, article %(number)s") % {"title": title, "number": target.place}
    return gettext("%(title)s, paragraph %(number)s") % {"title": title, "number": target.place}


def region_name(code: str) -> str:
    """The name of a region or regional group; the code when the catalogue does not have it."""
    known = regions().get(code)
    return known.name(ui()) if known else code


def goal_name(code: str) -> str:
    """The number and name of a Sustainable Development Goal."""
    known = resolve_sdg(code)
    return f"{code}. {known.name(ui())}" if known else code


@lru_cache(maxsize=64)
def locale(lang: str) -> babel.Locale:
    """Babel's knowledge of a language; English when it has none. English dates are written as the UN writes them."""
    try:
        return babel.Locale.parse("en_GB" if lang == "en" else lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return babel.Locale.parse("en")


def lang_name(code: str) -> str:
    """The name of a language in the language of the page ("ko" → "Korean"); the code when nobody knows it."""
    names = locale(ui()).languages
    main, _sep, rest = code.partition("-x-")
    name = names.get(main.replace("-", "_")) or names.get(main.partition("-")[0]) or main
    return f"{name} ({rest})" if rest else str(name)


def endonym(code: str) -> str:
    """The name of a language in itself, for choosing it."""
    for language in LANGUAGES:
        if language.code == code:
            return language.endonym
    try:
        return babel.Locale.parse(code.partition("-x-")[0].replace("-", "_")).get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


@lru_cache(maxsize=1024)
def direction(code: str) -> str:
    """ "rtl" or "ltr", for a language tag."""
    try:
        order = babel.Locale.parse(code.partition("-x-")[0].replace("-", "_")).character_order
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if order == "right-to-left" else "ltr"


def comma() -> str:
    """What stands between the members of a list, in the language of the page."""
    return _COMMAS.get(ui(), ", ")


def semicolon() -> str:
    """What stands between members of a list that may hold commas themselves, in the language of the page."""
    return _SEMICOLONS.get(ui(), "; ")


def listed(members: Iterable[object]) -> str:
    """A list in a line, with the separators of the page's language."""
    return comma().join(str(member) for member in members)


def number(value: int) -> str:
    """A number with the separators of the page's language."""
    return format_decimal(value, locale=locale(ui()))


def _day(day: date) -> str:
    text = format_date(day, "long", locale=locale(ui()))
    # French says "premier" of the first of a month, and of no other day; CLDR's patterns cannot say so.
    return f"1er{text[1:]}" if ui() == "fr" and day.day == 1 else text


def written(value: date | datetime | str | None) -> str:
    """A date written out in the language of the page, in the precision it has ("2008-12-11", "2008-12", "2008")."""
    if not value:
        return ""
    if isinstance(value, date):
        return _day(value)
    try:
        if len(value) == 10:
            return _day(date.fromisoformat(value))
        if len(value) == 7:
            return format_skeleton("yMMMM", datetime.fromisoformat(f"{value}-01"), locale=locale(ui()))
    except (ValueError, KeyError):
        pass
    return value
