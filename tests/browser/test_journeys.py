"""Journeys of real people over a part of the real corpus (see the user guide): each asks what they came for."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open, serving

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

LANGUAGES = ("eng", "kor", "fra", "spa", "arb", "rus", "cmn_hans")
PAPERS = ("Korea", "Albania")  # States whose papers are read: two Korean rounds, and a text in Arabic


@pytest.fixture(scope="module")
def server(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a part of the corpus that imports within a minute."""
    part = tmp_path_factory.mktemp("part")
    (part / "udhr").mkdir()
    with gzip.open(corpus / "udhr" / "udhr_all_languages.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = [line for line in lines if json.loads(line)["code"] in LANGUAGES]
    (part / "udhr" / "udhr.jsonl").write_text("".join(chosen), encoding="utf-8")
    (part / "crpd" / "pdf").mkdir(parents=True)
    (part / "crpd" / "documents.jsonl").symlink_to(corpus / "crpd" / "documents.jsonl")
    for paper in (corpus / "crpd" / "pdf").iterdir():
        if any(state in paper.name for state in PAPERS):
            (part / "crpd" / "pdf" / paper.name).symlink_to(paper)
    folders = [part, *(corpus / whole for whole in ("general-comments", "treaties", "treaty-status"))]
    imports = [["import", str(folder)] for folder in folders]
    with serving(tmp_path_factory.mktemp("home"), ["init"], *imports) as address:
        yield address


def test_a_resident_searches_in_korean_on_a_phone(open_page: Open) -> None:
    page = open_page("/ko/", width=360)
    page.locator("#q").fill("주거")
    page.keyboard.press("Enter")
    first = page.locator(".hit").first
    expect(first).to_contain_text("세계인권선언")
    expect(first.locator("mark").first).to_contain_text("주거")


def test_an_officer_finds_what_was_said_about_institutions(open_page: Open) -> None:
    page = open_page("/en/")
    page.locator("#q").fill("crpd c kor co 2-3 para 42")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("42")
    expect(page.locator("blockquote")).to_contain_text("general comment No. 5 (2017)")
    expect(page.locator(".cite").first).to_contain_text("UN Doc. CRPD/C/KOR/CO/2-3")
    page.get_by_role("link", name="Read it in its place").click()
    expect(page.locator("#p42")).to_be_in_viewport()


def test_a_journalist_sees_the_treaty_status_with_its_date(open_page: Open) -> None:
    page = open_page("/en/states/KOR/")
    row = page.get_by_role("row").filter(has_text="Civil and Political Rights Covenant")
    expect(row).to_contain_text("10 April 1990")
    with page.expect_download() as download:
        page.locator("section[aria-labelledby=status] .export a", has_text="CSV").click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert content.startswith("query,treaty status of KOR")
    assert "data_version" in content


def test_a_reader_of_arabic_reads_right_to_left_and_quotes(open_page: Open) -> None:
    page = open_page("/ar/documents/CRPD/C/ALB/CO/1/")
    article = page.locator("article.text")
    expect(article).to_have_attribute("dir", "rtl")
    page.locator("#p12 .n").click()
    expect(page.locator("blockquote")).to_have_attribute("lang", "ar")
    assert page.url.split("?")[0].endswith("/ar/documents/CRPD/C/ALB/CO/1/p/12/")


def test_article_25_of_the_declaration_stands_side_by_side(open_page: Open) -> None:
    page = open_page("/ko/documents/udhr/?text=ko&beside=ar")
    row = page.locator("[id='part.25']")
    expect(row.locator("[lang=ar]")).to_contain_text("المسكن")
    expect(row).to_contain_text("의식주")
