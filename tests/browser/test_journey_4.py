"""A journalist asks how often the Republic of Korea was asked to abolish the death penalty: over the recommendations of
the real corpus, from the page of the State to a line for print and a file that says where it comes from."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open, serving
from tests.browser.test_access import check

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over what the two Koreas were recommended in their reviews."""
    part = tmp_path_factory.mktemp("part")
    (part / "upr").mkdir()
    name = "upr_info_sessions_1-20.csv.gz"
    with gzip.open(corpus / "upr" / name, "rt", encoding="utf-8-sig", newline="") as file:
        mine = [row for row in csv.DictReader(file) if "Korea" in row["To"]]
    with gzip.open(part / "upr" / name, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(mine[0]))
        writer.writeheader()
        writer.writerows(mine)
    (part / "uhri").mkdir()
    index = "export-full-en.json.gz"
    with gzip.open(corpus / "uhri" / index, "rt", encoding="utf-8") as file:
        told = [row for row in json.load(file) if "Republic of Korea" in row["Countries"]]
    with gzip.open(part / "uhri" / index, "wt", encoding="utf-8") as file:
        json.dump(told, file)
    with serving(tmp_path_factory.mktemp("home"), ["init"], ["import", str(part)]) as address:
        yield address


def test_the_journalist_counts_one_demand_and_cites_it(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/en/states/KOR/threads/", width=1280)
    page.locator("#f-words").fill("death penalty")
    page.get_by_role("button", name="Show", exact=True).click()
    demand = page.get_by_role("link", name="Abolish the death penalty or stop executions", exact=True)
    expect(demand).to_have_count(1)
    demand.click()
    expect(page.locator("h1")).to_have_text("Abolish the death penalty or stop executions")
    check(page)

    rows = page.locator("table.demands tbody tr")
    total = rows.count()
    told = re.search(r"(\d+) times", page.locator("main .lead").inner_text())
    assert told
    assert int(told[1]) >= total >= 10
    for words in rows.all_inner_texts():
        assert re.search(r"\b(?:19|20)\d\d\b", words), f"no date: {words}"
        assert re.search(r"death penalty|execution|capital punishment", words, re.IGNORECASE), (
            f"another demand: {words}"
        )
    table = page.locator("table.demands").inner_text()
    for said in ("session 2", "session 14", "Noted", "Italy"):
        assert said in table, f"{said} is not in the table"
    marks = page.locator("section.timeline svg [data-place], section.timeline svg circle, section.timeline svg rect")
    assert marks.count() >= 3, "no line of time"

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "thread.csv")
    with (tmp_path / "thread.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert "KOR" in str(lines)
    head = next(number for number, line in enumerate(lines) if "recommending" in line)
    assert len(lines) - head - 1 == total
    before = " ".join(cell for line in lines[:head] for cell in line)
    assert "/states/KOR/threads/" in before or "KOR-" in before, f"the file does not say what was asked: {before}"
    assert re.search(r"data version|version", before, re.IGNORECASE), f"the file does not say of which data: {before}"

    citation = page.locator("section[aria-labelledby=cite] .cite p").first
    expect(citation).to_contain_text("Republic of Korea")
    expect(citation).to_contain_text("/states/KOR/threads/KOR-")
    assert page.locator("section[aria-labelledby=cite] button").first.is_visible()
