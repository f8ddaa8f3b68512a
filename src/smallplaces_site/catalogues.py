"""Message catalogues: the texts people translate (``locale/*/LC_MESSAGES/django.po``) made into what gettext reads.

Reads: ``.po``. Writes: the ``.mo`` beside each, when it is older. Needs no tool but Babel.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent / "locale"


def compile_catalogues(folder: Path = LOCALE) -> int:
    """Compile the catalogues that changed since they were last compiled; how many.

    A catalogue appears whole or not at all, so that two processes may do this at once.
    """
    count = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
        with os.fdopen(handle, "wb") as stream:
            write_mo(stream, catalogue)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
        count += 1
    return count
