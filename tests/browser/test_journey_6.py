"""A translator loads a translation; two of its numbers do not match, the page shows which, and she mends the file.

The document is that of the invented example; the translation repeats its words with a mark before each.
"""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, command, serving

PAGE = "/en/documents/CRPD/C/XXE/CO/1/translation/?from=en&to=fr"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translator's own folder."""
    return tmp_path_factory.mktemp("translation")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    with serving(home, ["init", "--example"]) as address:
        yield address


def fill_in(page: Page, folder: Path, wrong: dict[str, str]) -> None:
    """Fill in the two files that the page offers, with some numbers mistaken."""
    for link, name in (("Paragraphs (CSV)", "fr.csv"), ("Description (collection.yml)", "collection.yml")):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        download.value.save_as(folder / name)
    mapping = (folder / "collection.yml").read_text(encoding="utf-8")
    (folder / "collection.yml").write_text(mapping.replace("…", "Exampland Rights Commission"), encoding="utf-8")
    with (folder / "fr.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "fr.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            words = row["text"] or f"Traduction : {row['original']}"
            writer.writerow(row | {"text": words, "number": wrong.get(row["number"], row["number"])})


def load(home: Path, folder: Path) -> None:
    environment = {**os.environ, "SMALLPLACES_HOME": str(home), "DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command("import", str(folder)), env=environment, check=False, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr


def test_a_translator_mends_two_numbers(open_page: Open, home: Path, folder: Path) -> None:
    page = open_page(PAGE)
    expect(page.locator("#missing")).to_contain_text("Not translated")
    fill_in(page, folder, {"24": "124", "25": "125"})
    load(home, folder)
    page.goto(PAGE)
    told = page.locator("section[aria-labelledby=numbers] li")
    expect(told).to_have_count(2)
    expect(told.nth(0)).to_contain_text("It is number 124 in French.")
    expect(told.nth(1)).to_contain_text("It is number 125 in French.")
    fill_in(page, folder, {"124": "24", "125": "25"})
    mended = (folder / "fr.csv").read_text(encoding="utf-8")
    assert ",24," in mended
    load(home, folder)
    page.goto(PAGE)
    expect(page.get_by_text("the original has not changed since")).to_be_visible()
    page.get_by_role("link", name="Read both side by side").click()
    expect(page.locator("#p24")).to_contain_text("Traduction :")
