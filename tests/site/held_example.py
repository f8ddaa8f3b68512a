"""The invented example set, loaded once for all tests of a module: what they add is rolled back, the set is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from smallplaces_site.actions.example import load_example, remove_example
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Change, Mark, PlaceRecord, RawFile, Run, StatusAction


@contextmanager
def held_example(home: Path, blocker: Any) -> Iterator[None]:
    """Load the set into ``home`` for a while; ``blocker`` is pytest-django's ``django_db_blocker``."""
    before = settings.HOME
    settings.HOME = home
    engine.cache_clear()
    with blocker.unblock():
        load_example()
        yield
        remove_example()
        for model in (PlaceRecord, StatusAction, Change, Mark, Run, RawFile):  # other modules begin with none
            model._default_manager.all().delete()
    settings.HOME = before
    engine.cache_clear()
