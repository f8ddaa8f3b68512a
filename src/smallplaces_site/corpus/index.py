"""The search engine of this site: one a process, over the index folder in the home."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from smallplaces.search.engine import Engine
from smallplaces_site.corpus.read.targets import spellings


@cache
def engine() -> Engine:
    """The engine. Opened at the first question, not at start-up."""
    return Engine(Path(settings.HOME) / "index", cited=spellings)
