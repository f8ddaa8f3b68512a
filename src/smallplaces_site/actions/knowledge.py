"""Which knowledge reads a file: a digest of the core's code and data. When it changes, the same file is read anew."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import smallplaces

_READS = ("model", "vocab", "text", "sources", "parse")


@cache
def knowledge_version() -> str:
    """Twelve hexadecimal digits that change with anything that decides how a file is read."""
    home = Path(smallplaces.__file__).parent
    total = hashlib.sha256()
    for room in _READS:
        for path in sorted((home / room).rglob("*")):
            if path.suffix in (".py", ".yml", ".json") and path.is_file():
                total.update(path.relative_to(home).as_posix().encode())
                total.update(path.read_bytes())
    return total.hexdigest()[:12]
