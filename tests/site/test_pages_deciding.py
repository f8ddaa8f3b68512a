"""Officers decide on citations and threads, on pages: what they say holds, is signed, and is nobody else's to say."""

from __future__ import annotations

import html as markup
from pathlib import Path

import pytest
from django.test import Client

from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.example import load_example
from smallplaces_site.corpus.models import CitationDecision
from smallplaces_site.lineage import read
from smallplaces_site.lineage.models import Decision, Thread
from smallplaces_site.people.models import Deed, Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files", "home")]

PARAGRAPH = "/en/documents/CRPD/C/XXE/CO/1/p/2/"


@pytest.fixture(autouse=True)
def example(home: Path) -> None:
    load_example()


def client_of(membership: Membership | None) -> Client:
    client = Client()
    if membership:
        client.force_login(membership.user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def officer(state: str = "XXE") -> Client:
    return client_of(admit("officer@example.org", "officer", "Commission", Place(state=state), name="A. Officer"))


def local() -> Client:
    return client_of(admit("head@example.org", "head", "City", Place("local", "XXE", "XXE-1")))


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return markup.unescape(response.content.decode())


def first_claim(client: Client) -> str:
    return body(client, f"{PARAGRAPH}links/").split('name="citation" value="')[1].split('"')[0]


def test_an_officer_rejects_a_citation_and_takes_it_back() -> None:
    client = officer()
    assert "links/" in body(client, PARAGRAPH)
    shown = body(client, PARAGRAPH).count('class="c')
    answer = client.post(
        f"{PARAGRAPH}links/", {"citation": first_claim(client), "verdict": "rejected", "why": "another document"}
    )
    assert answer.status_code == 302
    assert body(client, PARAGRAPH).count('class="c') < shown
    page = body(client, f"{PARAGRAPH}links/")
    assert "Rejected: readers see no link." in page
    assert "A. Officer, Commission decided on" in page
    assert "another document" in page
    client.post(f"{PARAGRAPH}links/", {"citation": first_claim(client), "verdict": "confirmed"})
    assert body(client, PARAGRAPH).count('class="c') == shown
    assert CitationDecision.objects.filter(who="A. Officer, Commission").count() == 2
    assert Deed.objects.filter(what="citation.decide", user__isnull=False).count() == 2


def test_where_it_leads_must_be_said() -> None:
    client = officer()
    answer = client.post(f"{PARAGRAPH}links/", {"citation": first_claim(client), "verdict": "replaced", "why": "x <b>"})
    page = markup.unescape(answer.content.decode())
    assert "say where" in page
    assert "x &lt;b&gt;" in answer.content.decode()
    assert not CitationDecision.objects.exists()
    client.post(
        f"{PARAGRAPH}links/", {"citation": first_claim(client), "verdict": "replaced", "targets": "CRPD article 19\n"}
    )
    assert CitationDecision.objects.get().targets == ["treaty:CRPD/19"]


def test_a_citation_of_another_paragraph_is_not_decided_here() -> None:
    assert officer().post(f"{PARAGRAPH}links/", {"citation": "999999", "verdict": "rejected"}).status_code == 404


@pytest.mark.parametrize("path", [f"{PARAGRAPH}links/", "thread"])
def test_nobody_else_decides(path: str) -> None:
    if path == "thread":
        path = f"/en/states/XXE/threads/{Thread.objects.filter(state='XXE')[0].key}/decide/"
    for method in ("get", "post"):
        anonymous = getattr(client_of(None), method)(path)
        assert (anonymous.status_code, anonymous["Location"].split("?")[0]) == (302, "/en/account/login/")
        assert getattr(local(), method)(path).status_code == 403
    page = markup.unescape(local().get(path).content.decode())
    assert "Officer of the institution" in page
    assert "links/" not in body(local(), PARAGRAPH)


def test_an_officer_of_another_state_leaves_threads_alone() -> None:
    key = Thread.objects.filter(state="XXE")[0].key
    assert officer("XXM").get(f"/en/states/XXE/threads/{key}/decide/").status_code == 403


def test_threads_are_split_and_joined() -> None:
    client = officer()
    one = Thread.objects.get(state="XXE", family="death-penalty")
    path = f"/en/states/XXE/threads/{one.key}/"
    assert f"{path}decide/" in body(client, path)
    members = [member.name for member in read.members(one.key)]
    refused = client.post(f"{path}decide/", {"act": "split", "member": members})
    assert "not all of them" in markup.unescape(refused.content.decode())
    done = client.post(f"{path}decide/", {"act": "split", "member": members[:1], "why": "another matter"})
    assert done.status_code == 302
    decision = Decision.objects.get()
    assert (decision.verdict, decision.who, decision.left) == ("split", "A. Officer, Commission", members[:1])
    others = list(Thread.objects.filter(state="XXE").order_by("pk")[:2])
    joined = client.post(
        f"/en/states/XXE/threads/{others[0].key}/decide/", {"act": "join", "thread": [others[1].key]}, follow=True
    )
    assert "A. Officer, Commission joined" in markup.unescape(joined.content.decode())


def test_a_paragraph_says_what_it_repeats() -> None:
    one = Thread.objects.get(state="XXE", family="death-penalty")
    first, second = read.members(one.key)
    path = f"/en/documents/{second.demand.work.key}/p/{second.demand.paragraph.key}/"
    assert "Repeats a demand first made in 2019:" in body(Client(), path)
    path = f"/en/documents/{first.demand.work.key}/p/{first.demand.paragraph.key}/"
    assert "The first time that this was asked:" in body(Client(), path)


def test_the_filter_names_what_is_cited() -> None:
    page = body(Client(), "/en/search?cites=treaty:CRPD/19")
    assert "<bdi>Disability Convention, article 19</bdi></a>" in page
