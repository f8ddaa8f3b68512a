"""The message catalogues: they can be compiled, and no translation loses or invents a placeholder or a tag."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from smallplaces.model.language import CODES
from smallplaces_site.catalogues import LOCALE, compile_catalogues

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?\w+[^>]*>|\{\w*\}")
_ANONYMOUS = re.compile(r"(?<!%)%[sdr]|\{\}")
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def _forms(text: object) -> list[str]:
    """One text, or its singular and plurals."""
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text or "")]


def test_there_is_a_catalogue_for_every_language() -> None:
    assert {path.parts[-3] for path in CATALOGUES} == set(CODES)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_keep_what_the_text_holds(path: Path) -> None:
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=path.parts[-3])
    for message in catalogue:
        if not message.id:
            continue
        asked = _forms(message.id)
        assert not any(_ANONYMOUS.search(text) for text in asked), message.id
        allowed = [sorted(_PLACEHOLDER.findall(text)) for text in asked]
        for text in filter(None, _forms(message.string)):
            assert not message.fuzzy, message.id
            held = sorted(_PLACEHOLDER.findall(text))
            # "one" and "two" may be written out in words, so a plural may lack its number.
            assert held in allowed or (len(asked) > 1 and set(held) < set(allowed[-1])), (message.id, text)


def test_compiling_again_does_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "House"\nmsgstr "집"\n')
    assert (compile_catalogues(tmp_path), compile_catalogues(tmp_path)) == (1, 0)
    with (folder / "django.mo").open("rb") as stream:
        assert read_mo(stream)["House"].string == "집"
