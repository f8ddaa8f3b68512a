"""A reader of Arabic: the whole site right to left, an Arabic text beside the English one, paragraph 12 quoted.

The corpus holds concluding observations in Arabic whose English it does not hold; the Declaration stands for them side
by side.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import Open, serving

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

KEY = "CRPD/C/ALB/CO/1"
PAGES = (
    *("", "search?q=السكن", "instruments/", "instruments/CRPD/", "instruments/CRPD/19/", "states/", "states/ALB/"),
    *("places/", "bodies/", "bodies/CRPD/", "data/", "data/translations/", "glossary/", "guide/", "bookmarks/"),
)


@pytest.fixture(scope="module")
def server(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Albania's papers in Arabic, the Convention, and the Declaration in two languages."""
    part = tmp_path_factory.mktemp("part")
    (part / "udhr").mkdir()
    with gzip.open(corpus / "udhr" / "udhr_all_languages.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = [line for line in lines if json.loads(line)["code"] in ("arb", "eng")]
    (part / "udhr" / "udhr.jsonl").write_text("".join(chosen), encoding="utf-8")
    (part / "crpd" / "pdf").mkdir(parents=True)
    (part / "crpd" / "documents.jsonl").symlink_to(corpus / "crpd" / "documents.jsonl")
    for paper in (corpus / "crpd" / "pdf").iterdir():
        if "Albania" in paper.name or "ALB" in paper.name:
            (part / "crpd" / "pdf" / paper.name).symlink_to(paper)
    imports = [["import", str(part)], ["import", str(corpus / "treaties")]]
    with serving(tmp_path_factory.mktemp("home"), ["init"], *imports) as address:
        yield address


def test_every_page_runs_from_right_to_left(open_page: Open) -> None:
    page = open_page("/ar/", width=390)
    for path in PAGES:
        page.goto(f"/ar/{path}")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("h1").first).to_be_visible()
        at_the_right = page.evaluate("innerWidth - document.querySelector('h1').getBoundingClientRect().right")
        assert at_the_right < 60, f"the heading of {path} does not begin at the right"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} scrolls sideways"


def test_symbols_and_numbers_keep_their_order(open_page: Open) -> None:
    page = open_page(f"/ar/documents/{KEY}/")
    for symbol in page.locator("bdi.symbol").all():
        assert re.fullmatch(r"[A-Z0-9/.\-]+", symbol.inner_text()), "a symbol stands alone in its own direction"
    article = page.locator("article.text")
    expect(article).to_have_attribute("lang", "ar")
    expect(article).to_have_attribute("dir", "rtl")


def test_arabic_stands_right_of_english(open_page: Open) -> None:
    page = open_page("/ar/documents/udhr/?text=ar")
    page.locator("#beside").select_option("en")
    page.locator("form.pair button").click()
    row = page.locator("[id='part.12']")
    mine, other = row.locator("> div").first, row.locator("> div").nth(1)
    expect(mine).to_contain_text("حياته الخاصة")
    expect(other).to_have_attribute("dir", "ltr")
    expect(other).to_contain_text("privacy")
    right, left = mine.bounding_box(), other.bounding_box()
    assert right
    assert left
    assert left["x"] + left["width"] <= right["x"]


def test_paragraph_12_is_quoted_with_a_permanent_link(open_page: Open, browser: Browser, server: str) -> None:
    page = open_page(f"/ar/documents/{KEY}/?text=ar")
    page.locator("#p12 .n").click()
    quote = page.locator("blockquote")
    expect(quote).to_have_attribute("lang", "ar")
    words = quote.inner_text()
    permanent = page.locator("section[aria-labelledby=cite] p.small a").get_attribute("href") or ""
    assert permanent == f"{server}/ar/documents/{KEY}/p/12/"
    expect(page.locator(".cite").first).to_contain_text("UN Doc. CRPD/C/ALB/CO/1")
    again = browser.new_page()
    try:
        again.goto(permanent)
        assert again.locator("blockquote").inner_text() == words
    finally:
        again.close()
