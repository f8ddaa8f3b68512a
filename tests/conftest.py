"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the real corpus; without it the test is skipped and says so."""
    folder = os.environ.get("SMALLPLACES_CORPUS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SMALLPLACES_CORPUS is not set to the folder of the real corpus")
    return Path(folder)


@pytest.fixture
def home(tmp_path: Path, settings: SettingsWrapper) -> Iterator[Path]:
    """A home folder of this test's own: archive, index, reports and lock are in it."""
    from smallplaces_site.corpus.index import engine  # noqa: PLC0415  # needs Django's settings

    engine.cache_clear()
    settings.HOME = tmp_path
    yield tmp_path
    engine.cache_clear()
