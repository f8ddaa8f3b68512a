"""Errors are raised in English and told in the language of the page, in whole sentences."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django import forms
from django.utils.translation import override

import smallplaces
import smallplaces_site
from smallplaces import errors
from smallplaces.errors import PLACEHOLDER, BadInput, BrokenPromise, NotFound, Sentence, Unreachable, UserError
from smallplaces.model.language import CODES
from smallplaces_site.catalogues import LOCALE, read_catalogue
from smallplaces_site.web.errors import add_to, told

CORE = Path(smallplaces.__file__).resolve().parent
SITE = Path(smallplaces_site.__file__).resolve().parent

#: Whatever says who may: pages tell it by the names of the roles (forbidden.html), and the rest see it.
_RIGHTS = "people/rights.py"
#: Modules of the site whose errors no page shows, each with the reason. A folder ends with a stroke.
UNSEEN = {
    "cli/": "the command line speaks English",
    "api/": "the API speaks English",
    "assistant/": "the assistant's protocol speaks English",
    "project/": "settings are read by whoever runs the site",
    "actions/admit.py": "people are admitted by the command line alone",
    "actions/backup.py": "backups are made by the command line alone",
    "actions/fetch.py": "files are fetched by the command line alone",
    "actions/import_files.py": "files are imported by the command line alone",
    "actions/import_source.py": "sources are imported by the command line alone",
    "actions/lock.py": "the lock is held by the command line alone",
    "actions/send_mail.py": "letters are sent again by the command line alone",
    "actions/train.py": "models are trained by the command line alone",
    "alerts/outbox.py": "letters are written by us: a letter that cannot be is a mistake of ours",
    _RIGHTS: "a page says by itself who may (forbidden.html)",
}
#: Errors that are never shown on a page: a bug of ours, and what a log says of a server that was called.
SILENT = {BrokenPromise.__name__, Unreachable.__name__}


def _named(tree: ast.AST, known: set[str]) -> set[str]:
    """The errors that some code makes of others."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in known for base in node.bases)
    }


@cache
def _trees() -> dict[str, ast.Module]:
    """The code, by its name: that of the core begins with "core/"."""
    core = {f"core/{path.relative_to(CORE).as_posix()}": path for path in sorted(CORE.rglob("*.py"))}
    site = {path.relative_to(SITE).as_posix(): path for path in sorted(SITE.rglob("*.py"))}
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in {**core, **site}.items()}


@cache
def _errors() -> frozenset[str]:
    """The names of all errors whose message a person may see."""
    ours = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, UserError)}
    while more := {name for tree in _trees().values() for name in _named(tree, ours)} - ours:
        ours |= more
    return frozenset(ours - SILENT)


@cache
def _worded() -> frozenset[str]:
    """What is given its words: sentences, and errors but those of which the words are always the same."""
    same = {
        kind.name
        for tree in _trees().values()
        for kind in ast.walk(tree)
        if isinstance(kind, ast.ClassDef) and kind.name in _errors()
        for one in kind.body
        if isinstance(one, ast.FunctionDef) and one.name == "__init__" and one.args.args[1].arg != "template"
    }
    return _errors() - same | {Sentence.__name__}


def _made(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """Every error that some code makes: its line, and the first thing that it is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name) and node.func.id in _worded():
            yield node.lineno, node.args[0]
        elif isinstance(node, ast.ClassDef) and node.name in _errors():
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__" and call.args:
                    yield call.lineno, call.args[0]


def _seen(name: str) -> bool:
    return not name.startswith("core/") and not name.startswith(tuple(UNSEEN))


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() or text.startswith(("“", "%(")) if text.endswith(".") else text.endswith(": %(faults)s")


@cache
def templates() -> dict[str, str]:
    """Every sentence of an error that a page can show, and where it is first raised.

    What the core says in a sentence may be read on a page. Whoever imports reads the other half of its errors, which
    say in a few words what is wrong with a file or a record.
    """
    found: dict[str, str] = {}
    for name, tree in _trees().items():
        for line, given in _made(tree):
            text = given.value if isinstance(given, ast.Constant) else None
            if isinstance(text, str) and (_seen(name) or (name.startswith("core/") and _is_sentence(text))):
                found.setdefault(text, f"{name}:{line}")
    return found


def test_the_reader_of_the_code_finds_errors() -> None:
    """Otherwise the tests below would hold of nothing."""
    assert {"BadInput", "NotFound", "Overtaken", "Forbidden"} <= _errors()
    assert len(templates()) > 200
    assert "Give the brief a title." in templates()
    assert "“%(given)s” holds more than one symbol." in templates()
    assert "Answer these first, or say that you have no information." in templates(), "the words of a class of its own"
    assert all(any(name.startswith(unseen) for name in _trees()) for unseen in UNSEEN), "no longer an exception"


def test_an_error_that_a_page_shows_is_a_whole_sentence_with_named_values() -> None:
    """No f-string, no joined text, nothing translated where it is raised."""
    wrong = []
    for name, tree in _trees().items():
        if not _seen(name):
            continue
        for line, given in _made(tree):
            passed_on = isinstance(given, ast.Name) and given.id == "template"
            constant = isinstance(given, ast.Constant) and isinstance(given.value, str)
            if not passed_on and not (constant and _is_sentence(given.value)):  # type: ignore[attr-defined]
                wrong.append(f"{name}:{line}: {ast.unparse(given)}")
    assert wrong == [], "see CONTRIBUTING.md, Words of the pages"


def test_an_error_is_given_the_values_that_its_sentence_names() -> None:
    wrong = []
    for name, tree in _trees().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _worded()):
                continue
            if not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            text = ast.unparse(node.args[0])
            wanted, given = set(PLACEHOLDER.findall(text)), {one.arg for one in node.keywords}
            if not wanted <= given or not given - {"where", "field"} <= wanted:
                wrong.append(f"{name}:{node.lineno}: {text}")
    assert wrong == []


@pytest.mark.parametrize("lang", [lang for lang in CODES if lang != "en"])
def test_every_error_is_translated_with_the_same_values(lang: str) -> None:
    catalogue = read_catalogue(LOCALE / lang / "LC_MESSAGES")
    wrong = {}
    for template, where in templates().items():
        message = catalogue.get(template)
        said = str(message.string) if message is not None else ""
        if not said or sorted(set(PLACEHOLDER.findall(said))) != sorted(set(PLACEHOLDER.findall(template))):
            wrong[template] = f"{where}: {said or 'not in errors.po'}"
    assert wrong == {}


# -- what is told ------------------------------------------------------------------------------------------------------


def test_the_command_line_and_the_api_are_told_in_english() -> None:
    error = NotFound("There is no course called “%(where)s” here.", where="x{y}%(z)s")
    with override("ko"):
        assert str(error) == error.message == "There is no course called “x{y}%(z)s” here."
        assert told(error) == "없는 과정입니다: “x{y}%(z)s”."


def test_where_is_told_after_a_sentence_that_does_not_name_it() -> None:
    assert str(BadInput("Give the brief a title.", where="line 3")) == "Give the brief a title (line 3)."
    assert str(BadInput("is not JSON", where="a.json")) == "is not JSON (a.json)"
    assert str(BadInput("100% wrong", where="%(s)s")) == "100% wrong (%(s)s)"
    with override("ko"):
        assert told(BadInput("Give the brief a title.", where="3행")) == "보고서의 제목을 적어 주십시오 (3행)."


def test_a_list_is_told_with_the_commas_of_the_language() -> None:
    error = BadInput("Lists can be had as %(known)s, not as “%(given)s”.", known=("csv", "xlsx"), given="pdf")
    assert error.message == "Lists can be had as csv, xlsx, not as “pdf”."
    with override("zh"):
        assert told(error) == "清单可导出为 csv、xlsx，不能导出为“pdf”。"


def test_a_value_does_not_pull_an_arabic_sentence_about() -> None:
    error = NotFound("There is no course called “%(where)s” here.", where="CRPD/C (2)")
    with override("ar"):
        assert told(error) == "لا يوجد هنا مقرر باسم «\u2068CRPD/C (2)\u2069»."
    with override("fr"):
        assert "\u2068" not in told(error)


def test_an_error_stands_at_the_field_that_it_names() -> None:
    class Brief(forms.Form):
        title = forms.CharField(required=False)
        revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    form = Brief({"title": ""})
    assert form.is_valid()
    with override("ko"):
        add_to(form, BadInput("Give the brief a title.", field="title"))
        add_to(form, BadInput("Nothing is answered yet.", field="revision"))
        add_to(form, BadInput("Nothing is answered yet.", field="elsewhere"))
    assert form.errors["title"] == ["보고서의 제목을 적어 주십시오."]
    assert len(form.non_field_errors()) == 2, "nobody sees a field that is hidden"
