"""Search across languages on the pages, in the API and on the command line; on the example set."""

from __future__ import annotations

import html as markup
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from tests.site.command import run
from tests.site.held_example import held_example

pytestmark = pytest.mark.django_db

QUERY = "정당한 편의제공"  # reasonable accommodation, of which the example speaks in English


@pytest.fixture(scope="module", autouse=True)
def example(
    static_folder: None, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    call_command("collectstatic", verbosity=0, interactive=False)
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def page(**asked: str) -> str:
    response = Client().get("/ko/search", asked)
    assert response.status_code == 200
    return markup.unescape(response.content.decode())


def link(html: str, ident: str) -> str:
    found = re.search(rf'id="{ident}" href="([^"]+)"', html)
    assert found, ident
    return found[1]


def test_the_page_says_what_was_added_and_why_a_hit_is_here() -> None:
    html = page(q=QUERY)
    assert "다른 언어로도 검색했습니다:" in html
    assert '<bdi lang="en" dir="ltr">' in html
    assert "다른 언어에서 찾은 개념: 정당한 편의제공" in html


def test_the_reader_takes_everything_back_and_again() -> None:
    narrow = markup.unescape(Client().get(link(page(q=QUERY), "across-off")).content.decode())
    assert "다른 언어로도 검색했습니다:" not in narrow
    assert '<input type="hidden" name="across" value="no">' in narrow  # stays while the reader asks on
    assert "다른 언어로도 검색했습니다:" in markup.unescape(Client().get(link(narrow, "across-on")).content.decode())


def test_the_reader_takes_one_concept_back() -> None:
    html = page(q=QUERY, without="reasonable-accommodation")
    assert "다른 언어로도 검색했습니다:" not in html
    assert "제외한 개념:" in html
    assert "다른 언어에서 찾은 개념" not in html


def test_an_unknown_concept_in_the_address_is_left_out() -> None:
    assert "제외한 개념:" not in page(q=QUERY, without="nothing<script>")


def api(path: str, **asked: Any) -> dict[str, Any]:
    response = Client().get(f"/api/v1{path}", asked)
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def test_the_api_says_it_too() -> None:
    wide = api("/search", q=QUERY)
    (added,) = wide["added"]
    assert (added["concept"], added["lang"]) == ("reasonable-accommodation", "ko")
    assert wide["total"] > 0
    assert all(hit["across"] == ["reasonable-accommodation"] for hit in wide["hits"])
    for asked in ({"across": "false"}, {"without": "reasonable-accommodation"}):
        narrow = api("/search", q=QUERY, **asked)
        assert narrow["added"] == []
        assert all(hit["across"] == [] for hit in narrow["hits"])


def test_what_is_exported_is_what_is_found() -> None:
    for across in ("true", "false"):
        asked = {"q": "수어 OR 최저임금", "across": across}
        lines = b"".join(Client().get("/api/v1/export", asked)).decode().splitlines()  # type: ignore[call-overload]
        assert len(lines) - 1 == api("/search", limit=0, **asked)["total"]


def test_the_command_says_it_and_can_be_told_not_to() -> None:
    wide = json.loads(run(settings.HOME, "search", QUERY, "--json"))
    assert wide["added"][0]["concept"] == "reasonable-accommodation"
    assert wide["hits"][0]["across"] == ["reasonable-accommodation"]
    assert json.loads(run(settings.HOME, "search", QUERY, "--json", "--no-across"))["added"] == []
    assert (
        json.loads(run(settings.HOME, "search", QUERY, "--json", "--without", "reasonable-accommodation"))["added"]
        == []
    )
    assert "--without reasonable-accommodation" in run(settings.HOME, "search", QUERY)
