"""Facets, order, pages and groups, on every backend."""

from __future__ import annotations

import pytest

from smallplaces.errors import BadInput
from smallplaces.search.engine import Engine

from .example import entry


def test_facets_count_all_that_matches(engine: Engine) -> None:
    results = engine.search("housing", facets=("kind", "state", "year"), limit=1)
    assert results.facets == {
        "kind": (("concluding-observations", 1), ("general-comment", 1), ("upr-working-group-report", 1)),
        "state": (("XEX", 2), ("XOT", 1)),
        "year": (("1991", 1), ("2014", 1), ("2020", 1)),
    }


def test_only_the_facets_asked_for_are_counted(engine: Engine) -> None:
    assert engine.search("housing").facets == {}


def test_a_chosen_value_does_not_hide_its_alternatives(engine: Engine) -> None:
    results = engine.search("housing", facets=("kind", "year"), filters={"kind": ["general-comment"]})
    assert results.total == 1
    assert len(results.facets["kind"]) == 3
    assert results.facets["year"] == (("1991", 1),)


def test_values_of_one_facet_are_alternatives_and_facets_limit_one_another(engine: Engine) -> None:
    filters = {"kind": ["concluding-observations", "upr-working-group-report"], "year": ["2014"]}
    assert {hit.id for hit in engine.search("", filters=filters).hits} == {1, 2}


def test_facets_of_nothing_are_empty(engine: Engine) -> None:
    assert engine.search("!@#", facets=("kind",)).facets == {"kind": ()}


def test_languages_to_find_in(engine: Engine) -> None:
    assert {hit.id for hit in engine.search("cedaw", langs=["ko"]).hits} == {12}


def test_what_is_in_the_readers_language_comes_first(engine: Engine) -> None:
    query = "housing OR shelter OR 주거"
    assert engine.search(query).hits[0].lang == "en"
    preferred = engine.search(query, prefer="ko")
    assert preferred.hits[0].lang == "ko"
    assert {hit.id for hit in preferred.hits} == {hit.id for hit in engine.search(query).hits}


def test_oldest_and_newest_first_with_unknown_dates_last(engine: Engine) -> None:
    query = "housing OR shelter OR 주거"
    assert [hit.id for hit in engine.search(query, sort="date").hits] == [3, 1, 4, 10, 5]
    assert [hit.id for hit in engine.search(query, sort="-date").hits] == [10, 4, 1, 3, 5]


def test_a_match_in_the_text_comes_before_one_in_a_label(engine: Engine) -> None:
    found = [hit.id for hit in engine.search("housing").hits]
    assert found.index(1) < found.index(4)
    assert found.index(3) < found.index(4)


def test_a_document_whose_title_holds_the_words_comes_first(empty: Engine) -> None:
    text = "Adequate housing matters, and housing must be adequate wherever housing is."
    with empty.batch() as batch:
        batch.add(entry(number, text) for number in range(1, 20))
        batch.add([entry(20, "Evictions need notice to whoever has adequate housing.", title="On adequate housing")])
    assert empty.search("adequate housing").hits[0].id == 20


def test_weight_puts_a_kind_of_document_first(engine: Engine) -> None:
    assert engine.search("").hits[0].id == 3


def test_pages_make_up_the_whole(engine: Engine) -> None:
    total = engine.search("").total
    pages = [hit.id for offset in range(0, total, 4) for hit in engine.search("", limit=4, offset=offset).hits]
    assert sorted(pages) == sorted(engine.ids())


def test_one_hit_a_work_when_grouped(engine: Engine) -> None:
    results = engine.search("state:XEX", group=True)
    assert (results.total, results.works) == (3, 2)
    assert sorted((hit.work, hit.in_work) for hit in results.hits) == [("CRPD/C/XEX/CO/1", 2), ("example:4", 1)]
    second = engine.search("state:XEX", group=True, limit=1, offset=1)
    assert [hit.work for hit in second.hits] == [results.hits[1].work]


def test_a_hit_carries_what_a_page_shows(engine: Engine) -> None:
    hit = next(hit for hit in engine.search("housing").hits if hit.id == 1)
    assert (hit.symbol, hit.number, hit.lang, hit.date) == ("CRPD/C/XEX/CO/1", "1", "en", "2014-05-01")
    assert (hit.kind, hit.states, hit.body) == ("concluding-observations", ("XEX",), "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"sort": "colour"},
        {"limit": -1},
        {"limit": 1001},
        {"offset": 10_000},
        {"facets": ("colour",)},
        {"filters": {"colour": ["red"]}},
    ],
)
def test_what_does_not_exist_is_a_clear_error(engine: Engine, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        engine.search("housing", **wrong)  # type: ignore[arg-type]


def test_an_unknown_value_in_the_text_is_explained(engine: Engine) -> None:
    results = engine.search("theme:colour")
    assert results.total == 0
    assert "colour" in results.notes[0]
