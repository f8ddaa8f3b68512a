"""Errors on pages, in the language of whoever reads them. The State is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.site.followed import CITY, STATE, head, item, signed_in
from tests.site.held_example import held_example

from smallplaces_site.actions.follow_action import Plan, write_action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def main(response: HttpResponse | Any) -> str:
    """The part of a page that is its own."""
    found = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert found is not None
    return unescape(found[0])


def test_a_wrong_day_is_said_in_korean_at_its_field() -> None:
    given = {"progress": "done", "text": "열린 집", "as_of": "2099-01-01"}
    page = main(signed_in(head()).post(f"/ko/follow-up/{item().pk}/say/report/", given))
    said = "아직 오지 않은 날입니다: 2099-01-01. 오늘이나 그 이전 날짜를 적어 주십시오."
    assert f'<strong class="wrong">{said}</strong>' in page
    assert re.search(rf'<a href="#id_as_of">[^<]+: {re.escape(said)}</a>', page), "the summary leads to the field"
    assert "to come" not in page


def test_a_wrong_file_is_said_in_arabic_and_its_name_stands_by_itself() -> None:
    made = write_action(head(), Plan("Open homes", start=date(2026, 1, 1)), place=CITY)
    file = SimpleUploadedFile("plan (2).html", b"<script>", "text/html")
    answer = signed_in(head()).post(f"/ar/follow-up/actions/{made.pk}/evidence/", {"title": "خطة", "file": file})
    assert 'dir="rtl"' in answer.content.decode()
    page = main(answer)
    assert "الملف «\u2068plan (2).html\u2069» من نوع لا يُقبل هنا. المقبول: \u2068pdf\u2069، \u2068" in page
    assert not re.search(r'lang="en"[^>]*>[^<]*نوع', page)


def test_rows_of_a_sheet_are_refused_in_korean() -> None:
    table = "title,status,start,end\n거꾸로,planned,2026-05-01,2026-04-01\n이상한 날,planned,언젠가,\n".encode()
    given = {"kind": "actions", "system": "own", "file": SimpleUploadedFile("계획.csv", table)}
    page = main(signed_in(head()).post("/ko/places/N1/follow-up/import/", given))
    assert "<td>끝나는 날이 시작하는 날보다 빠릅니다. 두 날짜를 확인하십시오.</td>" in page
    assert "<td>start 열의 날짜를 2026-05-01처럼 적어 주십시오. 적으신 값: “언젠가”.</td>" in page


def test_what_is_not_there_is_said_in_the_language_of_the_page() -> None:
    answer = Client().get("/ko/documents/CRPD/C/XXE/CO/77/")
    assert answer.status_code == 404
    assert "“CRPD/C/XXE/CO/77”에 해당하는 문서가 이 사이트에 없습니다." in main(answer)
    assert 'lang="en"' not in main(answer)
    assert "“nothing-here”에 해당하는 항목이 없습니다." in main(Client().get("/ko/nothing-here"))
    assert "tried" not in main(Client().get("/ko/nothing-here/")), "the patterns of the site are nobody's business"


def test_what_cannot_be_understood_is_said_in_the_language_of_the_page() -> None:
    answer = Client().get(f"/ko/states/{STATE}/doors/?on=yesterday")
    assert answer.status_code == 400
    assert "날짜가 아닙니다: “yesterday”. 2027-04-09, 2027-04 또는 2027처럼 적어 주십시오." in main(answer)


def test_nothing_that_somebody_typed_becomes_markup() -> None:
    answer = Client().get("/ko/documents/<script>alert(1)</script>/")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.content.decode()


def test_what_a_search_could_not_use_is_said_in_the_language_of_the_page() -> None:
    page = main(Client().get("/ko/search", {"q": "year:soon"}))
    assert '<p class="notice">연도가 아닙니다: “soon”. 2014처럼 적어 주십시오.</p>' in page
    page = main(Client().get("/ar/search", {"q": "before:soon"}))
    assert "«\u2068soon\u2069» ليس تاريخاً" in page
