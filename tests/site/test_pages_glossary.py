"""The glossary, the guide to the system, and words explained where they stand. All documents are invented."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from smallplaces import guide
from smallplaces.model.document import Edition, Kind, Paragraph, ParagraphKind, Parcel, Work
from smallplaces.model.language import CODES
from smallplaces_site.corpus import models
from smallplaces_site.corpus.store import Store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "static_files")]

KEY = "CRPD/C/XXE/CO/1"


@pytest.fixture
def observations() -> None:
    """An invented document whose text holds words of the glossary."""
    work = Work(
        key=KEY, kind=Kind.CONCLUDING_OBSERVATIONS, symbol=KEY, title={"en": "Observations"}, body="CRPD", year=2022
    )
    said = Paragraph("The State party submitted its list of issues.", "1", "1", ParagraphKind.PARAGRAPH)
    run = models.Run.objects.create(source="invented", started=timezone.now())
    Store(run, 50).save([(Parcel(work=work, edition=Edition(lang="en"), paragraphs=(said,)), None)])


def get(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("lang", CODES)
def test_every_term_stands_in_the_language_of_the_page_with_an_anchor(lang: str) -> None:
    page = get(f"/{lang}/glossary/")
    for code in guide.glossary():
        assert f'<div id="{code}"><dt>' in page
    assert page.count("<dt>") == len(guide.glossary())
    assert f"<dt>{guide.glossary()['state-party'].name[lang]}</dt>" in page


def test_the_filter_finds_a_word_of_any_language_and_its_abbreviation() -> None:
    def found(asked: str) -> list[str]:
        return re.findall(r'<div id="([^"]+)"><dt>', get(f"/en/glossary/?q={asked}"))

    assert "concluding-observations" in found("최종견해")
    assert "nhri" in found("NHRI")
    assert len(found("concluding")) < len(guide.glossary())
    assert found("zzzz") == []
    assert "&lt;b&gt;" in get("/en/glossary/?q=<b>")


def test_korean_words_stand_in_the_order_that_koreans_expect() -> None:
    names = re.findall(r"<dt>([^<]+)</dt>", get("/ko/glossary/"))
    hangul = [name for name in names if "가" <= name[0] <= "힣"]
    assert [name[0] for name in hangul] == sorted(name[0] for name in hangul)


def test_the_guide_explains_every_procedure_kind_and_body() -> None:
    page = get("/ko/guide/")
    for kind in ("procedure", "kind", "body"):
        for code in guide.subjects(kind):
            assert f'id="{kind}-{code}"' in page


def test_a_page_of_ours_explains_a_word_once() -> None:
    said = "Concluding observations follow a dialogue. The concluding observations are public."
    with override("en"):
        page = Template("{% load terms %}{% glossed said %}{% glossed said %}").render(
            Context({"said": said, "told": set()})
        )
    assert page.count('class="term"') == 1
    assert page.startswith('<a class="term" href="/en/glossary/#concluding-observations" title="What a committee says')
    assert re.sub(r"<[^>]+>", "", page) == said * 2


def test_what_is_explained_is_escaped() -> None:
    with override("en"):
        page = Template("{% load terms %}{% glossed said %}").render(
            Context({"said": "<b>state party</b>", "told": set()})
        )
    assert page.startswith("&lt;b&gt;<a class=")


@pytest.mark.usefixtures("observations")
def test_a_document_explains_its_kind_and_leaves_its_text_alone() -> None:
    page = get(f"/en/documents/{KEY}/")
    assert 'href="/en/glossary/#concluding-observations"' in page
    assert "not law" in page
    text = page[page.index('<article class="text"') : page.index("</article>")]
    assert "list of issues" in text
    assert 'class="term"' not in text


def test_the_page_of_a_body_holds_its_guide_in_a_language_it_is_written_in() -> None:
    assert guide.subjects("body")["CRPD"].what["ko"].split()[0] in get("/ko/bodies/CRPD/")
    assert '<dd lang="en" dir="ltr">' in get("/fr/bodies/CRPD/")


@pytest.mark.usefixtures("observations")
def test_easy_reading_opens_the_guide_and_keeps_the_rest_of_the_address() -> None:
    page = get(f"/en/documents/{KEY}/?text=en")
    assert '<details class="kind screen">' in page
    assert 'href="?text=en&amp;easy=1"' in page
    easy = get(f"/en/documents/{KEY}/?text=en&easy=1")
    assert '<details class="kind screen" open>' in easy
    assert 'href="?text=en&amp;easy=0"' in easy


@pytest.mark.usefixtures("observations")
def test_easy_reading_is_remembered_until_it_is_put_back() -> None:
    client = Client()
    address = f"/en/documents/{KEY}/"
    is_open = '<details class="kind screen" open>'
    before = client.get(address)
    assert is_open not in before.content.decode()
    client.get(f"{address}?easy=1")
    again = client.get(address, headers={"if-none-match": before.headers["ETag"]})
    assert again.status_code == 200, "what was kept before is not what is shown now"
    assert is_open in again.content.decode()
    client.get(f"{address}?easy=0")
    assert is_open not in client.get(address).content.decode()


def test_the_list_of_kept_paragraphs_says_what_it_is_without_script() -> None:
    page = get("/ko/bookmarks/")
    assert "<noscript>" in page
    assert 'id="kept"' in page


def test_a_subject_of_the_guide_names_what_to_read_next() -> None:
    page = get("/en/guide/")
    committee = page[page.index('id="body-CCPR"') : page.index('id="body-CESCR"')]
    assert 'href="/en/instruments/ICCPR/2/"' in committee
    assert 'href="/en/guide/#kind-concluding-observations"' in committee
    assert 'id="kind-concluding-observations"' in page
    broken = [name for name in re.findall(r'href="/en/guide/#([^"]+)"', page) if f'id="{name}"' not in page]
    assert broken == []
