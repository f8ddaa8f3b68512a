"""What a machine claims that one paragraph cites, with what people said of each: for those who decide.

Reads: Citation, CitationDecision. Readers are shown :mod:`.citations`, where what was rejected is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smallplaces_site.corpus.models import Citation, CitationDecision, CitationTarget
from smallplaces_site.corpus.read.citations import TargetView, resolved


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What somebody decided of a citation: confirmed, rejected or replaced."""

    verdict: str
    targets: tuple[str, ...]
    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A citation as the machine found it. ``leads`` are the targets that readers follow now: its own, or a person's;
    ``candidates`` what it may mean while that is not clear. ``decisions``: the latest first."""

    id: int
    text: str
    kind: str
    confidence: float
    evidence: str
    version: str
    verdict: str
    leads: tuple[TargetView, ...]
    candidates: tuple[TargetView, ...]
    decisions: tuple[DecisionView, ...]


def claims_of(paragraph: int, *, lang: str = "en") -> list[ClaimView]:
    """Every citation found in a paragraph (its id), rejected ones too, in the order of the text."""
    rows = list(
        Citation.objects.filter(paragraph=paragraph, reading__shown=True)
        .select_related("paragraph__edition__work")
        .order_by("start", "pk")
    )
    followed: dict[int, list[str]] = {}
    for ident, target in (
        CitationTarget.objects.filter(citation__in=rows).order_by("pk").values_list("citation", "target")
    ):
        followed.setdefault(ident, []).append(target)
    wanted = {target for some in followed.values() for target in some}
    known = resolved(wanted | {one for row in rows for one in row.candidates}, lang=lang)
    decisions = _decisions(rows[0]) if rows else {}
    return [
        ClaimView(
            id=row.pk,
            text=row.text,
            kind=row.kind,
            confidence=row.confidence,
            evidence=row.evidence,
            version=row.version,
            verdict=row.verdict,
            leads=tuple(known[target] for target in followed.get(row.pk, ())),
            candidates=tuple(known[candidate] for candidate in row.candidates),
            decisions=tuple(decisions.get((row.text, row.kind), ())),
        )
        for row in rows
    ]


def _decisions(row: Citation) -> dict[tuple[str, str], list[DecisionView]]:
    """Decisions on the paragraph of a citation, by the words and kind they are on."""
    edition = row.paragraph.edition
    keys = edition.work.keys.values_list("key", flat=True)
    found: dict[tuple[str, str], list[DecisionView]] = {}
    for one in CitationDecision.objects.filter(
        work__in=[edition.work.key, *keys], lang=edition.lang, paragraph=row.paragraph.key
    ).order_by("-at", "-pk"):
        view = DecisionView(one.verdict, tuple(one.targets), one.who, one.why, one.at)
        found.setdefault((one.text, one.kind), []).append(view)
    return found
