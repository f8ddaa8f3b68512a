"""Look for new documents of chosen States and bodies, and fetch those there are.

Reads: the symbols the store holds, an index in a mirror if it has one, and otherwise the addresses of likely next
symbols. Writes: what a fetch writes. Says what was asked for and not found, because a guess that failed proves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from smallplaces.errors import BadFile, BadInput, BadSymbol, NotFound
from smallplaces.model import symbol as symbols
from smallplaces.sources import fetch as fetching
from smallplaces.sources import likely, registry
from smallplaces.sources.http import Client, Wanted
from smallplaces_site.actions.fetch import DOCUMENTS, FetchResult, Target, fetch
from smallplaces_site.actions.import_source import Progress
from smallplaces_site.corpus.read import held

INDEX = "index.jsonl"  # at the root of a mirror: {"symbol": …, "lang": …} a line
_INDEX_LIMIT = 50_000_000


@dataclass(slots=True)
class Watched:
    """One pass: by what means new documents were looked for, what was asked for in vain, and what was fetched."""

    means: str  # "index" or "guesses"
    asked: int = 0
    not_there: list[str] = field(default_factory=list)
    result: FetchResult = field(default_factory=FetchResult)


def watch(
    states: Sequence[str],
    bodies: Sequence[str],
    langs: Sequence[str],
    web: Client,
    *,
    progress: Progress = lambda what, done, total: None,
) -> Watched:
    """One pass over the chosen States and bodies. Raises what :func:`fetch` raises."""
    listed = _index(web)
    if listed is not None:
        wanted = [target for target in listed if _chosen(target, states, bodies, langs)]
        watched = Watched("index", asked=len(wanted))
        watched.result = fetch(_missing(wanted), web, progress=progress)
        return watched
    watched = Watched("guesses")
    found: list[Target] = []
    for state in states:
        for body in bodies:
            for symbol in likely.next_symbols(held.symbols_of(state, body), state, body):
                progress(f"asking for {body} {state}", watched.asked, None)
                watched.asked += 1
                first = Target(DOCUMENTS, langs[0], symbol)
                if _is_there(first, web, watched):
                    found += [Target(DOCUMENTS, lang, symbol) for lang in langs]
    watched.result = fetch(_missing(found), web, progress=progress)
    return watched


def _is_there(target: Target, web: Client, watched: Watched) -> bool:
    """Whether a guess is a document. A web page in its place is what the document system answers to a wrong symbol."""
    try:
        fetching.fetch(web, registry.get(target.source), target.lang, target.symbol)
    except (NotFound, BadFile):
        watched.not_there.append(target.symbol)
        return False
    return True


def _missing(wanted: Sequence[Target]) -> list[Target]:
    return [target for target in wanted if target.lang not in held.languages_of(target.symbol)]


def _chosen(target: Target, states: Sequence[str], bodies: Sequence[str], langs: Sequence[str]) -> bool:
    known = symbols.parse(target.symbol)
    return known.state in states and known.body in bodies and target.lang in langs


def _index(web: Client) -> list[Target] | None:
    """What a mirror says it holds; None without a mirror or an index. Lines that make no sense are passed over."""
    if web.mirror is None:
        return None
    if web.mirror.folder is not None:
        path = web.mirror.folder / INDEX
        if not path.is_file():
            return None
    else:
        address = Wanted(f"{web.mirror.url.rstrip('/')}/{INDEX}", ("json",), (), _INDEX_LIMIT)
        try:
            path = web.fetch_from_mirror(address).path
        except (NotFound, BadFile):
            return None
    targets = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            entry = json.loads(line)
            targets.append(Target(DOCUMENTS, str(entry["lang"]), symbols.parse(str(entry["symbol"])).canonical))
        except (ValueError, KeyError, TypeError, BadSymbol, BadInput):
            continue
    return targets
