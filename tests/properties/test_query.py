"""Any text at all is a query, and never an error."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smallplaces.search.engine import PAGE_FACETS, Engine
from smallplaces.search.query import parse
from smallplaces.search.schema import Entry

WORDS = """ " ( ) - AND OR NOT * a* year: 2010..2014 year:9999-0000 state: cites:x before:x after:2014-13 title:
    : “ « 미등록 주거권을 حرية 人权 CRPD/C/KOR/CO/2-3 para 15 !@# housing disab* [ { ^ ~ ' ’ -- … ¦ 🙂 สิทธิ İ ﬁ ½ """
PIECES = st.sampled_from([*WORDS.split(), "\0", "\u202e", "\ud800", "\\", "para 15"])
QUERIES = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = Engine(tmp_path_factory.mktemp("index"))
    texts = {
        "en": "The right to adequate housing",
        "ko": "미등록 이주노동자의 주거권",
        "ar": "والحرية",
        "zh": "保障人权",
        "th": "สิทธิ",
    }
    with made.rebuild() as batch:
        batch.add(
            Entry(number, f"w{number}", "", lang, "1", "1", "A title", text, "", (), {"lang": (lang,)}, "2014")
            for number, (lang, text) in enumerate(texts.items(), 1)
        )
    return made


def check(engine: Engine, query: str) -> None:
    results = engine.search(query, facets=PAGE_FACETS, limit=5)
    assert 0 <= len(results.hits) <= min(results.total, 5) <= engine.count()
    for hit in results.hits:
        assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.marks)
        assert all(first[1] < second[0] for first, second in zip(hit.marks, hit.marks[1:], strict=False))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES)
def test_any_text_is_a_query(engine: Engine, query: str) -> None:
    check(engine, query)


@given(st.text(max_size=400))
def test_any_text_can_be_parsed(text: str) -> None:
    parse(text)


@pytest.mark.slow
def test_ten_thousand_random_texts(engine: Engine) -> None:
    dice = random.Random(20261123)
    signs = [chr(code) for code in (*range(128), *range(0x380, 0x560), *range(0xAC00, 0xAC80), 0x2028, 0xFEFF, 0x1F600)]
    for _ in range(10_000):
        check(engine, "".join(dice.choices(signs, k=dice.randrange(30))))


@pytest.mark.parametrize(
    "text", ["(" * 5000, ")" * 5000, "-" * 5000, '"' * 5000, "a " * 5000, "(a " * 500, "NOT " * 900, "a OR " * 900]
)
def test_long_and_deep_texts_stay_within_bounds(engine: Engine, text: str) -> None:
    assert len(text) < sys.maxsize
    check(engine, text)


def test_the_folder_of_an_index_may_be_missing(tmp_path: Path) -> None:
    assert Engine(tmp_path / "nowhere").search("housing").total == 0
