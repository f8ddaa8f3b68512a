"""Every page, small and large, left to right and right to left, held against axe-core at the strictest contrast."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import Open

OBSERVATIONS = "documents/CRPD/C/XXE/CO/1/"
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
    "states/XXE/recommendations/",
    "bodies/",
    "bodies/CRPD/",
    "data/",
    "glossary/",
    "glossary/?q=zzzz",
    "guide/",
    "bookmarks/",
    f"{OBSERVATIONS}?easy=1",
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


@pytest.mark.parametrize("path", ["", "search?q=housing", OBSERVATIONS, "states/XXE/"])
@pytest.mark.parametrize(
    "colours", [{"color_scheme": "dark"}, {"contrast": "more"}, {"color_scheme": "dark", "contrast": "more"}]
)
def test_dark_and_high_contrast_are_open_too(open_page: Open, path: str, colours: dict[str, str]) -> None:
    check(open_page(f"/en/{path}", **colours))
