"""A person's word on a label: it is right, it is wrong, another holds in its place, or one is missing.

Reads: labels of one paragraph, the machine's and sources'. Writes: LabelDecision (appended, never edited), a deed, and
a line of the change log. Training reads what was decided.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces.vocab import resolve_sdg
from smallplaces.vocab.labels import resolve_label
from smallplaces_site.corpus.models import Change, Paragraph, Reading
from smallplaces_site.local.models import LabelDecision, Verdict
from smallplaces_site.local.read import DECIDED, labels_of
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership, User
from smallplaces_site.people.rights import Scope, may, require

_RIGHT = "label.decide"


@dataclass(frozen=True, slots=True)
class Named:
    """A label by its facet (theme, group, sdg, action), the vocabulary it is of, and its spelling there."""

    facet: str
    scheme: str
    label: str


def decide_label(
    paragraph: int,
    named: Named,
    verdict: str,
    *,
    user: User | None = None,
    who: str = "",
    why: str = "",
    instead: str = "",
) -> int:
    """Decide on a label of a paragraph (its row, in whatever language); the decision's id.

    ``verdict``: confirmed, rejected, corrected (to ``instead``, of the same vocabulary; with an empty label it is
    added) or withdrawn. ``why`` is needed to reject and to correct. ``who`` signs on the command line.

    Raises :class:`Forbidden`, :class:`NotFound` for a paragraph or a label that is not there, :class:`BadInput` for a
    verdict or label that does not exist and for a missing reason.
    """
    row = Paragraph.objects.select_related("edition__work").filter(pk=paragraph).first()
    if row is None:
        raise NotFound("There is no paragraph with the number %(where)s.", where=str(paragraph))
    by = _signer(user, row.edition.work.states)
    _check(verdict, why, named, instead)
    signed = signature(by) if by else who.strip()
    if not signed:
        raise BadInput("A decision needs the name of the person who makes it.")
    with transaction.atomic():
        decision = LabelDecision.objects.create(
            work=row.edition.work.key,
            lang=row.edition.lang,
            paragraph=row.key,
            text=Reading.objects.filter(paragraph=row, shown=True).values_list("text", flat=True).first() or "",
            verdict=verdict,
            claimed=_claimed(paragraph, named),
            who=signed,
            why=why.strip(),
            at=timezone.now(),
            instead=instead if verdict == Verdict.CORRECTED else "",
            **asdict(named),
        )
        work = row.edition.work
        record(by, _RIGHT, f"{work.key}#{row.key}", detail={"verdict": verdict, "label": named.label or instead})
        Change.objects.create(at=decision.at, what=DECIDED, work=work, work_key=work.key, detail={"paragraph": row.key})
    return decision.pk


def _signer(user: User | None, states: list[str]) -> Membership | None:
    """The membership that signs: of the institution of any State that the document concerns."""
    if user is None:
        return None
    state = next((code for code in states if may(user, _RIGHT, Scope(code))), states[0] if states else "")
    return require(user, _RIGHT, Scope(state))


def _check(verdict: str, why: str, named: Named, instead: str) -> None:
    if verdict not in Verdict.values:
        raise BadInput(
            "“%(given)s” is no decision. There are: %(known)s.", given=verdict[:40], known=tuple(Verdict.values)
        )
    if verdict in (Verdict.REJECTED, Verdict.CORRECTED) and not why.strip():
        raise BadInput("Say why: a reason teaches others, and the machine.", field="why")
    if verdict != Verdict.CORRECTED:
        return
    if not instead.strip():
        raise BadInput("Say which label holds instead.", field="instead")
    if named.facet in ("theme", "group") and resolve_label("", named.facet, instead) is None:
        raise BadInput("There is no label called “%(where)s”: choose one of the list.", where=instead, field="instead")
    if named.facet == "sdg" and resolve_sdg(instead) is None:
        raise BadInput("There is no goal or target “%(where)s”.", where=instead, field="instead")


def _claimed(paragraph: int, named: Named) -> dict[str, Any]:
    """What was said of the paragraph until now. Raises :class:`NotFound` when nobody said it."""
    if not named.label:
        return {}
    for one in labels_of([paragraph]).get(paragraph, ()):
        if (one.facet, one.scheme, one.label) == (named.facet, named.scheme, named.label):
            return {
                "confidence": one.confidence,
                "evidence": list(one.evidence),
                "method": one.method,
                "version": one.version,
            }
    for labels, source in Reading.objects.filter(paragraph=paragraph, current=True).values_list("labels", "source"):
        if [named.facet, named.scheme, named.label] in labels:
            return {"source": source}
    raise NotFound(
        "Nobody has given this paragraph the label %(where)s.", where=f"{named.facet}/{named.scheme}/{named.label}"
    )
