"""What the documents point to is there: files, folders, modules named in backquotes, and make targets."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "bench" / "README.md"])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)")
#: A path of this tree in backquotes: it begins with one of these folders.
NAMED = re.compile(r"`((?:src|tests|docs|bench)/[\w./-]+)`")


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_resolve(page: Path) -> None:
    broken = []
    for target, anchor in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / target).resolve()
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            broken.append(f"{target}#{anchor}" if anchor else target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_exist(page: Path) -> None:
    assert [name for name in NAMED.findall(prose(page)) if not (ROOT / name).exists()] == []


def test_every_decision_has_its_parts_and_number() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04d}" for n in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        missing = [part for part in ("## Why", "## Decision", "## What follows") if part not in text]
        assert missing == [], path.name


def test_the_licence_is_the_published_text() -> None:
    text = (ROOT / "LICENSE").read_bytes()
    digest = "8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef"  # GNU AGPL 3.0 of gnu.org
    assert hashlib.sha256(text).hexdigest() == digest


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [
        path.parent.name
        for package in ("smallplaces", "smallplaces_site")
        for path in ROOT.glob(f"src/{package}/*/__init__.py")
    ]
    assert rooms
    assert [room for room in rooms if not re.search(rf"\b{room}\b", text)] == []
    tests = [path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith("_")]
    assert [folder for folder in tests if f"`tests/{folder}`" not in text] == []
