"""The reference pages are what the code is; to refresh them: python docs/generate.py."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from smallplaces.config import SETTINGS
from smallplaces.sources import registry

DOCS = Path(__file__).resolve().parents[2] / "docs"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate = load()

PROMISED = (
    *("init", "import", "search", "show", "export", "serve"),
    *("rebuild", "doctor", "backup", "restore", "sources"),
)


@pytest.mark.parametrize("name", generate.PAGES)
def test_the_page_is_current(name: str) -> None:
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert written == generate.PAGES[name](), f"docs/reference/{name} is out of date: run python docs/generate.py"


def test_every_setting_is_on_its_page() -> None:
    page = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in page] == []
    assert [setting.name for setting in SETTINGS if not setting.help.endswith((".", "…"))] == []


def test_every_source_is_on_its_page() -> None:
    page = (DOCS / "reference" / "sources.md").read_text(encoding="utf-8")
    names = [source.description.name for source in registry.all()]
    assert [name for name in names if f"\n## {name}\n" not in page] == []


def test_every_command_of_the_house_is_on_its_page() -> None:
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert set(PROMISED) <= set(re.findall(r"^## (\w+)$", page, flags=re.M))
