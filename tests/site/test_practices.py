"""Practices: those of the house, what places describe, review, roles, search. What stands here is invented."""

from __future__ import annotations

import html as markup
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from smallplaces.errors import BadInput, NotFound
from smallplaces.vocab.practices import practices, read_practice
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.example import load_example
from smallplaces_site.actions.write_practice import (
    edit_practice,
    hand_in,
    publish_practice,
    return_practice,
    withdraw_practice,
    write_practice,
)
from smallplaces_site.people.models import Deed, User
from smallplaces_site.people.rights import Forbidden
from smallplaces_site.practices import library, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files", "home", "example")]

FIELDS: dict[str, Any] = {
    "title": {"en": "Lamps that listen"},
    "where": {"en": "Smallton, Exampland"},
    "kind": "service",
    "since": "2021",
    "problem": {"en": "Blind residents could not cross at the invented market square."},
    "done": {"en": "The town gave every lamp a voice that says when to cross."},
    "rights": ["treaty:CRPD/9"],
    "recommendations": ["CRPD/C/XXE/CO/1#p2"],
    "groups": [],
    "heads": ["04.5"],
    "sdgs": ["11.2"],
    "department": "transport",
    "sources": [],
    "checked": "general-knowledge",
}


@pytest.fixture
def example(home: Path) -> None:
    load_example()


def place_code() -> str:
    from smallplaces_site.corpus.read import places  # noqa: PLC0415  # after the example is there

    return places.every("XXE")[0].code


def local() -> User:
    member = admit("head@example.org", "head", "Smallton", Place("local", "XXE", place_code()), name="H. Head")
    return member.user


def other_local() -> User:
    return admit("other@example.org", "head", "Otherton", Place("local", "XXE", "XXE/own/none")).user


def officer(state: str = "XXE") -> User:
    return admit(f"officer-{state}@example.org", "officer", f"Commission {state}", Place(state=state)).user


def reader() -> User:
    return User.objects.get_or_create(email="reader@example.org")[0]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    content = b"".join(response) if response.streaming else response.content
    return markup.unescape(content.decode())


def test_those_of_the_house_are_whole_in_both_languages() -> None:
    held = practices()
    assert len(held) >= 12
    for practice in held.values():
        assert practice.langs() == ("en", "ko"), practice.key
        assert practice.sources, practice.key
        assert practice.as_of, practice.key
        assert not practice.recommendations or practice.state, practice.key


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "miracle"}, "“miracle” cannot be chosen"),
        ({"rights": ["treaty:CRPD"]}, "Nothing of this kind is called treaty:CRPD"),
        ({"heads": ["99"]}, "Nothing of this kind is called 99"),
        ({"problem": {}}, "'problem' has no en"),
        ({"colour": "blue"}, "unknown field colour"),
        ({"sources": [{"title": "t", "publisher": "p", "date": "2020", "address": "javascript:x"}]}, "https://"),
    ],
)
def test_what_cannot_be_read_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_practice("x", FIELDS | {"state": "XXE"} | change)


def test_a_practice_goes_from_a_place_to_the_readers() -> None:
    row = write_practice("XXE", place_code(), FIELDS, by=local())
    with pytest.raises(NotFound):
        read.practice(row.key)
    hand_in(row.pk, by=local())
    assert [one.key for one in read.submissions(state="XXE", status="submitted")] == [row.key]
    return_practice(row.pk, "Say what it cost.", by=officer())
    assert read.submission(row.pk).said == "Say what it cost."
    content = read.submission(row.pk).content | {"cost": {"en": "Less than a bench."}}
    fields = {name: value for name, value in content.items() if name not in {"state", "place"}}
    edit_practice(row.pk, fields, revision=read.submission(row.pk).revision, by=local())
    with pytest.raises(BadInput, match="Somebody else saved"):
        edit_practice(row.pk, fields, revision=1, by=local())
    publish_practice(row.pk, checked="officer", by=officer())
    view = read.practice(row.key)
    assert (view.version, view.by, view.reviewed_by) == (1, "H. Head, Smallton", "Commission XXE")
    assert view.practice.texts["cost"]["en"] == "Less than a bench."
    edit_practice(row.pk, fields | {"title": {"en": "Changed"}}, revision=read.submission(row.pk).revision, by=local())
    assert read.practice(row.key).practice.title["en"] == "Lamps that listen"  # until an officer publishes it
    publish_practice(row.pk, checked="officer", by=officer())
    assert read.practice(row.key).practice.title["en"] == "Changed"
    assert read.practice(row.key, 1).practice.title["en"] == "Lamps that listen"
    withdraw_practice(row.pk, "It was a dream.", by=officer())
    with pytest.raises(NotFound):
        read.practice(row.key)
    with pytest.raises(NotFound):
        read.practice(row.key, 1)
    assert Deed.objects.filter(what="practice.review").count() == 4


def test_nobody_writes_or_publishes_for_another() -> None:
    row = write_practice("XXE", place_code(), FIELDS, by=local())
    attempts: list[Callable[[User], object]] = [
        lambda user: write_practice("XXE", place_code(), FIELDS, by=user),
        lambda user: edit_practice(row.pk, FIELDS, revision=1, by=user),
        lambda user: hand_in(row.pk, by=user),
        lambda user: publish_practice(row.pk, checked="officer", by=user),
        lambda user: return_practice(row.pk, "no", by=user),
        lambda user: withdraw_practice(row.pk, "no", by=user),
    ]
    for user in (reader(), officer("XXM")):
        for attempt in attempts:
            with pytest.raises(Forbidden):
                attempt(user)
    for attempt in attempts[3:]:
        with pytest.raises(Forbidden):
            attempt(local())


def test_pages_say_who_may() -> None:
    row = write_practice("XXE", place_code(), FIELDS, by=local())
    edit = f"/en/practices/mine/{row.pk}/"
    for path in ("/en/practices/new/", "/en/practices/mine/", edit):
        assert Client().get(path).status_code == 302
        body(client_of(reader()), path, 403)
    assert client_of(local()).post(f"{edit}review/", {"act": "publish", "checked": "officer"}).status_code == 403
    assert client_of(officer("XXM")).get(edit).status_code == 403


def test_a_place_describes_hands_in_and_an_officer_publishes_on_pages() -> None:
    client = client_of(local())
    answer = client.get("/en/practices/new/", follow=True)
    path = answer.redirect_chain[-1][0]
    page = markup.unescape(answer.content.decode())
    assert "Save and hand in for review" in page
    form = {
        "title": "Lamps that listen",
        "kind": "service",
        "since": "2021",
        "problem": "Blind residents could not cross.",
        "done": "Lamps speak. <script>alert(1)</script>",
        "rights": "CRPD 9",
        "recommendations": "CRPD/C/XXE/CO/1#p2",
        "sdgs": "11.2",
        "sources": "A report | Smallton | 2022",
        "revision": "0",
        "act": "hand-in",
    }
    wrong = client.post(path, form | {"sources": "only a title", "since": "long ago"})
    assert wrong.status_code == 400
    said = markup.unescape(wrong.content.decode())
    assert "Not a source: “only a title”" in said
    assert "Write a year" in said
    strange = markup.unescape(client.post(path, form | {"rights": "the moon"}).content.decode())
    assert "Nothing of this kind is called" in strange
    done = client.post(path, form, follow=True)
    assert "Handed in." in done.content.decode()
    pk = read.submissions(state="XXE")[0].id
    judge = client_of(officer())
    assert "Lamps that listen" in body(judge, "/en/practices/mine/")
    judge.post(f"/en/practices/mine/{pk}/review/", {"act": "return", "said": "More, please."})
    assert "More, please." in body(client, f"/en/practices/mine/{pk}/?lang=en")
    ready = judge.post(f"/en/practices/mine/{pk}/review/", {"act": "publish", "checked": "officer"}, follow=True)
    page = ready.content.decode()
    assert "<script>alert" not in page
    assert "Checked by an officer" in page
    assert "/instruments/CRPD/9/" in page
    assert "/documents/CRPD/C/XXE/CO/1/p/2/" in page


def test_practices_are_found_by_words_across_languages_and_by_what_they_are_about() -> None:
    row = write_practice("XXE", place_code(), FIELDS, by=local())
    publish_practice(row.pk, checked="officer", by=officer())
    assert [one.view.key for one in library.find('"invented market square"').found] == [row.key]
    assert row.key in [one.view.key for one in library.find("", {"right": ["treaty:CRPD/9"]}).found]
    shelf = library.find("", {"department": ["transport"]})
    assert shelf.counts["department"]["transport"] == len(shelf.found)
    assert sum(shelf.counts["kind"].values()) == len(shelf.found)
    assert not library.find("zzzzunheardof").found
    page = body(Client(), "/en/practices/?q=blind")
    assert "Lamps that listen" in page
    assert "lamps-that-listen" in body(Client(), "/en/practices/?format=csv")
    assert row.key in [view.key for view in read.tells_of(["treaty:CRPD/9"])]


@pytest.mark.parametrize("lang", ["en", "ko", "fr", "es", "ar", "ru", "zh"])
def test_pages_open_in_every_language(lang: str) -> None:
    body(Client(), f"/{lang}/practices/")
    for key in practices():
        body(Client(), f"/{lang}/practices/{key}/")
    body(Client(), f"/{lang}/practices/nothing-like-that/", 404)
    body(Client(), f"/{lang}/practices/gwangju-charter/?version=7", 404)


def test_the_interface_gives_them() -> None:
    found = Client().get("/api/v1/practices", {"q": "human rights ordinance"}).json()
    assert found["total"] == len(found["items"]) > 0
    one = Client().get("/api/v1/practices/gwangju-charter").json()
    assert one["texts"]["done"]["ko"]
    assert (one["checked"], one["version"]) == ("general-knowledge", 0)
    assert Client().get("/api/v1/practices/none").status_code == 404
