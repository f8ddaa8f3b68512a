"""The switch for other languages, by keyboard and by mouse; on the example set."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import Open


def test_a_reader_sees_what_was_added_and_takes_it_back(open_page: Open) -> None:
    page = open_page("/ko/search?q=정당한 편의제공", width=360)
    expect(page.get_by_text("다른 언어에서 찾은 개념: 정당한 편의제공").first).to_be_visible()
    page.locator("#across-off").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#across-on")).to_be_visible()
    expect(page.get_by_text("다른 언어에서 찾은 개념")).to_have_count(0)
    page.locator("#across-on").click()
    page.locator(".across .added a").click()
    expect(page.get_by_text("제외한 개념:")).to_be_visible()
    expect(page.get_by_text("다른 언어에서 찾은 개념")).to_have_count(0)


def test_the_terms_are_shown_in_their_own_language_and_direction(open_page: Open) -> None:
    page = open_page("/en/search?q=reasonable accommodation&across=yes")
    expect(page.locator("bdi[dir=rtl][lang=ar]")).to_have_count(
        0
    )  # the example holds no Arabic: nothing was asked there
    expect(page.locator("#results")).to_be_visible()
