"""What every test of the site needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from smallplaces_site.api.main import api


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """The folder of static files, which `make run` fills: without it the server warns at every start."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def no_rate_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests ask more often than people do; the limit has tests of its own."""
    monkeypatch.setattr(api.throttle, "number", 1_000_000)


@pytest.fixture(scope="module")
def static_files(static_folder: None) -> None:
    """The static files, collected as `smallplaces init` does: pages name them by their hashes."""
    call_command("collectstatic", verbosity=0, interactive=False)
