"""Search and export through the interface, on the invented example set."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.site.held_example import held_example

from smallplaces.search.engine import Engine
from smallplaces.search.schema import FACETS
from smallplaces_site.api.params import HitsAsked
from smallplaces_site.corpus.index import engine

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The example set in a store and an index of its own, for the whole module."""
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def get(path: str, status: int = 200, **params: Any) -> Any:
    response = Client().get(f"/api/v1{path}", params)
    assert response.status_code == status, response.content
    return response.json()


def lines(**params: Any) -> list[dict[str, Any]]:
    response: Any = Client().get("/api/v1/export", params)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/jsonl"
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


def test_a_hit_says_where_it_stands() -> None:
    found = get("/search", q="deinstitutionalization evacuation", lang="en")
    best = found["hits"][0]
    assert (best["work"], best["number"], best["edition"]) == ("CRPD/C/XXE/CO/1", "25", "CRPD/C/XXE/CO/1@en")
    assert "text" in best["matched"]
    start, end = best["marks"][0]
    assert best["excerpt"][start:end].lower() in {"evacuation", "deinstitutionalization"}
    assert found["total"] == len(found["hits"])
    assert found["data_version"] == get("/about")["data_version"]


def test_korean_is_found_in_korean_and_then_by_the_names_of_labels() -> None:
    hits = get("/search", q="탈시설", across="false")["hits"]
    texts = [hit for hit in hits if "text" in hit["matched"]]
    assert hits[: len(texts)] == texts
    assert {hit["lang"] for hit in texts} == {"ko"}
    assert {hit["work"] for hit in texts} >= {"CRPD/C/XXE/CO/1", "CRPD/C/GC/0"}
    assert {hit["matched"][0] for hit in hits[len(texts) :] if hit["lang"] == "en"} == {"label"}


def test_unregistered_is_not_registered() -> None:
    assert get("/search", q="미등록")["total"] == 1
    assert get("/search", q="정규직")["total"] == 0 or get("/search", q="정규직")["fuzzy"]


def test_every_facet_is_a_parameter_and_filters() -> None:
    fields = set(HitsAsked.model_fields)
    assert fields == {"q", "across", "without", *FACETS}
    for facet in FACETS[:-1]:
        counts = get("/search", limit=0)["facets"][facet]
        for value, count in list(counts.items())[:2]:
            found = get("/search", limit=0, **{facet: value})
            assert found["total"] == count, (facet, value)


def test_only_the_wanted_facets_are_counted() -> None:
    assert set(get("/search", facets=["kind", "position"])["facets"]) == {"kind", "position"}
    assert "there are kind, body" in get("/search", 422, facets="colour")["detail"]


def test_pages_follow_one_another() -> None:
    whole = get("/search", q="recommends", limit=10)["hits"]
    parts = [get("/search", q="recommends", limit=5, offset=n)["hits"] for n in (0, 5)]
    assert [hit["edition"] + hit["paragraph"] for part in parts for hit in part] == [
        hit["edition"] + hit["paragraph"] for hit in whole
    ]


def test_hits_are_sorted_and_grouped() -> None:
    dates = [hit["date"] for hit in get("/search", q="rights", sort="oldest")["hits"]]
    assert dates == sorted(dates)
    assert [hit["date"] for hit in get("/search", q="rights", sort="newest")["hits"]] != dates
    grouped = get("/search", q="Committee", grouped=True)
    works = [hit["work"] for hit in grouped["hits"]]
    assert len(works) == len(set(works)) == grouped["works"]


def test_a_symbol_goes_to_its_document() -> None:
    found = get("/search", q="crpd-c-xxe-co-1 para 17")
    assert found["goes_to"] == {"symbol": "CRPD/C/XXE/CO/1", "paragraph": "17"}


@pytest.mark.parametrize(
    ("params", "where"),
    [
        ({"limit": 101}, "limit"),
        ({"limit": -1}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"offset": 10_001}, "offset"),
        ({"sort": "colour"}, "sort"),
        ({"colour": "red"}, "colour"),
        ({"state": "K\x00R"}, "state"),
    ],
)
def test_what_cannot_be_asked_is_told(params: dict[str, Any], where: str) -> None:
    assert [fault["where"] for fault in get("/search", 422, **params)["errors"]] == [where]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.sampled_from(["!@#", "*", "AND", '"', "(", "a:b:", "-", "state:", "[1 TO", "\x00"]))
def test_any_text_is_a_query(text: str) -> None:
    assert get("/search", q=text.encode("utf-8", "replace").decode())["took_ms"] >= 0


def test_the_command_line_answers_the_same() -> None:
    as_object = importlib.import_module("smallplaces_site.cli.commands.search").as_object
    found = engine().search("탈시설 OR evacuation", facets=("kind", "lang"), across=True)
    told = json.loads(json.dumps(as_object(found)))
    served = get("/search", q="탈시설 OR evacuation", facets=["kind", "lang"])
    assert told["hits"]
    for mine, theirs in zip(served.pop("hits"), told.pop("hits"), strict=True):
        assert {name: mine[name] for name in theirs} == theirs
    assert {name: served[name] for name in told if name != "took_ms"} == {
        name: value for name, value in told.items() if name != "took_ms"
    }


def test_an_export_holds_what_the_search_finds() -> None:
    found = get("/search", q="accessible", lang="en", limit=100)
    header, *rows = lines(q="accessible", lang="en")
    assert header["query"] == "accessible lang=en"
    assert header["data_version"] == found["data_version"]
    assert header["date"] and header["licence"]
    assert len(rows) == found["total"]
    assert {(row["work"], row["paragraph"]) for row in rows} == {(h["work"], h["paragraph"]) for h in found["hits"]}


def test_everything_can_be_exported() -> None:
    assert len(lines()) - 1 == get("/search", limit=0)["total"]
    assert [row["number"] for row in lines(state="xxe", position="noted", lang="ko")[1:]] == [
        *("84.3", "84.8", "84.12"),
        *("112.1", "112.2"),
    ]


def test_the_example_state_has_its_name_and_recommendations() -> None:
    state = get("/states/XXE")
    assert (state["names"]["ko"], state["documents"]) == ("예시랜드", 4)
    treaties = {treaty["treaty"]: treaty for treaty in state["treaties"]}
    assert (treaties["CRPD"]["standing"], treaties["CRPD"]["signed"]) == ("party", "2007-03-30")
    noted = get("/states/xxe/recommendations", position="noted", lang="ko")
    assert [item["paragraph"]["number"] for item in noted["items"]] == [
        *("84.3", "84.8", "84.12"),
        *("112.1", "112.2"),
    ]
    assert {item["lang"] for item in noted["items"]} == {"ko"}
    page = get("/states/XXE/recommendations", limit=5, offset=2)
    assert (page["total"], len(page["items"])) == (26, 5)
    assert get("/states/XXE/recommendations", body="upr", recommending="xxs")["total"] == 5


def test_states_bodies_and_instruments_are_known_by_any_name() -> None:
    assert get("/states/대한민국")["code"] == "KOR"
    assert get("/bodies/장애인권리위원회")["kinds"] == {
        "concluding-observations": 1,
        "general-comment": 1,
        "list-of-issues": 1,
    }
    instrument = get("/instruments/장애인권리협약")
    assert (instrument["code"], instrument["document"], instrument["articles"]) == ("CRPD", None, [])
    assert [standing["state"] for standing in instrument["standings"]] == ["XXE"]
    assert [act["articles"] for act in instrument["standings"][0]["acts"] if act["kind"] == "reservation"] == [["25"]]
    assert instrument["parties"] == 1


def test_lists_are_in_a_steady_order() -> None:
    codes = [state["code"] for state in get("/states")]
    assert codes == sorted(codes)
    assert "XXE" in codes
    assert [body["code"] for body in get("/bodies")][:10] == [body["code"] for body in get("/bodies")][:10]
    assert get("/instruments")[0]["code"]


def test_about_says_what_is_held() -> None:
    about = get("/about")
    assert about["example"] is True
    assert about["languages"] == {"en": 5, "ko": 5}
    assert [source["name"] for source in about["sources"]] == ["example"]
    assert about["sources"][0]["licence"]
    assert about["cursor"] == get("/changes", limit=1000)["cursor"]


@pytest.mark.parametrize("address", ["/search", "/export"])
def test_a_store_without_its_index_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str) -> None:
    monkeypatch.setattr("smallplaces_site.api.search.engine", lambda: Engine(tmp_path / "nothing"))
    assert "index" in get(address, 503, q="housing")["detail"]
