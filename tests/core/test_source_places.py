"""Places: Korea with its changes, other States by ISO 3166-2. Codes are real because the tables are about them."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from smallplaces.model.place import Place
from smallplaces.sources import registry
from smallplaces.sources.base import Context, File, Item, Refusal, Signal

HEADER = "code,name_ko,name_en,base_year,parent_code,province_ko,province_en\n"


def read(folder: Path, **tables: str) -> list[Item]:
    files = []
    for name, content in tables.items():
        path = folder / f"{name.replace('_iso', '_iso3166-2')}.csv"
        path.write_text(content, encoding="utf-8-sig")
        files.append(File(path, path.name, ""))
    return list(registry.get("places").read(tuple(files), Context()))


def by_code(items: list[Item]) -> dict[str, Place]:
    places = [item for item in items if isinstance(item, Place)]
    assert len({place.code for place in places}) == len(places)
    return {place.code: place for place in places}


def test_a_renamed_province_is_there_twice_with_the_days(tmp_path: Path) -> None:
    places = by_code(
        read(tmp_path, kostat2018_provinces=HEADER + "32,강원도,Gangwon-do,2018,,,\n26,울산광역시,Ulsan,2018,,,\n")
    )
    now, before = places["KOR/iso3166-2/KR-42"], places["KOR/iso3166-2/KR-42~2023-06-10"]
    assert (now.names["ko"], now.kind, now.valid_from, now.valid_to) == (
        "강원특별자치도",
        "special self-governing province",
        "2023-06-11",
        "",
    )
    assert (before.names["ko"], before.kind, before.valid_from, before.valid_to) == (
        "강원도",
        "province",
        "",
        "2023-06-10",
    )
    ulsan = places["KOR/iso3166-2/KR-31"]
    assert (ulsan.level, ulsan.kind, ulsan.parent, ulsan.as_of) == ("province", "metropolitan city", "", "2018")


def test_schools_have_an_authority_of_their_own_that_is_renamed_with_its_province(tmp_path: Path) -> None:
    places = by_code(read(tmp_path, kostat2018_provinces=HEADER + "32,강원도,Gangwon-do,2018,,,\n"))
    now, before = places["KOR/education/KR-42"], places["KOR/education/KR-42~2023-06-10"]
    assert (now.names["ko"], before.names["ko"]) == ("강원특별자치도교육청", "강원도교육청")
    assert (now.level, now.kind, now.parent) == ("authority", "education office", "KOR/iso3166-2/KR-42")


def test_a_state_adds_its_places_by_a_file(tmp_path: Path) -> None:
    rows = (
        "code,state,level,kind,parent,name_en,name_fr,valid_from\n"
        "10,France,province,region,,Invented region,Région inventée,2016-01-01\n"
        "10-1,FRA,municipality,commune,10,,Commune inventée,\n"
        "x,Nowhere,province,,,A,,\n"
        "y,FRA,moon,,,A,,\n"
        "z,FRA,province,,,,,\n"
    )
    items = read(tmp_path, local_fra=rows)
    places = by_code(items)
    assert places["FRA/local/10-1"].parent == "FRA/local/10"
    assert places["FRA/local/10"].names == {"en": "Invented region", "fr": "Région inventée"}
    assert [item.reason.partition(":")[0] for item in items if isinstance(item, Refusal)] == [
        "the catalogue has no State 'Nowhere'",
        "expected one of province, municipality, submunicipality, authority; got 'moon'",
        "a place needs a name in some language",
    ]


def test_a_county_that_moved_has_two_parents_in_turn(tmp_path: Path) -> None:
    places = by_code(read(tmp_path, kostat2018_municipalities=HEADER + "37310,군위군,Gunwi-gun,2018,37,경상북도,x\n"))
    assert places["KOR/kostat/37310"].parent == "KOR/iso3166-2/KR-27"
    assert places["KOR/kostat/37310~2023-06-30"].parent == "KOR/iso3166-2/KR-47"


def test_the_city_above_its_districts_is_a_place_and_its_districts_are_not_local_governments(tmp_path: Path) -> None:
    rows = (
        "31011,수원시장안구,Suwonsijangangu,2018,31,경기도,x\n"
        "31012,수원시권선구,Suwonsigwonseongu,2018,31,경기도,x\n"
        "37011,포항시남구,Nam-gu,2018,37,경상북도,x\n"
        "21070,남구,Nam-gu,2018,21,부산광역시,x\n"
    )
    below = "3101152,파장동,Pajang-dong,2018,31011,경기도,x\n2107051,대연동,Daeyeon-dong,2018,21070,부산광역시,x\n"
    places = by_code(
        read(tmp_path, kostat2018_submunicipalities=HEADER + below, kostat2018_municipalities=HEADER + rows)
    )
    city = places["KOR/kostat/31010"]
    assert (city.level, city.kind, city.names, city.parent) == (
        "municipality",
        "special case city",
        {"ko": "수원시", "en": "Suwon-si"},
        "KOR/iso3166-2/KR-41",
    )
    district = places["KOR/kostat/31011"]
    assert (district.level, district.names, district.parent) == (
        "submunicipality",
        {"ko": "수원시 장안구", "en": "Jangan-gu"},
        city.code,
    )
    assert (places["KOR/kostat/37011"].names["en"], places["KOR/kostat/37011"].parent) == ("Nam-gu", "KOR/kostat/37010")
    assert (places["KOR/kostat/21070"].level, places["KOR/kostat/21070"].kind) == (
        "municipality",
        "autonomous district",
    )
    assert (places["KOR/kostat/3101152"].parent, places["KOR/kostat/3101152"].kind) == (district.code, "neighbourhood")


def test_the_subdivisions_of_other_states_have_parents(tmp_path: Path) -> None:
    rows = (
        "AZ-NX,Autonomous republic,,Naxçıvan,\nAZ-BAB,Rayon,NX,Babək,\nNA-KH,Region,,Khomas,코마스주\n"
        "KR-26,City,,Busan,\nQQ-1,Region,,Exampland,\n"
    )
    items = read(tmp_path, subdivisions_iso_ko="code,type,parent,name,name_ko\n" + rows)
    places = by_code(items)
    assert set(places) == {"AZE/iso3166-2/AZ-NX", "AZE/iso3166-2/AZ-BAB", "NAM/iso3166-2/NA-KH"}
    assert places["AZE/iso3166-2/AZ-BAB"].parent == "AZE/iso3166-2/AZ-NX"
    assert places["AZE/iso3166-2/AZ-BAB"].level == "municipality"
    assert places["NAM/iso3166-2/NA-KH"].names == {"en": "Khomas", "ko": "코마스주"}
    assert [item.reason for item in items if isinstance(item, Refusal)] == ["the catalogue has no State 'QQ'"]


def test_tables_of_countries_check_the_catalogue(tmp_path: Path) -> None:
    rows = "ID,IDN,360,Indonesia,,인도네시아\nXX,PER,604,Peru,,칠레\nXX,EXA,999,Exampland,,\n"
    path = tmp_path / "countries_iso3166-1_multilingual.csv"
    path.write_text("alpha_2,alpha_3,numeric,name_en,official_name_en,name_ko\n" + rows, encoding="utf-8")
    items = list(registry.get("places").read((File(path, path.name, ""),), Context()))
    assert [item.what for item in items if isinstance(item, Signal)] == [
        "the catalogue of States reads '칠레' as CHL, not PER",
        "the catalogue of States does not know 'Exampland' (EXA)",
    ]


@pytest.mark.parametrize("row", ["1,x,x,2018,,,", "abcde,x,x,2018,,,", "11,,x,2018,,,"])
def test_a_row_without_a_code_or_a_name_is_refused(tmp_path: Path, row: str) -> None:
    (refusal,) = read(tmp_path, kostat2018_provinces=f"{HEADER}{row}\n")
    assert isinstance(refusal, Refusal)


@pytest.mark.corpus
def test_the_corpus_holds_226_local_governments_below_17_provinces() -> None:
    folder = os.environ.get("SMALLPLACES_CORPUS")
    if not folder:
        pytest.skip("SMALLPLACES_CORPUS is not set")
    files = tuple(File(path, path.name, "") for path in Path(folder, "places").iterdir())
    items = list(registry.get("places").read(files, Context()))
    places = by_code(items)
    assert not [item for item in items if isinstance(item, Refusal)]
    assert all(not place.parent or place.parent in places for place in places.values())
    korea = [place for place in places.values() if place.state == "KOR" and not place.valid_to]
    assert Counter(place.level for place in korea)["province"] == 17
    kinds = Counter(place.kind for place in korea if place.level == "municipality")
    cities = kinds["city"] + kinds["city of 500,000 or more"] + kinds["special case city"]
    assert cities + kinds["county"] + kinds["autonomous district"] == 226
    assert kinds["special case city"] == 5
    assert Counter(place.kind for place in korea)["education office"] == 17
    same_name = [place.parent for place in korea if place.names["ko"] == "중구" and place.level == "municipality"]
    assert len(same_name) == len(set(same_name)) == 6
