"""Let every reader of the change log catch up, in the order in which one needs the other.

Reads: the change log. Writes: what its readers write: citations, then threads of demands, which follow
citations, then claims of whose demands are, then deadlines, then the index, which holds citations too,
and last what followers are to be told, which is asked of the index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from smallplaces_site.actions.annotate import Annotated, annotate_changes
from smallplaces_site.actions.claim import Claimed, claim_changes
from smallplaces_site.actions.foresee import Foreseen, foresee_changes
from smallplaces_site.actions.index_changes import Indexed, index_changes, rebuild_index
from smallplaces_site.actions.match import match_changes
from smallplaces_site.actions.trace import Traced, trace_changes

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What the readers did. ``indexed`` is None when the index was to wait."""

    annotated: Annotated
    traced: Traced
    claimed: Claimed
    foreseen: Foreseen
    indexed: Indexed | None


def catch_up(
    progress: Progress = lambda what, done, total: None,
    *,
    index: bool = True,
    again: bool = False,
    rebuild: bool = False,
) -> CaughtUp:
    """Bring everything up to the change log. The caller holds the write lock.

    ``again``: find all citations anew; ``rebuild``: build the index anew; ``index``: bring the index up to date at all.
    """
    annotated = annotate_changes(lambda done, total: progress("citations", done, total), again=again)

    traced = trace_changes(lambda done, total: progress("threads", done, total))

    claimed = claim_changes(lambda done, total: progress("claims", done, total))

    foreseen = foresee_changes(lambda done, total: progress("deadlines", done, total))

    def tell(done: int, total: int | None) -> None:
        progress("index", done, total)

    indexed = (rebuild_index if rebuild else index_changes)(tell) if index else None
    if index:
        match_changes()
    return CaughtUp(annotated, traced, claimed, foreseen, indexed)
