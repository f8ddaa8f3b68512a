"""Decide on a thread: join threads that ask the same, or split off demands that do not belong.

Reads: threads. Writes: the decision, for ever, with who and why; then the threads of that State. Raises
:class:`NotFound` for a thread or member that is none, :class:`BadInput` for a decision that decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.index_changes import index_changes
from smallplaces_site.actions.lock import writing
from smallplaces_site.actions.trace import trace_state
from smallplaces_site.lineage.models import Decision, Member, Thread
from smallplaces_site.lineage.read import row_of
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import Membership


def join_threads(keys: Sequence[str], *, who: str = "", by: Membership | None = None, why: str = "") -> str:
    """Say that these threads make one demand; the key under which it is found from now on. ``by`` signs it (the caller
    has asked :func:`smallplaces_site.people.rights.require`); ``who`` on the command line."""
    with writing("thread join"):
        threads = [row_of(key) for key in dict.fromkeys(keys)]
        if len({thread.pk for thread in threads}) < 2:
            raise BadInput("Choose at least two different threads to join.")
        if len({thread.state for thread in threads}) > 1:
            raise BadInput("These threads are demands to different States: they cannot be joined.")
        first, *others = threads
        left = _names(first)
        right = [name for thread in others for name in _names(thread)]
        _decide(first.state, Decision(verdict="join", left=left, right=right, who=who, why=why), by)
        return _key_of(first.state, left[0])


def split_thread(
    key: str, members: Sequence[str], *, who: str = "", by: Membership | None = None, why: str = ""
) -> str:
    """Say that these members do not belong to the rest of the thread; the key under which the rest is found.

    A member is named as the thread lists it ("CRPD/C/KOR/CO/1#38"), or by its number in the list ("3"). Signed as in
    :func:`join_threads`.
    """
    with writing("thread split"):
        thread = row_of(key)
        held = _names(thread)
        left = [_named(member, held, key) for member in dict.fromkeys(members)]
        right = [name for name in held if name not in left]
        if not left or not right:
            raise BadInput("Choose some of the members, and not all of them.", where=key)
        _decide(thread.state, Decision(verdict="split", left=left, right=right, who=who, why=why), by)
        return _key_of(thread.state, right[0])


def _names(thread: Thread) -> list[str]:
    return list(thread.members.order_by("place").values_list("name", flat=True))


def _named(member: str, held: Sequence[str], key: str) -> str:
    if member.isdecimal() and 0 < int(member) <= len(held):
        return held[int(member) - 1]
    if member in held:
        return member
    raise NotFound("This thread does not hold %(member)s.", member=member, where=key)


def _decide(state: str, decision: Decision, by: Membership | None) -> None:
    decision.who = signature(by) if by else decision.who.strip()
    if not decision.who:
        raise BadInput("A decision needs the name of the person who makes it.")
    decision.state, decision.why, decision.at = state, decision.why.strip(), timezone.now()
    with transaction.atomic():
        decision.save()
        record(by, "thread.decide", decision.left[0], detail={"decision": decision.pk, "verdict": decision.verdict})
        trace_state(state)
    index_changes()


def _key_of(state: str, name: str) -> str:
    found = Member.objects.filter(thread__state=state, name=name).order_by("-thread__asked").first()
    return found.thread.key if found else ""
