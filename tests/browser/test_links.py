"""Citations in a text, by mouse, by keyboard, and without any script."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.browser.conftest import Open

PARAGRAPH = "/en/documents/CRPD/C/XXE/CO/1/p/2/"


def test_a_citation_tells_where_it_leads_and_goes_there(open_page: Open) -> None:
    page = open_page(PARAGRAPH)
    link, card = page.locator("blockquote a.c").first, page.locator("#peek")
    told = link.get_attribute("title") or ""
    expect(card).to_be_hidden()
    link.focus()
    expect(card).to_be_visible()
    expect(card.locator("strong")).to_have_text(told.split("\n")[0])
    assert link.get_attribute("aria-describedby") == "peek"
    assert not Axe().run(page).response["violations"]
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert link.get_attribute("title") == told
    link.hover()
    card.hover()  # pointing at the card does not take it away
    page.wait_for_timeout(300)
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    link.click()
    expect(page.locator("main")).to_contain_text("CRPD/C/XXE/Q/1")


def test_a_citation_is_a_plain_link_without_script(open_page: Open) -> None:
    page = open_page(PARAGRAPH, script=False)
    link = page.locator("blockquote a.c").first
    assert link.get_attribute("title")
    link.click()
    assert "CRPD/C/XXE/Q/1" in page.url
