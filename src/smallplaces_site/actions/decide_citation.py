"""A person's word on a citation: it is right, it is none, or it leads elsewhere. It stands above every machine's.

Reads: the citations of one paragraph. Writes: CitationDecision (appended, never edited), the citations of that
paragraph, and a line of the change log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from smallplaces.enrich.cite import VERSION
from smallplaces.enrich.crew import Crew
from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.index_changes import index_changes
from smallplaces_site.actions.lock import writing
from smallplaces_site.corpus.citations import places, replace_all
from smallplaces_site.corpus.models import Change, Citation, CitationDecision, Edition
from smallplaces_site.corpus.read.targets import target_of
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership

Verdict = CitationDecision.Verdict


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of which claim. ``targets`` are what readers follow from now on."""

    decision: int
    paragraph: int
    verdict: str
    targets: tuple[str, ...]


def decide_citation(
    citation: int,
    verdict: str,
    *,
    who: str = "",
    by: Membership | None = None,
    why: str = "",
    targets: Sequence[str] = (),
    index: bool = True,
) -> Decided:
    """Decide on a citation (its id). It holds for the same words of the same kind in that paragraph, whatever finds
    them later. ``targets`` are needed to replace, and may be given to confirm what was unresolved; as people name them.
    ``by`` signs it (the caller has asked :func:`smallplaces_site.people.rights.require`); ``who`` on the command line.

    Raises :class:`NotFound` for a citation that is not there (any more), :class:`BadInput` for a verdict that does not
    exist, one without a name or without the targets it needs, :class:`Locked`.
    """
    if verdict not in Verdict.values:
        raise BadInput(
            "“%(given)s” is no decision. There are: %(known)s.", given=verdict[:40], known=tuple(Verdict.values)
        )
    who = signature(by) if by else who
    if not who.strip():
        raise BadInput("A decision needs the name of the person who makes it.")
    with writing("decide"):
        with transaction.atomic():
            row = Citation.objects.select_related("paragraph__edition__work").filter(pk=citation).first()
            if row is None:
                raise NotFound(
                    "There is no citation with the number %(where)s: its paragraph may have been read anew.",
                    where=str(citation),
                )
            chosen = _targets(row, verdict, targets)
            edition = row.paragraph.edition
            decision = CitationDecision.objects.create(
                work=edition.work.key,
                lang=edition.lang,
                paragraph=row.paragraph.key,
                text=row.text,
                kind=row.kind,
                verdict=verdict,
                targets=list(chosen),
                claimed=row.claimed,
                who=who.strip(),
                why=why.strip(),
                at=timezone.now(),
            )
            _apply(row.paragraph_id, edition, decision)
            subject = f"{edition.work.key} [{edition.lang}] {row.paragraph.key}"
            record(by, "citation.decide", subject, detail={"decision": decision.pk, "verdict": verdict})
        if index:
            index_changes()
    return Decided(decision.pk, row.paragraph_id, verdict, chosen)


def _targets(row: Citation, verdict: str, given: Sequence[str]) -> tuple[str, ...]:
    if verdict == Verdict.REJECTED:
        return ()
    chosen = tuple(dict.fromkeys(str(target_of(text)) for text in given)) or tuple(row.claimed)
    if verdict == Verdict.REPLACED and not given:
        raise BadInput("Write what the citation leads to instead.", field="targets")
    if not chosen:
        raise BadInput(
            "Nothing is claimed here that could be confirmed: write what the citation leads to.", field="targets"
        )
    return chosen


def _apply(paragraph: int, edition: Edition, decision: CitationDecision) -> None:
    here = places([paragraph])
    with Crew(len(here)) as crew:
        cited = list(crew.begin([place.passage for place in here]))
    replace_all([paragraph], list(zip(here, cited, strict=True)), VERSION)
    Change.objects.create(
        at=decision.at,
        what=Change.What.CITES,
        work=edition.work,
        work_key=edition.work.key,
        edition=edition,
        lang=edition.lang,
        paragraphs={"changed": [paragraph]},
        detail={"verdict": decision.verdict, "text": decision.text},
    )
