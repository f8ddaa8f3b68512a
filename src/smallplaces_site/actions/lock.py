"""One writer at a time, across processes; a second one is told who holds the lock and since when.

Reads and writes: ``<home>/lock`` (the lock itself, released by the kernel when its holder dies) and
``<home>/writer.json`` (who holds it). On PostgreSQL an advisory lock guards the
database too, since two machines may share one.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from filelock import FileLock, Timeout

from smallplaces.errors import Locked

_ADVISORY = 0x5311_91AC  # any number, the same in every process


@contextmanager
def writing(what: str) -> Iterator[None]:
    """Hold the one write lock while ``what`` ("import", "rebuild"…) is done. Raises :class:`Locked`."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Locked(f"another process is writing: {_holder(home)}") from error
    try:
        _sign(home, what)
        with _advisory():
            yield
    finally:
        (home / "writer.json").unlink(missing_ok=True)
        lock.release()


def _sign(home: Path, what: str) -> None:
    record = {"what": what, "pid": os.getpid(), "host": socket.gethostname(), "since": timezone.now().isoformat()}
    draft = home / f".writer-{os.getpid()}"
    draft.write_text(json.dumps(record))
    draft.replace(home / "writer.json")


def _holder(home: Path) -> str:
    try:
        record = json.loads((home / "writer.json").read_text())
    except (OSError, ValueError):
        return "it has not said who it is yet; try again in a moment"
    since = record["since"][:19].replace("T", " ")
    return f"{record['what']}, process {record['pid']} on {record['host']}, since {since} UTC"


@contextmanager
def _advisory() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY])
        if not cursor.fetchone()[0]:
            raise Locked("another machine is writing to this database")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY])
