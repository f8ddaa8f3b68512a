"""A store of a whole module: what its tests add is rolled back, what it loads first stays until its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection

from smallplaces_site.actions.example import load_example
from smallplaces_site.corpus.index import engine

_DJANGOS = {"django_content_type", "auth_permission"}  # made by migrations, the same for every module


@contextmanager
def held(home: Path, blocker: Any) -> Iterator[None]:
    """Rows kept for a while beside ``home``; ``blocker`` is pytest-django's ``django_db_blocker``."""
    before = settings.HOME
    settings.HOME = home
    engine.cache_clear()
    with blocker.unblock():
        try:
            yield
        finally:
            _empty()
    settings.HOME = before
    engine.cache_clear()


@contextmanager
def held_example(home: Path, blocker: Any) -> Iterator[None]:
    """The invented example set, loaded into ``home`` for a while."""
    with held(home, blocker):
        load_example()
        yield


def _empty() -> None:
    """Empty every table, logs and marks too: the next module begins with none."""
    names = sorted({*connection.introspection.django_table_names(only_existing=True)} - _DJANGOS)
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), names))
