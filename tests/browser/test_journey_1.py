"""A resident of Busan types 주거 on a phone, over a part of the real corpus."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, serving

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

LANGUAGES = ("eng", "kor", "fra", "spa", "arb", "rus", "cmn_hans")
PHONE = 390


@pytest.fixture(scope="module")
def server(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Declaration, the treaties, the general comments, and what Korea was recommended by other States."""
    part = tmp_path_factory.mktemp("part")
    (part / "udhr").mkdir()
    with gzip.open(corpus / "udhr" / "udhr_all_languages.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = [line for line in lines if json.loads(line)["code"] in LANGUAGES]
    (part / "udhr" / "udhr.jsonl").write_text("".join(chosen), encoding="utf-8")
    (part / "upr").mkdir()
    name = "upr_info_sessions_1-20.csv.gz"
    with gzip.open(corpus / "upr" / name, "rt", encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        mine = [row for row in rows if "Korea" in row["To"]]
    with gzip.open(part / "upr" / name, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(mine[0]))
        writer.writeheader()
        writer.writerows(mine)
    folders = [part, *(corpus / whole for whole in ("general-comments", "treaties"))]
    imports = [["import", str(folder)] for folder in folders]
    with serving(tmp_path_factory.mktemp("home"), ["init"], *imports) as address:
        yield address


def searched(open_page: Open) -> Page:
    page = open_page("/ko/", width=PHONE)
    page.locator("#q").fill("주거")
    page.keyboard.press("Enter")
    return page


def test_korean_texts_come_first(open_page: Open) -> None:
    page = searched(open_page)
    expect(page.locator(".guided")).to_contain_text("사회권규약 11: 적절한 생활수준과 주거")
    declared = page.locator(".hit").filter(has_text="세계인권선언")
    expect(declared.filter(has_text="제25조")).to_have_count(1)
    languages = [hit.get_attribute("lang") for hit in page.locator(".hit .excerpt").all()]
    first_foreign = next(at for at, lang in enumerate(languages) if lang != "ko")
    assert first_foreign >= 2
    assert "ko" not in languages[first_foreign:]


def test_general_comments_are_marked_as_found_across_languages(open_page: Open) -> None:
    page = searched(open_page)
    foreign = page.locator(".hit").filter(has=page.locator(".excerpt[lang=en]"))
    for number in ("No. 4", "No. 7"):
        found = foreign.filter(has_text=f"General Comment {number}").first
        expect(found).to_contain_text("다른 언어에서 찾은 개념: 적절한 주거에 대한 권리")
    expect(page.locator(".across")).to_contain_text("적절한 주거에 대한 권리")


def test_what_korea_was_recommended_is_found_too(open_page: Open) -> None:
    page = open_page("/ko/search?q=주거&state=KOR", width=PHONE)
    first = page.locator(".hit").first
    expect(first).to_contain_text("대한민국")
    expect(first).to_contain_text("영어본")
    expect(first).to_contain_text("다른 언어에서 찾은 개념")


def test_she_opens_the_article_and_reads_it_in_plain_words(open_page: Open) -> None:
    page = searched(open_page)
    page.locator(".guided a").first.click()
    assert "/ko/instruments/ICESCR/11/" in page.url
    plain, text = page.locator(".plain-words").first, page.locator(".quote").first
    expect(plain).to_contain_text("적절한 주거")
    expect(text).to_contain_text("adequate food, clothing and housing")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_declaration_stands_side_by_side_on_a_phone(open_page: Open) -> None:
    page = searched(open_page)
    page.locator(".hit").filter(has_text="제25조").locator("h2 a").click()
    page.locator("#beside").select_option("en")
    page.locator("form.pair button").click()
    row = page.locator("[id='part.25']")
    expect(row).to_contain_text("의식주")
    other = row.locator("[lang=en]").last
    expect(other).to_contain_text("housing")
    above, below = row.locator("> div").first.bounding_box(), row.locator("> div").nth(1).bounding_box()
    assert above
    assert below
    assert below["y"] >= above["y"] + above["height"] - 1, "one under the other on a phone"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
