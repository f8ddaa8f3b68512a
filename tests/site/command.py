"""Run ``smallplaces`` as people do: a process of its own, over a home folder of its own."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

SERVER = os.environ.get("DATABASE_URL", "")


def environment(home: Path) -> dict[str, str]:
    """The process environment, with this home; and where the tests run on PostgreSQL, with this home's own database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return {**kept, "SMALLPLACES_HOME": str(home), **({"DATABASE_URL": address(home)} if SERVER else {})}


@cache
def address(home: Path) -> str:
    """The address of a PostgreSQL database made for this home."""
    name = "home_" + hashlib.sha256(str(home).encode()).hexdigest()[:12]
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    return f"{SERVER.rpartition('/')[0]}/{name}"


@contextmanager
def store(home: Path) -> Iterator[Any]:
    """A connection to the home's database behind the program's back. Commits at the end."""
    if SERVER:
        with psycopg.connect(address(home)) as connection:
            yield connection
        return
    connection = sqlite3.connect(home / "smallplaces.sqlite3")
    with closing(connection), connection:
        yield connection


def line(*arguments: str) -> list[str]:
    """The line that runs a command."""
    return [sys.executable, "-m", "smallplaces_site.cli", *arguments]


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a command and do not wait."""
    return subprocess.Popen(
        line(*arguments),
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(home: Path, *arguments: str, code: int = 0) -> str:
    """Run a command to its end; its standard output. Fails when it ends with another code."""
    process = start(home, *arguments)
    out, err = process.communicate(timeout=300)
    assert process.returncode == code, f"{arguments} ended with {process.returncode}:\n{out}\n{err}"
    return out


def run_json(home: Path, *arguments: str, code: int = 0) -> Any:
    """Run a command with ``--json``; the object it printed."""
    return json.loads(run(home, *arguments, "--json", code=code))
