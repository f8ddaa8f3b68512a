"""Finding articles of the plain guide by a question in any of the seven languages."""

from __future__ import annotations

import pytest

from smallplaces.search.plain_guide import find_in_guide


def found(text: str, lang: str) -> list[tuple[str, str]]:
    return [(article.instrument, article.number) for article in find_in_guide(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("주거", "ko"),
        ("housing", "en"),
        ("vivienda", "es"),
        ("السكن", "ar"),
        ("жилье", "ru"),
        ("住房", "zh"),
        ("logement", "fr"),
    ],
)
def test_housing_leads_to_the_article_on_the_standard_of_living(text: str, lang: str) -> None:
    assert found(text, lang)[0] == ("ICESCR", "11")


def test_korean_is_korean_on_a_page_in_another_language() -> None:
    assert found("탈시설", "fr")[0] == ("CRPD", "19")


def test_a_title_weighs_more_than_an_example() -> None:
    assert found("fair trial", "en")[0] == ("ICCPR", "14")


@pytest.mark.parametrize("text", ["", "  ", "xyzzy", "쀍쀍", "((", "a" * 5000])
def test_what_the_guide_does_not_speak_of_is_not_found(text: str) -> None:
    assert found(text, "en") == []
