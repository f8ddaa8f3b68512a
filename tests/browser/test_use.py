"""Using the pages: by keyboard, without script, while typing, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open

OBSERVATIONS = "/en/documents/CRPD/C/XXE/CO/1/"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.id"))


def test_the_first_key_skips_to_the_content(open_page: Open) -> None:
    page = open_page(OBSERVATIONS)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_document_is_found_and_read_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/en/")
    page.locator("#q").focus()
    page.keyboard.type("deinstitutionalization evacuation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.locator(".hit h2 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    expect(page.locator(page.url[page.url.index("#") :])).to_be_in_viewport()


def test_focus_can_always_be_seen(open_page: Open) -> None:
    page = open_page("/en/search?q=housing")
    for _ in range(25):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width != "0px", focused(page)


def test_results_follow_typing_and_are_announced(open_page: Open) -> None:
    page = open_page("/en/search?q=housing")
    page.locator("#q").fill("evacuation")
    expect(page.locator("#announce")).to_contain_text("found")
    expect(page).to_have_url(re.compile("q=evacuation"))
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(".hit mark").first).to_have_text(re.compile("evacuat", re.I))


def test_a_facet_narrows_in_place_and_can_be_taken_away(open_page: Open) -> None:
    page = open_page("/en/search?q=housing")
    before = page.locator("h1").inner_text()
    page.locator("#v-kind-general-comment").click()
    expect(page).to_have_url(re.compile("kind=general-comment"))
    expect(page.locator("#v-kind-general-comment")).to_be_focused()
    expect(page.locator(".chosen a")).to_have_count(1)
    page.locator("#q").fill("home")
    expect(page).to_have_url(re.compile("q=home.*kind=general-comment|kind=general-comment.*q=home"))
    page.locator("#q").fill("housing")
    expect(page).to_have_url(re.compile("q=housing"))
    page.locator(".chosen a").click()
    expect(page.locator(".chosen a")).to_have_count(0)
    expect(page.locator("h1")).to_have_text(before)
    page.go_back()
    expect(page.locator(".chosen a")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1440])
def test_everything_works_without_script(open_page: Open, width: int) -> None:
    page = open_page("/ko/", width=width, script=False)
    page.locator("#q").fill("탈시설")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).not_to_have_count(0)
    facet = page.locator("#v-kind-concluding-observations")
    if width == 360:
        expect(facet).to_be_hidden()
        page.locator("#facets > summary").click()
    facet.click()
    expect(page.locator(".chosen a")).to_have_count(1)
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article.text")).to_have_attribute("lang", "ko")
    page.locator("a.n").first.click()
    expect(page.locator("blockquote.quote")).to_be_visible()
    page.locator(".langs summary").click()
    page.locator(".langs a[lang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_copied_text_carries_its_source(open_page: Open) -> None:
    page = open_page(OBSERVATIONS, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#p25 div'))")
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "CRPD/C/XXE/CO/1" in copied
    assert "paragraph 25" in copied
    assert "/p/25/" in copied


def test_a_paragraph_of_a_document_offers_its_link(open_page: Open) -> None:
    page = open_page(OBSERVATIONS, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#p25 .n").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "Copy link"
    page.keyboard.press("Enter")
    expect(page.locator("#p25 .link")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/documents/CRPD/C/XXE/CO/1/p/25/")


def test_the_paragraph_page_copies_its_link(open_page: Open) -> None:
    page = open_page(f"{OBSERVATIONS}p/25/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/p/25/")


def test_on_paper_there_is_text_and_address_and_no_furniture(open_page: Open) -> None:
    page = open_page(OBSERVATIONS)
    page.emulate_media(media="print")
    expect(page.locator(".top nav")).to_be_hidden()
    expect(page.locator(".outline")).to_be_hidden()
    expect(page.locator("#p25")).to_be_visible()
    expect(page.locator(".printed")).to_contain_text("data version")


def test_style_and_script_are_small(open_page: Open, server: str) -> None:
    page = open_page("/en/search?q=housing")
    sizes = page.evaluate("""async () => {
        const found = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((e) => e.href || e.src);
        const texts = await Promise.all(found.map((address) => fetch(address).then((answer) => answer.text())));
        return texts.map((text) => text.length);
    }""")
    assert len(sizes) == 2
    assert sum(sizes) <= 50_000
