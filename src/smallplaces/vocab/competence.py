"""Who is competent for what: heads of competence of a State, and the words that lead to them.

Reads ``competence/``: ``KOR.yml`` and its like (a State's law: heads, and the rule for each level), ``generic.yml``
(COFOG, for every other State), ``matters.yml`` (subjects, their words and department), ``actions.yml`` (what is asked
to be done, and whose act that is) and ``departments.yml``. Raises :class:`~smallplaces.errors.BadInput` naming file and
entry for a level, a rule, a concept, a matter or a department that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from smallplaces.errors import BadInput
from smallplaces.vocab.load import DATA, Entry, entries
from smallplaces.vocab.terms import terms

LEVELS: Final = ("national", "province", "municipality", "education")
RULES: Final = ("exclusive", "shared", "delegated", "none")
WHOSE: Final = ("national", "local", "shared", "either")
GENERIC: Final = "generic"
_FOLDER: Final = DATA / "competence"


@dataclass(frozen=True, slots=True)
class Matter:
    """A subject of recommendations: its likely department, concepts of the term base, and further cues by language.

    ``persons``: it says of whom something is asked rather than what. ``manner``: it says how. ``within``: an
    institution of the State, within which it does everything. ``staff``: its staff is a local government's own.
    """

    code: str
    department: str
    persons: bool
    manner: bool
    within: bool
    staff: bool
    concepts: tuple[str, ...]
    cues: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Action:
    """What is asked to be done. ``whose``: one of :data:`WHOSE`. ``department`` may be empty."""

    code: str
    whose: str
    department: str
    names: Mapping[str, str] = field(hash=False)
    cues: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Head:
    """A head of competence: what it covers, in our own words, and the rule for each of :data:`LEVELS`.

    ``valid_from`` and ``valid_to`` are ISO dates, the last day included, or empty.
    """

    code: str
    names: Mapping[str, str] = field(hash=False)
    scope: Mapping[str, str] = field(hash=False)
    matters: tuple[str, ...]
    rules: Mapping[str, str] = field(hash=False)
    basis: tuple[str, ...]
    valid_from: str = ""
    valid_to: str = ""

    def has_part(self, level: str) -> bool:
        """Whether a level does anything of it."""
        return self.rules[level] != "none"

    def valid(self, day: str) -> bool:
        """Whether it holds on an ISO date; always for none."""
        return not day or (self.valid_from <= day and (not self.valid_to or day <= self.valid_to))


@dataclass(frozen=True, slots=True)
class Competence:
    """The heads of one State. ``scheme`` is its alpha-3 code, or "generic" when it has no file of its own."""

    scheme: str
    heads: Mapping[str, Head] = field(hash=False)

    def of_matter(self, matter: str, day: str = "") -> Head | None:
        """The head under which a matter falls on an ISO date; None when there was none."""
        return next((head for head in self.heads.values() if matter in head.matters and head.valid(day)), None)


@cache
def departments() -> Mapping[str, Mapping[str, str]]:
    """Names of departments by code."""
    found = {}
    for entry in entries("departments.yml", _FOLDER):
        found[entry.code] = MappingProxyType(entry.names("names"))
        entry.close()
    return MappingProxyType(found)


@cache
def matters() -> Mapping[str, Matter]:
    """Every matter by its code, in file order."""
    found = {}
    for entry in entries("matters.yml", _FOLDER):
        found[entry.code] = Matter(
            entry.code,
            _known(entry, "department", entry.text("department"), departments()),
            entry.flag("persons"),
            entry.flag("manner"),
            entry.flag("within"),
            entry.flag("staff"),
            tuple(_known(entry, "concept", code, terms()) for code in entry.words("concepts")),
            entry.aliases("cues"),
        )
        entry.close()
    return MappingProxyType(found)


@cache
def actions() -> Mapping[str, Action]:
    """Every action by its code, in file order."""
    found = {}
    for entry in entries("actions.yml", _FOLDER):
        department = entry.text("department", "")
        found[entry.code] = Action(
            entry.code,
            _known(entry, "owner", entry.text("whose"), WHOSE),
            department and _known(entry, "department", department, departments()),
            entry.names("names", required=("en", "ko")),
            entry.aliases("cues"),
        )
        entry.close()
    return MappingProxyType(found)


def competence(state: str) -> Competence:
    """Who is competent in a State (alpha-3 code): by its own file, else by the generic one."""
    own = state in own_files()
    return _read(state if own else GENERIC)


@cache
def own_files() -> frozenset[str]:
    """Codes of the States that have a file of their own."""
    return frozenset(path.stem for path in _FOLDER.glob("*.yml") if len(path.stem) == 3 and path.stem.isupper())


@cache
def _read(scheme: str) -> Competence:
    heads = {entry.code: _head(entry) for entry in entries(f"{scheme}.yml", _FOLDER)}
    check_heads(scheme, heads.values())
    return Competence(scheme, MappingProxyType(heads))


def check_heads(scheme: str, heads: Iterable[Head]) -> None:
    """Every matter must fall under a head, and on no day under two. Raises :class:`BadInput` naming the matter."""
    under: dict[str, list[Head]] = {code: [] for code in matters()}
    for head in heads:
        for code in head.matters:
            for other in under[code]:
                if head.valid_from <= (other.valid_to or "9999") and other.valid_from <= (head.valid_to or "9999"):
                    raise BadInput(f"{code} falls under {other.code} and {head.code}", where=f"{scheme}.yml")
            under[code].append(head)
    missing = [code for code, found in under.items() if not found]
    if missing:
        raise BadInput(f"no head for {', '.join(missing)}", where=f"{scheme}.yml")


def _head(entry: Entry) -> Head:
    rules = entry.reasons("rules")
    if tuple(rules) != LEVELS:
        raise BadInput(f"'rules' must name {', '.join(LEVELS)}, in this order", where=entry.where)
    for rule in rules.values():
        _known(entry, "rule", rule, RULES)
    if not any(rule != "none" for rule in rules.values()):
        raise BadInput("no level is competent", where=entry.where)
    since, until = entry.day("valid_from"), entry.day("valid_to")
    head = Head(
        code=entry.code,
        names=entry.names("names", required=("en", "ko")),
        scope=entry.names("scope", required=("en", "ko")),
        matters=tuple(_known(entry, "matter", code, matters()) for code in entry.words("matters")),
        rules=rules,
        basis=entry.words("basis"),
        valid_from=since.isoformat() if since else "",
        valid_to=until.isoformat() if until else "",
    )
    if not head.basis:
        raise BadInput("no legal basis", where=entry.where)
    entry.close()
    return head


def _known(entry: Entry, what: str, code: str, known: Iterable[str]) -> str:
    if code not in known:
        raise BadInput(f"no such {what}: {code}", where=entry.where)
    return code
