"""A welfare officer of a district is asked by the council what the UN said in 2022 about people in institutions: over a
part of the real corpus, from the page of the district to a Korean brief on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open, serving
from tests.browser.test_access import check

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

PLACE = "21090"  # 부산광역시 해운대구
A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def server(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the places and what the Committee told the Republic of Korea twice."""
    part = tmp_path_factory.mktemp("part")
    (part / "crpd" / "pdf").mkdir(parents=True)
    (part / "crpd" / "documents.jsonl").symlink_to(corpus / "crpd" / "documents.jsonl")
    for paper in (corpus / "crpd" / "pdf").glob("Republic of Korea_*_CO_*.pdf"):
        (part / "crpd" / "pdf" / paper.name).symlink_to(paper)
    imports = [["import", str(folder)] for folder in (part, corpus / "places")]
    head = ["people", "add", "head@example.org", "--role", "head", "--organisation", "해운대구", "--kind", "local"]
    head += ["--state", "KOR", "--place", PLACE, "--name", "복지정책과장"]
    with serving(tmp_path_factory.mktemp("home"), ["init"], *imports, head) as address:
        yield address


def test_the_officer_prints_a_korean_brief_of_what_was_said(open_page: Open, server: str, tmp_path: Path) -> None:
    page = open_page(f"/ko/places/{PLACE}/", width=1280)
    expect(page.locator("main .lead").first).to_contain_text("해운대구에서 할 일입니다")
    page.get_by_label("부서", exact=True).select_option("disability")
    page.get_by_label("시작 연도").fill("2022")
    page.get_by_role("button", name="보기", exact=True).click()
    item = page.locator(".asked-item", has=page.get_by_role("link", name="CRPD/C/KOR/CO/2-3 ¶ 42", exact=True))
    expect(item).to_contain_text("공동(국가·지방)")
    expect(item).to_contain_text("기계의 제안이며 확인되지 않았습니다")
    expect(item.get_by_role("link", name="2014년부터")).to_be_visible()
    page.get_by_role("link", name="보고서 만들기").click()
    expect(page.get_by_label("시작 연도")).to_have_value("2022")
    expect(page.get_by_label("부서")).to_have_value("disability")
    page.get_by_role("button", name="보고서 보기").click()
    expect(page.locator(".brief h1")).to_contain_text("해운대구, 장애인복지")
    line = page.locator(".brief li", has=page.get_by_role("link", name="CRPD/C/KOR/CO/2-3, 42항"))
    expect(line).to_contain_text("「지방자치법」 제13조제2항제2호")
    line.get_by_text("문단 전문(원문)").click()
    expect(line.locator("details")).to_contain_text("deinstitutionalization")
    paper = tmp_path / "brief.pdf"
    page.pdf(path=str(paper), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(paper)
    try:
        assert 1 <= len(document) <= 4
        for sheet in document:
            assert tuple(round(side) for side in sheet.get_size()) == A4
            text = sheet.get_textpage().get_text_range()
            assert "데이터 버전" in text, "the foot stands on every page"
            assert f"/places/{PLACE}/briefs/view/" in text.replace("\r\n", "")
    finally:
        document.close()
    line.get_by_role("link", name="CRPD/C/KOR/CO/2-3, 42항").click()
    expect(page.locator("blockquote").first).to_contain_text("general comment No. 5 (2017)")


@pytest.mark.parametrize("lang", ["ko", "ar"])
@pytest.mark.parametrize("tail", ["", "?department=disability", "briefs/", "briefs/new/", "briefs/view/?items=3"])
def test_every_page_is_open_to_everybody(open_page: Open, tail: str, lang: str) -> None:
    page = open_page(f"/{lang}/places/{PLACE}/{tail}", width=1280)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


def test_the_same_with_the_keyboard_alone_and_without_script(open_page: Open) -> None:
    page = open_page(f"/ko/places/{PLACE}/briefs/new/?department=disability&since=2022", script=False)
    page.get_by_role("button", name="보고서 보기").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="CRPD/C/KOR/CO/2-3, 42항")).to_be_visible()
