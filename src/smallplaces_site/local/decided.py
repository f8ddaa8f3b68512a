"""What people decided of claims, found by document and paragraph under whatever key the document has by now.

Reads: the decisions. Writes: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from smallplaces_site.corpus.models import WorkKey
from smallplaces_site.local.models import CompetenceDecision, Decision, LabelDecision, Verdict
from smallplaces_site.local.views import Decided

#: A Work's row and the key of a paragraph in it: a place in a document, in all its languages.
Spot = tuple[int, str]
D = TypeVar("D", bound=Decision)
_CHUNK = 900


def on_competence(state: str) -> dict[Spot, dict[str, CompetenceDecision]]:
    """Of every demand to a State that somebody spoke of: the last word of each place, and under "" the institution's.
    What was withdrawn is left out."""
    return _by_place(CompetenceDecision.objects.filter(state=state).order_by("at", "pk"))


def on_competence_of(spots: Sequence[Spot]) -> dict[Spot, dict[str, CompetenceDecision]]:
    """The same, of some paragraphs."""
    rows: list[CompetenceDecision] = []
    names = _names(spots)
    for start in range(0, len(names), _CHUNK):
        rows.extend(CompetenceDecision.objects.filter(work__in=names[start : start + _CHUNK]))
    found = _by_place(sorted(rows, key=lambda row: (row.at, row.pk)))
    return {spot: found[spot] for spot in spots if spot in found}


def on_labels_of(spots: Sequence[Spot]) -> dict[Spot, list[LabelDecision]]:
    """The last word on each label of these paragraphs. What was withdrawn is left out."""
    rows: list[LabelDecision] = []
    names = _names(spots)
    for start in range(0, len(names), _CHUNK):
        rows.extend(LabelDecision.objects.filter(work__in=names[start : start + _CHUNK]))
    return last_on_labels(rows)


def last_on_labels(rows: Iterable[LabelDecision]) -> dict[Spot, list[LabelDecision]]:
    """Of these decisions, the last on each label that was not withdrawn."""
    last: dict[Spot, dict[tuple[str, str, str], LabelDecision]] = defaultdict(dict)
    for spot, row in _located(sorted(rows, key=lambda row: (row.at, row.pk))):
        # An added label has no other: what it adds names it.
        last[spot][row.facet, row.scheme, row.label or f"+{row.instead}"] = row
    standing = ((spot, [row for row in by.values() if row.verdict != Verdict.WITHDRAWN]) for spot, by in last.items())
    return {spot: rows for spot, rows in standing if rows}


def view_of(row: CompetenceDecision) -> Decided:
    """A decision as readers see it."""
    return Decided(row.verdict, row.who, row.why, row.at, row.place, row.level, row.head, row.department)


def _by_place(rows: Iterable[CompetenceDecision]) -> dict[Spot, dict[str, CompetenceDecision]]:
    last: dict[Spot, dict[str, CompetenceDecision]] = defaultdict(dict)
    for spot, row in _located(rows):
        if row.verdict == Verdict.WITHDRAWN:
            last[spot].pop(row.place, None)
        else:
            last[spot][row.place] = row
    return {spot: by for spot, by in last.items() if by}


def _located(rows: Iterable[D]) -> list[tuple[Spot, D]]:
    """Each decision with its place; one on a document that is not held is left out until it comes again."""
    held = list(rows)
    owners = _owners(sorted({row.work for row in held}))
    return [((owners[row.work], row.paragraph), row) for row in held if row.work in owners]


def _owners(keys: Sequence[str]) -> Mapping[str, int]:
    owners: dict[str, int] = {}
    for start in range(0, len(keys), _CHUNK):
        owners |= dict(WorkKey.objects.filter(key__in=keys[start : start + _CHUNK]).values_list("key", "work_id"))
    return owners


def _names(spots: Sequence[Spot]) -> list[str]:
    """Every key of these documents: a decision may name any."""
    works = sorted({work for work, _ in spots})
    names: list[str] = []
    for start in range(0, len(works), _CHUNK):
        names.extend(WorkKey.objects.filter(work_id__in=works[start : start + _CHUNK]).values_list("key", flat=True))
    return names
