from __future__ import annotations

from collections.abc import Sequence

import pytest

from smallplaces.errors import BadInput
from smallplaces.model.symbol import in_query
from smallplaces.search import plan as p
from smallplaces.search.excerpt import LENGTH, cut, merged, sought_terms
from smallplaces.search.meaning import values_meant
from smallplaces.search.near import distance, nearest


def planned(text: str) -> p.Asked:
    def values(_facet: str, typed: str) -> Sequence[str]:
        return () if typed == "nowhere" else (typed.upper(),)

    return p.plan_query(text, p.Knowledge(values=values, symbol=in_query))


def readings(node: p.Node) -> dict[str, tuple[tuple[str, ...], ...]]:
    assert isinstance(node, p.Match)
    return {group: reading.places for group, reading in node.readings}


def test_a_latin_word_is_read_by_every_analyser() -> None:
    found = readings(planned("discriminations").node)
    assert found["en"] == (("discrimin",),)
    assert found["fr"] == (("discrimin",),)
    assert found["ko"] == (("discriminations",),)


def test_a_korean_word_is_read_as_korean() -> None:
    assert readings(planned("주거권을").node)["ko"] == (("주거권",),)


def test_an_accent_that_was_not_typed_is_tried() -> None:
    assert {"garanti", "garant"} <= set(readings(planned("garantia").node)["es"][0])


def test_small_words_fall_unless_alone_or_in_a_phrase() -> None:
    node = planned("the right to housing").node
    assert isinstance(node, p.All)
    assert [item.word for item in node.items if isinstance(item, p.Match)] == ["right", "housing"]
    assert readings(planned("the").node)["en"] == (("the",),)
    assert readings(planned('"to be"').node)["en"] == (("to",), ("be",))


def test_a_year_also_means_entries_of_that_year() -> None:
    node = planned("2014").node
    assert isinstance(node, p.Match)
    assert node.year == "2014"


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("state:kor", p.Has("state", ("KOR",))),
        ("year:2013-2014", p.Has("year", ("2013", "2014"))),
        ("before:2014", p.Dated(1, 20140000)),
        ("after:2014-05", p.Dated(20140500, 99999999)),
        ("symbol:crpd/c/gc/5", p.OfWork("CRPD/C/GC/5")),
        ("symbol:CRPD/C/KOR*", p.OfWork("CRPD/C/KOR", starts=True)),
        ("", p.Everything()),
        ("*", p.Everything()),
    ],
)
def test_fields_become_nodes(text: str, node: p.Node) -> None:
    assert planned(text).node == node


@pytest.mark.parametrize("text", ["!@#", "state:nowhere", "year:soon", "before:soon", "()", "\ud800"])
def test_what_cannot_be_found_is_explained_or_empty(text: str) -> None:
    asked = planned(text)
    assert asked.notes or isinstance(asked.node, p.Everything)


@pytest.mark.parametrize(
    "text", ["crpd/c/kor/co/2-3", "CRPD/C/KOR/CO/2–3", "CRPD-C-KOR-CO-2-3", "ＣＲＰＤ/C/KOR/CO/2-3"]
)
def test_a_symbol_is_known_in_any_spelling(text: str) -> None:
    assert planned(text).symbol == ("CRPD/C/KOR/CO/2-3", "")
    assert planned(f"{text} para 15").symbol == ("CRPD/C/KOR/CO/2-3", "15")


def test_too_many_words_are_cut_and_said() -> None:
    asked = planned(" ".join(f"word{number}" for number in range(100)))
    assert isinstance(asked.node, p.All)
    assert len(asked.node.items) == p.MAX_WORDS
    assert len(asked.notes) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2014", 20140000),
        ("2014-05", 20140500),
        ("2014-05-31", 20140531),
        ("14", 0),
        ("2014-13", 0),
        ("May", 0),
        ("", 0),
    ],
)
def test_dates_of_any_precision_are_numbers(text: str, number: int) -> None:
    assert p.date_number(text) == number


def test_filters_are_facets_or_an_error() -> None:
    assert p.plan_filters({"kind": ["law"], "year": []}, ["ko"]) == (p.Has("kind", ("law",)), p.Has("lang", ("ko",)))
    with pytest.raises(BadInput, match="colour"):
        p.plan_filters({"colour": ["red"]}, [])


@pytest.mark.parametrize(
    ("facet", "text", "expected"),
    [
        ("body", "crpd", ("CRPD",)),
        ("state", "Republic of Korea", ("KOR",)),
        ("state", "대한민국", ("KOR",)),
        ("theme", "housing", ("Right to adequate housing", "Housing, land and property")),
        ("theme", "colour", ()),
    ],
)
def test_a_typed_value_means_values_of_the_index(facet: str, text: str, expected: tuple[str, ...]) -> None:
    known = {
        "body": ["CRPD", "CCPR"],
        "state": ["KOR", "PRK"],
        "theme": ["Right to adequate housing", "Housing, land and property", "Water"],
    }
    assert values_meant(facet, text, known[facet]) == expected


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [
        ("housing", "housing", 0),
        ("housng", "housing", 1),
        ("huosing", "housing", 1),
        ("hosuing", "housing", 1),
        ("abc", "xyz", 3),
    ],
)
def test_slips_are_counted(first: str, second: str, slips: int) -> None:
    assert distance(first, second, 3) == slips


def test_the_nearest_word_comes_first_and_then_the_most_frequent() -> None:
    known = {"housing": 10, "hosing": 500, "mousing": 3, "housings": 1, "horse": 9}
    assert nearest("housng", known, 3) == (("housing", 10), ("hosing", 500), ("mousing", 3))


def test_korean_is_compared_by_letters() -> None:
    assert nearest("주거귄", {"주거권": 5, "주권": 50, "주민": 50}, 3) == (("주거권", 5),)


def test_an_excerpt_is_cut_around_most_of_its_marks() -> None:
    text = "one " * 300 + "housing and housing rights " + "two " * 300
    place = text.index("housing")
    excerpt, marks = cut(text, [(0, 3), (place, place + 7), (place + 12, place + 19)])
    assert [excerpt[start:end] for start, end in marks] == ["housing", "housing"]
    assert excerpt.startswith("…one")
    assert excerpt.endswith("two…")
    assert len(excerpt) <= LENGTH + 2


def test_a_short_text_is_its_own_excerpt() -> None:
    assert cut("short", [(0, 5)]) == ("short", ((0, 5),))


def test_spans_a_space_apart_become_one() -> None:
    assert merged("a b, c", [(2, 3), (0, 1), (5, 6)]) == [(0, 3), (5, 6)]


def test_nothing_that_must_be_absent_is_marked() -> None:
    wanted = sought_terms(planned("housing -torture").node)
    assert wanted.in_text["en"] == {"hous"}
