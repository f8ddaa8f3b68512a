"""The pages, on the invented example set: everything a reader is promised, and nothing that can break them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.site.held_example import held_example

from smallplaces.model.document import Edition, Kind, Paragraph, Parcel, Work
from smallplaces.model.language import CODES
from smallplaces.search.hit import Hit
from smallplaces.search.schema import FACETS
from smallplaces_site.corpus.models import Run
from smallplaces_site.corpus.models import Work as StoredWork
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.store import Store
from smallplaces_site.web import names
from smallplaces_site.web.views.search import Card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

OBSERVATIONS = "CRPD/C/XXE/CO/1"
PAGES = (
    "",
    "search",
    "search?q=housing",
    "search?q=housing&by=document",
    "search?kind=concluding-observations&sort=newest",
    f"documents/{OBSERVATIONS}/",
    f"documents/{OBSERVATIONS}/?text=ko&beside=en",
    f"documents/{OBSERVATIONS}/p/25/",
    "instruments/",
    "instruments/CRPD/",
    "states/",
    "states/XXE/",
    "states/KOR/",
    "states/XXE/threads/",
    "states/XXE/recommendations/",
    "bodies/",
    "bodies/CRPD/",
    "data/",
)


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The example set in a store and an index of its own, for the whole module."""
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def get(path: str, status: int = 200, **headers: str) -> str:
    response = Client().get(path, headers=headers)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def plain(html: str) -> str:
    """The words of a page."""
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_every_language(page: str, lang: str) -> None:
    html = get(f"/{lang}/{page}")
    direction = "rtl" if lang == "ar" else "ltr"
    assert f'<html lang="{lang}" dir="{direction}">' in html
    assert html.count("<h1") == 1
    assert html.count("hreflang=") >= 2 * len(CODES)
    assert "Exampland" in html or lang != "en", "the page does not say that the example is invented"
    assert '<aside class="invented"' in html
    assert not re.search(r"\sstyle=|<style|<script>", html), "the content security policy forbids it"


def test_the_front_door_asks_for_the_visitors_language() -> None:
    response = Client().get("/", headers={"accept-language": "ko-KR,ko;q=0.9,en;q=0.5"})
    assert response.headers["Location"] == "/ko/"
    assert "Accept-Language" in response.headers["Vary"]
    response = Client().get("/states/XXE/?kind=views", headers={"accept-language": "ar"})
    assert response.headers["Location"] == "/ar/states/XXE/?kind=views"


@pytest.mark.parametrize(
    "spelling", ["crpd/c/xxe/co/1", "CRPD-C-XXE-CO-1", "CRPD/C/XXE/CO/1", "crpd%20c%20xxe%20co%201"]
)
def test_a_document_answers_to_any_spelling_and_has_one_address(spelling: str) -> None:
    response = Client().get(f"/en/documents/{spelling}/", follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == f"/en/documents/{OBSERVATIONS}/"


def test_a_forgotten_slash_is_forgiven() -> None:
    response = Client().get(f"/en/documents/{OBSERVATIONS}?text=ko")
    assert (response.status_code, response.headers["Location"]) == (301, f"/en/documents/{OBSERVATIONS}/?text=ko")


def test_a_document_tells_its_dates_apart_and_how_to_cite_it() -> None:
    words = plain(get(f"/en/documents/{OBSERVATIONS}/"))
    assert "Adopted by the body 15 March 2024" in words
    assert "Distributed as a document 12 April 2024" in words
    assert "Entered into a database not recorded" in words
    assert "UN Doc. CRPD/C/XXE/CO/1 (15 March 2024)" in words
    assert "장애인권리위원회" in words
    assert "(2024. 3. 15.)" in words


def test_a_paragraph_has_a_page_of_its_own_and_a_place_in_the_document() -> None:
    document = get(f"/en/documents/{OBSERVATIONS}/")
    assert 'id="p25"' in document
    assert f"/en/documents/{OBSERVATIONS}/p/25/" in document
    page = get(f"/en/documents/{OBSERVATIONS}/p/25/")
    words = plain(page)
    assert "para. 25" in words
    assert "Versions of this wording" in words
    assert f'href="http://testserver/en/documents/{OBSERVATIONS}/p/25/"' in page


def test_a_withdrawn_paragraph_keeps_its_link_and_last_wording() -> None:
    work = Work(key="invented:withdrawn", kind=Kind.OTHER, title={"en": "Invented"}, facts={"invented": True})
    run = Run.objects.create(source="invented", started=timezone.now())
    for paragraphs in ((Paragraph("First.", "1"), Paragraph("Second, once.", "2")), (Paragraph("First.", "1"),)):
        Store(run, rank=10).save([(Parcel(work, Edition("en"), paragraphs), None)])
    words = plain(get("/en/documents/invented:withdrawn/p/2/"))
    assert "Every source has withdrawn this paragraph" in words
    assert "Second, once." in words
    assert "Second, once." not in get("/en/documents/invented:withdrawn/")


def test_a_text_carries_its_own_language_and_partner() -> None:
    html = get(f"/ar/documents/{OBSERVATIONS}/?text=ko&beside=en")
    assert '<article class="text" lang="ko" dir="ltr"' in html
    assert '<div lang="en" dir="ltr">' in html


def test_search_shows_why_and_where() -> None:
    html = get("/en/search?q=deinstitutionalization+evacuation")
    assert "<mark>" in html
    words = plain(html)
    assert "Why it is here: its text" in words
    assert "Concluding observations · Exampland" in words
    assert "¶ 25" in words


def test_facets_count_choose_and_let_go() -> None:
    html = get("/en/search?q=&kind=concluding-observations&kind=general-comment")
    chosen = re.findall(r'<li><a href="([^"]+)"><span class="vh">Remove:', html)
    assert len(chosen) == 2
    assert "kind=general-comment" in chosen[0]
    assert "kind=concluding-observations" not in chosen[0]
    assert set(re.findall(r'class="hit k-([a-z-]+)"', html)) <= {"general-comment", "concluding-observations"}


def test_a_symbol_in_the_box_leads_to_its_document() -> None:
    there = Client().get("/en/search", {"q": "crpd c xxe co 1 para 25"})
    assert (there.status_code, there.headers["Location"]) == (302, f"/en/documents/{OBSERVATIONS}/p/25/")
    html = get("/en/search?q=crpd+c+xxe+co+1+para+25&sort=newest")  # with anything more it is a question
    assert f'href="/en/documents/{OBSERVATIONS}/p/25/"' in html


def test_an_empty_answer_says_what_to_do() -> None:
    words = plain(get("/en/search?q=zzzqqqxxyy&kind=views"))
    assert "Nothing was found. You can:" in words
    assert "take away one of the chosen words" in words


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["q", "page", "sort", "by", "text", "year", *FACETS]), st.text(max_size=40)))
def test_any_question_has_an_answer(query: dict[str, str]) -> None:
    response = Client().get("/en/search", query)
    assert response.status_code == 200 or (response.status_code == 302 and list(query) == ["q"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["documents/{}/", "documents/{}/p/{}/", "states/{}/", "bodies/{}/", "instruments/{}/"]),
    st.text(min_size=1, max_size=30),
)
def test_any_name_is_a_page_or_said_to_be_none(pattern: str, name: str) -> None:
    from urllib.parse import quote  # noqa: PLC0415

    response = Client().get("/en/" + pattern.format(quote(name, safe=""), quote(name, safe="")))
    assert response.status_code in {200, 301, 302, 404}


@pytest.mark.parametrize("page", ["0", "-3", "99999999999", "x", "٣", "1e9"])
@pytest.mark.parametrize("path", ["search?q=", "states/XXE/recommendations/?x=", "bodies/CRPD/?kind=nonsense&x="])
def test_any_page_number_is_a_page(path: str, page: str) -> None:
    get(f"/en/{path}&page={page}")


def test_the_state_page_tells_status_and_positions() -> None:
    html = get("/en/states/XXE/")
    words = plain(html)
    assert words.startswith("Exampland")
    assert "3 December 2016 Ratification" in words
    assert "with reservations or declarations" in words
    assert "Supported in part" in words
    assert "<svg" in html


def test_recommendations_filter_by_position() -> None:
    everything = plain(get("/en/states/XXE/recommendations/"))
    noted = plain(get("/en/states/XXE/recommendations/?position=noted"))
    count = int(re.search(r"(\d+) recommendations? of (\d+)", noted)[1])  # type: ignore[index]
    assert 0 < count < int(re.search(r"(\d+) recommendations?", everything)[1])  # type: ignore[index]


EXPORTS = (
    ("search", "?q=housing"),
    ("documents/" + OBSERVATIONS + "/", "?text=en"),
    ("states/", "?"),
    ("states/XXE/", "?list=documents"),
    ("states/XXE/", "?list=status"),
    ("states/XXE/recommendations/", "?position=noted"),
    ("instruments/", "?"),
    ("instruments/CRPD/", "?"),
    ("bodies/", "?"),
    ("bodies/CRPD/", "?"),
    ("data/", "?"),
)


def file(path: str) -> bytes:
    response: Any = Client().get(path)
    assert response.status_code == 200
    assert f"-v{data_version().cursor}." in response.headers["Content-Disposition"]
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("path", "query"), EXPORTS)
def test_every_list_is_a_file_that_says_what_it_is(path: str, query: str) -> None:
    address = f"/en/{path}{query}"
    data = json.loads(file(f"{address}&format=json"))
    assert data["data_version"] == str(data_version())
    assert data["query"]
    assert data["date"]
    assert data["address"].startswith("http://testserver/en/")
    assert data["rows"]
    lines = list(csv.reader(io.StringIO(file(f"{address}&format=csv").decode("utf-8-sig"))))
    top = {line[0]: line[1] for line in lines[: lines.index([])]}
    assert top["data_version"] == data["data_version"]
    assert len(lines) - lines.index([]) - 2 == len(data["rows"])
    book = openpyxl.load_workbook(io.BytesIO(file(f"{address}&format=xlsx")), read_only=True)
    assert sum(1 for _ in book["list"].iter_rows()) == len(data["rows"]) + 1
    about: dict[Any, Any] = dict(book["about"].iter_rows(values_only=True))  # type: ignore[arg-type]  # rows of two
    assert about["query"] == data["query"]
    book.close()


def test_a_page_is_not_sent_twice_until_the_data_changes() -> None:
    first = Client().get("/en/states/XXE/")
    again = Client().get("/en/states/XXE/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    before = data_version()
    work = StoredWork.objects.get(key=OBSERVATIONS)
    from smallplaces_site.corpus.log import Log  # noqa: PLC0415
    from smallplaces_site.corpus.models import Change  # noqa: PLC0415

    log = Log(None)
    log.add(Change.What.WORK, work=work)
    log.write()
    assert data_version() != before
    assert Client().get("/en/states/XXE/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_a_report_says_what_was_refused_and_what_was_odd() -> None:
    path = Path(django_settings.HOME) / "reports" / "invented.jsonl"
    path.parent.mkdir(exist_ok=True)
    lines = [
        {"refused": True, "where": "a.csv:3", "reason": "the text is empty"},
        {"refused": False, "what": "odd <b>"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\nnot json\n")
    run = Run.objects.create(source="invented", started=timezone.now(), report="reports/invented.jsonl")
    html = get(f"/en/data/imports/{run.pk}/")
    assert "a.csv:3" in html
    assert "odd &lt;b&gt;" in html
    assert plain(html).index("not json") < plain(html).index("Odd, and taken in")
    outside = Run.objects.create(source="invented", started=timezone.now(), report="../../etc/passwd")
    assert "Nothing was refused" in get(f"/en/data/imports/{outside.pk}/")
    get("/en/data/imports/999999/", 404)


def test_what_is_not_there_offers_the_search() -> None:
    html = get("/en/documents/CRPD/C/NOPE/", 404)
    assert "There is no such page" in html
    assert 'href="/en/search?q=' in html
    assert "There is no such page" in Client().get("/nope", follow=True).content.decode()


def test_the_pages_name_things_in_the_readers_language() -> None:
    words = plain(get("/ko/states/XXE/"))
    assert words.startswith("예시랜드")
    assert "장애인권리협약" in words
    with translation.override("ko"):
        assert reverse("state", args=["XXE"]) == "/ko/states/XXE/"


def test_a_list_is_separated_as_the_language_of_the_page_does() -> None:
    bodies = {lang: plain(get(f"/{lang}/bodies/CRC/")) for lang in ("en", "ar", "zh")}
    assert "; " in bodies["en"]
    assert "؛ " in bodies["ar"]
    assert "; " not in bodies["ar"]
    assert "、" in bodies["zh"]
    assert "; " not in bodies["zh"]


def test_a_number_is_called_what_it_numbers() -> None:
    def shown(key: str, lang: str) -> str:
        with translation.override(lang):
            return re.sub(r"<[^>]+>", "", render_to_string("web/number.html", {"key": key, "number": "6"}))

    assert [shown(key, "en") for key in ("6", "art.6", "fn.6")] == ["¶ 6", "art. 6", "note 6"]
    assert [shown(key, "ko") for key in ("6", "art.6", "fn.6")] == ["¶ 6", "제6조", "각주 6"]
    hit = Hit(
        id=1, work="X", symbol="", lang="en", paragraph="art.6", number="6", title="", excerpt="", marks=(), score=1.0,
        matched=(), date="",
    )  # fmt: skip
    with translation.override("en"):
        page = render_to_string("web/hit.html", {"card": Card(hit, "", "", ""), "ui": "en"})
    assert "Article <bdi>6</bdi> alone" in page
    assert "¶" not in page


@pytest.mark.parametrize(
    ("lang", "day", "said"),
    [
        ("fr", "2008-01-01", "1er janvier 2008"),
        ("fr", "2008-01-11", "11 janvier 2008"),
        ("es", "2008-01-01", "1 de enero de 2008"),
        ("fr", "2008-01", "janvier 2008"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(lang: str, day: str, said: str) -> None:
    with translation.override(lang):
        assert names.written(day) == said
        if len(day) == 10:
            assert names.written(date.fromisoformat(day)) == said


def test_what_sources_say_of_themselves_is_said_to_be_english() -> None:
    assert '<strong><bdi lang="en">' in get("/ar/data/")
    assert '<bdi lang="en">' in get(f"/ar/documents/{OBSERVATIONS}/p/25/").partition('id="versions"')[2]
