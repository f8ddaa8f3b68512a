"""A query in one language, asked in the others: what every backend must find, and in what order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from smallplaces.search.engine import Engine
from smallplaces.search.hit import Results

from .conftest import BACKENDS
from .example import entry

ENTRIES = (
    entry(1, "강제실종을 범죄로 규정할 것을 권고한다.", "ko"),
    entry(2, "The State party should make enforced disappearance a crime.", "en"),
    entry(3, "L’État devrait ériger la disparition forcée en infraction.", "fr"),
    entry(4, "La desaparición forzada es un delito.", "es"),
    entry(5, "The disappearance of forests is enforced by nobody.", "en"),
    entry(6, "Насильственные исчезновения должны быть наказуемы.", "ru"),
    entry(7, "الاختفاء القسري جريمة.", "ar"),
    entry(8, "缔约国应将强迫失踪定为犯罪。", "zh"),
    entry(9, "The death penalty of a member of the family after enforced disappearance.", "en"),
    entry(10, "사형과 강제실종의 피해자", "ko"),
    entry(11, "This document has a title.", "en", title="Enforced disappearances"),
    entry(12, "Torture is prohibited; so is enforced disappearance.", "en", facets={"state": ("XEX",)}),
    entry(13, "미등록 이주노동자", "ko"),
)


@pytest.fixture(scope="module", params=BACKENDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    backend: Any = BACKENDS[request.param](tmp_path_factory.mktemp("index") / "across")
    filled = Engine(backend=backend)
    with filled.rebuild() as batch:
        batch.add(ENTRIES)
    yield filled


def asked(engine: Engine, text: str, **more: Any) -> Results:
    return engine.search(text, across=True, limit=50, **more)


def ids(results: Results) -> set[int]:
    return {hit.id for hit in results.hits}


def test_what_is_typed_comes_first_and_then_the_other_languages(engine: Engine) -> None:
    results = asked(engine, "강제실종")
    assert {hit.id for hit in results.hits[:2]} == {1, 10}
    assert ids(results) == {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12}
    assert results.total == 11


def test_a_hit_says_by_which_concept_it_was_found_and_where(engine: Engine) -> None:
    hits = {hit.id: hit for hit in asked(engine, "강제실종").hits}
    assert hits[1].across == ()
    for number, words in (
        (2, "enforced disappearance"),
        (3, "disparition forcée"),
        (4, "desaparición forzada"),
        (6, "Насильственные исчезновения"),
        (7, "الاختفاء القسري"),
        (8, "强迫失踪"),
    ):
        hit = hits[number]
        assert hit.across == ("enforced-disappearance",)
        assert "text" in hit.matched
        assert [hit.excerpt[start:end] for start, end in hit.marks] == [words]
    assert hits[11].matched == ("title",)
    assert hits[11].across == ("enforced-disappearance",)


@pytest.mark.parametrize(
    "query",
    ["desaparicion forzada", "Disparitions forcées", "强迫失踪", "الاختفاء القسري", "насильственных исчезновений"],
)
def test_every_language_asks_every_other(engine: Engine, query: str) -> None:
    assert {1, 2, 3, 4, 6, 7, 8} <= ids(asked(engine, query))


def test_without_it_nothing_is_added(engine: Engine) -> None:
    results = engine.search("강제실종")
    assert {hit.id for hit in results.hits} == {1, 10}
    assert results.added == ()


def test_the_results_say_what_was_added(engine: Engine) -> None:
    (added,) = asked(engine, "강제실종").added
    assert (added.code, added.words, added.lang) == ("enforced-disappearance", "강제실종", "ko")
    assert "ko" not in added.terms
    assert "enforced disappearance" in added.terms["en"]


def test_a_concept_can_be_taken_back(engine: Engine) -> None:
    results = asked(engine, "강제실종", without=["enforced-disappearance"])
    assert ids(results) == {1, 10}
    assert results.added == ()
    two = asked(engine, "강제실종 사형", without=["enforced-disappearance"])
    assert ids(two) == {10}


def test_several_concepts_must_all_be_there_in_whatever_language(engine: Engine) -> None:
    assert ids(asked(engine, "사형 강제실종")) == {9, 10}


def test_filters_and_exclusions_still_hold(engine: Engine) -> None:
    assert ids(asked(engine, "강제실종", langs=["en"])) == {2, 9, 11, 12}
    assert set(asked(engine, "강제실종", langs=["en"]).added[0].terms) == {"en"}
    assert ids(asked(engine, "강제실종 state:XEX")) == {12}
    assert 12 not in ids(asked(engine, "강제실종 -torture"))
    assert {12, 10} <= ids(asked(engine, "고문 OR 사형 OR 강제실종"))


def test_a_quoted_phrase_is_widened_only_when_all_of_it_is_a_term(engine: Engine) -> None:
    assert {2, 3, 4} <= ids(asked(engine, '"강제실종"'))
    assert asked(engine, '"강제실종을 범죄로"').added == ()


def test_words_that_no_concept_has_are_asked_as_they_are(engine: Engine) -> None:
    assert ids(asked(engine, "forests")) == ids(engine.search("forests")) == {5}
    assert asked(engine, "forests").added == ()


def test_a_part_of_a_word_is_no_concept(engine: Engine) -> None:
    assert asked(engine, "미등록").total == engine.search("미등록").total == 1


def test_what_is_exported_is_what_is_found(engine: Engine) -> None:
    assert set(engine.matching("강제실종", across=True)) == ids(asked(engine, "강제실종"))
    assert set(engine.matching("강제실종", across=True, without=["enforced-disappearance"])) == {1, 10}


def test_the_reader_s_language_decides_what_a_shared_word_means(engine: Engine) -> None:
    assert asked(engine, "tortura", prefer="es").added[0].lang == "es"
    assert asked(engine, "torture", prefer="fr").added[0].lang == "fr"
    assert asked(engine, "torture", prefer="en").added[0].lang == "en"
