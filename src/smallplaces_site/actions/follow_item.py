"""Follow a recommendation, a thread or a cluster; change what is followed; end it. Right: followup.plan.

Reads: documents, threads, places. Writes: Item, Member, Deed. Following the same thing twice for one place changes
nothing. Raises :class:`~smallplaces.errors.NotFound` for a paragraph, thread or place that is none, :class:`BadInput`
for what concerns another State, and :class:`~smallplaces_site.people.rights.Forbidden`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces.vocab import resolve_sdg
from smallplaces_site.actions.allowed import Who, allowed
from smallplaces_site.corpus.read import documents
from smallplaces_site.followup.history import changed, note
from smallplaces_site.followup.models import Item, Member, Unit
from smallplaces_site.followup.where import located
from smallplaces_site.lineage import read as threads
from smallplaces_site.people.deeds import signature

RIGHT = "followup.plan"
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Target:
    """What shall be followed: a paragraph (document and paragraph, in any spelling) or a thread."""

    work_key: str = ""
    paragraph_key: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    work_key: str
    paragraph_key: str
    thread: str
    title: str
    lang: str
    states: tuple[str, ...]


@transaction.atomic
def follow(who: Who, target: Target, *, place: str = "", state: str = "") -> Item:
    """Follow a paragraph or a thread, for a place or (without one) for its State as a whole."""
    found = _find(target)
    if not place and not state and len(found.states) == 1:
        state = found.states[0]
    state, place = located(state, place)
    by = allowed(who, RIGHT, state, place)
    _concerns(found, state)
    kind = Item.Kind.THREAD if found.thread else Item.Kind.PARAGRAPH
    item, new = Item.objects.get_or_create(
        state=state,
        place=place,
        kind=kind,
        work_key=found.work_key,
        paragraph_key=found.paragraph_key,
        thread=found.thread,
        defaults={"title": found.title, "lang": found.lang, "by": signature(by)},
    )
    if new:
        note(by, RIGHT, item, "started", place=place)
    elif item.ended is not None:
        item.ended = None
        item.save(update_fields=["ended"])
        note(by, RIGHT, item, "taken up again", place=place)
    return item


@transaction.atomic
def follow_cluster(
    who: Who, name: str, targets: Sequence[Target], *, place: str = "", state: str = "", lang: str = ""
) -> Item:
    """Follow several things as one, under a name that an officer gives."""
    state, place = located(state, place)
    by = allowed(who, RIGHT, state, place)
    title = " ".join(name.split())
    if not title:
        raise BadInput("Give the group of recommendations a name.", field="name")
    if not targets:
        raise BadInput("Put at least one recommendation into the group.", field="members")
    item = Item.objects.create(
        kind=Item.Kind.CLUSTER,
        state=state,
        place=place,
        title=title[:_LONGEST_TITLE],
        lang=lang,
        by=signature(by),
    )
    note(by, RIGHT, item, "started", place=place)
    _gather(item, targets)
    return item


@transaction.atomic
def gather(who: Who, item_id: int, targets: Sequence[Target]) -> Item:
    """Put more into a cluster."""
    item = item_row(item_id)
    by = allowed(who, RIGHT, item.state, item.place)
    if item.kind != Item.Kind.CLUSTER:
        raise BadInput("Only a group holds several recommendations.", where=str(item))
    before = item.members.count()
    _gather(item, targets)
    after = item.members.count()
    if after != before:
        note(by, RIGHT, item, "gathered", changes={"members": [before, after]}, place=item.place)
    return item


def _gather(item: Item, targets: Iterable[Target]) -> None:
    for target in targets:
        found = _find(target)
        _concerns(found, item.state)
        Member.objects.get_or_create(
            item=item,
            work_key=found.work_key,
            paragraph_key=found.paragraph_key,
            thread=found.thread,
            defaults={"title": found.title, "lang": found.lang},
        )


@transaction.atomic
def change_item(
    who: Who,
    item_id: int,
    *,
    title: str | None = None,
    sdgs: Iterable[str] | None = None,
    units: Iterable[int] | None = None,
) -> Item:
    """Change the name of a cluster, the goals, or the units that are responsible. What is None stays."""
    item = item_row(item_id)
    by = allowed(who, RIGHT, item.state, item.place)
    before = _facts(item)
    if title is not None and item.kind == Item.Kind.CLUSTER:
        item.title = " ".join(title.split())[:_LONGEST_TITLE] or item.title
    if sdgs is not None:
        item.sdgs = goals(sdgs)
    item.save(update_fields=["title", "sdgs"])
    if units is not None:
        item.units.set(responsible(units, item.state, item.place))
    if changes := changed(before, _facts(item)):
        note(by, RIGHT, item, "changed", changes=changes, place=item.place)
    return item


@transaction.atomic
def end_item(who: Who, item_id: int, *, why: str = "") -> Item:
    """Follow it no longer. Everything that was said stays."""
    item = item_row(item_id)
    by = allowed(who, RIGHT, item.state, item.place)
    if item.ended is None:
        item.ended = timezone.now()
        item.save(update_fields=["ended"])
        note(by, RIGHT, item, "ended", changes={"why": ["", why.strip()]} if why.strip() else {}, place=item.place)
    return item


def item_row(item_id: int) -> Item:
    """The row of an item. Raises :class:`NotFound`."""
    found = Item.objects.filter(pk=item_id).first()
    if found is None:
        raise NotFound("Nothing with the number %(where)s is followed here.", where=str(item_id))
    return found


def goals(given: Iterable[str]) -> list[str]:
    """Codes of goals and targets of the 2030 Agenda, each once. Raises :class:`BadInput` for what is none."""
    found = []
    for text in given:
        goal = resolve_sdg(text) if text.strip() else None
        if text.strip() and goal is None:
            raise BadInput("There is no goal or target “%(where)s”.", where=text[:60], field="sdgs")
        if goal is not None:
            found.append(goal.code)
    return list(dict.fromkeys(found))


def responsible(ids: Iterable[int], state: str, place: str) -> list[Unit]:
    """The units of these ids, of this place or of the State. Raises :class:`BadInput` for one of elsewhere."""
    wanted = set(ids)
    found = list(Unit.objects.filter(pk__in=wanted, state=state, place__in={place, ""}))
    if len(found) != len(wanted):
        raise BadInput("One of the departments that you chose belongs to another place.", field="units")
    return found


def _facts(item: Item) -> dict[str, object]:
    names = sorted(str(unit) for unit in item.units.all())
    return {"title": item.title, "sdgs": list(item.sdgs), "units": names}


def _concerns(found: _Found, state: str) -> None:
    if found.states and state not in found.states:
        raise BadInput(
            "“%(title)s” was asked of %(states)s, not of %(state)s.",
            title=found.title[:60],
            states=found.states,
            state=state,
        )


def _find(target: Target) -> _Found:
    if target.thread:
        thread = threads.thread(target.thread)
        return _Found("", "", thread.key, _short(thread.wording), thread.lang, (thread.state,))
    work = documents.work(target.work_key)
    editions = sorted(
        work.editions, key=lambda one: documents.FALLBACK.index(one.lang) if one.lang in documents.FALLBACK else 99
    )
    for edition in editions:
        try:
            paragraph = documents.paragraph(edition.id, target.paragraph_key)
        except NotFound:
            continue
        return _Found(work.key, paragraph.key, "", _short(paragraph.text), edition.lang, work.states)
    raise NotFound(
        "The document %(document)s has no paragraph %(paragraph)s here.",
        document=target.work_key,
        paragraph=target.paragraph_key,
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
