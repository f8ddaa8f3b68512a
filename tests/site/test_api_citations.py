"""Citations given out: by the interface, as files and as linked data. Every document here is invented."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from smallplaces.errors import BadInput
from smallplaces.model.document import Edition, Kind, Paragraph, ParagraphKind, Parcel, Work
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.export_citations import export_citations, export_citing
from smallplaces_site.corpus.models import Run
from smallplaces_site.corpus.store import Store

pytestmark = pytest.mark.django_db(transaction=True)

TREATY = Work(key="treaty:CRPD", kind=Kind.TREATY, title={"en": "The Convention"}, body="CRPD")
ASKING = Work(key="CRPD/C/XXE/CO/1", kind=Kind.CONCLUDING_OBSERVATIONS, body="CRPD", states=("XXE",), year=2022)
TEXT = "In the light of article 19 of the Convention and general comment No. 5 (2017), close invented institutions."


@pytest.fixture(autouse=True)
def held(home: Path) -> None:
    run = Run.objects.create(source="invented", started=timezone.now())
    article = Paragraph(text="Everybody may live where others live.", number="19", kind=ParagraphKind.ARTICLE)
    asked = Paragraph(text=TEXT, number="41")
    Store(run, 50).save(
        [
            (Parcel(TREATY, Edition("en"), (article,)), None),
            (Parcel(ASKING, Edition("en"), (asked, Paragraph(text="Thanks.", number="42"))), None),
        ]
    )
    catch_up()


def get(client: Client, path: str, **asked: Any) -> Any:
    response = client.get(f"/api/v1/{path}", asked)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_document_gives_its_citations_with_what_they_lead_to(client: Client) -> None:
    told = get(client, "documents/CRPD/C/XXE/CO/1/citations")
    assert (told["document"], told["lang"]) == ("CRPD/C/XXE/CO/1", "en")
    article, comment = told["citations"]
    assert TEXT[article["start"] : article["end"]] == article["text"] == "article 19 of the Convention"
    assert article["targets"][0] == {
        "target": "treaty:CRPD/19",
        "title": "The Convention",
        "held": True,
        "document": "treaty:CRPD",
        "lang": "en",
        "paragraph": "art.19",
        "number": "19",
        "preview": "Everybody may live where others live.",
    }
    assert (comment["targets"][0]["held"], comment["targets"][0]["target"]) == (False, "CRPD/C/GC/5")
    assert "No. 5" in comment["targets"][0]["title"]
    assert get(client, "documents/CRPD/C/XXE/CO/1/citations", paragraph="42")["citations"] == []


def test_a_target_gives_what_cites_it(client: Client) -> None:
    told = get(client, "cited-by", target="CRPD article 19", state="xxe")
    assert (told["target"], told["total"], told["documents"]) == ("treaty:CRPD/19", 1, 1)
    assert told["kinds"] == {"concluding-observations": 1}
    row = told["items"][0]
    assert (row["document"], row["paragraph"], row["states"], row["year"]) == ("CRPD/C/XXE/CO/1", "41", ["XXE"], 2022)
    assert [row["excerpt"][start:end] for start, end in row["marks"]] == ["article 19 of the Convention"]
    assert get(client, "cited-by", target="gc:CRPD/5")["total"] == 1
    assert get(client, "cited-by", target="treaty:CRPD/19", kind="views")["total"] == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("cited-by", 422),
        ("cited-by?target=treaty:CRPD/19&stat=XXE", 422),
        ("cited-by?target=treaty:CRPD/19&page=0", 422),
        ("cited-by?target=treaty:CRPD/19&format=pdf", 422),
        ("documents/CRPD/C/XXE/CO/9/citations", 404),
        ("documents/CRPD/C/XXE/CO/1/citations?lang=fr", 404),
        ("documents/CRPD/C/XXE/CO/1/citations?paragraph=9", 404),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: Client, path: str, status: int) -> None:
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


def test_what_nothing_cites_is_an_empty_answer(client: Client) -> None:
    assert get(client, "cited-by", target="no such thing")["total"] == 0


def rows(chunks: Any) -> list[dict[str, str]]:
    lines = list(csv.reader(io.StringIO(b"".join(chunks).decode("utf-8-sig"), newline="")))
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def test_edges_are_a_table() -> None:
    out = rows(export_citations("CRPD/C/XXE/CO/1", "csv"))
    assert [(row["paragraph"], row["target"], row["cited_work"]) for row in out] == [
        ("41", "treaty:CRPD/19", "treaty:CRPD"),
        ("41", "CRPD/C/GC/5", ""),
    ]
    assert rows(export_citing("CRPD article 19", "csv")) == out[:1]
    with pytest.raises(BadInput):
        export_citing("CRPD article 19", "pdf")


def test_edges_are_linked_data(client: Client) -> None:
    response = client.get("/api/v1/documents/CRPD/C/XXE/CO/1/citations", {"format": "jsonld"})
    assert response["Content-Type"] == "application/ld+json"
    document = json.loads(b"".join(response.streaming_content))  # type: ignore[attr-defined]  # it is a stream
    assert (document["@context"], document["@type"]) == ("https://schema.org", "CreativeWork")
    article, comment = document["hasPart"][0]["citation"]
    assert article["@type"] == "Legislation"
    assert (article["legislationIdentifier"], article["legislationType"]) == ("CRPD/19", "article")
    assert article["isPartOf"]["legislationIdentifier"] == "CRPD"
    assert (comment["identifier"], "@id" in comment) == ("CRPD/C/GC/5", False)

    response = client.get("/api/v1/cited-by", {"target": "CRPD article 19", "format": "jsonld"})
    cited = json.loads(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    citing = cited["@reverse"]["citation"]
    assert cited["@id"] == article["@id"]
    assert [one["@id"] for one in citing] == [document["hasPart"][0]["@id"]]
    assert client.get(article["@id"]).status_code == 302  # to the page in the reader's language


def test_the_change_log_tells_where_citations_changed(client: Client) -> None:
    assert "cites" in [line["what"] for line in get(client, "changes")["items"]]
