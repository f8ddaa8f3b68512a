"""Labels are shown in the reader's language and filtered by as their source spells them; on the example set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from tests.site.held_example import held_example

from smallplaces_site.web import names
from smallplaces_site.web.templatetags.page import label

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def example(
    static_folder: None, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The example set in a store and an index of its own, for the whole module."""
    call_command("collectstatic", verbosity=0, interactive=False)
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_list_is_filtered_by_the_sources_value_under_the_readers_name() -> None:
    html = get("/ko/states/XXE/recommendations/")
    assert re.search(r'<option value="Right to housing"[^>]*>주거권 \(\d+\)</option>', html)
    assert "<bdi>주거권</bdi>" in html
    assert '<bdi lang="en">Right to housing</bdi>' not in html
    assert "주거권" in get("/ko/states/XXE/recommendations/?theme=Right+to+housing")


def test_facets_of_a_search_are_named_and_keep_their_values() -> None:
    html = get("/fr/search?q=Exampland")
    assert "Peine de mort" in html
    assert "theme=Death+penalty" in html


def test_labels_beside_a_paragraph_are_named() -> None:
    assert "<bdi>접근성</bdi>" in get("/ko/documents/CRPD/C/XXE/CO/1/")
    assert "<bdi>Accessibility</bdi>" in get("/en/documents/CRPD/C/XXE/CO/1/")


def test_a_label_without_a_name_stays_and_says_that_it_is_english() -> None:
    with translation.override("ko"):
        assert label("An invented <theme>", "theme") == '<bdi lang="en">An invented &lt;theme&gt;</bdi>'
        assert names.value_name("outcome", "violation_found") == "위반 인정"
        assert names.value_name("action", "5").startswith("구체적 조치")
        assert names.value_name("position", "noted") == "참고"
        assert names.value_name("year", "2014") == "2014"


def test_a_korean_search_finds_english_paragraphs_by_their_labels() -> None:
    html = get("/ko/search?q=여성폭력&lang=en")
    assert html.count('<li class="hit') > 0
    assert "검색된 이유: 분류어." in html
