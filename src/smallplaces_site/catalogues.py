"""Message catalogues: the texts people translate (``locale/*/LC_MESSAGES/*.po``) made into what gettext reads.

Reads: ``.po``. Writes: one ``django.mo`` a language, when it is older. Needs no tool but Babel.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent / "locale"


def read_catalogue(folder: Path) -> Catalog:
    """One language's messages: those of ``django.po`` and of every other ``.po`` beside it (one a room)."""
    first, *others = sorted(folder.glob("*.po"), key=lambda path: path.name != "django.po")
    catalogues = []
    for path in (first, *others):
        with path.open("rb") as stream:
            catalogues.append(read_po(stream, locale=folder.parent.name))
    whole = catalogues[0]
    for catalogue in catalogues[1:]:
        for message in catalogue:
            if message.id and whole.get(message.id, message.context) is None:
                whole[message.id] = message
    return whole


def compile_catalogues(folder: Path = LOCALE) -> int:
    """Compile the catalogues that changed since they were last compiled; how many.

    A catalogue appears whole or not at all, so that two processes may do this at once.
    """
    count = 0
    for place in sorted(folder.glob("*/LC_MESSAGES")):
        target = place / "django.mo"
        newest = max(source.stat().st_mtime for source in place.glob("*.po"))
        if target.exists() and target.stat().st_mtime >= newest:
            continue
        catalogue = read_catalogue(place)
        handle, draft = tempfile.mkstemp(dir=place, prefix=".draft-")
        with os.fdopen(handle, "wb") as stream:
            write_mo(stream, catalogue)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
        count += 1
    return count
