"""Saving the threads of one State: whole or not at all, with the names that readers know them by.

Reads and writes: Thread, Member. Reads: Decision.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from smallplaces.enrich.lineage import METHOD, VERSION, Ruling
from smallplaces.enrich.lineage import Thread as Found
from smallplaces_site.corpus.models import WorkKey
from smallplaces_site.lineage.models import Decision, Member, Thread


def rulings(state: str) -> list[Ruling]:
    """What people decided of the demands to a State, earliest first. A document that has another key by now is found
    by the one it had."""
    rows = list(Decision.objects.filter(state=state).order_by("pk"))
    works = {name.partition("#")[0] for row in rows for name in (*row.left, *row.right)}
    keys = dict(WorkKey.objects.filter(key__in=works).values_list("key", "work__key"))

    def now(names: Sequence[str]) -> tuple[str, ...]:
        parts = (name.partition("#") for name in names)
        return tuple(f"{keys.get(work, work)}#{rest}" for work, _, rest in parts)

    return [Ruling(row.verdict == Decision.Verdict.JOIN, now(row.left), now(row.right)) for row in rows]


def save(state: str, found: Sequence[Found], paragraphs: dict[str, int]) -> bool:
    """Put these threads in the place of the State's threads; whether anything changed.

    ``paragraphs``: id of a demand -> its row. A thread keeps its key when most of its members do.
    """
    named = _keyed(state, found)
    wanted = {key: _rows(thread, paragraphs) for key, (thread, _) in named.items()}
    if wanted == _held(state) and not _renamed(state, named):
        return False
    with transaction.atomic():
        Thread.objects.filter(state=state).delete()
        threads = Thread.objects.bulk_create(
            _thread(state, key, thread, former) for key, (thread, former) in named.items()
        )
        Member.objects.bulk_create(
            Member(thread=thread, place=place, method=METHOD, version=VERSION, **dict(zip(_FIELDS, row, strict=True)))
            for thread in threads
            for place, row in enumerate(wanted[thread.key])
        )
    return True


_FIELDS = ("paragraph_id", "name", "item", "text", "date", "reason", "evidence", "beside", "confidence")
Row = tuple[int, str, str, str, str, str, list[str], str, float]


def _rows(thread: Found, paragraphs: dict[str, int]) -> list[Row]:
    return [
        (
            paragraphs[member.ask.demand.id],
            member.ask.id,
            member.ask.item,
            member.ask.text,
            member.ask.demand.date,
            str(member.reason),
            list(member.evidence),
            member.beside,
            member.confidence,
        )
        for member in thread.members
    ]


def _held(state: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    members = Member.objects.filter(thread__state=state, version=VERSION).order_by("thread_id", "place")
    for key, *row in members.values_list("thread__key", *_FIELDS):
        rows.setdefault(key, []).append(tuple(row))
    return rows


def _renamed(state: str, named: dict[str, tuple[Found, list[str]]]) -> bool:
    held = {row.key: (row.family, row.wording) for row in Thread.objects.filter(state=state)}
    return held != {key: (thread.family, thread.wording) for key, (thread, _) in named.items()}


def _thread(state: str, key: str, found: Found, former: list[str]) -> Thread:
    dates = sorted(filter(None, (member.ask.demand.date for member in found.members)))
    return Thread(
        key=key,
        state=state,
        family=found.family,
        wording=found.wording,
        lang=found.lang,
        former=former,
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
        asked=len(found.members),
        occasions=len({member.ask.demand.occasion for member in found.members}),
    )


def _keyed(state: str, found: Sequence[Found]) -> dict[str, tuple[Found, list[str]]]:
    """Each thread with its key, and the former keys it answers to.

    An old key goes to the thread that has most of the old members, each thread keeping one; a key that is left over
    leads to the thread that took in most of its members.
    """
    former = {row.key: row.former for row in Thread.objects.filter(state=state)}
    claims = _claims(state, found)
    keys: dict[int, str] = {}
    for key, index in claims:
        if index not in keys and key not in keys.values():
            keys[index] = key
    taken = {*former, *(name for names in former.values() for name in names)}
    for index, thread in enumerate(found):
        if index not in keys:
            keys[index] = _new_key(state, thread, taken)
            taken.add(keys[index])
    formers: dict[int, set[str]] = {index: set(former.get(key, ())) for index, key in keys.items()}
    for key, index in claims:
        if key not in keys.values() and not any(key in names for names in formers.values()):
            formers[index].update([key, *former[key]])
    return {keys[index]: (thread, sorted(formers[index])) for index, thread in enumerate(found)}


def _claims(state: str, found: Sequence[Found]) -> list[tuple[str, int]]:
    """(old key, index of a thread) by how many members they have in common, most first. The same words asked and the
    same known demand count for more: what asks two things stands in two threads."""
    home: dict[str, list[tuple[str, str, str]]] = {}
    rows = Member.objects.filter(thread__state=state)
    for name, *what in rows.values_list("name", "text", "thread__family", "thread__key"):
        home.setdefault(name, []).append((what[0], what[1], what[2]))
    common: Counter[tuple[str, int]] = Counter()
    for index, thread in enumerate(found):
        for member in thread.members:
            for text, family, key in home.get(member.ask.id, ()):
                common[key, index] += 1 + 2 * (text == member.ask.text) + 2 * (family == thread.family)
    return [pair for pair, _count in sorted(common.items(), key=lambda item: (-item[1], item[0]))]


def _new_key(state: str, thread: Found, taken: set[str]) -> str:
    """The State and eight digits made of what the thread began with."""
    for attempt in range(len(taken) + 1):
        named = f"{thread.family}|{thread.members[0].ask.id}|{attempt}"
        key = f"{state}-{hashlib.sha256(named.encode()).hexdigest()[:8]}"
        if key not in taken:
            return key
    raise AssertionError("more keys are taken than there are threads")
