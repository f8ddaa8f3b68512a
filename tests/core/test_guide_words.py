"""The words of the glossary are found in a text as people print them, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallplaces.guide import glossary, words_in
from smallplaces.model.language import CODES


def found(text: str, lang: str, *, everyday: bool = False) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.term.code) for f in words_in(text, lang, everyday=everyday)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The Concluding  observations came late.", "Concluding  observations=concluding-observations"),
        (
            "en",
            "a list of issues and lists of issues prior to reporting",
            "list of issues=list-of-issues lists of issues prior to reporting=list-of-issues-prior-to-reporting",
        ),
        ("en", "An NHRI with A status", "NHRI=nhri A status=a-status"),
        ("en", "nhri, a status quo", ""),
        ("en", "They noted it in session.", ""),
        ("ko", "최종견해에서는 강제퇴거를 다룹니다.", "최종견해=concluding-observations 강제퇴거=forced-eviction"),
        (
            "ko",
            "보고 전 쟁점목록과 쟁점목록",
            "보고 전 쟁점목록=list-of-issues-prior-to-reporting 쟁점목록=list-of-issues",
        ),
        ("ko", "재비준안과 비준동의안", ""),
        ("ko", "불처벌입니다", "불처벌=impunity"),
        ("fr", "l'intérêt supérieur de l'enfant", "intérêt supérieur de l'enfant=best-interests"),
        ("es", "las observaciones finales del Comité", "observaciones finales=concluding-observations"),
        ("ar", "وقائمة المسائل", "قائمة المسائل=list-of-issues"),
        ("ar", "والاختفاء القسري", "الاختفاء القسري=enforced-disappearance"),
        ("ru", "Парижские принципы, статус А", "Парижские принципы=paris-principles статус А=a-status"),
        ("zh", "委员会通过的结论性意见和问题清单", "结论性意见=concluding-observations 问题清单=list-of-issues"),
        ("xx", "concluding observations", ""),
    ],
)
def test_words_are_found_as_they_are_printed(lang: str, text: str, expected: str) -> None:
    assert " ".join(f"{word}={code}" for word, code in found(text, lang)) == expected


def test_everyday_words_are_found_when_asked_for() -> None:
    assert found("The State noted it.", "en", everyday=True) == [("noted", "noted")]
    assert found("The State noted it.", "en-GB") == []


def test_a_term_is_given_at_its_first_place_only() -> None:
    assert [f.start for f in words_in("torture and ill-treatment; ill-treatment", "en")] == [12]


@pytest.mark.parametrize("lang", CODES)
def test_every_spelling_finds_its_own_term(lang: str) -> None:
    for term in glossary().values():
        for spelling in term.spellings(lang):
            assert found(spelling, lang, everyday=True) == [(spelling, term.code)], spelling


@given(text=st.text(), lang=st.sampled_from(CODES))
def test_spans_lie_in_the_text_in_order_and_apart(text: str, lang: str) -> None:
    ends = [0]
    for start, end, _ in words_in(text, lang, everyday=True):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
