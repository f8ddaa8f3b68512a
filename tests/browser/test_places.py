"""The pages of places in a browser: open to everybody, at every width, and found from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open, serving
from tests.browser.test_access import check

HEADER = "code,name_ko,name_en,base_year,parent_code,province_ko,province_en\n"
TABLES = {
    "kostat2018_provinces": "11,서울특별시,Seoul,2018,,,\n21,부산광역시,Busan,2018,,,\n32,강원도,Gangwon-do,2018,,,\n",
    "kostat2018_municipalities": "11020,중구,Jung-gu,2018,11,x,x\n21010,중구,Jung-gu,2018,21,x,x\n",
}
LOCAL = "code,state,level,kind,name_en,parent\nA,NAM,province,tidal flat,Invented Shore,\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a few places and the example set."""
    folder = tmp_path_factory.mktemp("places")
    tables = folder / "in" / "places"
    tables.mkdir(parents=True)
    for name, rows in TABLES.items():
        (tables / f"{name}.csv").write_text(HEADER + rows, encoding="utf-8")
    (tables / "local_invented.csv").write_text(LOCAL, encoding="utf-8")
    with serving(folder, ["init", "--example"], ["import", str(folder / "in")]) as address:
        yield address


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
@pytest.mark.parametrize(
    "path",
    [
        "places/",
        "places/?q=중구",
        "places/?q=zzz",
        "places/KR-26/",
        "places/KR-42/?once=강원도",
        "places/A/",
        "search?q=중구",
    ],
)
def test_a_page_is_open_to_everybody(open_page: Open, path: str, lang: str) -> None:
    page = open_page(f"/{lang}/{path}", width=1440)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_finds_the_place_by_keyboard(open_page: Open, script: bool) -> None:
    page = open_page("/ko/", width=360, script=script)
    page.locator("nav").get_by_role("link", name="지역", exact=True).click()
    page.get_by_label("우리 시·군·구").fill("중구")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("중구: 어느 곳입니까?")
    page.get_by_role("link", name="부산광역시 중구").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("중구")
    expect(page).to_have_url(f"{page.url.split('/ko/')[0]}/ko/places/21010/")
    page.get_by_role("navigation", name="현재 위치").get_by_role("link", name="부산광역시").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("부산광역시")
