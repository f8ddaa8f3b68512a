"""Whose demands are, on pages, by the interface and by commands, over the invented example set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.site.command import run, run_json

from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.decide_competence import decide_competence
from smallplaces_site.actions.example import load_example
from smallplaces_site.corpus.models import Paragraph
from smallplaces_site.local.models import CompetenceDecision, LabelDecision
from smallplaces_site.people.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example", "static_files")]

OBSERVATIONS = "CRPD/C/XXE/CO/1"


@pytest.fixture
def example(home: Path) -> Path:
    load_example()
    return home


def para(key: str) -> int:
    return Paragraph.objects.get(edition__work__key=OBSERVATIONS, edition__lang="en", key=key).pk


def signed_in(membership: Membership, client: Client) -> Client:
    client.force_login(membership.user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def desk(client: Client) -> Client:
    return signed_in(admit("o@example.org", "officer", "Commission of Exampland", Place(state="XXE")), client)


def test_who_did_not_sign_in_is_led_to_it(client: Client) -> None:
    answer = client.get("/en/review/")
    assert answer.status_code == 302
    assert "/account/login" in answer["Location"]


def test_who_may_not_is_told_who_may(client: Client) -> None:
    member = admit("c@example.org", "commenter", "Friends of Exampland", Place("civil", "XXE"))
    assert signed_in(member, client).get("/en/review/").status_code == 403


def test_the_queue_shows_one_demand_with_its_evidence_and_leads_on(desk: Client) -> None:
    page = desk.get("/en/review/")
    assert page.status_code == 200
    focus = page.context["focus"].asked
    assert "<mark>" in page.content.decode() or not focus.competence.reasons
    after = page.context["after"]
    answer = desk.post("/en/review/", {"paragraph": focus.paragraph_id, "act": "confirmed"}, follow=True)
    assert answer.redirect_chain[0][0].endswith(f"at={after}")
    assert answer.context["focus"].asked.paragraph_id == after
    assert answer.context["done"] == 1
    assert "Confirmed:" in answer.content.decode()
    assert CompetenceDecision.objects.get().verdict == "confirmed"


def test_taking_back_is_a_decision_too(desk: Client) -> None:
    first = desk.get("/en/review/").context["focus"].asked.paragraph_id
    desk.post("/en/review/", {"paragraph": first, "act": "confirmed"})
    answer = desk.post("/en/review/", {"paragraph": first, "act": "undo"}, follow=True)
    assert answer.context["focus"].asked.paragraph_id == first
    assert answer.context["done"] == 0
    assert list(CompetenceDecision.objects.order_by("pk").values_list("verdict", flat=True)) == [
        "confirmed",
        "withdrawn",
    ]


def test_a_correction_without_a_reason_is_not_recorded(desk: Client) -> None:
    answer = desk.post("/en/review/", {"paragraph": para("13"), "act": "corrected", "level": "national"}, follow=True)
    assert "give the reason" in answer.content.decode()
    assert not CompetenceDecision.objects.exists()


def test_unticked_labels_are_rejected_ticked_ones_confirmed(desk: Client) -> None:
    page = desk.get(f"/en/review/?at={para('13')}")
    shown = [f"{one.facet}|{one.scheme}|{one.label}" for one in page.context["proposed"]]
    assert shown
    desk.post("/en/review/", {"paragraph": para("13"), "act": "confirmed", "shown": shown, "label": shown[1:]})
    verdicts = dict(LabelDecision.objects.values_list("label", "verdict"))
    assert verdicts.pop(shown[0].rpartition("|")[2]) == "rejected"
    assert set(verdicts.values()) <= {"confirmed"}


@pytest.mark.parametrize("query", ["?at=99999999", "?at=x", "?body=Nobody", "?year=0", "?because=%00", "?department=z"])
def test_strange_addresses_of_the_queue_are_answered(desk: Client, query: str) -> None:
    assert desk.get(f"/en/review/{query}").status_code in (200, 404)


def test_a_local_official_decides_for_their_place_alone(client: Client) -> None:
    city = admit("h@example.org", "head", "City of Harbourton", Place("local", "XXE", "XXE/example/N1"))
    desk = signed_in(city, client)
    assert "your local government’s word" in desk.get("/en/review/").content.decode()
    desk.post("/en/review/", {"paragraph": para("13"), "act": "confirmed"})
    assert CompetenceDecision.objects.get().place == "XXE/example/N1"


def test_readers_see_whose_a_paragraph_is_and_who_says_so(client: Client) -> None:
    page = client.get(f"/en/documents/{OBSERVATIONS}/").content.decode()
    assert "(proposed)" in page
    here = f"/en/documents/{OBSERVATIONS}/p/13/?place=N1"
    before = client.get(here)
    assert "proposed by machine" in before.content.decode()
    assert "<strong>Ours</strong>" in before.content.decode()
    decide_competence(para("13"), "confirmed", who="A. Tester")
    after = client.get(here, headers={"if-none-match": before["ETag"]})
    assert "confirmed by A. Tester" in after.content.decode()


# -- the interface ---------------------------------------------------------------------------------------------------


def test_the_interface_gives_labels_and_competence(client: Client) -> None:
    labels = client.get(f"/api/v1/documents/{OBSERVATIONS}/labels").json()
    assert labels["document"] == OBSERVATIONS
    one = labels["items"][0]["labels"][0]
    assert one["method"] == "rules"
    assert one["decided"] is None
    decide_competence(para("13"), "confirmed", who="A. Tester")
    whose = client.get(f"/api/v1/documents/{OBSERVATIONS}/competence?lang=ko").json()
    found = {item["key"]: item for item in whose["items"]}
    assert (found["13"]["level"], found["13"]["decided"]["who"]) == ("local", "A. Tester")
    assert "20" not in found


def test_the_interface_gives_what_is_asked_of_a_place(client: Client) -> None:
    answer = client.get("/api/v1/places/N1/asked?department=housing&order=longest&limit=1").json()
    assert (answer["total"], len(answer["items"]), answer["items"][0]["times"]) == (3, 1, 2)
    wrong = client.get("/api/v1/places/N1/asked?verdicts=mine")
    assert (wrong.status_code, wrong["Content-Type"]) == (422, "application/problem+json")
    table = b"".join(client.get("/api/v1/places/N1/asked?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert table.count(OBSERVATIONS) >= 5


def test_nobody_decides_through_the_interface(client: Client) -> None:
    assert client.post(f"/api/v1/documents/{OBSERVATIONS}/competence").status_code == 405


# -- commands --------------------------------------------------------------------------------------------------------


def test_commands_label_decide_and_hand_out(tmp_path: Path) -> None:
    run(tmp_path, "init")
    run(tmp_path, "example", "load")
    again = run_json(tmp_path, "label", "--again")
    assert (again["changed"], again["asking"] > 20) == (0, True)
    corrected = ("decide-competence", OBSERVATIONS, "13", "corrected", "--who", "A. Tester", "--why", "theirs")
    done = run_json(tmp_path, *corrected, "--level", "municipality", "--department", "transport")
    assert (done["level"], done["department"]) == ("municipality", "transport")
    added = ("decide-label", OBSERVATIONS, "13", "theme/uhri/", "corrected", "--who", "A. Tester", "--why", "missing")
    assert "Right to housing" in run_json(tmp_path, *added, "--instead", "Right to housing")["labels"]
    run_json(tmp_path, "label", "--again")
    lines = [json.loads(line) for line in run(tmp_path, "corrections", "--state", "XXE").splitlines()]
    assert [line["kind"] for line in lines] == ["competence", "label"]
    assert lines[0]["said"]["level"] == "municipality"
