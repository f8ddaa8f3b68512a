"""The only place where claims become rows: those of a document together, whole or not at all.

Reads and writes: Claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smallplaces.enrich.assess import Assessment
from smallplaces.enrich.route import Reason
from smallplaces_site.local.models import Claim
from smallplaces_site.local.subjects import Place

_CHUNK = 500
_SAID = ("paragraph_id", "state", "kind", "sure", "labels", "level", "head", "department", "basis", "reasons",
         "confidence", "method")  # fmt: skip


@dataclass(slots=True)
class Written:
    """How many claims stand for the documents written, and how many are others than before."""

    held: int = 0
    asking: int = 0
    changed: int = 0


def replace_all(works: Sequence[int], found: Iterable[tuple[Place, Assessment]], version: str) -> Written:
    """Make these claims those of the documents ``works``; what says the same keeps its row. Call in a transaction."""
    written = Written()
    before = {(row.work_id, row.key): row for row in Claim.objects.filter(work_id__in=works)}
    fresh, changed, same = [], [], []
    for place, assessed in found:
        now = _row(place, assessed, version)
        written.held += 1
        written.asking += bool(now.level)
        old = before.pop((place.work, place.key), None)
        if old is None:
            fresh.append(now)
        elif _said(old) != _said(now):
            now.pk = old.pk
            changed.append(now)
        elif old.version != version:
            same.append(old.pk)
    gone = [row.pk for row in before.values()]
    # A paragraph has one claim: what goes makes room before what comes.
    moved = [row.pk for row in changed]
    _delete(gone + moved)
    Claim.objects.bulk_create([*fresh, *changed], batch_size=_CHUNK)
    for start in range(0, len(same), _CHUNK):
        Claim.objects.filter(pk__in=same[start : start + _CHUNK]).update(version=version)
    written.changed = len(fresh) + len(changed) + len(gone)
    return written


def _delete(rows: Sequence[int]) -> None:
    for start in range(0, len(rows), _CHUNK):
        Claim.objects.filter(pk__in=rows[start : start + _CHUNK]).delete()


def _said(row: Claim) -> list[object]:
    return [getattr(row, name) for name in _SAID]


def _row(place: Place, assessed: Assessment, version: str) -> Claim:
    kind, labels, whose = assessed
    row = Claim(
        work_id=place.work,
        key=place.key,
        paragraph_id=place.paragraph,
        state=place.subject.state,
        kind=kind.label if kind else "",
        sure=round(kind.confidence, 3) if kind else 0.0,
        labels=[
            [facet, one.scheme, one.label, round(one.confidence, 3), list(one.evidence), one.method, one.version]
            for facet, one in labels
        ],
        version=version,
    )
    if whose:
        row.level, row.head, row.department, row.basis = whose.level, whose.head, whose.department, list(whose.basis)
        row.confidence, row.method = whose.confidence, whose.method
        row.reasons = [_reason(why) for why in whose.reasons]
    return row


def _reason(why: Reason) -> list[object]:
    return [
        *(why.whose, why.sentence, list(why.evidence), why.action, why.matter, why.head, why.department),
        list(why.basis),
    ]
