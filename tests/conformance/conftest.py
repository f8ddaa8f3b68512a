from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smallplaces.search.backends.tantivy import TantivyBackend
from smallplaces.search.engine import Engine

from .example import ENTRIES
from .naive import NaiveBackend

BACKENDS = {"tantivy": TantivyBackend, "naive": NaiveBackend}


@pytest.fixture(params=BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine without an index."""
    backend: Any = BACKENDS[request.param](tmp_path / "index")
    return Engine(backend=backend)


@pytest.fixture(scope="module", params=BACKENDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that holds the example; only for reading."""
    backend: Any = BACKENDS[request.param](tmp_path_factory.mktemp("index"))
    filled = Engine(backend=backend)
    with filled.rebuild() as batch:
        batch.add(ENTRIES)
        batch.watermark = 100
    yield filled
