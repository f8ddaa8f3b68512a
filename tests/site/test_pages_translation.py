"""What of a document is translated: what is missing, what changed since, what does not agree. All is invented."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from smallplaces.model.document import Edition, EditionStatus, Kind, Paragraph, Parcel, Work
from smallplaces_site.corpus import models
from smallplaces_site.corpus.read.translation import progress, translation
from smallplaces_site.corpus.store import Store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "static_files")]

KEY = "CESCR/C/XXE/CO/1"
WORK = Work(key=KEY, kind=Kind.CONCLUDING_OBSERVATIONS, symbol=KEY, title={"en": "Observations"}, body="CESCR")
PAGE = f"/en/documents/{KEY}/translation/?from=en&to=ko"
ENGLISH = {
    "1": "The Committee met in Haverton in 2019, at its 44th session, and heard 17 persons.",
    "2": "The 35 homes of Haverton on the hill are cold in winter, and 210 residents said so.",
    "3": "It asks the State party for 12 more homes by 2024, at a cost of 560 crowns for each.",
    "4": "It commends the library of Haverton, which lent 9,800 books to 1,250 readers in 2018.",
}
KOREAN = {
    "1": "위원회는 2019년 제44차 회기에 해버턴에서 모여 17명의 말을 들었다.",
    "2": "언덕 위 해버턴의 집 35채가 겨울에 추우며, 주민 210명이 그렇게 말했다.",
    "3": "당사국에 2024년까지 한 채에 560크라운을 들여 집 12채를 더 지을 것을 요청한다.",
    "4": "2018년에 1,250명에게 9,800권의 책을 빌려준 해버턴 도서관을 높이 평가한다.",
}


def load(lang: str, texts: dict[str, str], *, days: int = 0) -> None:
    """Store an edition as a run of so many days later would."""
    run = models.Run.objects.create(source=f"invented-{lang}", started=timezone.now() + timedelta(days=days))
    edition = Edition(lang="en")
    if lang != "en":
        edition = Edition(lang=lang, status=EditionStatus.INSTITUTION_TRANSLATION, by="Exampland Rights Commission")
    paragraphs = tuple(Paragraph(text, number) for number, text in texts.items())
    Store(run, 50).save([(Parcel(work=WORK, edition=edition, paragraphs=paragraphs, whole=True), None)])


def get(address: str = PAGE) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_paragraphs_without_a_translation_are_listed() -> None:
    load("en", ENGLISH)
    load("ko", {number: KOREAN[number] for number in "124"})
    page = get()
    assert "Of 4 paragraphs in English, 3 stand in Korean." in page
    assert ENGLISH["3"] in page[page.index('id="missing"') :]
    assert 'id="changed"' not in page
    assert 'id="numbers"' not in page


def test_a_complete_translation_says_so() -> None:
    load("en", ENGLISH)
    load("ko", KOREAN)
    assert "the original has not changed since" in get()


def test_a_document_that_nobody_translated_is_missing_as_a_whole() -> None:
    load("en", ENGLISH)
    found = translation(KEY, "ko")
    assert (found.total, found.done, found.into) == (4, 0, None)
    assert 'id="missing"' in get()
    assert Client().get(f"/en/documents/{KEY}/translation/?to=en").status_code == 404


def test_what_changed_in_the_original_since_is_shown_until_the_translation_changes() -> None:
    load("en", ENGLISH)
    load("ko", KOREAN, days=1)
    newer = ENGLISH | {"3": ENGLISH["3"].replace("2024", "2026")}
    load("en", newer, days=2)
    (changed,) = translation(KEY, "ko").changed
    assert (changed.original.number, changed.before) == ("3", ENGLISH["3"])
    page = get()
    assert newer["3"] in page[page.index('id="changed"') :]
    load("ko", KOREAN, days=3)  # the same words again: nobody has looked at it
    assert len(translation(KEY, "ko").changed) == 1
    load("ko", KOREAN | {"3": KOREAN["3"].replace("2024", "2026")}, days=4)
    assert translation(KEY, "ko").changed == ()


def test_an_original_that_came_in_later_in_its_first_wording_has_not_changed() -> None:
    load("ko", KOREAN)
    load("en", ENGLISH, days=1)
    assert translation(KEY, "ko").changed == ()


def test_numbers_that_do_not_match_are_named_and_mended() -> None:
    load("en", ENGLISH)
    wrong = {"1": KOREAN["1"], "2": KOREAN["2"], "7": KOREAN["3"], "8": KOREAN["4"]}
    load("ko", wrong)
    page = get()
    told = page[page.index('id="numbers"') : page.index('id="file"')]
    assert "It is number 7 in Korean." in told
    assert "It is number 8 in Korean." in told
    load("ko", KOREAN, days=1)
    assert 'id="numbers"' not in get()


def test_a_paragraph_that_only_the_translation_has_is_told() -> None:
    load("en", ENGLISH)
    load("ko", KOREAN | {"5": "원문에 없는 문단으로, 1999년의 77가지 일을 길게 말한다."})
    assert "The original has no such paragraph." in get()


def test_the_files_to_fill_in_can_be_loaded_as_they_are(tmp_path: Path) -> None:
    load("en", ENGLISH | {"5": "=CMD() is no formula here, but a text."})
    load("ko", {"1": KOREAN["1"]})
    answer = Client().get(f"{PAGE}&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0]["text"] == KOREAN["1"]
    assert rows[1]["original"] == ENGLISH["2"]
    assert rows[4]["original"].startswith("'=")
    mapping = yaml.safe_load(Client().get(f"{PAGE}&format=yml").content)
    assert set(mapping["columns"].values()) | set(mapping["ignore"]) == set(rows[0])
    from smallplaces.sources.base import File  # noqa: PLC0415
    from smallplaces.sources.collection.mapping import read_mapping  # noqa: PLC0415

    path = tmp_path / "collection.yml"
    path.write_text(yaml.safe_dump(mapping, allow_unicode=True), encoding="utf-8")
    assert read_mapping(File(path, "collection.yml", sha256="")).constants["lang"] == "ko"


def test_the_overview_says_which_documents_have_how_much() -> None:
    load("en", ENGLISH)
    load("ko", {"1": KOREAN["1"]})
    (one,) = progress("ko")
    assert (one.work.key, one.total, one.done) == (KEY, 4, 1)
    page = get("/en/data/translations/?lang=ko")
    assert "1 of 4" in page
    assert f"/en/documents/{KEY}/translation/?from=en&amp;to=ko" in page
    assert "1 document has a text in English" in get("/en/data/translations/?lang=en")


@pytest.mark.parametrize("address", ["/en/documents/nothing/translation/", "/en/documents/nothing/translation/?to=zz"])
def test_a_document_that_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404
