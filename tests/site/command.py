"""Run ``smallplaces`` as people do: a process of its own, over a home folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def environment(home: Path) -> dict[str, str]:
    """The process environment, with this home and without a database of somebody else's."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return {**kept, "SMALLPLACES_HOME": str(home)}


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a command and do not wait."""
    return subprocess.Popen(
        [sys.executable, "-m", "smallplaces_site.cli", *arguments],
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
