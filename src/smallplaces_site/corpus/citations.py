"""The only place where citations become rows: a machine's claims, with what persons said of them applied.

Reads: Reading, CitationDecision, the citations that stand. Writes: Citation, CitationTarget.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from smallplaces.enrich.cite import annotate_headings
from smallplaces.enrich.crew import Passage
from smallplaces.model import annotation
from smallplaces.model.target import read_target
from smallplaces_site.corpus import bulk
from smallplaces_site.corpus.models import Citation, CitationDecision, CitationTarget, Reading, WorkKey
from smallplaces_site.corpus.read.documents import is_excerpt
from smallplaces_site.corpus.read.targets import case_named

_CHUNK = 900
_LONGEST_KEY = 255  # no key of a document is longer
#: A heading that names more ("Specific rights (arts. 5–30)") is no subject of what stands below it.
_SUBJECTS = 6
_NEAR = 150  # characters around a case's name
_OTHER_COURT = re.compile(r"\bCourt of Human Rights|\bEuropean Court|\bECt?HR\b|\bapplications? [Nn]o", re.IGNORECASE)
_PERSON = "person"  # the method of a citation that only a person still claims
_CITATION = (
    *("id", "paragraph", "reading", "start", "end", "text", "kind", "confidence", "evidence", "method", "version"),
    *("claimed", "candidates", "verdict"),
)
_TARGET = ("citation", "target", "whole", "work")


@dataclass(frozen=True, slots=True)
class Place:
    """A shown reading and where it stands."""

    paragraph: int
    reading: int
    key: str
    lang: str
    work: int
    work_key: str
    passage: Passage
    headings: tuple[str, ...] = ()  # above it, outermost first


@dataclass(frozen=True, slots=True)
class Standing:
    """A citation as it stands or is about to: everything a reader may see of it but its row and version.

    ``claimed`` are the machine's targets, ``targets`` those that readers follow.
    """

    reading: int
    start: int
    end: int
    text: str
    kind: str
    confidence: float
    evidence: str
    method: str
    claimed: tuple[str, ...]
    candidates: tuple[str, ...]
    verdict: str
    targets: tuple[str, ...]

    @property
    def claim(self) -> tuple[str, str, tuple[str, ...]]:
        """What it says, wherever in its paragraph."""
        return self.kind, self.text, self.claimed


@dataclass(slots=True)
class Written:
    """What replacing did. ``gained`` and ``lost`` are claims that the same wording has more, or no more."""

    kinds: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    changed: list[int] = field(default_factory=list)
    gained: list[tuple[Place, Standing]] = field(default_factory=list)
    lost: list[tuple[Place, Standing]] = field(default_factory=list)


def places(paragraph_ids: Iterable[int]) -> list[Place]:
    """The shown readings of these paragraphs, but mere excerpts of others, by paragraph."""
    found: list[Place] = []
    ids = sorted(set(paragraph_ids))
    for start in range(0, len(ids), _CHUNK):
        rows = Reading.objects.filter(shown=True, paragraph_id__in=ids[start : start + _CHUNK]).order_by("paragraph_id")
        for row in rows.values_list(
            *("paragraph_id", "pk", "paragraph__key", "paragraph__edition__lang", "paragraph__edition__work_id"),
            *("paragraph__edition__work__key", "paragraph__edition__work__symbol", "paragraph__edition__work__body"),
            *("paragraph__edition__whole", "source", "text", "heading"),
        ):
            paragraph, reading, key, lang, work, work_key, symbol, body, whole, source, text, heading = row
            if not is_excerpt(key, source, whole):
                named = symbol or (work_key if ":" not in work_key and "/" in work_key else "")
                passage = Passage(text, body, lang, named)
                found.append(Place(paragraph, reading, key, lang, work, work_key, passage, tuple(heading)))
    return found


def replace_all(
    ids: Iterable[int], found: Sequence[tuple[Place, Sequence[annotation.Citation]]], version: str
) -> Written:
    """Make these citations those of the paragraphs ``ids``; what is the same already keeps its rows.

    Call inside a transaction.
    """
    wanted = sorted(set(ids))
    old = _standing(wanted)
    decided = _decisions([place for place, _ in found])
    written = Written()
    here = {place.paragraph: place for place, _ in found}
    new = {place.paragraph: _decide(place, claims, decided) for place, claims in found}
    fresh: list[tuple[int, Standing]] = []
    gone: dict[int, int] = {}  # row -> paragraph
    for paragraph in wanted:
        now, before = new.get(paragraph, []), [standing for _, _, standing in old.get(paragraph, ())]
        for standing in now:
            written.kinds[standing.kind] += 1
            written.unresolved[standing.kind] += not standing.targets and not standing.verdict
        if now == before:
            continue
        gone.update({pk: paragraph for pk, _, _ in old.get(paragraph, ())})
        fresh.extend((paragraph, standing) for standing in now)
        if [(s.start, s.targets) for s in now] != [(s.start, s.targets) for s in before]:
            written.changed.append(paragraph)
        place = here.get(paragraph)
        if place is not None and all(standing.reading == place.reading for standing in before):
            written.gained.extend((place, standing) for standing in _more(now, before))
            written.lost.extend((place, standing) for standing in _more(before, now))
    _delete(list(gone))
    _insert(fresh, version)
    _renew(set(wanted).difference(gone.values()), old, version)
    return written


def _more(some: Sequence[Standing], others: Sequence[Standing]) -> Iterator[Standing]:
    """Those of ``some`` whose claim is not among ``others``, as often as it is not."""
    left = Counter(standing.claim for standing in others)
    for standing in some:
        if left[standing.claim]:
            left[standing.claim] -= 1
        else:
            yield standing


# -- a person's word ------------------------------------------------------------------------------------------------

_Decided = Mapping[tuple[int, str, str], Sequence[CitationDecision]]


def _decisions(found: Sequence[Place]) -> _Decided:
    """(Work, language, paragraph key) -> what persons decided there, the last word on each claim."""
    if not CitationDecision.objects.exists():
        return {}
    owners: dict[str, int] = {}
    works = sorted({place.work for place in found})
    for start in range(0, len(works), _CHUNK):
        owners |= dict(WorkKey.objects.filter(work_id__in=works[start : start + _CHUNK]).values_list("key", "work_id"))
    last: dict[tuple[int, str, str, str, str], CitationDecision] = {}
    names = sorted(owners)
    for start in range(0, len(names), _CHUNK):
        for row in CitationDecision.objects.filter(work__in=names[start : start + _CHUNK]).order_by("at", "pk"):
            last[owners[row.work], row.lang, row.paragraph, row.kind, row.text] = row
    result: dict[tuple[int, str, str], list[CitationDecision]] = {}
    for (work, lang, paragraph, _, _), row in last.items():
        result.setdefault((work, lang, paragraph), []).append(row)
    return result


def _decide(place: Place, claims: Sequence[annotation.Citation], decided: _Decided) -> list[Standing]:
    """The claims on a place, but its references to itself, with what persons said of them."""
    claims = [_by_name(place, claim) for claim in claims]
    found = [
        _standing_of(place, claim)
        for claim in (*_above(place), *claims)
        if claim.targets not in ((place.passage.symbol,), (place.work_key,))
    ]
    for decision in decided.get((place.work, place.lang, place.key), ()):
        same = [index for index, one in enumerate(found) if (one.kind, one.text) == (decision.kind, decision.text)]
        rejected = decision.verdict == CitationDecision.Verdict.REJECTED
        targets = () if rejected else tuple(decision.targets)
        for index in same:
            found[index] = replace(found[index], verdict=decision.verdict, targets=targets)
        start = place.passage.text.find(decision.text)
        if not same and not rejected and start >= 0:  # no machine finds it any more; the person did
            found.append(_kept(place, decision, start, targets))
    return sorted(found, key=lambda standing: (standing.start, standing.end))


def _above(place: Place) -> tuple[annotation.Citation, ...]:
    """What the headings above a paragraph cite for it, but articles of the very treaty that it stands in."""
    if not any(place.headings) or place.key.startswith("art."):
        return ()
    _text, body, lang, symbol = place.passage
    return _of_headings(place.headings, body, lang, symbol)


@lru_cache(maxsize=4096)
def _of_headings(headings: tuple[str, ...], body: str, lang: str, symbol: str) -> tuple[annotation.Citation, ...]:
    found = annotate_headings(headings, body=body, lang=lang, symbol=symbol)
    return tuple(one for one in found if len(one.targets) <= _SUBJECTS)


def _by_name(place: Place, claim: annotation.Citation) -> annotation.Citation:
    """A case cited by its name alone is the one decision of that name by the same committee, if the store holds one;
    but not where another court's cases are told of."""
    if claim.kind != annotation.CitationKind.COMMUNICATION or claim.targets or claim.candidates:
        return claim
    around = place.passage.text[max(0, claim.start - _NEAR) : claim.end + _NEAR]
    key = "" if _OTHER_COURT.search(around) else case_named(claim.text, place.passage.body)
    evidence = "the only case of that name of this committee that is held"
    return replace(claim, targets=(key,), confidence=0.85, evidence=evidence) if key else claim


def _standing_of(place: Place, claim: annotation.Citation) -> Standing:
    targets = tuple(target for target in dict.fromkeys(claim.targets) if len(target) <= _LONGEST_KEY)
    return Standing(
        reading=place.reading,
        start=claim.start,
        end=claim.end,
        text=claim.text,
        kind=str(claim.kind),
        confidence=claim.confidence,
        evidence=claim.evidence,
        method=claim.method,
        claimed=targets,
        candidates=tuple(claim.candidates),
        verdict="",
        targets=targets,
    )


def _kept(place: Place, decision: CitationDecision, start: int, targets: tuple[str, ...]) -> Standing:
    return Standing(
        reading=place.reading,
        start=start,
        end=start + len(decision.text),
        text=decision.text,
        kind=decision.kind,
        confidence=1.0,
        evidence=decision.why,
        method=_PERSON,
        claimed=(),
        candidates=(),
        verdict=decision.verdict,
        targets=targets,
    )


# -- rows -----------------------------------------------------------------------------------------------------------


def _standing(ids: Sequence[int]) -> dict[int, list[tuple[int, str, Standing]]]:
    """(row, version, citation) of these paragraphs, in the order of the text."""
    found: dict[int, list[tuple[int, str, Standing]]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = list(Citation.objects.filter(paragraph_id__in=ids[start : start + _CHUNK]).order_by("start", "end"))
        targets: dict[int, list[str]] = {}
        for begin in range(0, len(rows), _CHUNK):
            some = [row.pk for row in rows[begin : begin + _CHUNK]]
            of = CitationTarget.objects.filter(citation_id__in=some).order_by("pk")
            for citation, target in of.values_list("citation_id", "target"):
                targets.setdefault(citation, []).append(target)
        for row in rows:
            standing = Standing(
                reading=row.reading_id,
                start=row.start,
                end=row.end,
                text=row.text,
                kind=row.kind,
                confidence=row.confidence,
                evidence=row.evidence,
                method=row.method,
                claimed=tuple(row.claimed),
                candidates=tuple(row.candidates),
                verdict=row.verdict,
                targets=tuple(targets.get(row.pk, ())),
            )
            found.setdefault(row.paragraph_id, []).append((row.pk, row.version, standing))
    return found


def _delete(rows: Sequence[int]) -> None:
    bulk.delete(CitationTarget, "citation", rows)
    bulk.delete(Citation, "id", rows)


def _insert(fresh: Sequence[tuple[int, Standing]], version: str) -> None:
    rows: list[tuple[Any, ...]] = []
    leads: list[tuple[Any, ...]] = []
    for pk, (paragraph, one) in zip(bulk.take_ids(Citation, len(fresh)), fresh, strict=True):
        said = (one.text, one.kind, one.confidence, one.evidence, one.method, version)
        lists = (_json(one.claimed), _json(one.candidates))
        rows.append((pk, paragraph, one.reading, one.start, one.end, *said, *lists, one.verdict))
        for text in one.targets:
            target = read_target(text)
            leads.append((pk, text, target.whole, target.work))
    bulk.insert(Citation, _CITATION, rows)
    bulk.insert(CitationTarget, _TARGET, leads)


def _renew(paragraphs: set[int], old: Mapping[int, Sequence[tuple[int, str, Standing]]], version: str) -> None:
    """What this version finds as the one before did is its own claim now."""
    stale = [pk for paragraph in paragraphs for pk, before, _ in old.get(paragraph, ()) if before != version]
    for start in range(0, len(stale), _CHUNK):
        Citation.objects.filter(pk__in=stale[start : start + _CHUNK]).update(version=version)


def _json(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)
