"""Search turned round gives what searching gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.example import ENTRIES

from smallplaces.search.backends.tantivy.passing import PassingBackend
from smallplaces.search.engine import Engine
from smallplaces.search.percolate import ANY_PARAGRAPH, Held, Saved, needed
from smallplaces.search.prepare import Prepared, prepare_some


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(Path(tmp_path_factory.mktemp("index")))
    with engine.rebuild() as batch:
        batch.add(ENTRIES)
    yield engine


@pytest.fixture(scope="module")
def passing(whole: Engine) -> tuple[Engine, list[Prepared], list[int]]:
    prepared = prepare_some([entry for number, entry in enumerate(ENTRIES) if number % 3])
    return Engine(backend=PassingBackend(prepared, whole.backend)), prepared, [one.entry.id for one in prepared]


def _words() -> list[str]:
    found = {word for entry in ENTRIES for word in f"{entry.text} {entry.title} {entry.heading}".split()}
    return sorted(found | {label for entry in ENTRIES for label in entry.labels})


WORDS = _words()
TERMS = [
    "주거",
    "탈시설",
    "장애인",
    "여성폭력",
    "housing",
    "women",
    "vivienda",
    "жилище",
    "السكن",
    "住房",
    "2014",
    "zebra",
]
SYMBOLS = sorted({entry.symbol for entry in ENTRIES if entry.symbol})
FIELDS = ["state:KOR", "state:Korea", 'theme:"Right to health"',
          "kind:view", "year:2010-2020", "lang:ko", "before:2015",
          "symbol:CRPD*", "body:crpd", "text:housing", "title:comment", "label:women", "cites:CRPD"]  # fmt: skip

word = st.one_of(st.sampled_from(WORDS), st.sampled_from(TERMS), st.sampled_from(FIELDS), st.sampled_from(SYMBOLS))
piece = st.one_of(
    word,
    word.map(lambda text: f'"{text}"'),
    st.tuples(word, word).map(lambda two: f'"{two[0]} {two[1]}"'),
    word.map(lambda text: f"-{text}"),
    word.map(lambda text: f"{text[:3]}*"),
    st.tuples(word, word).map(lambda two: f"({two[0]} OR {two[1]})"),
)
query = st.lists(piece, min_size=1, max_size=4).map(" ".join)
FACETS = {facet: sorted({v for entry in ENTRIES for v in entry.facets.get(facet, ())}) for facet in ("state", "theme",
          "kind", "lang", "year", "group")}  # fmt: skip
chosen = st.dictionaries(
    st.sampled_from([facet for facet, values in FACETS.items() if values]), st.integers(0, 99), max_size=2
).map(lambda picked: {facet: [FACETS[facet][number % len(FACETS[facet])]] for facet, number in picked.items()})


@settings(max_examples=400, deadline=None)
@given(text=query, filters=chosen, across=st.booleans())
def test_what_is_found_turned_round_is_what_searching_finds(
    whole: Engine,
    passing: tuple[Engine, list[Prepared], list[int]],
    text: str,
    filters: dict[str, list[str]],
    across: bool,
) -> None:
    engine, prepared, ids = passing
    saved = Saved(text, filters, across)
    searched = set(whole.matching(text, filters=filters, across=across)).intersection(ids)
    need = needed(saved)
    held = Held(prepared, need.concepts)
    let_through = {ids[bit] for bit in range(len(ids)) if held.where(need.formula) >> bit & 1}
    assert searched <= let_through, "the second sieve holds back what searching finds"
    assert not searched or any(held.by_key.get(key) for key in need.keys), "so does the first"
    assert not need.exact or let_through == searched, "where the formula is exact the engine need not be asked"
    assert set(engine.matching(text, filters=filters, across=across)) == searched


def test_the_first_sieve_holds_back_most() -> None:
    """Ordinary searches are filed under words, not under "any paragraph"."""
    for text in ("주거", "housing women", '"independent living"', "disab* -children", "state:KOR 장애인"):
        assert ANY_PARAGRAPH not in needed(Saved(text)).keys, text
