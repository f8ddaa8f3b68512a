"""Labels are found by the names they have in other languages."""

from __future__ import annotations

import pytest

from smallplaces.search.backends.tantivy import TantivyBackend
from smallplaces.search.engine import Engine
from smallplaces.search.schema import Entry

from .example import entry


@pytest.fixture
def labelled(empty: Engine) -> Engine:
    """Two English paragraphs and a French one with labels, a Korean one without."""

    def with_theme(number: int, text: str, value: str, lang: str = "en", facet: str = "theme") -> Entry:
        return entry(number, text, lang, labels=(value,), facets={facet: (value,)})

    with empty.batch() as batch:
        batch.add(
            [
                with_theme(1, "Open shelters in every district.", "Violence against women"),
                with_theme(2, "Ouvrir des foyers.", "Violence against women", "fr"),
                with_theme(3, "Abolish capital punishment.", "Death penalty"),
                with_theme(4, "Build ramps.", "Persons with disabilities", facet="group"),
                with_theme(5, "Paint the town.", "An invented theme"),
                entry(6, "여성폭력을 예방한다.", "ko"),
            ]
        )
    return empty


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("여성폭력", {1, 2, 6}),
        ("여성 폭력", {1, 2, 6}),
        ("violencia contra la mujer", {1, 2}),
        ("العنف ضد المرأة", {1, 2}),
        ("насилие женщин", {1, 2}),
        ("死刑", {3}),
        ("사형 폐지", {3}),
        ("장애인", {4}),
        ("peine de mort", {3}),
        ("violence against women", {1, 2}),
        ("theme:여성폭력", {1, 2}),
        ('theme:"peine de mort"', {3}),
        ("theme:사형", {3}),
        ("group:장애인", {4}),
        ("theme:invented", {5}),
    ],
)
def test_a_label_is_found_by_its_name_in_any_language(labelled: Engine, query: str, found: set[int]) -> None:
    results = labelled.search(query)
    assert {hit.id for hit in results.hits} == found
    assert not results.fuzzy
    if isinstance(labelled.backend, TantivyBackend):  # the naive one has no need of a list of all
        assert set(labelled.matching(query)) == found


def test_a_text_comes_before_a_label_and_each_hit_says_which_it_was(labelled: Engine) -> None:
    hits = labelled.search("여성폭력").hits
    assert hits[0].id == 6
    assert hits[0].matched == ("text",)
    assert {hit.matched for hit in hits[1:]} == {("label",)}


def test_filters_and_counts_hold_for_labels_too(labelled: Engine) -> None:
    results = labelled.search("여성폭력", filters={"lang": ["fr"]}, facets=("theme", "lang"))
    assert [hit.id for hit in results.hits] == [2]
    assert dict(results.facets["lang"]) == {"en": 1, "fr": 1, "ko": 1}


@pytest.mark.parametrize("query", ["여성 사형", "-여성폭력 여성폭력", "text:여성폭력", "invented 여성폭력", "폭력*"])
def test_only_plain_words_that_stand_in_one_name_mean_a_label(labelled: Engine, query: str) -> None:
    assert {hit.id for hit in labelled.search(query).hits} <= {6} or labelled.search(query).fuzzy
