"""Import a folder or file: find the sources that read it, import each, bring citations and index up to date.

Reads: a folder. Writes: everything an import writes. One writer at a time; one source that fails stops no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smallplaces.errors import BadFile
from smallplaces.sources import registry
from smallplaces_site.actions.annotate import Annotated
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.import_source import Outcome, Progress, import_source, interrupted
from smallplaces_site.actions.index_changes import Indexed
from smallplaces_site.actions.lock import writing


@dataclass(slots=True)
class Imported:
    """The outcomes of every source, what no source reads, the citations found, and what the index took in."""

    outcomes: list[Outcome] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    cited: Annotated | None = None
    indexed: Indexed | None = None
    resumed: list[str] = field(default_factory=list)  # sources whose earlier import had been interrupted

    @property
    def clean(self) -> bool:
        """Whether nothing was refused and nothing failed."""
        return all(outcome.outcome == "done" for outcome in self.outcomes)


def import_files(
    paths: Sequence[Path],
    *,
    only: str = "",
    progress: Progress = lambda source, done, total: None,
    again: bool = False,
    accept_withdrawals: bool = False,
    index: bool = True,
    options: dict[str, Any] | None = None,
) -> Imported:
    """Import what the sources find in ``paths`` (``only``: one source by name).

    Raises :class:`Locked` when another process writes, :class:`BadFile` when a path is not there or no source reads
    anything in it, :class:`NotFound` for an unknown source, :class:`NoRoom` when the disk is full.
    """
    chosen = registry.get(only) if only else None
    matches = [match for path in paths for match in registry.match(path, chosen)]
    result = Imported(unread=[name for path in paths for name in registry.unmatched(path)] if not only else [])
    if not matches:
        known = ", ".join(sorted(source.description.name for source in registry.all()))
        raise BadFile(f"no source reads anything here; the sources are {known}", where=", ".join(map(str, paths)))
    with writing("import"):
        result.resumed = [run.source for run in interrupted()]
        for source, files in matches:
            result.outcomes.append(
                import_source(
                    source,
                    files,
                    progress=progress,
                    again=again,
                    accept_withdrawals=accept_withdrawals,
                    options=options,
                )
            )
        caught_up = catch_up(progress, index=index)
        result.cited, result.indexed = caught_up.annotated, caught_up.indexed
    return result
