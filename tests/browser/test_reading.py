"""The tools of reading, in a browser: the outline follows, paragraphs are kept, words are explained."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import Open

OBSERVATIONS = "documents/CRPD/C/XXE/CO/1/"


def test_the_outline_follows_the_scroll(open_page: Open) -> None:
    page = open_page(f"/en/{OBSERVATIONS}?text=en", width=1440)
    entries = page.locator(".outline a[href^='#h']")
    expect(entries.nth(3)).not_to_have_attribute("aria-current", "location")
    anchor = entries.nth(3).get_attribute("href") or ""
    page.evaluate("id => document.getElementById(id).scrollIntoView()", anchor.removeprefix("#"))
    expect(entries.nth(3)).to_have_attribute("aria-current", "location")
    assert page.locator(".outline [aria-current]").count() == 1


def test_a_paragraph_is_kept_listed_in_the_page_s_language_and_taken_away(open_page: Open) -> None:
    page = open_page(f"/en/{OBSERVATIONS}?text=en", width=1440)
    page.locator("#p7 .n").focus()
    button = page.locator("#p7 .keep")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto(page.url.partition("/en/")[0] + "/ko/bookmarks/")
    kept = page.locator("#kept > li")
    expect(kept).to_have_count(1)
    assert f"/ko/{OBSERVATIONS}p/7/" in (kept.locator("a").get_attribute("href") or "")
    kept.locator("button").click()
    expect(kept).to_have_count(0)
    expect(page.locator("#none-kept")).to_be_visible()
