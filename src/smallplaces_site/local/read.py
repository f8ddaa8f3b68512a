"""Reading what is ours: demands to a place, whose a paragraph is, what it speaks of.

Claims of a machine with what people decided applied, each time they are read: a decision stands apart and holds at
once. Reads: claims, decisions, threads. Writes: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from smallplaces.enrich.route import verdict_for
from smallplaces.vocab.competence import competence as law_of
from smallplaces_site.corpus.models import Paragraph
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.local import decided
from smallplaces_site.local.decided import Spot
from smallplaces_site.local.demands import CLAIMS, DECIDED, Demand, Said, demands, said
from smallplaces_site.local.models import Claim, CompetenceDecision, LabelDecision, Verdict
from smallplaces_site.local.views import Asked, Competence, Decided, Labelled, Queued, Why

__all__ = ["CLAIMS", "DECIDED", "LEVELS", "Asked", "Competence", "Decided", "Labelled", "Queued", "Why",
           "asked_of", "asked_of_state", "competence_of", "labels_of"]  # fmt: skip

#: Who may be competent: the State alone, both, local governments (whichever), or one kind of them; or nobody knows.
LEVELS = ("national", "shared", "local", "province", "municipality", "education", "unclear")
_CHUNK = 900
#: Machines' labels that are less sure than this are not shown, and do not sort demands.
SURE = 0.7
_ORDERS = ("newest", "longest")
#: Said by a person: how sure that is.
_PERSON = 1.0


def asked_of(
    place: PlaceView,
    *,
    department: str = "",
    theme: str = "",
    group: str = "",
    treaty: str = "",
    since: date | None = None,
    until: date | None = None,
    verdicts: Collection[str] = ("ours", "shared"),
    order: str = "newest",
) -> list[Asked]:
    """What is asked of a place: the demands to its State whose verdict for it is one of ``verdicts``.

    ``department``: its code. ``theme``, ``group``: a label as sources spell it. ``treaty``: the body that asks ("CRPD",
    "UPR"). ``since``, ``until``: dates of the document, both included. ``order``: newest first, or "longest" asked
    (first by how often, then since when). Raises ValueError for another order.
    """
    if order not in _ORDERS:
        raise ValueError(f"{order!r} is no order; there are {', '.join(_ORDERS)}")
    found = [
        one
        for one in asked_of_state(place.state, place)
        if one.verdict in verdicts
        and (not department or one.department == department)
        and (not theme or theme in one.themes)
        and (not group or group in one.groups)
        and (not treaty or one.body == treaty)
        and (since is None or one.date >= since.isoformat()[: len(one.date)] > "")
        and (until is None or "" < one.date <= until.isoformat())
    ]
    if order == "longest":
        found.sort(key=lambda one: (-one.times, one.first_year or "9999"))
    return found


def asked_of_state(state: str, place: PlaceView | None = None) -> list[Asked]:
    """Every demand to a State, newest first, with whose it is; said to ``place`` when there is one."""
    spoken = decided.on_competence(state)
    here = demands(state)
    taught = _taught(here, spoken)
    labels = decided.last_on_labels(LabelDecision.objects.all())
    return [
        _asked(one, _competence(state, one.said, spoken.get(one.place, {}), taught.get(one.place), place), labels)
        for one in here
    ]


def competence_of(paragraph_ids: Iterable[int], place: PlaceView | None = None) -> dict[int, Competence]:
    """Whose paragraphs are, by paragraph; those that ask nothing of a State are left out. In whatever language a
    paragraph stands: what holds for one holds for all. ``verdict`` is empty without a place."""
    claims = _claims(paragraph_ids, asking=True)
    spoken = decided.on_competence_of([(row.work_id, row.key) for row in claims.values()])
    known: dict[str, dict[Spot, tuple[Decided, str]]] = {}
    found = {}
    for pk, row in claims.items():
        spot = (row.work_id, row.key)
        if row.state and row.state not in known:
            known[row.state] = _taught_in(row.state)
        taught = known.get(row.state, {}).get(spot)
        found[pk] = _competence(row.state, said(row), spoken.get(spot, {}), taught, place)
    return found


def labels_of(paragraph_ids: Iterable[int]) -> dict[int, tuple[Labelled, ...]]:
    """Labels that no source gave, by paragraph: the machine's, with what people said of them, and people's own."""
    claims = _claims(paragraph_ids, asking=False)
    spoken = decided.on_labels_of([(row.work_id, row.key) for row in claims.values()])
    return {pk: _labelled(said(row).labels, spoken.get((row.work_id, row.key), ())) for pk, row in claims.items()}


def _claims(paragraph_ids: Iterable[int], *, asking: bool) -> dict[int, Claim]:
    """The claim on each paragraph: its own, or that made of the same paragraph in another language."""
    ids = sorted(set(paragraph_ids))
    spots: dict[int, Spot] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = Paragraph.objects.filter(pk__in=ids[start : start + _CHUNK])
        spots |= {pk: (work, key) for pk, work, key in rows.values_list("pk", "edition__work_id", "key")}
    works = sorted({work for work, _ in spots.values()})
    held: dict[Spot, Claim] = {}
    for start in range(0, len(works), _CHUNK):
        claims = Claim.objects.filter(work_id__in=works[start : start + _CHUNK])
        if len(ids) <= _CHUNK:
            claims = claims.filter(key__in={key for _, key in spots.values()})
        held |= {(row.work_id, row.key): row for row in (claims.exclude(level="") if asking else claims)}
    return {pk: held[spot] for pk, spot in spots.items() if spot in held}


# -- whose it is ----------------------------------------------------------------------------------------------------

_ByPlace = Mapping[str, CompetenceDecision]


def _competence(
    state: str,
    claim: Said,
    spoken: _ByPlace,
    taught: tuple[Decided, str] | None,
    place: PlaceView | None,
) -> Competence:
    """The claim, with the institution's word in its place if there is one, else with what it said elsewhere."""
    found = Competence(
        level=claim.level,
        verdict="",
        head=claim.head,
        department=claim.department,
        basis=claim.basis,
        reasons=claim.reasons,
        confidence=claim.confidence,
        method=claim.method,
        version=claim.version,
        claimed=claim.level,
        opinions=tuple(decided.view_of(row) for name, row in sorted(spoken.items()) if name),
    )
    if "" in spoken:
        found = _as_decided(state, found, decided.view_of(spoken[""]))
    elif taught:
        word, where = taught
        found = replace(_as_decided(state, found, word), decided=None, taught=word, taught_by=where)
        found = replace(found, method="same demand", confidence=min(found.confidence, _TAUGHT))
    return replace(found, verdict=verdict_for(found.level, place.level)) if place else found


#: What a person said of another demand in the same thread is a proposal here: not surer than most threads are.
_TAUGHT = 0.8


def _as_decided(state: str, found: Competence, word: Decided) -> Competence:
    head = law_of(state).heads.get(word.head)
    return replace(
        found,
        level=word.level,
        head=word.head,
        department=word.department,
        basis=head.basis if head else (),
        confidence=_PERSON,
        method="person",
        decided=word,
    )


def _taught(here: Sequence[Demand], spoken: Mapping[Spot, _ByPlace]) -> dict[Spot, tuple[Decided, str]]:
    """What the institution's last word in a thread proposes for the other demands of the thread."""
    latest: dict[str, tuple[Decided, str]] = {}
    for one in here:
        row = spoken.get(one.place, {}).get("")
        if row is not None and one.thread and (one.thread not in latest or latest[one.thread][0].at < row.at):
            latest[one.thread] = decided.view_of(row), f"{one.work.symbol or one.work.key} ¶ {one.paragraph.key}"
    return {
        one.place: latest[one.thread] for one in here if one.thread in latest and "" not in spoken.get(one.place, {})
    }


def _taught_in(state: str) -> dict[Spot, tuple[Decided, str]]:
    spoken = decided.on_competence(state)
    return _taught(demands(state), spoken) if spoken else {}


# -- what it speaks of ----------------------------------------------------------------------------------------------


def _labelled(claimed: Iterable[Labelled], spoken: Iterable[LabelDecision]) -> tuple[Labelled, ...]:
    """Claims with people's words on them, then what people put in their place or added."""
    words = {(row.facet, row.scheme, row.label): row for row in spoken if row.label}
    found = [
        replace(one, decided=_word(words[one.facet, one.scheme, one.label]))
        if (one.facet, one.scheme, one.label) in words
        else one
        for one in claimed
    ]
    there = {(one.facet, one.scheme, one.label) for one in found}
    for row in spoken:
        label = row.instead if row.verdict == Verdict.CORRECTED else row.label
        kept = row.verdict in (Verdict.CORRECTED, Verdict.CONFIRMED) and (row.facet, row.scheme, label) not in there
        if kept:  # nobody else says so (any more); the person did
            word = replace(_word(row), verdict=Verdict.CONFIRMED.value)
            found.append(Labelled(row.facet, row.scheme, label, _PERSON, (), "person", "", word))
    return tuple(found)


def _word(row: LabelDecision) -> Decided:
    return Decided(row.verdict, row.who, row.why, row.at)


# -- demands --------------------------------------------------------------------------------------------------------


def _asked(one: Demand, whose: Competence, labels: Mapping[Spot, Sequence[LabelDecision]]) -> Asked:
    reason = whose.reason
    given = partial(_given, one, _labelled(one.said.labels, labels.get(one.place, ())))
    return Asked(
        paragraph_id=one.paragraph.id,
        work_key=one.work.key,
        symbol=one.work.symbol,
        kind=one.work.kind,
        body=one.work.body,
        key=one.paragraph.key,
        number=one.paragraph.number,
        lang=one.lang,
        text=one.paragraph.text,
        date=one.date,
        verdict=whose.verdict,
        level=whose.level,
        head=whose.head,
        department=whose.department,
        basis=whose.basis,
        sentence=reason.sentence if reason else "",
        words=reason.words if reason else (),
        confidence=whose.confidence,
        themes=given("theme"),
        groups=given("group"),
        thread=one.thread,
        first_year=one.first or one.date[:4],
        times=one.times,
        position=next(iter(one.values("position")), ""),
        recommending=one.values("recommending"),
        competence=whose,
    )


def _given(one: Demand, labelled: Iterable[Labelled], facet: str) -> tuple[str, ...]:
    """Labels of a facet: those of sources, then those that a machine or a person gave and nobody rejected."""
    others = (label.label for label in labelled if label.facet == facet and label.holds and label.confidence >= SURE)
    return tuple(dict.fromkeys((*one.values(facet), *others)))


def by_department(asked: Iterable[Asked]) -> dict[str, list[Asked]]:
    """Demands by the code of their department, the department with most first; what has none comes last."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        found[one.department].append(one)
    return dict(sorted(found.items(), key=lambda item: (not item[0], -len(item[1]), item[0])))
