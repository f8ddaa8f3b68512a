"""What worked elsewhere: practices of local governments as people describe them, and those that come with the house.

Reads ``practices/*.yml`` (one practice a file, in our own words, from public facts) and ``practice_kinds.yml``. The
same strict reading serves what places submit. Raises :class:`~smallplaces.errors.BadInput` naming file and field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from smallplaces.errors import BadInput
from smallplaces.model.language import Names, in_language
from smallplaces.vocab.competence import competence, departments
from smallplaces.vocab.labels import resolve_label
from smallplaces.vocab.load import DATA, Entry, entries
from smallplaces.vocab.sdg import resolve_sdg
from smallplaces.vocab.treaty import resolve_treaty

#: The parts of the description, in the order in which they are read.
PARTS: Final = ("problem", "done", "conditions", "cost", "evidence", "failed")
#: Without these nothing is described.
NEEDED: Final = ("problem", "done")
#: How far what is said was looked at: nobody yet, against the sources named, by an officer who asked the place.
CHECKED: Final = ("general-knowledge", "sources", "officer")
#: Languages a practice is described in.
LANGS: Final = ("en", "ko")
_FOLDER: Final = DATA / "practices"
#: The scheme of heads of competence that every State shares: COFOG.
_HEADS: Final = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where it can be read. ``date``: of the source, ISO 8601 in known precision."""

    title: str
    publisher: str
    date: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """What a place did about a problem, and what came of it.

    ``texts``: part of :data:`PARTS` -> language -> text. ``rights`` and ``recommendations`` are targets, as
    :mod:`smallplaces.model.target` writes them; ``heads`` are COFOG heads; ``place`` is a place's code, empty where the
    catalogue of places does not hold it, and ``where`` its name as a reader is told. Years are ISO, or empty.
    """

    key: str
    kind: str
    title: Names = field(hash=False)
    where: Names = field(hash=False)
    state: str
    place: str
    since: str
    until: str
    texts: Mapping[str, Names] = field(hash=False)
    contact: Names = field(hash=False)
    rights: tuple[str, ...]
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    sdgs: tuple[str, ...]
    heads: tuple[str, ...]
    department: str
    recommendations: tuple[str, ...]
    sources: tuple[Source, ...]
    checked: str
    as_of: str

    def name(self, lang: str) -> str:
        """Its title in ``lang``, else in English, else in any language."""
        return in_language(self.title, lang) or next(iter(self.title.values()))

    def name_lang(self, lang: str) -> str:
        """The language that :meth:`name` answers in."""
        return _held(self.title, lang)

    def langs(self) -> tuple[str, ...]:
        """The languages in which it is described."""
        return tuple(lang for lang in LANGS if self.title.get(lang))


@cache
def practice_kinds() -> Mapping[str, Names]:
    """What kinds of practices there are: code -> names."""
    found = {}
    for entry in entries("practice_kinds.yml"):
        found[entry.code] = MappingProxyType(entry.names("names"))
        entry.close()
    return MappingProxyType(found)


@cache
def practices() -> Mapping[str, Practice]:
    """The practices that come with the house, by key."""
    found = {}
    for path in sorted(_FOLDER.glob("*.yml")):
        for entry in entries(path.name, _FOLDER):
            found[entry.code] = _read(entry, LANGS)
            entry.close()
    return MappingProxyType(found)


def read_practice(key: str, fields: Mapping[str, Any], where: str = "") -> Practice:
    """A practice from the fields of a form or a file, in at least one language. Raises :class:`BadInput`."""
    entry = Entry(where, key, dict(fields))
    practice = _read(entry, ())
    entry.close()
    return practice


def _read(entry: Entry, langs: tuple[str, ...]) -> Practice:
    title = entry.names("title", required=langs)
    if not title:
        raise BadInput("Give the practice a title.", where=entry.where, field="title")
    needed = langs or tuple(title)
    state = entry.text("state")
    if not (len(state) == 3 and state.isalpha() and state.isupper()):  # the invented State of the example is one too
        raise BadInput(
            "A State is named by its three letters, as KOR, not “%(state)s”.", state=state, where=entry.where
        )
    return Practice(
        key=entry.code,
        kind=_one_of(entry, "kind", practice_kinds()),
        title=MappingProxyType(title),
        where=MappingProxyType(entry.names("where", required=needed)),
        state=state,
        place=entry.text("place", ""),
        since=entry.text("since", ""),
        until=entry.text("until", ""),
        texts=MappingProxyType(
            {part: entry.names(part, required=needed if part in NEEDED or langs else ()) for part in PARTS}
        ),
        contact=MappingProxyType(entry.names("contact", required=())),
        rights=_each(entry, "rights", _is_right),
        themes=_each(entry, "themes", lambda one: resolve_label("", "theme", one) is not None),
        groups=_each(entry, "groups", lambda one: resolve_label("", "group", one) is not None),
        sdgs=_each(entry, "sdgs", lambda one: resolve_sdg(one.partition(".")[0]) is not None),
        heads=_each(entry, "heads", lambda one: one in competence(_HEADS).heads),
        department=_one_of(entry, "department", departments()) if entry.has("department") else "",
        recommendations=entry.words("recommendations"),
        sources=tuple(_source(part) for part in entry.parts("sources")),
        checked=_one_of(entry, "checked", CHECKED),
        as_of=entry.text("as_of", ""),
    )


def _source(entry: Entry) -> Source:
    source = Source(entry.text("title"), entry.text("publisher"), entry.text("date"), entry.text("address", ""))
    if source.address and not source.address.startswith("https://"):
        raise BadInput("Write an address that begins with https://.", where=entry.where, field="sources")
    entry.close()
    return source


def _one_of(entry: Entry, name: str, known: Iterable[str]) -> str:
    value = entry.text(name)
    if value not in set(known):
        raise BadInput(
            "“%(given)s” cannot be chosen. There are: %(known)s.",
            given=value,
            known=tuple(known),
            where=entry.where,
            field=name,
        )
    return value


def _each(entry: Entry, name: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    values = entry.words(name)
    strange = tuple(value for value in values if not known(value))
    if strange:
        raise BadInput("Nothing of this kind is called %(strange)s.", strange=strange, where=entry.where, field=name)
    return values


def _is_right(target: str) -> bool:
    prefix, _colon, rest = target.partition(":")
    code, _slash, article = rest.partition("/")
    return prefix == "treaty" and bool(article) and resolve_treaty(code) is not None


def _held(names: Names, lang: str) -> str:
    return next((one for one in (lang, *LANGS) if names.get(one)), next(iter(names)))
