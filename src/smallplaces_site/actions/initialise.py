"""Make the home folder ready: tables, messages, static files, an index at the change log, the example set on request.

Reads: migrations, catalogues, static files. Writes: the database's tables, ``<home>/static``, the index.
Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import smallplaces
from smallplaces.sources import registry
from smallplaces_site.actions.annotate import behind
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.example import load_example
from smallplaces_site.actions.lock import writing
from smallplaces_site.catalogues import compile_catalogues
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.models import Work
from smallplaces_site.corpus.touched import last_change
from smallplaces_site.learn.keys import make_key


def initialise(*, example: bool = False) -> list[str]:
    """Bring the home folder up to this version and its index up to the store; what was done, a sentence each.

    ``example``: put the example set into an empty store. Raises :class:`Locked`.
    """
    steps: dict[str, Callable[[], object]] = {
        "made the tables": make_tables,
        "made the key that signs certificates": make_key,
        "compiled the message catalogues": compile_catalogues,
        "collected the static files": _collect_static,
    }
    done = [said for said, step in steps.items() if step()]
    if example and not Work.objects.exists() and any(s.description.name == "example" for s in registry.all()):
        load_example()
        done.append("loaded the invented example set (take it away with: smallplaces example remove)")
    if any(behind()) or engine().backend.state() != "ready" or engine().backend.watermark() != last_change():
        with writing("init"):
            caught_up = catch_up()
        if caught_up.annotated.read:
            done.append(f"found what {caught_up.annotated.read:,} paragraphs cite")
        if caught_up.indexed is not None:
            done.append(f"indexed {caught_up.indexed.written:,} paragraphs")
    return done


def waiting_migrations() -> int:
    """How many changes of the tables this version has and the database has not."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_tables() -> bool:
    """Bring the database's tables up to this version; whether anything was to do. Raises :class:`Locked`."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    if not waiting_migrations():
        return False
    with writing("init"):
        call_command("migrate", verbosity=0, stdout=StringIO())
    return True


def _collect_static() -> bool:
    """Collect static files when this version's are not there yet."""
    mark = Path(settings.STATIC_ROOT) / ".version"
    version = f"{smallplaces.__version__} {_newest_static()}"
    if mark.exists() and mark.read_text() == version:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=False, stdout=StringIO())
    mark.write_text(version)
    return True


def _newest_static() -> str:
    files = Path(__file__).parent.parent.glob("*/static/**/*")
    return str(max((int(path.stat().st_mtime) for path in files if path.is_file()), default=0))
