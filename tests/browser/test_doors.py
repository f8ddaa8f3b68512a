"""Doors in a real browser, over the invented example set: open to everybody, wide and narrow, both ways of writing."""

from __future__ import annotations

import pytest
from tests.browser.conftest import Open
from tests.browser.test_access import check

PAGES = ("doors/", "doors/upr/", "doors/reporting/", "doors/standing/", "states/XXE/doors/")


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_doors_is_open_to_everybody(open_page: Open, path: str, lang: str) -> None:
    page = open_page(f"/{lang}/{path}", width=1440)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


def test_a_day_leads_to_the_words_that_set_it(open_page: Open) -> None:
    """From the list of a State to the day, and from there to the paragraph; without script."""
    page = open_page("/en/states/XXE/doors/?on=2023-01-01", script=False)
    page.get_by_role("link", name="State's report", exact=True).first.click()
    assert "combined second and third periodic reports" in page.locator("q").inner_text()
    page.get_by_role("link", name="CRPD/C/XXE/CO/1").click()
    assert "/documents/CRPD/C/XXE/CO/1/" in page.url
