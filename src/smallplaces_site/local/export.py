"""What people decided of claims, for whoever writes rules or trains models. Reads: decisions. Writes: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smallplaces_site.corpus.models import WorkState
from smallplaces_site.local.models import CompetenceDecision, Decision, LabelDecision


def corrections(state: str = "") -> Iterator[dict[str, Any]]:
    """Every decision, oldest first, those on competence before those on labels; with the words decided on, what the
    machine said then and what the person said. ``state``: only of demands to it."""
    competence = CompetenceDecision.objects.order_by("at", "pk")
    for row in competence.filter(state=state) if state else competence:
        said = {"level": row.level, "head": row.head, "department": row.department}
        yield {"kind": "competence", **_line(row), "state": row.state, "place": row.place, "said": said}
    concerned = set(WorkState.objects.filter(state=state).values_list("work__keys__key", flat=True)) if state else set()
    for label in LabelDecision.objects.order_by("at", "pk").iterator():
        if not state or label.work in concerned:
            named = {"facet": label.facet, "scheme": label.scheme, "label": label.label, "instead": label.instead}
            yield {"kind": "label", **_line(label), "said": named}


def _line(row: Decision) -> dict[str, Any]:
    return {
        "work": row.work,
        "lang": row.lang,
        "paragraph": row.paragraph,
        "text": row.text,
        "verdict": row.verdict,
        "claimed": row.claimed,
        "who": row.who,
        "why": row.why,
        "at": row.at.isoformat(),
    }
