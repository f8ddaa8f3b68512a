"""From a recommendation to an action to a report, in a real browser: the city's head without script, the institution's
officer with it, and every page of it open to everybody."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, command, serving
from tests.browser.test_access import check

OBSERVATIONS = "CRPD/C/XXE/CO/1"
PASSWORD = "correct horse 77 staple"
HEAD = [
    "head@example.org",
    "--role",
    "head",
    "--kind",
    "local",
    "--place",
    "N1",
    "--organisation",
    "City of Harbourton",
]
OFFICER = ["officer@example.org", "--role", "officer", "--organisation", "Commission of Exampland"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("followed")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    with serving(home, ["init", "--example"]) as address:
        yield address


def enter(page: Page, home: Path, person: list[str]) -> None:
    """Give somebody a role by the command line, set the password by the link it prints, and sign in."""
    environment = {**os.environ, "SMALLPLACES_HOME": str(home), "DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    words = command("people", "add", *person, "--state", "XXE", "--name", person[0].split("@")[0].title())
    done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
    link = re.search(r"/\S+/password/reset/key/\S+", done.stdout)
    assert link, done.stdout
    page.goto(link[0])
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.locator("form.stacked button").click()
    page.goto("/en/account/login/")
    page.fill("#id_login", person[0])
    page.fill("#id_password", PASSWORD)
    page.locator("form.stacked button").click()


def test_from_a_recommendation_to_an_action_to_a_report(open_page: Open, home: Path) -> None:
    page = open_page("/en/", script=False)
    enter(page, home, HEAD)
    page.goto(f"/en/documents/{OBSERVATIONS}/p/7/")
    page.get_by_role("link", name="Start follow-up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow this up")
    page.get_by_role("button", name="Start follow-up").click()
    voices = page.locator(".voice")
    expect(voices).to_have_count(3)
    for place in range(3):
        expect(voices.nth(place)).to_contain_text("No information")

    page.get_by_role("link", name="Add an action").click()
    page.get_by_label("What is done").fill("Open twelve homes")
    page.get_by_label("Ends on").fill("2020-01-01")
    page.get_by_label("Begins on").fill("2026-01-01")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("It ends before it begins.")
    page.get_by_label("Ends on").fill("2027-01-01")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open twelve homes")
    page.get_by_role("link", name="Add evidence").click()
    page.get_by_label("What it shows").fill("Minutes")
    page.get_by_label("Or a file").set_input_files({"name": "m.pdf", "mimeType": "x/y", "buffer": b"%PDF-1.7 invented"})
    page.get_by_role("button", name="Add evidence").click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Minutes").click()
    assert kept.value.suggested_filename == "m.pdf"

    page.goto("/en/places/N1/follow-up/")
    page.get_by_label("Move “Open twelve homes” to").select_option("Under way")
    page.get_by_role("button", name="Move Open twelve homes").click()
    expect(page.locator(".lane", has_text="Under way").first).to_contain_text("Open twelve homes")
    page.goto("/en/follow-up/1/")
    page.get_by_role("link", name="Report progress").click()
    page.get_by_label("How far it is").select_option("Under way")
    page.get_by_label("In words").fill("Four homes are open.")
    page.get_by_role("button", name="Sign and publish").click()
    expect(voices.nth(0)).to_contain_text("Four homes are open.")
    expect(voices.nth(0)).to_contain_text("signed by Head, City of Harbourton")
    expect(voices.nth(1)).to_contain_text("No information")


def test_the_institution_speaks_for_itself(open_page: Open, home: Path) -> None:
    page = open_page("/en/")
    enter(page, home, OFFICER)
    page.goto("/en/follow-up/1/")
    expect(page.get_by_role("link", name="Report progress")).to_have_count(0)
    page.get_by_role("link", name="Assess progress").click()
    page.get_by_label("How far it is").select_option("Not started")
    page.get_by_role("button", name="Sign and publish").click()
    expect(page.locator(".voice").nth(1)).to_contain_text("Not started")
    expect(page.locator(".voice").nth(0)).to_contain_text("Under way")
    page.get_by_role("link", name="History of every change").click()
    expect(page.locator("tbody tr").first).to_contain_text("assessed progress")


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
@pytest.mark.parametrize(
    "path",
    [
        "places/N1/follow-up/",
        "places/N1/follow-up/?view=table",
        "places/N1/follow-up/?view=timeline",
        "states/XXE/follow-up/",
        "follow-up/1/",
        "follow-up/1/history/",
        "follow-up/actions/1/",
    ],
)
def test_a_page_of_follow_up_is_open_to_everybody(open_page: Open, path: str, lang: str) -> None:
    page = open_page(f"/{lang}/{path}", width=1440)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)
