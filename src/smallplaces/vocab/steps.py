"""The doors of the human rights system: procedures, their steps, and who may act at each.

Reads ``procedures/``: ``index.yml`` (every procedure, in the order in which they are shown), one file of steps a
procedure, ``committees.yml`` (what differs from committee to committee) and ``sources.yml`` (where a rule is written,
and of which day). Raises :class:`~smallplaces.errors.BadInput` naming file and entry for an actor, a source, a body or
a procedure that does not exist.

A step of a committee's procedure stands twice: once as it is everywhere (``reporting.session-input``), once for each
committee with its own limits and habits (``reporting.session-input.CRPD``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

from smallplaces.errors import BadInput, NotFound
from smallplaces.model.language import Names, in_language
from smallplaces.vocab.body import bodies
from smallplaces.vocab.load import DATA, Entry, entries
from smallplaces.vocab.procedure import procedures as bare_procedures

#: Whoever may come to a door. nhri-a, nhri-b: a national institution by its accreditation under the Paris Principles;
#: ngo-ecosoc: civil society with consultative status; ngo: without; person: anybody concerned.
ACTORS: Final = ("state", "nhri-a", "nhri-b", "local", "ngo-ecosoc", "ngo", "person")
#: How: by themselves; only through others; no rule says; not at all.
HOW: Final = ("directly", "through", "unclear", "none")
UNITS: Final = ("words", "pages", "characters", "minutes")
#: Families of procedures, in the order in which they are shown.
FAMILIES: Final = ("home", "review", "treaty", "complaint", "expert", "council", "forum")
_FOLDER: Final = DATA / "procedures"
_TWO: Final = ("en", "ko")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is written. ``date``: of the rule, or of the day it was read, as ISO 8601 in known precision."""

    code: str
    title: str
    date: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may be. ``whose``: "alone", "joint" or "any"; dates are ISO, the last day included, or empty.

    ``counted`` says how; ``confidence`` is between 0 and 1.
    """

    unit: str
    number: int
    whose: str
    valid_from: str
    valid_to: str
    source: Source
    confidence: float
    counted: Names = field(default_factory=dict, hash=False)

    def valid(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= on.isoformat() <= (self.valid_to or "9999")


@dataclass(frozen=True, slots=True)
class Access:
    """How an actor comes in: one of :data:`HOW`, and through whom, as actors."""

    how: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure. ``id`` is stable and safe in an address: procedure.step or procedure.step.COMMITTEE.

    ``kind``: what an event of this step is: "deadline" (something is to be sent by then), "meeting" or "window".
    ``written``: whether something is written for it, with the headings of ``outline`` by language ("en", "ko").
    ``languages``: what it may be written in; ``zone`` and ``hour``: when the day of a deadline ends.
    ``verify``: the rule is general knowledge and is to be looked up before anybody relies on it.
    """

    id: str
    procedure: str
    body: str
    kind: str
    written: bool
    names: Names = field(hash=False)
    plain: Names = field(hash=False)
    who: Mapping[str, Access] = field(hash=False)
    local: Names = field(hash=False)  # what a local government does here, in words
    form: Names = field(hash=False)
    when: Names = field(hash=False)
    portal: Names = field(hash=False)
    address: str
    limits: tuple[Limit, ...]
    languages: tuple[str, ...]
    outline: Mapping[str, tuple[str, ...]] = field(hash=False)
    zone: str
    hour: str
    always: bool
    basis: tuple[str, ...]
    sources: tuple[Source, ...]
    confidence: float
    verify: bool

    def name(self, lang: str = "en") -> str:
        """Its name in ``lang``, else in English; of a committee's step with the committee's abbreviation."""
        name = in_language(self.names, lang)
        return f"{name} ({bodies()[self.body].short_name(lang)})" if self.body else name

    def headings(self, lang: str = "en") -> tuple[str, ...]:
        """The headings that a submission is expected to have, in ``lang``, else in English."""
        return self.outline.get(lang) or self.outline.get("en", ())

    def limit(self, on: date, whose: str = "alone", unit: str = "words") -> Limit | None:
        """The limit that holds on a day for a submission of one ("alone") or of several ("joint"), if there is one."""
        held = [one for one in self.limits if one.unit == unit and one.whose in (whose, "any") and one.valid(on)]
        return max(held, key=lambda one: one.valid_from, default=None)


@dataclass(frozen=True, slots=True)
class Door:
    """One procedure and its steps in order. ``committees``: codes of the bodies that have steps of their own."""

    code: str
    family: str
    names: Names = field(hash=False)
    explained: Names = field(hash=False)
    local: Names = field(hash=False)
    state: str  # of a State's own procedure; empty: everybody's
    steps: tuple[Step, ...]
    committees: tuple[str, ...] = ()

    def name(self, lang: str = "en") -> str:
        """The name in ``lang``, else in English."""
        return in_language(self.names, lang)


@dataclass(frozen=True, slots=True)
class Committee:
    """What is particular to one committee. ``simplified``: "default", "optional" or "none"; ``follow_up``: months it
    usually gives for the follow-up report, 0 where it has no such procedure; ``cycle``: years from review to review."""

    code: str
    simplified: str
    follow_up: int
    cycle: int
    when: Names = field(hash=False)
    limits: tuple[tuple[str, Limit], ...]
    basis: tuple[str, ...]
    sources: tuple[Source, ...]
    confidence: float


@cache
def procedures() -> Mapping[str, Door]:
    """Every procedure with its steps, by code, in the order in which they are shown."""
    return MappingProxyType({entry.code: _door(entry) for entry in entries("index.yml", _FOLDER)})


@cache
def steps() -> Mapping[str, Step]:
    """Every step by its id, those of single committees too."""
    found: dict[str, Step] = {}
    for door in procedures().values():
        for one in door.steps:
            found[one.id] = one
            for code in door.committees:
                found[f"{one.id}.{code}"] = _of_committee(one, committees()[code])
    return MappingProxyType(found)


def step(step_id: str) -> Step:
    """The step of an id ("upr.stakeholder-input", "reporting.session-input.CRPD"). Raises :class:`NotFound`."""
    found = steps().get(step_id)
    if found is None:
        raise NotFound("There is no step “%(where)s”: see the list of procedures.", where=step_id)
    return found


@cache
def committees() -> Mapping[str, Committee]:
    """What is particular to each committee, by its code."""
    return MappingProxyType({entry.code: _committee(entry) for entry in entries("committees.yml", _FOLDER)})


@cache
def sources() -> Mapping[str, Source]:
    """Where rules are written, by code."""
    found = {}
    for entry in entries("sources.yml", _FOLDER):
        found[entry.code] = Source(entry.code, entry.text("title"), entry.text("date"), entry.text("address", ""))
        entry.close()
    return MappingProxyType(found)


def _door(entry: Entry) -> Door:
    bare = bare_procedures().get(entry.code)
    own = entry.has("names")
    if bare is None and not own:
        raise BadInput("no names, here or in procedures.yml", where=entry.where)
    names = entry.names("names") if own or bare is None else bare.names
    explained = entry.names("explained", required=_TWO) if entry.has("explained") or bare is None else bare.explained
    by_committee = entry.words("committees")
    door = Door(
        code=entry.code,
        family=_known(entry, "family", entry.text("family"), FAMILIES),
        names=names,
        explained=explained,
        local=entry.names("local", required=_TWO),
        state=entry.text("state", ""),
        steps=tuple(_step(one, entry.code) for one in entries(f"{entry.code}.yml", _FOLDER)),
        committees=tuple(_known(entry, "committee", code, committees()) for code in by_committee),
    )
    entry.close()
    return door


def _step(entry: Entry, procedure: str) -> Step:
    found = Step(
        id=f"{procedure}.{entry.code}",
        procedure=procedure,
        body="",
        kind=_known(entry, "kind", entry.text("kind"), ("deadline", "meeting", "window")),
        written=entry.has("outline"),
        names=entry.names("names"),
        plain=entry.names("plain", required=_TWO),
        who=_who(entry),
        local=entry.names("local", required=_TWO),
        form=entry.names("form", required=()),
        when=entry.names("when", required=_TWO),
        portal=entry.names("portal", required=()),
        address=entry.text("address", ""),
        limits=tuple(_limit(part) for part in entry.parts("limits")),
        languages=entry.words("languages"),
        outline=entry.aliases("outline"),
        zone=entry.text("zone", ""),
        hour=entry.text("hour", ""),
        always=entry.flag("always"),
        basis=entry.words("basis"),
        sources=_sources(entry),
        confidence=_confidence(entry),
        verify=entry.flag("verify"),
    )
    entry.close()
    return found


def _who(entry: Entry) -> Mapping[str, Access]:
    given = entry.reasons("who")
    if tuple(given) != ACTORS:
        raise BadInput(f"'who' must name {', '.join(ACTORS)}, in this order", where=entry.where)
    return MappingProxyType({actor: _access(entry, words) for actor, words in given.items()})


def _access(entry: Entry, words: str) -> Access:
    how, _, through = words.partition(" ")
    by = tuple(_known(entry, "actor", one.strip(), ACTORS) for one in through.split(",") if one.strip())
    if bool(by) != (how == "through"):
        raise BadInput(f"cannot read {words!r}: say 'through' and whom", where=entry.where)
    return Access(_known(entry, "way", how, HOW), by)


def _limit(entry: Entry) -> Limit:
    number, since, until = entry.number("number"), entry.day("from"), entry.day("to")
    if number is None or since is None:
        raise BadInput("a limit needs a number and the day from which it holds", where=entry.where)
    found = Limit(
        unit=_known(entry, "unit", entry.text("unit"), UNITS),
        number=number,
        whose=_known(entry, "submission", entry.text("whose", "any"), ("alone", "joint", "any")),
        valid_from=since.isoformat(),
        valid_to=until.isoformat() if until else "",
        source=_source(entry, entry.text("source")),
        confidence=_confidence(entry),
        counted=entry.names("counted", required=_TWO),
    )
    entry.close()
    return found


def _committee(entry: Entry) -> Committee:
    limits = []
    for part in entry.parts("limits"):
        of = part.text("step")
        limits.append((of, _limit(part)))
    found = Committee(
        code=_known(entry, "body", entry.code, bodies()),
        simplified=_known(entry, "choice", entry.text("simplified"), ("default", "optional", "none")),
        follow_up=entry.number("follow_up") or 0,
        cycle=entry.number("cycle") or 0,
        when=entry.names("when", required=_TWO),
        limits=tuple(limits),
        basis=entry.words("basis"),
        sources=_sources(entry),
        confidence=_confidence(entry),
    )
    entry.close()
    return found


def _of_committee(one: Step, committee: Committee) -> Step:
    own = tuple(limit for of, limit in committee.limits if of == one.id)
    return replace(
        one,
        id=f"{one.id}.{committee.code}",
        body=committee.code,
        limits=own or one.limits,
        basis=(*committee.basis, *one.basis),
        sources=(*committee.sources, *one.sources),
        confidence=min(one.confidence, committee.confidence) if own else one.confidence,
    )


def _sources(entry: Entry) -> tuple[Source, ...]:
    return tuple(_source(entry, code) for code in entry.words("sources"))


def _source(entry: Entry, code: str) -> Source:
    if code not in sources():
        raise BadInput(f"no such source: {code}", where=entry.where)
    return sources()[code]


def _confidence(entry: Entry) -> float:
    percent = entry.number("confidence")
    if percent is None or not 0 < percent <= 100:
        raise BadInput("'confidence' is a whole number of per cent, 1 to 100", where=entry.where)
    return percent / 100


def _known(entry: Entry, what: str, code: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    if code not in known:
        raise BadInput(f"no such {what}: {code}", where=entry.where)
    return code
