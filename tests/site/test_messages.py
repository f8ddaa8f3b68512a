"""What the pages say, they say in seven languages, with the same placeholders; and nothing goes past gettext."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.template.base import DebugLexer, TokenType
from django.utils.translation.template import templatize

import smallplaces_site
from smallplaces.model.language import CODES
from smallplaces_site.catalogues import LOCALE, read_catalogue

SITE = Path(smallplaces_site.__file__).resolve().parent
TEMPLATES = sorted(SITE.rglob("templates/**/*.html"))
MODULES = sorted(path for path in SITE.rglob("*.py") if "migrations" not in path.parts)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
SENTENCE = re.compile(r"[A-Z][a-z]+ \w+|[a-z]+ [a-z]+ [a-z]+ ")
WORD = re.compile(r"[^\W\d_]{2,}")
#: The functions of gettext that the site uses.
KEYWORDS = (
    "_",
    *(f"{name}{lazy}" for name in ("gettext", "ngettext", "pgettext", "npgettext") for lazy in ("", "_lazy")),
)
#: (context, text): the text is a pair where it counts something.
Key = tuple[str | None, str | tuple[str, str]]

#: How the catalogues are brought up to date.
UPDATE = "add it to the catalogue of its room: see CONTRIBUTING.md, Words of the pages"

#: Templates that speak one language only, each with the reason.
UNTRANSLATED = {"500.html": "shown when the site cannot even read its settings"}
#: Words in templates that are the same in every language, each with the reason.
SAME_EVERYWHERE = {
    "Small Places": "the name of the site",
    "· Small Places": "the name of the site",
    "Eleanor Roosevelt, 1958": "the name of a person",
    "CSV": "a format",
    "DOCX": "a format",
    "HTML": "a format",
    "XLSX": "a format",
    "JSON": "a format",
    "JSON-LD": "a format",
    "SHA-256": "an algorithm",
    "· SHA-256": "an algorithm",
}
#: Attributes that people read or hear.
READ_ALOUD = {"title", "alt", "placeholder", "aria-label", "aria-description", "data-count", "data-done", "label"}


def _python(source: bytes) -> Iterator[Key]:
    """The messages of some Python code."""
    found: Any = extract_python(io.BytesIO(source), dict.fromkeys(KEYWORDS), (), {})
    for _line, function, texts, _comments in found:
        given = [texts] if isinstance(texts, str) else [text for text in texts or () if text]
        context = given.pop(0) if "pgettext" in function and given else None
        if given:
            yield context, (given[0], given[1]) if function.startswith(("ngettext", "npgettext")) else given[0]


def _template(path: Path) -> Iterator[Key]:
    """The messages of a template, which Django turns into calls of gettext."""
    lines = templatize(path.read_text(encoding="utf-8"), origin=path.name).splitlines()
    calls = re.findall(r"\b(?:_|n?p?gettext)\((?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^()])*\)", "\n".join(lines))
    return _python("\n".join(calls).encode())


@cache
def used() -> dict[Key, str]:
    """Every message that the site says, and where it is first said."""
    found: dict[Key, str] = {}
    for path in MODULES:
        for key in _python(path.read_bytes()):
            found.setdefault(key, path.relative_to(SITE).as_posix())
    for path in TEMPLATES:
        for key in _template(path):
            found.setdefault(key, path.relative_to(SITE).as_posix())
    return found


@cache
def catalogue(lang: str) -> Catalog:
    return read_catalogue(LOCALE / lang / "LC_MESSAGES")


def messages(lang: str) -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """(message, its texts in English, its texts in ``lang``)."""
    for message in catalogue(lang):
        if message.id:
            yield message, _forms(message.id), _forms(message.string)


def _forms(text: Any) -> tuple[str, ...]:
    return tuple(str(form or "") for form in text) if isinstance(text, tuple | list) else (str(text or ""),)


def test_the_site_says_something() -> None:
    """The two readers find what they are to find; otherwise the tests below would hold of nothing."""
    assert len(used()) > 200
    assert (None, "Search") in used()
    assert any(isinstance(text, tuple) for _, text in used())
    assert any(context for context, _ in used())
    assert (None, "not recorded") in used(), "a text inside a variable"


@pytest.mark.parametrize("lang", CODES)
def test_every_message_is_there(lang: str) -> None:
    held = {(message.context, own if len(own) > 1 else own[0]) for message, own, _ in messages(lang)}
    missing = {key: where for key, where in used().items() if key not in held}
    assert missing == {}, UPDATE


@pytest.mark.parametrize("lang", CODES)
def test_a_message_stands_in_one_file(lang: str) -> None:
    """All files of a language are read as one: of two translations of a message one would be lost in silence."""
    homes: dict[tuple[str | None, str], list[str]] = {}
    for path in sorted((LOCALE / lang / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=lang):
                if message.id:
                    homes.setdefault((message.context, _forms(message.id)[0]), []).append(path.name)
    assert {key: names for key, names in homes.items() if len(names) > 1} == {}


@pytest.mark.parametrize("lang", [lang for lang in CODES if lang != "en"])
def test_every_message_is_translated(lang: str) -> None:
    """English needs no translation: an empty one falls back to the message itself."""
    forms = catalogue(lang).num_plurals
    wanting = [
        own[0]
        for message, own, said in messages(lang)
        if message.fuzzy or not all(said) or len(said) != (forms if message.pluralizable else 1)
    ]
    assert wanting == []


@pytest.mark.parametrize("lang", CODES)
def test_no_message_is_fuzzy(lang: str) -> None:
    assert [own[0] for message, own, _ in messages(lang) if message.fuzzy] == []


def _without_number(lang: str) -> list[bool]:
    """Which plural forms stand for none, one or two only, so that the number may be written out or left out."""
    form = c2py(catalogue(lang).plural_expr)
    beyond = {form(number) for number in range(3, 1000)}
    return [index not in beyond for index in range(catalogue(lang).num_plurals)]


@pytest.mark.parametrize("lang", CODES)
def test_placeholders_are_the_same(lang: str) -> None:
    wrong = []
    for _message, own, said in messages(lang):
        wanted = set(PLACEHOLDER.findall(own[-1]))
        lenient = _without_number(lang) if len(own) > 1 else [False]
        for text, may_lack in zip(said, lenient, strict=False):
            there = set(PLACEHOLDER.findall(text))
            if text and (not there <= wanted if may_lack else there != wanted):
                wrong.append((own[-1], text))
            if PLACEHOLDER.sub("", text).count("%") != PLACEHOLDER.sub("", own[-1]).count("%"):
                wrong.append((own[-1], text))
    assert wrong == []


@pytest.mark.parametrize("lang", ["ko", "ar", "ru", "zh"])
def test_a_translation_is_not_the_english_text(lang: str) -> None:
    assert [own[0] for _, own, said in messages(lang) if said == own and WORD.search(own[0])] == []


def test_a_date_in_an_arabic_text_stands_by_itself() -> None:
    """Browsers turn 2027-04-09 round after Arabic letters, unless it stands between isolates."""
    loose = re.compile("(?<![\u2066-\u2068\\d-])\\d{4}-\\d\\d")
    assert [text for _, _, said in messages("ar") for text in said if loose.search(text)] == []


class _Visible(HTMLParser):
    """Collects what people read of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "code"}:
            self._unseen.append(tag)
        self.found += [value or "" for name, value in attrs if name in READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def bypassing(source: str) -> list[str]:
    """Texts of a template that people read and gettext does not."""
    html: list[str] = []
    inside = False
    for token in DebugLexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = name == "blocktranslate" or (inside and name != "endblocktranslate")
        elif token.token_type is TokenType.VAR and not inside:
            html.append("0")
        elif token.token_type is TokenType.TEXT and not inside:
            html.append(token.contents)
    page = _Visible()
    page.feed("".join(html))
    texts = (" ".join(text.split()) for text in page.found)
    return [text for text in texts if WORD.search(text) and text.strip("0 ") not in SAME_EVERYWHERE]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_of_a_template_goes_past_gettext(path: Path) -> None:
    found = bypassing(path.read_text(encoding="utf-8"))
    assert bool(found) == (path.name in UNTRANSLATED), found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %} {{ name }}</p>', []),
        ("<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</p>", []),
        ("<p>{% if a %}by {% endif %}{{ b }}</p>", ["by 0"]),
        ('<img alt="A picture">', ["A picture"]),
        ("""<img alt="{% translate 'A picture' %}">""", []),
        ("<code>smallplaces init</code><script>let a</script>", []),
    ],
)
def test_the_lint_finds_what_it_is_to_find(source: str, found: list[str]) -> None:
    assert bypassing(source) == found


def _sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Strings of some code that read like a sentence and are neither docstrings nor given to gettext."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    excused: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            excused.add(id(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {*KEYWORDS, *ERRORS}:
            excused.update(id(argument) for argument in node.args)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in excused:
            yield from [(node.lineno, node.value)] if SENTENCE.match(node.value) else ()


#: Errors are raised in English and translated where they are shown: test_errors.py looks after their words.
ERRORS = frozenset({"NotFound", "Forbidden", "BadInput"})
#: Sentences in the code of the pages that nobody reads in another language, each with the reason.
SENTENCES = {
    "treaty status of ": "the query written into an exported file, which is read by machines",
    "days of procedures of ": "the query written into an exported file, which is read by machines",
    "Personal data of those who agreed: only for the purpose that they were told.": "the licence in such a file",
    "Small Places": "the name of the house",
}


def test_no_sentence_of_the_pages_code_goes_past_gettext() -> None:
    found = [
        (path.relative_to(SITE).as_posix(), line, text)
        for path in sorted((SITE / "web").rglob("*.py"))
        for line, text in _sentences(path)
        if text not in SENTENCES
    ]
    assert found == []
