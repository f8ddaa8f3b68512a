"""The shape of the house: floors, sizes, names. Exceptions stand in one list each, with their reasons."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from smallplaces.sources import registry

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
GETTEXT = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "_"}
#: Translates the errors of others: tests/site/test_errors.py looks after their words.
TELLER = "smallplaces_site/web/errors.py"
DRAWERS = {"utils", "util", "helpers", "helper", "lib", "common", "misc", "shared", "tools"}

#: Files that may be longer than LONGEST_FILE lines, each with the reason.
LONG_FILES: dict[str, str] = {}
#: Functions ("file:name") that may be longer than LONGEST_FUNCTION lines, each with the reason.
LONG_FUNCTIONS: dict[str, str] = {}
#: Sources that cannot say how much they should find, each with the reason.
WITHOUT_EXPECTATIONS = {
    "collection": "every institution's collection has its own size",
    "untc": "a handful of scans, chosen by whoever gives them",
}

FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_arrows_run_down_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every import contract of pyproject.toml holds."""
    monkeypatch.chdir(ROOT)
    passed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
    assert passed, capsys.readouterr().out


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE and name not in LONG_FILES} == {}
    assert [name for name in LONG_FILES if lengths.get(name, 0) <= LONGEST_FILE] == [], "no longer an exception"


def test_functions_are_short() -> None:
    lengths = {
        f"{name_of(path)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in FILES
        for node in functions(path)
    }
    long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}
    assert {name: length for name, length in long.items() if name not in LONG_FUNCTIONS} == {}
    assert [name for name in LONG_FUNCTIONS if name not in long] == [], "no longer an exception"


def test_nothing_is_a_drawer() -> None:
    assert [name_of(path) for path in FILES if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_texts_for_translation_are_whole() -> None:
    """No f-strings, no joined or formatted texts, no nameless placeholders: translators need whole sentences."""
    faults = []
    for path in FILES:
        if name_of(path) == TELLER:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in GETTEXT:
                continue
            for argument in node.args[: 2 if node.func.id.startswith(("ngettext", "pgettext")) else 1]:
                text = argument.value if isinstance(argument, ast.Constant) else None
                if not isinstance(text, str) or "{}" in text or "%s" in text or "%d" in text:
                    faults.append(f"{name_of(path)}:{node.lineno}")
    assert faults == []


def test_the_environment_is_read_in_one_place() -> None:
    readers = [
        name_of(path) for path in FILES if "os.environ.get(" in path.read_text() or "getenv(" in path.read_text()
    ]
    assert readers == []


@pytest.mark.parametrize("folder", sorted(path.parent for path in (SOURCE / "smallplaces/sources").glob("*/source.py")))
def test_a_source_is_whole(folder: Path) -> None:
    """Its description can be read, it expects numbers, and a test is named after it."""
    description = registry.get(folder.name).description
    assert description.title
    assert description.publisher
    assert description.licence
    assert description.expect or folder.name in WITHOUT_EXPECTATIONS
    assert list((ROOT / "tests" / "core").glob(f"test_source_{folder.name}*.py")), "it has no test"
