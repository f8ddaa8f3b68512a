"""The pages and the interface of places, over invented ones and a few codes of Korea that renaming hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.site.held_example import held

from smallplaces.model.language import CODES
from smallplaces_site.actions.import_files import import_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

HEADER = "code,name_ko,name_en,base_year,parent_code,province_ko,province_en\n"
KOREA = {
    "kostat2018_provinces": "11,서울특별시,Seoul,2018,,,\n21,부산광역시,Busan,2018,,,\n32,강원도,Gangwon-do,2018,,,\n"
    "29,세종특별자치시,Sejong,2018,,,\n31,경기도,Gyeonggi-do,2018,,,\n37,경상북도,Gyeongsangbuk-do,2018,,,\n"
    "22,대구광역시,Daegu,2018,,,\n",
    "kostat2018_municipalities": "11020,중구,Jung-gu,2018,11,x,x\n21010,중구,Jung-gu,2018,21,x,x\n"
    "21310,기장군,Gijang-gun,2018,21,x,x\n21090,해운대구,Haeundae-gu,2018,21,x,x\n37310,군위군,Gunwi-gun,2018,37,x,x\n",
}
#: Invented places of a real State, of a kind that the catalogue does not have; the last one ended without a heir.
LOCAL = (
    "code,state,level,kind,name_en,name_fr,parent,valid_from,valid_to\n"
    "A,NAM,province,tidal flat,Invented Shore,Rivage inventé,,,\n"
    "A1,NAM,municipality,city,Busan,,A,,\n"
    "B,NAM,province,region,Invented Dune,,,,2001-02-03\n"
)


@pytest.fixture(scope="module", autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The places, in a home of their own."""
    folder = Path(tmp_path_factory.mktemp("home"))
    tables = folder / "in" / "places"
    tables.mkdir(parents=True)
    for name, rows in KOREA.items():
        (tables / f"{name}.csv").write_text(HEADER + rows, encoding="utf-8")
    (tables / "local_invented.csv").write_text(LOCAL, encoding="utf-8")
    with held(folder, django_db_blocker):
        import_files([folder / "in"])
        yield


def get(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def leads(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 302, (path, response.status_code)
    return response.headers["Location"]


def plain(html: str) -> str:
    """The words of a page."""
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize(
    "path",
    ["places/", "places/?state=NAM", "places/?q=중구", "places/?q=zzz", "places/KR-26/", "places/37310/", "places/A/"],
)
def test_every_page_stands_in_every_language(path: str, lang: str) -> None:
    html = get(f"/{lang}/{path}")
    assert html.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|<script>", html), "the content security policy forbids it"
    assert 'aria-current="page"' in html


def test_koreas_provinces_stand_as_koreans_list_them_and_by_name_elsewhere() -> None:
    korean = re.findall(r"/ko/places/(KR-\d+)/", get("/ko/places/"))
    assert korean == ["KR-11", "KR-26", "KR-27", "KR-50", "KR-41", "KR-42", "KR-47"]
    english = re.findall(r"/en/places/KR-\d+/\"[^>]*><bdi>([^<]+)", get("/en/places/"))
    assert english == sorted(english)
    assert len(english) == len(korean)


def test_a_place_says_what_it_is_where_it_lies_and_what_lies_in_it() -> None:
    words = plain(get("/en/places/KR-26/"))
    assert "Metropolitan city · Republic of Korea Busan 부산광역시" in words
    assert "3 places in it Autonomous district 2 Haeundae-gu 해운대구 Jung-gu 중구 County 1 Gijang-gun" in words
    assert "Authority for schools Busan Office of Education" in words
    html = get("/ko/places/21010/")
    assert "자치구 · 부산광역시 · 대한민국" in plain(html)
    assert '<a href="/ko/places/KR-26/" lang="ko"><bdi>부산광역시</bdi></a>' in html
    assert "Beside Busan" in plain(get("/en/places/edu-KR-26/"))


def test_a_place_leads_to_what_concerns_its_state() -> None:
    html = get("/en/places/21010/")
    assert "/en/states/KOR/recommendations/" in html
    assert "/en/search?q=&amp;state=KOR" in html
    assert "/en/search?q=%22Jung-gu%22%20OR%20%22%EC%A4%91%EA%B5%AC%22&amp;state=KOR" in html
    assert '<a href="/en/places/?state=KOR">Its places: ' in get("/en/states/KOR/")
    assert '<a href="/en/places/">Places</a><p>' in get("/en/")


def test_a_name_of_several_places_asks_which() -> None:
    words = plain(get("/ko/places/?q=중구"))
    assert "서울특별시 중구" in words
    assert "부산광역시 중구" in words
    assert "2곳" in words
    assert "Jung-gu, Busan" in plain(get("/en/places/jung-gu/"))
    both = get("/en/places/?q=Busan")
    assert both.index("Republic of Korea</h2>") < both.index("Namibia</h2>"), "the site's own State comes first"
    assert leads("/en/places/?q=Busan&state=NAM") == "/en/places/A1/"


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("?q=해운대", "21090/"),
        ("?q=부산 중구", "21010/"),
        ("?q=kr-26", "KR-26/"),
        ("kr-26/", "KR-26/"),
        ("KOR%2Fkostat%2F21010/", None),
        ("?q=Namibia", "?state=NAM"),
        ("?q=강원도", "KR-42/?once=%EA%B0%95%EC%9B%90%EB%8F%84"),
        ("?q=강원특별자치도", "KR-42/"),
        ("Gangwon-do/", "KR-42/?once=Gangwon-do"),
        ("KR-42~2023-06-10/", "KR-42/?once=Gangwon-do"),
    ],
)
def test_what_people_type_leads_to_the_place(asked: str, there: str | None) -> None:
    if there is None:
        get(f"/en/places/{asked}", 404)
    else:
        assert leads(f"/en/places/{asked}") == f"/en/places/{there}"


def test_an_old_name_is_explained_and_nothing_else_can_be_put_there() -> None:
    assert "강원도: 옛 이름입니다" in " ".join(plain(get("/ko/places/KR-42/?once=강원도")).replace(" :", ":").split())
    assert "former name" not in get("/en/places/KR-42/?once=Paris")
    assert "former name" not in get("/en/places/KR-42/")
    words = plain(get("/en/places/KR-42/"))
    assert "In its present form since 11 June 2023 Until 10 June 2023 Gangwon-do 강원도 · Province" in words
    assert "Until 30 June 2023 Gunwi-gun 군위군 · then in Gyeongsangbuk-do" in plain(get("/en/places/37310/"))


def test_a_place_that_ended_says_until_when() -> None:
    assert "This place existed until 3 February 2001." in plain(get("/en/places/B/"))
    assert "Invented Dune" not in get("/en/places/?state=NAM")


def test_a_kind_without_a_word_stays_as_its_source_gives_it() -> None:
    assert '<bdi lang="en">Tidal flat</bdi>' in get("/ko/places/A/")
    assert '<bdi lang="fr">Rivage inventé</bdi>' in get("/fr/places/A/")


def test_unknown_places_are_said() -> None:
    assert "No place here is called “ zzz ”" in plain(get("/en/places/?q=zzz"))
    get("/en/places/zzz/", 404)
    assert "&lt;b&gt;" in get("/en/places/?q=<b>")


def test_lists_of_places_are_files_too() -> None:
    rows = Client().get("/en/places/KR-26/?format=json").getvalue().decode()
    assert '"21310"' in rows
    assert "edu-KR-26" in Client().get("/en/places/?format=csv").getvalue().decode()


def test_the_search_page_names_the_place_and_keeps_its_results() -> None:
    one = plain(get("/ko/search?q=부산 해운대구"))
    assert "지역: 부산광역시 해운대구" in one
    assert "이 이름의 지역: 서울특별시 중구 ; 부산광역시 중구" in plain(get("/ko/search?q=중구"))
    assert "?once=" in get("/ko/search?q=강원도")
    for other in ("중구 주거", "CRPD/C/GC/5", "", "Busan&page=2"):
        assert "지역:" not in plain(get(f"/ko/search?q={other}"))


def test_the_interface_finds_places() -> None:
    found = Client().get("/api/v1/places", {"q": "중구"}).json()
    assert (found["total"], [item["short"] for item in found["items"]]) == (2, ["11020", "21010"])
    assert found["items"][0]["kind_names"]["ko"] == "자치구"
    assert Client().get("/api/v1/places", {"q": "Busan", "state": "Namibia"}).json()["items"][0]["short"] == "A1"
    page = Client().get("/api/v1/places", {"state": "nam", "limit": "1", "offset": "1"}).json()
    assert (page["total"], [item["names"]["en"] for item in page["items"]]) == (2, ["Busan"])
    assert Client().get("/api/v1/places", {"state": "nowhere"}).status_code == 404
    assert Client().get("/api/v1/places", {"place": "x"}).status_code == 422


@pytest.mark.parametrize("code", ["KR-42", "kr-42", "KOR/iso3166-2/KR-42", "KR-42~2023-06-10"])
def test_the_interface_tells_one_place(code: str) -> None:
    found = Client().get(f"/api/v1/places/{code}").json()
    assert found["names"]["ko"] == "강원특별자치도"
    assert [(old["names"]["ko"], old["valid_to"]) for old in found["former"]] == [("강원도", "2023-06-10")]
    assert "edu-KR-42" in [part["short"] for part in found["below"]]


def test_the_interface_says_what_it_does_not_know() -> None:
    assert Client().get("/api/v1/places/nowhere").status_code == 404
    assert [one["short"] for one in Client().get("/api/v1/places/21010").json()["above"]] == ["KR-26"]


def test_a_place_of_a_state_of_which_the_store_holds_nothing_says_what_to_do_next() -> None:
    page = get("/en/places/A/")
    assert "This copy holds nothing yet that was asked of" in plain(page)
    assert 'href="/en/instruments/"' in page
