from __future__ import annotations

import subprocess
import sys

import pytest

from smallplaces.search.concepts import named, says_nothing, sought_in
from smallplaces.search.korean_terms import PATH, kept, read_again


def codes(text: str, lang: str) -> list[tuple[str, ...]]:
    return [concept for place in named(text.split(), lang) for concept in place.concepts]


@pytest.mark.parametrize(
    ("text", "lang", "concept"),
    [
        ("Enforced Disappearances", "en", "enforced-disappearance"),
        ("disparitions forcées", "fr", "enforced-disappearance"),
        ("desaparicion forzada", "es", "enforced-disappearance"),
        ("насильственных исчезновений", "ru", "enforced-disappearance"),
        ("والاختفاء القسري", "ar", "enforced-disappearance"),
        ("强迫失踪", "zh", "enforced-disappearance"),
        ("강제실종을", "ko", "enforced-disappearance"),
        ("양심적 병역거부", "ko", "conscientious-objection"),
        ("정당한 편의제공", "ko", "reasonable-accommodation"),
    ],
)
def test_a_concept_is_known_in_any_form_of_its_words(text: str, lang: str, concept: str) -> None:
    assert codes(text, lang) == [(concept,)]


def test_the_longest_term_wins() -> None:
    assert codes("abolition of the death penalty", "en") == [("abolition-of-death-penalty",)]
    assert codes("death penalty", "en") == [("death-penalty",)]
    assert codes("women with disabilities", "en") == [("women-with-disabilities",)]


def test_prefixes_that_turn_a_word_name_other_concepts_or_none() -> None:
    assert codes("처벌", "ko") == []
    assert codes("불처벌", "ko") == [("impunity",)]
    assert codes("정규직", "ko") == []
    assert codes("비정규직", "ko") == [("non-regular-workers",)]
    assert codes("등록", "ko") == []


def test_two_concepts_in_one_chinese_run_are_two() -> None:
    assert codes("残疾人的受教育权", "zh") == [("persons-with-disabilities",), ("right-to-education",)]


def test_words_that_say_nothing_beside_a_concept() -> None:
    assert says_nothing("prohibition", "en")
    assert says_nothing("권리의", "ko")
    assert not says_nothing("torture", "en")
    assert not says_nothing("Busan", "en")


def test_a_term_inside_another_stands_for_both() -> None:
    sought = [match.word for match in sought_in("adequate-housing", "en")]
    assert "adequate housing" in sought
    assert "right to adequate housing" not in sought


def test_the_kept_readings_of_korean_terms_are_those_of_the_analyser() -> None:
    now = {form: tuple((term,) for term in found.split()) for form, found in read_again().items()}
    differing = {form for form, places in kept().items() if form in now and now[form] != places}
    assert not differing, f"python -m smallplaces.search.korean_terms writes {PATH.name} again"


def test_asking_in_english_for_korean_texts_does_not_load_the_korean_analyser() -> None:
    code = (
        "import sys; from smallplaces.search.concepts import may_be_in, sought_in; assert sought_in('torture', 'ko'); "
        "assert not may_be_in(['torture'], 'ko'); assert 'kiwipiepy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
