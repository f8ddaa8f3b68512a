from __future__ import annotations

import pytest

from smallplaces.search.query import And, Ask, Field, Not, Or, Phrase, Prefix, Word, parse


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("housing", Word("housing")),
        ("right housing", And((Word("right"), Word("housing")))),
        ("right AND housing", And((Word("right"), Word("housing")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("a -b", And((Word("a"), Not(Word("b"))))),
        ("a NOT b", And((Word("a"), Not(Word("b"))))),
        ("NOT NOT a", Word("a")),
        ('-"a b"', Not(Phrase("a b"))),
        ("“adequate housing”", Phrase("adequate housing")),
        ("«droit au logement»", Phrase("droit au logement")),
        ('"not closed', Phrase("not closed")),
        ("disab*", Prefix("disab")),
        ("non-refoulement", Word("non-refoulement")),
        ("country:KOR", Field("state", "KOR")),
        ('STATE:"Republic of Korea"', Field("state", "Republic of Korea")),
        ("year:2010-2014", Field("year", "2010", "2014")),
        ("year:2014..2010", Field("year", "2010", "2014")),
        ("2010..2014", Field("year", "2010", "2014")),
        ("2010-2014", Word("2010-2014")),
        ("colour:red", Word("colour:red")),
        ("theme:", Word("theme:")),
        ("AND", Word("AND")),
        ("OR NOT", And((Word("OR"), Word("NOT")))),
        ("a OR", Word("a")),
        ("a) b", And((Word("a"), Word("b")))),
        ("(a", Word("a")),
        ("", None),
        ("((()))", None),
        ('""', None),
    ],
)
def test_a_query_is_read(text: str, tree: Ask | None) -> None:
    assert parse(text) == tree


def test_deep_brackets_keep_their_words() -> None:
    assert parse("(" * 500 + "a" + ")" * 400) == Word("a")
