"""All that is claimed of a paragraph addressed to a State: what it does and speaks of, and, if it asks something, whose
that is. Many at once, in processes of a crew.

Reads: what classification and routing read, and the trained models of a folder. Writes: nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from smallplaces.enrich.route import VERSION as ROUTES
from smallplaces.enrich.route import Route, route
from smallplaces.errors import BadFile, BadInput
from smallplaces.vocab.load import DATA

# scikit-learn takes a second to load: only who assesses loads it.
if TYPE_CHECKING:
    from smallplaces.enrich.classify import Label, Model

VERSION: Final = "2"
#: Kinds of paragraph that ask a State for something.
ASKING: Final = ("recommendation", "request")


class Subject(NamedTuple):
    """A paragraph and what is known of it.

    ``state``: whom it is addressed to (alpha-3), empty for several. ``review``: it is a recommendation of a Universal
    Periodic Review. ``asks``: whether it asks for something, None when no source says so. ``told``: names of its themes
    and groups, in English. ``known``: facets in which a source speaks of it, where no machine is asked.
    ``heading``: what stands above it in its document, the nearest last.
    """

    text: str
    lang: str
    state: str = ""
    review: bool = False
    asks: bool | None = None
    told: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    heading: str = ""


class Assessment(NamedTuple):
    """``labels``: (facet, label), the surest of a facet first. ``route``: none for what asks nothing."""

    kind: Label | None
    labels: tuple[tuple[str, Label], ...]
    route: Route | None


def assess_many(models: str, subjects: Sequence[Subject]) -> list[Assessment]:
    """The claims on each. ``models``: the folder of trained models. What cannot be read gets none."""
    able = _models(models, _of_models(Path(models)))
    return [_assess(one, able) for one in subjects]


def version_of(models: Path) -> str:
    """Names everything that claims come from: the rules, their data and the trained models. Other claims, other
    version."""
    parts = (f"{VERSION}.{ROUTES}", _of_data()[:6], _of_models(models)[:6])
    return "-".join(filter(None, parts))


def _assess(subject: Subject, models: tuple[Model, ...]) -> Assessment:
    from smallplaces.enrich.classify import FACETS, classify  # noqa: PLC0415 (takes seconds)

    wanted = [facet for facet in FACETS if facet not in subject.known]
    try:
        found = classify(
            subject.text, subject.lang, upr=subject.review, models=models, facets=wanted, heading=subject.heading
        )
    except BadInput:  # no words, or no rules for the language
        return Assessment(None, (), None)
    labels = {"theme": found.themes, "group": found.groups, "sdg": found.sdgs, "action": found.actions}
    asks = found.kind.label in ASKING if subject.asks is None else subject.asks
    whose = None
    if asks:
        told = subject.told or tuple(one.label for one in (*found.themes, *found.groups))
        whose = route(subject.text, subject.lang, "province", subject.state, told)
    return Assessment(found.kind, tuple((facet, one) for facet in wanted for one in labels[facet]), whose)


@lru_cache(maxsize=2)
def _models(folder: str, digest: str) -> tuple[Model, ...]:
    """Every model that can be used; rules stand in for one that cannot. ``digest``: of what the folder held."""
    from smallplaces.enrich.classify import load  # noqa: PLC0415 (takes seconds)

    found = []
    for path in sorted(Path(folder).glob("*.npz")) if digest else ():
        try:
            found.append(load(path))
        except BadFile:
            continue
    return tuple(found)


def _of_models(folder: Path) -> str:
    """Empty without models."""
    held = sorted(folder.glob("*.npz"))
    return _digest(held, installed("scikit-learn")) if held else ""


@lru_cache(maxsize=1)
def _of_data() -> str:
    folders = (Path(__file__).parent / "classify" / "data", DATA / "competence", DATA / "terms")
    return _digest([path for folder in folders for path in sorted(folder.glob("*.yml"))])


def _digest(paths: Sequence[Path], also: str = "") -> str:
    made = hashlib.sha256(also.encode())
    for path in paths:
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()
