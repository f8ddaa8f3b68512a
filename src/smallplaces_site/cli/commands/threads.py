"""``smallplaces trace``, ``threads`` and ``thread``: the same demand through bodies and years."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from smallplaces.errors import NotFound
from smallplaces.vocab import resolve_state
from smallplaces_site.actions.decide_thread import join_threads, split_thread
from smallplaces_site.actions.index_changes import index_changes
from smallplaces_site.actions.lock import writing
from smallplaces_site.actions.trace import Traced, trace_changes, trace_states
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out, progress, table
from smallplaces_site.corpus.read import states as state_reads
from smallplaces_site.lineage import read

thread = typer.Typer(no_args_is_help=True, help="One thread: show it, join it with others, split demands off.")
app.add_typer(thread, name="thread")

_SHOWN = 90  # characters of a wording
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Who = Annotated[str, typer.Option(help="The person who decides. Kept with the decision.")]
Why = Annotated[str, typer.Option(help="The reason. Kept with the decision.")]


@app.command()
def trace(
    state: Annotated[
        list[str] | None, typer.Option(help="Only this State: a code or name. Repeatable. Default: what changed.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Go through every State.")] = False,
    as_json: Json = False,
) -> None:
    """Bring the threads of demands up to date. An import does this by itself."""
    with progress(quiet=as_json) as watch, writing("trace"):
        chosen = [_state(name) for name in state or ()]
        done = (
            trace_states(chosen, lambda count, total: watch("threads", count, total))
            if chosen
            else trace_changes(lambda count, total: watch("threads", count, total), again=again)
        )
        index_changes()
    if as_json:
        emit(done)
    else:
        _tell(done)


def _tell(done: Traced) -> None:
    out.print(f"{done.states:,} States gone through, {len(done.changed):,} have other threads now: {done.threads:,}")


@app.command()
def threads(
    state: Annotated[str, typer.Option(help="A State: its code or a name of it.")],
    words: Annotated[str, typer.Option(help="Only threads that ask for something in these words.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: Json = False,
) -> None:
    """List what a State was asked again and again, most often first."""
    code = _state(state)
    found = [one for one in read.threads(code) if all(word in one.words for word in words.casefold().split())]
    if as_json:
        emit({"state": code, "total": len(found), "threads": [thread_object(one) for one in found[:limit]]})
        return
    rows: list[list[Any]] = [
        [one.key, one.asked, one.occasions, one.since, one.until, " ".join(one.bodies), _short(one.name("en"))]
        for one in found[:limit]
    ]
    table("", ["thread", "asked", "occasions", "since", "until", "bodies", "what"], rows, numbers=(1, 2))
    out.print(f"{len(found):,} threads")


@thread.command("show")
def show_thread(
    key: Annotated[str, typer.Argument(help="Key of a thread: KOR-1a2b3c4d.")], as_json: Json = False
) -> None:
    """Show every demand of a thread, and why it is there."""
    one, members = read.thread(key), read.members(key)
    if as_json:
        emit({**thread_object(one), "members": [member_object(member) for member in members]})
        return
    out.print(f"[bold]{one.name('en')}[/] ({one.key})", highlight=False)
    rows: list[list[Any]] = [
        [
            number,
            member.date,
            member.demand.work.body,
            " ".join(member.demand.recommending_states),
            member.position,
            member.name,
            f"{member.reason} {member.confidence:.2f}",
            _short(member.text),
        ]
        for number, member in enumerate(members, start=1)
    ]
    heads = ["", "date", "body", "by", "position", "name", "why", "what"]
    table("", heads, rows, numbers=(0,))
    for decision in read.decisions(key):
        out.print(f"{decision.verdict} by {decision.who}, {decision.at:%Y-%m-%d}: {decision.why or 'no reason given'}")


@thread.command("join")
def join(
    keys: Annotated[list[str], typer.Argument(metavar="THREAD...", help="Threads that ask the same.")],
    who: Who,
    why: Why = "",
) -> None:
    """Say that threads make one demand. No machine undoes this."""
    out.print(f"joined: {join_threads(keys, who=who, why=why)}")


@thread.command("split")
def split(
    key: Annotated[str, typer.Argument(metavar="THREAD")],
    members: Annotated[list[str], typer.Argument(metavar="MEMBER...", help="Names or numbers, as `show` lists them.")],
    who: Who,
    why: Why = "",
) -> None:
    """Say that members of a thread do not belong to the rest of it. No machine undoes this."""
    out.print(f"split; the rest: {split_thread(key, members, who=who, why=why)}")


def thread_object(one: read.ThreadView) -> dict[str, Any]:
    """The object that ``--json`` prints of a thread."""
    return {
        "key": one.key,
        "state": one.state,
        "name": one.name("en"),
        "family": one.family,
        "asked": one.asked,
        "occasions": one.occasions,
        "first": one.first,
        "last": one.last,
        "bodies": one.bodies,
        "positions": one.positions,
        "themes": one.themes,
    }


def member_object(member: read.MemberView) -> dict[str, Any]:
    """The object that ``--json`` prints of a member."""
    work, paragraph = member.demand.work, member.demand.paragraph
    return {
        "name": member.name,
        "work": work.key,
        "symbol": work.symbol,
        "paragraph": paragraph.key,
        "number": paragraph.number,
        "item": member.item,
        "date": member.date,
        "body": work.body,
        "session": member.demand.session,
        "cycle": member.demand.cycle,
        "recommending": member.demand.recommending_states,
        "position": member.position,
        "text": member.text,
        "reason": member.reason,
        "evidence": member.evidence,
        "beside": member.beside,
        "confidence": member.confidence,
        "method": member.method,
        "version": member.version,
    }


def _state(name: str) -> str:
    known = resolve_state(name)
    if known is not None:
        return known.code
    if name.upper() in state_reads.counts():
        return name.upper()
    raise NotFound("no State of that name is known here", where=name)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
