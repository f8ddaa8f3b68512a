"""Which Work is meant: found by any of its keys, made, brought up to date, or merged with its double.

Reads: Work, WorkKey. Writes: Work, WorkKey, WorkState, and Changes of kind WORK and MERGED.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from smallplaces.model import document
from smallplaces_site.corpus.log import Log
from smallplaces_site.corpus.models import Change, Edition, Paragraph, Reading, Run, Work, WorkKey, WorkState

_PLAIN = ("kind", "symbol", "body", "adopted", "distributed", "entered", "year", "session")


class Works:
    """Finds and keeps Works during one run. ``rank`` decides whose fields win when sources differ."""

    def __init__(self, run: Run, rank: int, log: Log) -> None:
        self._run = run
        self._rank = rank
        self._log = log
        self._told: set[tuple[int, str]] = set()  # what this run has said of a Work already

    def resolve(self, described: Iterable[document.Work]) -> list[Work]:
        """The stored Work of each description, in order; made where none of its keys is known."""
        described = list(described)
        names = {name for work in described for name in (work.key, *work.aliases)}
        known: dict[str, Work] = {
            row.key: row.work for row in WorkKey.objects.filter(key__in=names).select_related("work")
        }
        by_id: dict[int, Work] = {}
        for name, work in known.items():  # one object a Work, so that two updates in a batch do not undo one another
            known[name] = by_id.setdefault(work.pk, work)
        return [self._resolve_one(work, known) for work in described]

    def _resolve_one(self, described: document.Work, known: dict[str, Work]) -> Work:
        names = (described.key, *described.aliases)
        found = list({known[name].pk: known[name] for name in names if name in known}.values())
        if not found:
            work = self._make(described)
        else:
            work = found[0]
            for double in found[1:]:
                self._merge(work, double, known)
            self._update(work, described)
        fresh = [name for name in dict.fromkeys(names) if name not in known]
        WorkKey.objects.bulk_create([WorkKey(key=name, work=work) for name in fresh])
        known.update(dict.fromkeys(fresh, work))
        return work

    def _make(self, described: document.Work) -> Work:
        values = {name: _plain(getattr(described, name)) for name in _PLAIN}
        work = Work.objects.create(
            key=described.key,
            title=dict(described.title),
            states=list(described.states),
            facts=dict(described.facts),
            ranks=dict.fromkeys(
                (
                    *(name for name, value in values.items() if value not in (None, "")),
                    *(["states"] if described.states else []),
                    *(f"title.{lang}" for lang in described.title),
                    *(f"fact.{name}" for name in described.facts),
                ),
                self._rank,
            ),
            **{**values, "year": described.year or _year(described)},
        )
        _concern(work, described.states)
        self._told.update((work.pk, name) for name in work.ranks)
        return work

    def _update(self, work: Work, described: document.Work) -> None:
        """Take over what this source says better or says first; log it when a reader would see the difference."""
        before = {name: getattr(work, name) for name in _PLAIN}
        states = list(work.states)
        titles, facts = dict(work.title), dict(work.facts)
        for name in _PLAIN:
            value = _plain(getattr(described, name))
            if value not in (None, "") and self._outranks(work, name):
                setattr(work, name, value)
                work.ranks[name] = self._rank
        if work.year is None:
            work.year = _year(described)
        self._add_states(work, described.states)
        for lang, title in described.title.items():
            if title and self._outranks(work, f"title.{lang}"):
                work.title[lang] = title
                work.ranks[f"title.{lang}"] = self._rank
        for name, value in described.facts.items():
            if self._outranks(work, f"fact.{name}"):
                work.facts[name] = value
                work.ranks[f"fact.{name}"] = self._rank
        after = {name: getattr(work, name) for name in _PLAIN}
        if (before, states, titles, facts) == (after, work.states, work.title, work.facts):
            return
        work.save()
        if states != work.states:
            WorkState.objects.filter(work=work).delete()
            _concern(work, work.states)
        self._log.add(
            Change.What.WORK,
            work=work,
            detail={name: str(value) for name, value in before.items() if value != after[name]},
        )

    def _add_states(self, work: Work, states: Sequence[str]) -> None:
        """A better source's States take the place of others; sources of one rank add theirs to one another's."""
        known = work.ranks.get("states", -1)
        if states and self._rank >= known:
            kept = work.states if self._rank == known else []
            work.states = list(dict.fromkeys([*kept, *states]))
            work.ranks["states"] = self._rank

    def _outranks(self, work: Work, name: str) -> bool:
        """Whether this source may say what ``name`` is. In one run the first word stands: the parts of a document that
        differ would otherwise change it to and fro at every import."""
        if (work.pk, name) in self._told:
            return False
        self._told.add((work.pk, name))
        return bool(self._rank >= work.ranks.get(name, -1))

    def _merge(self, work: Work, double: Work, known: dict[str, Work]) -> None:
        """Two Works turn out to be one (a source knows both their names): the double's editions move over."""
        gone: list[int] = []  # paragraphs that became one with their twin
        for edition in Edition.objects.filter(work=double):
            twin = Edition.objects.filter(work=work, lang=edition.lang).first()
            if twin is None:
                Edition.objects.filter(pk=edition.pk).update(work=work)
            else:
                gone.extend(_move_paragraphs(edition, twin))
                Change.objects.filter(edition=edition).update(edition=twin)
                edition.delete()
        WorkKey.objects.filter(work=double).update(work=work)
        missing = [state for state in double.states if state not in work.states]
        _concern(work, missing)
        work.states = [*work.states, *missing]
        for lang, title in double.title.items():
            work.title.setdefault(lang, title)
        work.facts = {**double.facts, **work.facts}
        work.save()
        Change.objects.filter(work=double).update(work=work)
        old_key = double.key
        double.delete()
        for name, owner in list(known.items()):
            if owner is double:
                known[name] = work
        self._log.add(Change.What.MERGED, work=work, detail={"merged": old_key, "paragraphs": gone})


def _move_paragraphs(source: Edition, target: Edition) -> Iterator[int]:
    """Bring the paragraphs of one edition under another; the same key becomes one paragraph with both readings.

    Yields the ids of the paragraphs that are gone.
    """
    twins = dict(Paragraph.objects.filter(edition=target).values_list("key", "pk"))
    for paragraph in Paragraph.objects.filter(edition=source):
        twin = twins.get(paragraph.key)
        if twin is None:
            Paragraph.objects.filter(pk=paragraph.pk).update(edition=target)
            continue
        shown = Reading.objects.filter(paragraph_id=twin, shown=True).first()
        own = set(Reading.objects.filter(paragraph_id=twin, current=True).values_list("source", flat=True))
        for reading in Reading.objects.filter(paragraph=paragraph):
            reading.paragraph_id = twin
            reading.shown = reading.shown and shown is None
            reading.current = reading.current and reading.source not in own
            reading.save()
        yield paragraph.pk
        paragraph.delete()


def _concern(work: Work, states: Iterable[str]) -> None:
    WorkState.objects.bulk_create([WorkState(work=work, state=state) for state in dict.fromkeys(states)])


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, document.Kind) else value


def _year(described: document.Work) -> int | None:
    for day in (described.adopted, described.distributed):
        if isinstance(day, date):
            return day.year
    return described.year
