"""What a query finds, on every backend."""

from __future__ import annotations

import pytest

from smallplaces.search.engine import Engine
from smallplaces.search.hit import GoesTo

from .example import entry

FINDS = {
    # words, phrases, operators
    "housing": {1, 3, 4},
    "HOUSING": {1, 3, 4},
    "adequate housing": {1, 3},
    '"adequate housing"': {1},
    '"housing adequate"': set(),
    '"adequate housing': {1},
    "housing OR torture": {1, 3, 4},
    "housing AND torture": {4},
    "housing -torture": {1, 3},
    "housing NOT (torture OR evictions)": {1},
    "-housing institutions": {2},
    "(disabilities institutions) OR evictions": {2, 3},
    "evict*": {3},
    "institut* support*": {2},
    '"right to housing"': {1, 4},
    "the right to housing": {1, 4},
    "woman’s shelter": set(),
    "women shelters": {5},
    "non-refoulement": {5},
    "refoulement": {5},
    "cedaw": {5, 12},
    "disability": {2},
    # fields
    "title:exampland": {1, 2},
    "text:housing": {1, 3},
    'text:"right to housing"': set(),
    'text:"adequate housing"': {1},
    "text:cedaw": {5, 12},
    "(housing OR torture) measures": {4},
    "housing (torture OR 2014)": {1, 4},
    "housing text:measures": {4},
    "노동자 cedaw": {12},
    "label:housing": {1, 4},
    "kind:concluding-observations": {1, 2},
    "state:xex housing": {1, 4},
    "country:XOT": {4},
    "year:2014": {1, 2},
    "year:2010-2020": {1, 2, 4},
    "2014..2022": {1, 2, 4, 10},
    "year:2020..2010": {1, 2, 4},
    "before:2014": {3},
    "after:2020-01": {4, 10},
    "after:2014 before:2015": {1, 2},
    "housing 2014": {1},
    "lang:ko": {10, 11, 12, 13, 14},
    "symbol:CRPD/C/XEX/CO/1": {1, 2},
    "symbol:CRPD*": {1, 2},
    "symbol:example:three": {3},
    "E/C.12/GC/4": {3},
    # Korean: prefixes stay, particles fall, compounds open
    "미등록": {10},
    "등록": {11},
    "비정규직": {12},
    "정규직": {13},
    "불처벌": {14},
    "처벌": {13},
    "비급여": {14},
    "급여": {13},
    "이주노동자": {10},
    "이주": {10},
    "주거권": {10},
    "주거": {10},
    "주거권을 보장": {10},
    "탈시설": {11},
    "탈시설화": {11},
    "시설": set(),
    "인권위원회": {11},
    "국가인권위원회": {11},
    "차별금지": {12},
    "차별금지법": {12},
    '"이주노동자의 주거권"': {10},
    # the other languages
    "الحرية": {20, 21},
    "حرية": {20, 21},
    "والحرية": {20, 21},
    "残疾人": {30},
    "言论自由": {30},
    "言論自由": {30},
    "人权": {30},
    "educacion": {40},
    "Educación": {40},
    "detenciones arbitrarias": {40},
    "egalite": {50},
    "liberté d'expression": {50},
    "libertés": {50},
    "свобода человека": {60},
    "สิทธิมนุษยชน": {70},
    "自由": {30, 71},
    "人間": {71},
}


@pytest.mark.parametrize("query", FINDS)
def test_finds_exactly(engine: Engine, query: str) -> None:
    results = engine.search(query, limit=50)
    found = set() if results.fuzzy else {hit.id for hit in results.hits}
    assert found == FINDS[query]
    assert results.fuzzy or results.total == len(FINDS[query])


@pytest.mark.parametrize("query", ["", "  ", "*", "\0"])
def test_an_empty_query_lists_everything(engine: Engine, query: str) -> None:
    results = engine.search(query, limit=0)
    assert (results.total, results.hits) == (engine.count(), ())


@pytest.mark.parametrize("query", ["!@#", '""', "()", "-", "((((", "…"])
def test_a_query_without_words_finds_nothing_and_says_so(engine: Engine, query: str) -> None:
    results = engine.search(query)
    assert results.total == 0
    assert results.notes


@pytest.mark.parametrize(
    ("query", "goes_to", "first"),
    [
        ("crpd/c/xex/co/1", GoesTo("CRPD/C/XEX/CO/1"), {1, 2}),
        ("CRPD-C-XEX-CO-1 para 2", GoesTo("CRPD/C/XEX/CO/1", "2"), {2}),
    ],
)
def test_a_symbol_in_any_spelling_goes_to_its_document(
    engine: Engine, query: str, goes_to: GoesTo, first: set[int]
) -> None:
    results = engine.search(query)
    assert results.goes_to == goes_to
    assert results.hits[0].id in first
    assert {hit.id for hit in results.hits} == {1, 2}


def test_another_name_of_a_document_goes_to_it(engine: Engine) -> None:
    assert engine.search("e-c.12-gc-4").goes_to == GoesTo("E/C.12/GC/4")
    assert engine.search("symbol:example:three").hits[0].id == 3


def test_words_of_two_languages_meet_in_one_entry(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.add(
            [
                entry(1, "Le logement des personnes âgées", "fr", labels=("Rights to housing",)),
                entry(2, "Housing and buildings", title="주거권 보고서"),
            ]
        )
    assert [hit.id for hit in empty.search("logements right").hits] == [1]
    assert [hit.id for hit in empty.search("주거 building").hits] == [2]
    assert empty.search('"right to housing"').total == 1
    assert empty.search("text:rights").total == 0 or empty.search("text:rights").fuzzy


def test_a_symbol_that_is_not_here_goes_nowhere(engine: Engine) -> None:
    assert engine.search("CRPD/C/XNO/CO/9").goes_to is None


def test_a_typing_slip_is_answered_and_said(engine: Engine) -> None:
    results = engine.search("adequate housng")
    assert results.fuzzy
    assert results.did_you_mean == "adequate housing"
    assert {hit.id for hit in results.hits} == {1, 3}
    assert results.notes


def test_a_korean_compound_that_is_not_here_is_answered_by_its_part(engine: Engine) -> None:
    results = engine.search("보장권")
    assert results.fuzzy
    assert {hit.id for hit in results.hits} == {10, 13}


def test_a_slip_that_some_text_also_made_is_still_known_for_one(empty: Engine) -> None:
    texts = ("The freedom of expression is protected.", "A letter on expresion was received.")
    with empty.batch() as batch:
        batch.add(entry(number, text) for number, text in enumerate(texts))
    results = empty.search("freedom expresion")
    assert results.did_you_mean == "freedom expression"
    assert results.fuzzy


def test_words_that_never_meet_are_answered_loosely(engine: Engine) -> None:
    results = engine.search("torture evictions")
    assert results.fuzzy
    assert {hit.id for hit in results.hits} == {3, 4}


def test_what_is_excluded_stays_out_of_loose_answers(engine: Engine) -> None:
    assert {hit.id for hit in engine.search("torture evictions -measures").hits} == {3}


@pytest.mark.parametrize(
    ("query", "number", "matched"),
    [
        ("housing", 1, ("text", "label")),
        ("housing", 4, ("label",)),
        ("housing", 3, ("text",)),
        ("exampland", 2, ("title",)),
        ("independent", 2, ("heading",)),
        ("2022", 10, ("year",)),
        ("등록", 11, ("text",)),
    ],
)
def test_each_hit_says_which_field_matched(engine: Engine, query: str, number: int, matched: tuple[str, ...]) -> None:
    assert {hit.id: hit.matched for hit in engine.search(query).hits}[number] == matched


@pytest.mark.parametrize(
    ("query", "number", "marked"),
    [
        ("housing", 1, ["housing"]),
        ('"adequate housing"', 1, ["adequate housing"]),
        ("woman OR women", 5, ["women’s", "women"]),
        ("evict*", 3, ["evictions"]),
        ("주거", 10, ["주거"]),
        ('"for women"', 5, ["for women"]),
        ("이주노동자", 10, ["이주노동자"]),
        ("حرية", 20, ["والحرية"]),
        ("educacion", 40, ["educación"]),
        ("言论自由", 30, ["言论自由"]),
    ],
)
def test_excerpts_mark_what_answers(engine: Engine, query: str, number: int, marked: list[str]) -> None:
    hit = next(hit for hit in engine.search(query).hits if hit.id == number)
    assert [hit.excerpt[start:end] for start, end in hit.marks] == marked
