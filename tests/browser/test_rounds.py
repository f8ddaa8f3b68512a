"""An institution asks, a city answers, and a submission begins: in a real browser, without
script, every page of it open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, serving
from tests.browser.test_access import check
from tests.browser.test_followup import HEAD, OFFICER, enter


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("asked")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    with serving(home, ["init", "--example"]) as address:
        yield address


def ask(page: Page) -> None:
    """Write two questions and send them to a city by name."""
    page.goto("/en/rounds/")
    page.get_by_role("link", name="Write questions").click()
    page.get_by_label("Title").fill("Homes, for the review")
    page.get_by_label("Places answer by").fill("2099-06-01")
    page.get_by_label("For which step").select_option("upr.stakeholder-input")
    page.get_by_label("Question", exact=True).fill("What did you do?")
    page.get_by_label("It has to be answered").check()
    page.get_by_role("button", name="Save and add a question").click()
    page.get_by_label("Question", exact=True).last.fill("How many homes were let?")
    page.get_by_label("It is answered").last.select_option("number")
    page.get_by_label("Unit, for a number").last.fill("homes")
    page.get_by_label("The numbers of the places may be added up").last.check()
    page.get_by_role("button", name="Save and choose places").click()
    page.get_by_label("Or add every place directly in").select_option("N")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("status")).to_contain_text("nobody can answer")
    page.get_by_role("button", name="Send to").click()
    expect(page.get_by_text("Sent to")).to_be_visible()


def answer(page: Page) -> None:
    """Answer, mend what is missing, and hand in."""
    page.goto("/en/rounds/")
    page.get_by_role("link", name="Homes, for the review").click()
    page.get_by_role("button", name="Hand in for your place").click()
    expect(page.get_by_text("Answer these first")).to_be_visible()
    page.get_by_label("Answer").first.fill("Twelve homes were opened.")
    page.get_by_label("Number", exact=True).fill("12")
    page.get_by_label("Of which day").fill("2026-10-01")
    page.get_by_role("button", name="Hand in for your place").click()
    expect(page.get_by_text("Handed in. The sender sees it.")).to_be_visible()


def test_from_questions_to_a_submission_and_every_page_is_open_to_everybody(open_page: Open, home: Path) -> None:
    asks = open_page("/en/", script=False)
    enter(asks, home, OFFICER)
    answers = open_page("/en/", script=False)
    enter(answers, home, HEAD)
    ask(asks)
    pk = asks.url.split("/")[-2]
    answer(answers)
    asks.reload()
    asks.get_by_role("link", name="Read what the places said").click()
    expect(asks.get_by_text("In all: 12 homes")).to_be_visible()
    asks.get_by_role("button", name="Begin a submission").click()
    expect(asks.get_by_label("Text").first).to_contain_text("Twelve homes were opened.")

    pages = ["rounds/", "rounds/new/", f"rounds/{pk}/", f"rounds/{pk}/places/", f"rounds/{pk}/together/"]
    own = [f"rounds/{pk}/answers/N1/", "places/N1/rounds/"]
    for person, paths in ((asks, pages), (answers, own)):
        page = open_page("/en/", storage_state=person.context.storage_state())
        for path in paths:
            for lang in ("en", "ko", "ar"):
                page.goto(f"/{lang}/{path}")
                check(page)
                page.set_viewport_size({"width": 390, "height": 740})
                check(page)
                page.set_viewport_size({"width": 1440, "height": 900})
