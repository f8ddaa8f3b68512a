"""The signing key: made once, kept in the home folder, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path, given: str) -> str:
    """``given`` when set; else the key kept in ``home/secret``, made at the first call."""
    if given:
        return given
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f".secret-{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # the first of two starts wins; the other reads its key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
