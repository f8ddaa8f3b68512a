"""Places: one by its code or name, what a name may mean, what lies above and below, and what was renamed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.command import run, run_json

from smallplaces.errors import NotFound
from smallplaces_site.corpus.read import places

HEADER = "code,name_ko,name_en,base_year,parent_code,province_ko,province_en\n"
TABLES = {  # real codes, because renaming and short names hang on them
    "kostat2018_provinces": "11,서울특별시,Seoul,2018,,,\n21,부산광역시,Busan,2018,,,\n32,강원도,Gangwon-do,2018,,,\n"
    "33,충청북도,Chungcheongbuk-do,2018,,,\n31,경기도,Gyeonggi-do,2018,,,\n",
    "kostat2018_municipalities": "11020,중구,Jung-gu,2018,11,x,x\n21010,중구,Jung-gu,2018,21,x,x\n"
    "31011,수원시장안구,Suwonsijangangu,2018,31,경기도,Gyeonggi-do\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    (folder / "in" / "places").mkdir(parents=True)
    for name, rows in TABLES.items():
        (folder / "in" / "places" / f"{name}.csv").write_text(HEADER + rows, encoding="utf-8")
    run(folder / "home", "init")
    run(folder / "home", "import", str(folder / "in"))
    return folder / "home"


def short(home: Path, name: str) -> list[str]:
    return [one["short"] for one in run_json(home, "place", name)]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("중구", ["11020", "21010"]),
        ("부산 중구", ["21010"]),
        ("Jung-gu, Busan", ["21010"]),
        ("부산", ["KR-26"]),
        ("BUSAN", ["KR-26"]),
        ("kr-26", ["KR-26"]),
        ("강원도", ["KR-42"]),
        ("충북", ["KR-43"]),
        ("장안구", ["31011"]),
        ("부산광역시교육청", ["edu-KR-26"]),
        ("KOR/kostat/21010", ["21010"]),
    ],
)
def test_a_place_is_found_by_what_people_call_it(home: Path, name: str, codes: list[str]) -> None:
    assert short(home, name) == codes


def test_a_renamed_place_says_what_it_was(home: Path) -> None:
    (gangwon,) = run_json(home, "place", "강원")
    assert gangwon["names"]["ko"] == "강원특별자치도"
    assert gangwon["former"] == [{"names": {"ko": "강원도", "en": "Gangwon-do"}, "until": "2023-06-10"}]


def test_a_place_knows_what_lies_above_and_below(home: Path) -> None:
    (suwon,) = run_json(home, "place", "수원")
    assert (suwon["above"], suwon["below"], suwon["kind"]) == (["KR-41"], ["31011"], "special case city")


def test_an_unknown_name_is_said(home: Path) -> None:
    assert "no place of that code or name" in run(home, "place", "nowhere", "--json", code=1)


@pytest.mark.django_db
def test_an_empty_store_has_no_places() -> None:
    assert (places.called("부산"), places.states(), places.highest("KOR")) == ([], {}, [])
    with pytest.raises(NotFound):
        places.get("KR-26")


def test_a_name_is_written_so_that_one_can_tell_which(home: Path) -> None:
    assert "부산광역시 중구" in run(home, "place", "부산 중구")
    assert "경기도 수원시 장안구" in run(home, "place", "장안구")
