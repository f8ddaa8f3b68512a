"""The review queue in a real browser: thirty in ten minutes by keyboard, and every button without script."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, command, serving
from tests.browser.test_access import check

PASSWORD = "correct horse 77 staple"
OFFICER = "officer@example.org"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reviewed")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    """A server with the example set."""
    with serving(home, ["init", "--example"]) as address:
        yield address


@pytest.fixture(scope="module")
def state(home: Path, server: str, browser: object) -> dict[str, object]:
    """What a browser keeps of an officer of Exampland who signed in."""
    words = ["people", "add", OFFICER, "--role", "officer", "--organisation", "Commission", "--state", "XXE"]
    environment = {**os.environ, "SMALLPLACES_HOME": str(home), "DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command(*words), env=environment, check=True, capture_output=True, text=True)
    context = browser.new_context(base_url=server)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(done.stdout.split()[-1])
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("main form button")
    page.goto("/en/account/login/?next=/en/review/")
    page.fill("#id_login", OFFICER)
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    kept: dict[str, object] = context.storage_state()
    context.close()
    return kept


def left(page: Page) -> int:
    return int(page.locator("#queue").get_attribute("data-left") or 0)


def test_demands_are_confirmed_one_after_another_by_keyboard(open_page: Open, state: dict[str, object]) -> None:
    page = open_page("/en/review/", storage_state=state)
    before = left(page)
    for count in range(1, 4):
        page.keyboard.press("c")
        expect(page.locator("#queue")).to_have_attribute("data-left", str(before - count))
        expect(page.locator("#focus")).to_be_focused()
        expect(page.locator("#queue-says")).to_contain_text("Confirmed:")
    page.keyboard.press("u")
    expect(page.locator("#queue")).to_have_attribute("data-left", str(before - 2))
    expect(page.locator("#queue-says")).to_contain_text("Taken back")


def test_a_demand_is_corrected_by_keyboard(open_page: Open, state: dict[str, object]) -> None:
    page = open_page("/en/review/", storage_state=state)
    where = page.locator("#focus bdi")
    before, first = left(page), where.inner_text()
    page.keyboard.press("s")
    expect(where).not_to_have_text(first)
    page.keyboard.press("k")
    expect(where).to_have_text(first)
    page.keyboard.press("e")
    expect(page.locator("#level")).to_be_focused()
    page.locator("#level").select_option("national")
    page.locator("#why").fill("cue words mislead here")  # c, s, u in a field are letters
    page.keyboard.press("Enter")  # in a field of the correction: records the correction, not a confirmation
    expect(page.locator("#queue")).to_have_attribute("data-left", str(before - 1))
    expect(page.locator("#queue-says")).to_contain_text("Corrected:")


def test_the_keys_are_shown(open_page: Open, state: dict[str, object]) -> None:
    page = open_page("/en/review/", storage_state=state)
    page.keyboard.press("?")
    expect(page.locator("#keys dl")).to_be_visible()


def test_everything_works_by_buttons_without_script(open_page: Open, state: dict[str, object]) -> None:
    page = open_page("/en/review/", script=False, storage_state=state)
    before = left(page)
    page.locator("#confirm").click()
    assert left(page) == before - 1
    expect(page.locator(".said")).to_contain_text("Confirmed:")
    page.locator("#undo").click()
    assert left(page) == before


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
def test_the_queue_is_open_to_everybody(open_page: Open, state: dict[str, object], lang: str) -> None:
    page = open_page(f"/{lang}/review/", storage_state=state)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
@pytest.mark.parametrize("path", ["states/XXE/threads/XXE-affd3adc/decide/", "documents/CRPD/C/XXE/CO/1/p/2/links/"])
def test_the_pages_that_decide_on_threads_and_links_are_open(
    open_page: Open, state: dict[str, object], path: str, lang: str
) -> None:
    page = open_page(f"/{lang}/{path}", storage_state=state)
    expect(page.locator("main form").first).to_be_visible()
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)
