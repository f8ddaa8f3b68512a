"""From demands to threads: what is alike enough is joined, on average over the whole thread, so that no chain of small
steps leads from one demand to another.

What a person ruled stands above what is alike. The order in which demands are given makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from smallplaces.enrich.lineage.asks import asks_of
from smallplaces.enrich.lineage.demand import Ask, Demand, Member, Reason, Ruling, Thread
from smallplaces.enrich.lineage.likeness import Matrix, citing, likeness, shared

METHOD = "lineage"
VERSION = "2"
#: Likeness, on average over a thread, from which demands are shown as one: measured by bench/lineage.py.
THRESHOLD = 0.60
_APART = 1e6  # a distance that no average makes small
_LONGEST = 160  # characters of a thread's wording


def find_threads(
    demands: Iterable[Demand], rulings: Sequence[Ruling] = (), *, threshold: float = THRESHOLD
) -> list[Thread]:
    """Threads of at least two demands, those asked on most occasions first.

    Each demand stands once in a thread, and in several threads when it asks several things.
    """
    ordered = sorted(demands, key=lambda demand: (demand.date, demand.id))
    asks = [ask for demand in ordered for ask in asks_of(demand)]
    if len(asks) < 2:
        return []
    alike = likeness(asks)
    joined, apart = _ruled(asks, alike, rulings)
    groups = _groups(alike, joined, apart, threshold)
    cited = set(citing(asks))
    found = [_thread(asks, alike, group, joined, cited) for group in groups]
    threads = [thread for thread in found if len(thread.members) > 1 and _again(thread)]
    return sorted(threads, key=lambda one: (-_occasions(one), -len(one.members), one.members[0].ask.id, one.wording))


def _occasions(thread: Thread) -> int:
    return len({member.ask.demand.occasion for member in thread.members})


def _again(thread: Thread) -> bool:
    """Whether something is asked again: on another occasion, or by another State in the same review. Paragraphs of the
    same concluding observations ask different things however alike they sound."""
    first = thread.members[0].ask.demand
    return first.direct or _occasions(thread) > 1 or any(one.reason is Reason.DECISION for one in thread.members)


Pair = tuple[int, int]


def _ruled(asks: Sequence[Ask], alike: Matrix, rulings: Sequence[Ruling]) -> tuple[set[Pair], set[Pair]]:
    """Pairs of asks that people joined and parted. Later rulings are heard first; an earlier one yields to them."""
    named: dict[str, list[int]] = defaultdict(list)
    for index, ask in enumerate(asks):
        for name in {ask.id, ask.demand.id}:
            named[name].append(index)
    leader = list(range(len(asks)))
    joined: set[Pair] = set()
    apart: set[Pair] = set()

    def lead(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for ruling in reversed(rulings):
        sides = ([named[name] for name in side if name in named] for side in (ruling.left, ruling.right))
        left, right = sides
        if ruling.together:
            for one, two in _nearest(alike, [*left, *right]):
                first, second = sorted((lead(one), lead(two)))
                if not any({lead(a), lead(b)} == {first, second} for a, b in apart):
                    leader[second] = first
                    joined.add((one, two))
        else:
            for one, two in ((a, b) for places in left for a in places for others in right for b in others):
                if lead(one) != lead(two):
                    apart.add((one, two))
    return joined, apart


def _nearest(alike: Matrix, places: Sequence[Sequence[int]]) -> Iterable[Pair]:
    """For each demand after the first, the pair of asks by which it comes nearest to the first."""
    if not places:
        return
    for others in places[1:]:
        yield max(
            ((a, b) for a in places[0] for b in others if a != b), key=lambda pair: (alike[pair], -pair[0], -pair[1])
        )


def _groups(alike: Matrix, joined: set[Pair], apart: set[Pair], threshold: float) -> list[list[int]]:
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415 (slow to load)

    away = 1.0 - alike
    for one, two in apart:
        away[one, two] = away[two, one] = _APART
    for group in _connected(joined):  # those that people joined are as far from others as they are on average
        middle = away[group].mean(axis=0)
        away[group, :] = middle
        away[:, group] = middle[:, None]
        away[np.ix_(group, group)] = 0.0
    np.fill_diagonal(away, 0.0)
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1.0 - threshold
    ).fit_predict(away)
    groups: dict[int, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        groups[int(cluster)].append(index)
    return list(groups.values())


def _connected(pairs: Iterable[Pair]) -> list[list[int]]:
    groups: list[set[int]] = []
    for pair in sorted(pairs):
        touching = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touching] + [set(pair).union(*touching)]
    return [sorted(group) for group in groups]


def _thread(asks: Sequence[Ask], alike: Matrix, group: Sequence[int], joined: set[Pair], cited: set[Pair]) -> Thread:
    once: dict[str, int] = {}
    for index in sorted(group, key=lambda index: (-alike[index, group].sum(), index)):
        once.setdefault(asks[index].demand.id, index)
    kept = sorted(once.values())
    typical = next(iter(once.values()))
    families = {asks[index].family for index in kept}
    members = tuple(_member(asks, alike, index, kept, joined=joined, cited=cited) for index in kept)
    return Thread(
        family=families.pop() if len(families) == 1 else "",
        wording=_wording(asks, kept, typical),
        lang=asks[typical].demand.lang,
        members=members,
    )


def _wording(asks: Sequence[Ask], kept: Sequence[int], typical: int) -> str:
    """What the most typical member asks, at the length of a line."""
    text = asks[typical].text
    text = text[:1].upper() + text[1:]
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _member(
    asks: Sequence[Ask], alike: Matrix, index: int, kept: Sequence[int], *, joined: set[Pair], cited: set[Pair]
) -> Member:
    """Why an ask is here: beside the nearest of those made on other occasions, else of all."""
    own = asks[index]
    others = [other for other in kept if other != index]
    if not others:
        return Member(own, Reason.WORDS, (), "", 1.0)
    elsewhere = [other for other in others if asks[other].demand.occasion != own.demand.occasion] or others
    nearest = max(elsewhere, key=lambda other: (alike[index, other], -other))
    beside, sure = asks[nearest], float(np.mean([alike[index, other] for other in others]))
    for other in others:
        if (index, other) in joined or (other, index) in joined:
            return Member(own, Reason.DECISION, (), asks[other].id, 1.0)
    if own.family and own.family == beside.family:
        return Member(own, Reason.FAMILY, (own.variant,) if own.variant else (), beside.id, round(sure, 2))
    for other in others:
        if (index, other) in cited:
            return Member(own, Reason.CITATION, shared(own, asks[other]), asks[other].id, _surety(sure))
    return Member(own, Reason.WORDS, shared(own, beside), beside.id, _surety(sure))


def _surety(alike: float) -> float:
    """How sure likeness makes us: the share of pairs of that likeness that readers found to ask the same
    (bench/lineage.py), as a straight line between the threshold and one."""
    return round(min(0.99, 0.75 + 0.25 * (alike - THRESHOLD) / (1 - THRESHOLD)), 2)
