"""Two languages of a document side by side: chosen, remembered, and honest. All documents are invented."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from smallplaces.model.document import Edition, EditionStatus, Kind, Paragraph, Parcel, Work
from smallplaces_site.corpus import models
from smallplaces_site.corpus.store import Store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "static_files", "held")]

KEY = "CESCR/C/XXE/CO/1"
PAGE = f"/en/documents/{KEY}/"
ENGLISH = ("The Committee met in 2019.", "The 35 homes of Haverton are cold.", "It asks for 12 more by 2024.")
KOREAN = ("위원회는 2019년에 모였다.", "해버턴의 집 35채가 춥다.", "2024년까지 12채를 더 요청한다.", "추가된 문단이다.")


@pytest.fixture
def held(home: object) -> None:
    work = Work(key=KEY, kind=Kind.CONCLUDING_OBSERVATIONS, symbol=KEY, title={"en": "Observations"}, body="CESCR")
    run = models.Run.objects.create(source="invented", started=timezone.now())
    korean = Edition(lang="ko", status=EditionStatus.INSTITUTION_TRANSLATION, by="Exampland Rights Commission")
    for edition, texts in ((Edition(lang="en"), ENGLISH), (korean, KOREAN)):
        paragraphs = tuple(Paragraph(text, str(number)) for number, text in enumerate(texts, start=1))
        Store(run, 50).save([(Parcel(work=work, edition=edition, paragraphs=paragraphs), None)])


def get(client: Client, query: str = "") -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_side_says_who_stands_behind_it_and_can_be_swapped_and_hidden() -> None:
    page = get(Client(), "?text=en&beside=ko")
    assert "Translation by a national institution · <bdi>Exampland Rights Commission</bdi>" in page
    assert "Official language version" in page
    assert 'href="?text=ko&amp;beside=en"' in page
    assert 'href="?text=en&amp;beside="' in page


def test_what_one_language_alone_has_is_shown_as_such() -> None:
    page = get(Client(), "?text=en&beside=ko")
    assert "Only in Korean" in page
    assert KOREAN[3] in page
    assert "no such paragraph in this language" in get(Client(), "?text=ko&beside=en")


def test_the_pair_is_remembered_and_the_address_wins() -> None:
    client = Client()
    assert KOREAN[1] not in get(client)
    get(client, "?text=en&beside=ko")
    assert KOREAN[1] in get(client)
    assert ENGLISH[1] in get(client, "?text=ko")
    assert KOREAN[1] not in get(client, "?text=en&beside=")
    assert KOREAN[1] not in get(client)


def test_a_page_kept_by_the_browser_is_not_shown_for_another_pair() -> None:
    client = Client()
    tag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304
    client.get(f"{PAGE}?text=en&beside=ko")
    answer = client.get(PAGE, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("value", ["", "ko", "ko.ko", "../..", "xx.yy", "ko.en.fr", "<b>.<i>"])
def test_a_cookie_that_is_not_ours_changes_nothing(value: str) -> None:
    client = Client()
    client.cookies["side_by_side"] = value
    assert KOREAN[1] not in get(client)


LONG = (
    "The Committee met in Haverton in 2019, at its 44th session, and heard 17 persons from 9 places.",
    "The 35 homes of Haverton on the hill are cold in winter, and 210 residents said so in letters.",
    "It asks the State party for 12 more homes by 2024, at a cost of 560 crowns for each of them.",
    "It commends the library of Haverton, which lent 9,800 books to 1,250 readers in 2018 alone.",
    "It asks that 76 teachers be trained by 2023 in the 14 schools of the valley, in sign language.",
)


def beside_german(texts: dict[str, str]) -> str:
    """The page of the five long paragraphs beside a second version, in which these stand under these numbers."""
    key = "CESCR/C/XXE/CO/7"
    work = Work(key=key, kind=Kind.CONCLUDING_OBSERVATIONS, symbol=key, title={"en": "Long"}, body="CESCR")
    run = models.Run.objects.create(source="invented-long", started=timezone.now())
    english = {str(number): text for number, text in enumerate(LONG, start=1)}
    for lang, held in (("en", english), ("de", texts)):
        ordered = sorted(held.items(), key=lambda one: int(one[0]))
        paragraphs = tuple(Paragraph(text, number) for number, text in ordered)
        Store(run, 50).save([(Parcel(work=work, edition=Edition(lang=lang), paragraphs=paragraphs), None)])
    answer = Client().get(f"/en/documents/{key}/?text=en&beside=de")
    assert answer.status_code == 200
    return answer.content.decode()


def german(*numbers: int) -> dict[str, str]:
    return {str(number): f"Erfundenes: {LONG[number - 1]}" for number in numbers}


def test_versions_that_agree_say_nothing() -> None:
    page = beside_german(german(1, 2, 3, 4, 5))
    assert 'class="said"' not in page
    assert "no such paragraph" not in page


def test_a_renumbered_paragraph_says_its_other_number() -> None:
    texts = german(1, 2)
    page = beside_german(texts | {"13": german(3)["3"], "14": german(4)["4"], "15": german(5)["5"]})
    assert "It is number 13 in German." in page[page.index('id="p3"') : page.index('id="p4"')]
    assert "It is number 15 in German." in page[page.index('id="p5"') :]


def test_a_missing_paragraph_leaves_its_place_empty() -> None:
    page = beside_german(german(1, 2, 4, 5))
    third = page[page.index('id="p3"') : page.index('id="p4"')]
    assert "no such paragraph in this language" in third
    assert page.count("no such paragraph in this language") == 1


def test_two_paragraphs_that_one_version_joins_say_so() -> None:
    texts = german(1, 2, 4, 5)
    page = beside_german(texts | {"2": f"{texts['2']} {LONG[2]}"})
    assert "One of the languages makes two paragraphs of what is one in the other." in page


def test_a_paragraph_that_says_something_else_says_so() -> None:
    page = beside_german(german(1, 2, 4, 5) | {"3": "Nein: 1, 2, 88, 913 und 4471."})
    third = page[page.index('id="p3"') : page.index('id="p4"')]
    assert "The two differ much in their figures or their length" in third
