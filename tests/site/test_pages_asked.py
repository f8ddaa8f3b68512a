"""The page of a place opens with what has been asked that is its own. Over the invented example set."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.site.held_example import held_example
from typer.testing import CliRunner

from smallplaces.model.language import CODES
from smallplaces_site.actions.allowed import OPERATOR
from smallplaces_site.actions.restate import approve_restatement, restate
from smallplaces_site.cli import commands
from smallplaces_site.cli.app import app
from smallplaces_site.corpus.read import places
from smallplaces_site.local.read import asked_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def get(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words(html: str) -> str:
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def asked(html: str) -> list[str]:
    """The paragraphs listed, as the page names them."""
    return re.findall(r'class="asked-item"><p class="card"><a href="[^"]*/p/([^/"]+)/"', html)


def test_it_opens_with_the_numbers_that_matter() -> None:
    found = asked_of(places.get("N1"))
    page = words(get("/en/places/N1/"))
    assert f"{len(found)} of them are, in whole or in part, for Harbourton" in page
    assert "asked more than once" in page
    assert page.index("in whole or in part") < page.index("About this place")


def test_each_item_says_whose_it_is_who_says_so_and_since_when() -> None:
    page = get("/en/places/N1/?theme=Right+to+housing&department=housing")
    assert asked(page) == ["84.9", "112.3"]
    text = words(page)
    assert "Shared with the State" in text
    assert "proposed by the machine, not confirmed" in text
    assert "asked since 2019, 2 times" in text
    assert re.search(r'href="/en/states/XXE/threads/[^"]+">asked since 2019', page)


def test_departments_stand_with_their_first_items_and_lead_to_all_of_them() -> None:
    page = get("/en/places/N1/")
    assert len(asked(page)) == len(set(asked(page)))
    flat = get("/en/places/N1/?department=civil-affairs")
    wanted = {one.key for one in asked_of(places.get("N1"), department="civil-affairs")}
    assert set(asked(flat)) == wanted


def test_the_order_can_be_turned_to_the_longest_asked() -> None:
    page = get("/en/places/N1/?order=longest&department=housing")
    assert asked(page)[0] in {"84.9", "112.3"}
    assert 'aria-current="true">Longest asked first' in page


def test_what_only_the_state_can_do_is_folded_and_can_be_opened() -> None:
    page = get("/en/places/N1/")
    assert "What others must do" in page
    national = get("/en/places/N1/?verdict=national")
    assert set(asked(national)) == {one.key for one in asked_of(places.get("N1"), verdicts=("national",))}
    assert "Only the State can do this" in national


def test_a_filter_that_leaves_nothing_says_what_to_do() -> None:
    page = words(get("/en/places/N1/?theme=No+such+theme"))
    assert "Nothing fits." in page


@pytest.mark.parametrize(
    "query", ["?since=x&until=99999", "?verdict=odd", "?page=zzz&department=%00", "?order=odd", "?treaty=" + "A" * 900]
)
def test_any_address_is_a_page(query: str) -> None:
    get(f"/en/places/N1/{query}")


@pytest.mark.parametrize("lang", CODES)
def test_it_speaks_seven_languages(lang: str) -> None:
    page = get(f"/{lang}/places/N1/")
    assert asked(page)
    english = {"The Committee recommends", "proposed by the machine"}
    if lang == "ko":
        assert "우리 소관" in page
        assert not any(text in page for text in english), "there is a Korean edition"


def test_plain_words_stand_there_marked() -> None:
    row = restate("upr:XXE/44", "84.9", "en", "Build homes that people can pay.", by=OPERATOR, place=places.get("N1"))
    approve_restatement(row.pk, by=OPERATOR)
    page = words(get("/en/places/N1/?department=housing"))
    assert "Build homes that people can pay." in page
    assert "not the official text" in page
    assert "Build homes that people can pay." not in words(get("/en/places/N2/?department=housing"))


def test_the_list_is_a_file_too() -> None:
    answer = Client().get("/en/places/N1/?department=housing&list=asked&format=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    names = next(row for row in rows if row[:1] == ["symbol"])
    held = [dict(zip(names, row, strict=True)) for row in rows[rows.index(names) + 1 :]]
    assert {row["paragraph"] for row in held} == {"13", "84.9", "112.3"}
    assert {row["department"] for row in held} == {"housing"}
    parts = Client().get("/en/places/N1/?format=json")
    assert b"asked" not in b"".join(parts.streaming_content)[:400]  # type: ignore[attr-defined]


def test_the_command_makes_the_same_brief(tmp_path: Any) -> None:
    assert "brief" in commands.__all__
    run = CliRunner().invoke(app, ["brief", "--place", "N1", "--lang", "ko", "--department", "housing", "--json"])
    assert run.exit_code == 0, run.output
    made = json.loads(run.output)
    assert {line["paragraph"] for line in made["lines"]} == {"13", "84.9"}
    assert made["lang"] == "ko"
    files = [str(tmp_path / "b.docx"), str(tmp_path / "b.html")]
    run = CliRunner().invoke(app, ["brief", "--place", "N1", "--docx", files[0], "--html", files[1]])
    assert run.exit_code == 0, run.output
    assert (tmp_path / "b.docx").read_bytes().startswith(b"PK")
    assert "<article" in (tmp_path / "b.html").read_text(encoding="utf-8")
    for wrong in (["--lang", "fr"], ["--department", "nix"], ["--order", "odd"]):
        assert CliRunner().invoke(app, ["brief", "--place", "N1", *wrong]).exit_code != 0
