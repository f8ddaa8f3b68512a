"""The interface over documents and changes, on two invented documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from smallplaces.model.document import Edition, Kind, Label, Paragraph, Parcel, Work
from smallplaces_site.corpus.models import Run
from smallplaces_site.corpus.store import Store

pytestmark = pytest.mark.django_db

OBSERVATIONS = Work(
    "CRPD/C/XXE/CO/1",
    Kind.CONCLUDING_OBSERVATIONS,
    {"en": "Invented observations", "ko": "지어낸 최종견해"},
    symbol="CRPD/C/XXE/CO/1",
    body="CRPD",
    states=("XXE",),
    adopted=date(2023, 3, 24),
)
COMMENT = Work("example:comment", Kind.GENERAL_COMMENT, {"en": "Invented comment"}, body="CRPD", year=2021)


def save(*parcels: Parcel, source: str = "invented") -> None:
    run = Run.objects.create(source=source, started=timezone.now())
    Store(run, rank=50).save([(parcel, None) for parcel in parcels])


@pytest.fixture
def world() -> None:
    theme = Label("theme", "invented", "Housing")
    save(
        Parcel(
            OBSERVATIONS,
            Edition("en", "Invented observations"),
            (Paragraph("First.", "1"), Paragraph("Homes for all.", "2", labels=(theme,), heading=("C. Homes",))),
        ),
        Parcel(OBSERVATIONS, Edition("ko", "지어낸 최종견해"), (Paragraph("첫째.", "1"), Paragraph("모두의 집.", "2"))),
        Parcel(COMMENT, Edition("en"), (Paragraph("A comment.", "1"),)),
    )


def get(path: str, status: int = 200, **params: Any) -> Any:
    response = Client().get(f"/api/v1{path}", params)
    assert response.status_code == status, response.content
    return response.json()


def test_documents_are_listed_in_pages_that_miss_nothing(world: None) -> None:
    first = get("/documents", limit=1)
    assert (first["total"], [item["key"] for item in first["items"]]) == (2, ["CRPD/C/XXE/CO/1"])
    second = get("/documents", limit=1, cursor=first["next"])
    assert [item["key"] for item in second["items"]] == ["example:comment"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("params", "keys"),
    [
        ({"state": "xxe"}, ["CRPD/C/XXE/CO/1"]),
        ({"kind": ["general-comment", "treaty"]}, ["example:comment"]),
        ({"lang": ["en", "ko"]}, ["CRPD/C/XXE/CO/1", "example:comment"]),
        ({"lang": "ko"}, ["CRPD/C/XXE/CO/1"]),
        ({"since": 2022}, ["CRPD/C/XXE/CO/1"]),
        ({"until": 2022}, ["example:comment"]),
        ({"body": "CRPD", "state": "KOR"}, []),
    ],
)
def test_documents_are_filtered(world: None, params: dict[str, Any], keys: list[str]) -> None:
    found = get("/documents", **params)
    assert [item["key"] for item in found["items"]] == keys
    assert found["total"] == len(keys)


@pytest.mark.parametrize("name", ["CRPD/C/XXE/CO/1", "crpd/c/xxe/co/1", "CRPD/C/XXE/CO/1*", "crpd c xxe co 1"])
def test_a_document_answers_to_any_spelling(world: None, name: str) -> None:
    found = get(f"/documents/{name}")
    assert found["key"] == "CRPD/C/XXE/CO/1"
    assert found["adopted"] == "2023-03-24"
    assert found["title"] == "Invented observations"
    assert found["titles"] == {"en": "Invented observations", "ko": "지어낸 최종견해"}
    assert [edition["lang"] for edition in found["editions"]] == ["en", "ko"]


def test_paragraphs_come_in_reading_order_with_labels(world: None) -> None:
    found = get("/documents/CRPD/C/XXE/CO/1/paragraphs")
    assert (found["document"], found["lang"]) == ("CRPD/C/XXE/CO/1", "en")
    assert [paragraph["text"] for paragraph in found["paragraphs"]] == ["First.", "Homes for all."]
    assert found["paragraphs"][1]["labels"] == [
        {"facet": "theme", "scheme": "invented", "value": "Housing", "source": "invented"}
    ]
    assert get("/documents/CRPD/C/XXE/CO/1/paragraphs", lang="ko")["paragraphs"][0]["text"] == "첫째."


def test_one_paragraph_by_number(world: None) -> None:
    found = get("/documents/CRPD/C/XXE/CO/1/paragraphs/2", lang="ko")
    assert (found["lang"], found["paragraph"]["number"], found["paragraph"]["text"]) == ("ko", "2", "모두의 집.")


def test_versions_stay_readable(world: None) -> None:
    changed = (Paragraph("First.", "1"), Paragraph("Homes for everyone.", "2"))
    save(Parcel(OBSERVATIONS, Edition("en", "Invented observations"), changed))
    versions = get("/documents/CRPD/C/XXE/CO/1/paragraphs/2/versions", lang="en")["versions"]
    assert [(v["version"], v["current"], v["text"]) for v in versions] == [
        (2, True, "Homes for everyone."),
        (1, False, "Homes for all."),
    ]


def test_what_is_not_there_is_told(world: None) -> None:
    assert get("/documents/CRPD/C/XXE/CO/9", 404)["errors"][0]["where"] == "CRPD/C/XXE/CO/9"
    assert "en, ko" in get("/documents/CRPD/C/XXE/CO/1/paragraphs", 404, lang="fr")["detail"]
    assert get("/documents/CRPD/C/XXE/CO/1/paragraphs/99", 404)["status"] == 404
    assert get("/documents/%00", 404)["status"] == 404


def test_changes_go_on_from_a_cursor(world: None) -> None:
    page = get("/changes", limit=2)
    assert page["more"] is True
    rest = get("/changes", since=page["cursor"])
    assert rest["more"] is False
    lines = page["items"] + rest["items"]
    assert [(line["work"], line["lang"], line["paragraphs"]) for line in lines if line["what"] == "edition"] == [
        ("CRPD/C/XXE/CO/1", "en", {"added": ["1", "2"]}),
        ("CRPD/C/XXE/CO/1", "ko", {"added": ["1", "2"]}),
        ("example:comment", "en", {"added": ["1"]}),
    ]
    assert get("/changes", since=rest["cursor"]) == {"items": [], "cursor": rest["cursor"], "more": False}
    save(Parcel(COMMENT, Edition("en"), (Paragraph("Another comment.", "1"),)))
    later = get("/changes", since=rest["cursor"])["items"]
    assert [(line["work"], line["paragraphs"]) for line in later] == [("example:comment", {"changed": ["1"]})]
    assert get("/changes", work="example:comment")["items"][-1] == later[-1]
