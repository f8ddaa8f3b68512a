"""Every page, small and large, left to right and right to left, held against axe-core at the strictest contrast."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import Open

OBSERVATIONS = "documents/CRPD/C/XXE/CO/1/"
THREAD = "states/XXE/threads/XXE-affd3adc/"  # a key is made of what is asked, and stays
PAGES = (
    "",
    "search?q=housing",
    "search?q=zzzz",
    "search?q=evacuation&kind=concluding-observations&by=document",
    OBSERVATIONS,
    f"{OBSERVATIONS}?text=en&beside=ko",
    f"{OBSERVATIONS}p/25/",
    "instruments/",
    "instruments/CRPD/",
    "instruments/CRPD/19/",
    "instruments/CRPD/19/?kind=concluding-observations",
    f"{OBSERVATIONS}p/7/",
    "states/",
    "states/XXE/",
    "states/XXE/threads/",
    THREAD,
    "states/XXE/recommendations/",
    "bodies/",
    "bodies/CRPD/",
    "data/",
    "data/translations/?lang=ko",
    f"{OBSERVATIONS}translation/?from=en&to=ko",
    f"{OBSERVATIONS}translation/?from=en&to=fr",
    "glossary/?q=UPR",
    "glossary/?q=zzzz",
    "guide/",
    "bookmarks/",
    f"{OBSERVATIONS}?easy=1",
)
#: One page of each kind, for the languages that are not asked for every page.
KINDS = (
    "",
    "search?q=housing",
    f"{OBSERVATIONS}?text=en&beside=ko",
    f"{OBSERVATIONS}p/25/",
    "instruments/CRPD/19/",
    "states/XXE/",
    "states/XXE/threads/",
    THREAD,
    "data/translations/?lang=ko",
    "glossary/?q=UPR",
    "guide/",
)
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "region": {"enabled": True}},
}


def check(page: Page) -> None:
    results = Axe().run(page, options=RULES)
    assert not results.response["violations"], results.generate_report()
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} scrolls sideways by {too_wide} pixels"


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_open_to_everybody(open_page: Open, path: str, lang: str) -> None:
    page = open_page(f"/{lang}/{path}", width=1440)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


def test_the_whole_glossary_is_open(open_page: Open) -> None:
    check(open_page("/en/glossary/", width=360))


@pytest.mark.parametrize("lang", ["fr", "es", "ru", "zh"])
def test_every_kind_of_page_is_open_in_the_other_languages(open_page: Open, lang: str) -> None:
    """In one window, on a wide screen and a phone by turns: what differs here is words, and where they break."""
    page = open_page(f"/{lang}/")
    for number, path in enumerate(KINDS):
        page.set_viewport_size({"width": 1280, "height": 900} if number % 2 else {"width": 390, "height": 844})
        page.goto(f"/{lang}/{path}")
        check(page)


@pytest.mark.parametrize("path", ["search?q=housing", OBSERVATIONS, f"{OBSERVATIONS}?text=en&beside=ko", "states/XXE/"])
def test_twice_the_size_loses_nothing(open_page: Open, path: str) -> None:
    """200 % zoom of a window 1280 wide is a window of 640; and text alone enlarged twice breaks nothing either."""
    page = open_page(f"/ko/{path}", width=640)
    check(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} pixels"


def test_a_document_is_read_aloud_in_its_order(open_page: Open) -> None:
    """What a screen reader meets: heading, number, text, then the margin; the title of the page before all."""
    page = open_page(f"/en/{OBSERVATIONS}?text=en")
    order = page.evaluate(
        """[...document.querySelectorAll('h1, .text h2, .text h3, .p > .n, .p > .n + div, .p > .side')]
        .map((part) => part.matches('h1') ? 'title' : part.matches('h2, h3') ? 'heading'
          : part.matches('.n') ? 'number' : part.matches('.side') ? 'margin' : 'text')"""
    )
    assert order[0] == "title"
    for before, after in pairwise(order):
        assert (before, after) not in {("text", "text"), ("number", "margin"), ("heading", "text"), ("margin", "text")}
    assert {"heading", "number", "text", "margin"} <= set(order)


@pytest.mark.parametrize("path", ["", "search?q=housing", OBSERVATIONS, "states/XXE/"])
@pytest.mark.parametrize(
    "colours", [{"color_scheme": "dark"}, {"contrast": "more"}, {"color_scheme": "dark", "contrast": "more"}]
)
def test_dark_and_high_contrast_are_open_too(open_page: Open, path: str, colours: dict[str, str]) -> None:
    check(open_page(f"/en/{path}", **colours))
