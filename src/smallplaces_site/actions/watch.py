"""Look for new documents of chosen States and bodies, and fetch those there are.

Reads: the symbols the store holds, an index in a mirror if it has one, and otherwise the addresses of likely next
symbols. Writes: what a fetch writes. Says what was asked for and not found, because a guess that failed proves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from smallplaces.errors import BadFile, BadInput, BadSymbol, NotFound, Unreachable
from smallplaces.model import symbol as symbols
from smallplaces.sources import fetch as fetching
from smallplaces.sources import likely, registry
from smallplaces.sources.http import Client, Wanted
from smallplaces_site.actions.fetch import DOCUMENTS, FetchResult, Target, fetch
from smallplaces_site.actions.import_source import Progress
from smallplaces_site.corpus.read import held

INDEX = "index.jsonl"  # at the root of a mirror: {"symbol": …, "lang": …} a line
_INDEX_LIMIT = 50_000_000
_PATIENCE = 3  # failures after which a pass ends: a server that is down is not asked for all the rest


@dataclass(slots=True)
class Watched:
    """One pass: by what means new documents were looked for, what was asked for in vain, what could not be asked for,
    and what was fetched."""

    means: str  # "index" or "guesses"
    asked: int = 0
    not_there: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    result: FetchResult = field(default_factory=FetchResult)

    @property
    def clean(self) -> bool:
        """Whether everything could be asked for, and everything that is there was taken in."""
        return self.result.clean and not self.failed


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
    guesses = [
        Target(DOCUMENTS, langs[0], symbol)
        for state in states
        for body in bodies
        for symbol in likely.next_symbols(held.symbols_of(state, body), state, body)
    ]
    found: list[Target] = []
    for guess in guesses:
        progress("asking for likely symbols", watched.asked, len(guesses))
        watched.asked += 1
        if _is_there(guess, web, watched):
            found += [Target(DOCUMENTS, lang, guess.symbol) for lang in langs]
        if len(watched.failed) >= _PATIENCE:
            break
    watched.result = fetch(_missing(found), web, progress=progress)
    return watched


def _is_there(target: Target, web: Client, watched: Watched) -> bool:
    """Whether a guess is a document. A web page in its place is what the document system answers to a wrong symbol."""
    try:
        fetching.fetch(web, registry.get(target.source), target.lang, target.symbol)
    except (NotFound, BadFile):
        watched.not_there.append(target.symbol)
        return False
    except Unreachable as error:
        watched.failed.append(str(error))
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
