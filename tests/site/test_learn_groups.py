"""Groups that learn together: who may make them, what an officer sees, and what only the learner decides."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from tests.site.test_learn import COURSES, officer, page, reader, signed_in, take

from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.alerts.models import Letter
from smallplaces_site.learn.models import Cohort, Seat
from smallplaces_site.people.models import Deed, Membership, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

GROUPS = "/en/learn/groups/"
LEARNER = "reader@example.org"


@pytest.fixture(autouse=True)
def own_courses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.SETTINGS, "SMALLPLACES_COURSES", str(COURSES))


@pytest.fixture
def group() -> Cohort:
    client = signed_in(officer().user)
    client.post(GROUPS, {"name": "Autumn", "courses": ["first-steps"], "due": "2026-12-20", "note": "Welcome."})
    return Cohort.objects.get()


def invite(group: Cohort, addresses: str) -> None:
    signed_in(officer().user).post(f"{GROUPS}{group.pk}/", {"did": "invite", "addresses": addresses})


def of_city() -> Membership:
    return admit("head@example.org", "head", "City", Place("local", "KOR", "KR-26"))


def test_a_group_needs_a_name_and_courses() -> None:
    client = signed_in(officer().user)
    for sent in ({"name": "", "courses": ["first-steps"]}, {"name": "A"}, {"name": "A", "courses": ["no-such"]}):
        assert client.post(GROUPS, sent).status_code == 200
    assert not Cohort.objects.exists()


def test_each_new_address_gets_one_letter_and_an_account(group: Cohort) -> None:
    reader()
    invite(group, f"{LEARNER}\nNew@example.org, {LEARNER}")
    invite(group, "new@example.org")
    letters = {one.address: one.text for one in Letter.objects.all()}
    assert set(letters) == {LEARNER, "new@example.org"}
    assert "First steps in Exampland" in letters[LEARNER]
    assert "20 December 2026" in letters[LEARNER]
    assert "/password/reset/key/" in letters["new@example.org"]
    assert not User.objects.get(email="new@example.org").memberships.exists()
    assert Deed.objects.filter(what="cohort.manage", subject__startswith="invite").count() == 1


def test_one_wrong_address_sends_nothing(group: Cohort) -> None:
    invite(group, "good@example.org not-an-address")
    assert not Seat.objects.exists()
    assert not Letter.objects.exists()


def test_an_officer_sees_progress_only_of_those_who_agreed(group: Cohort) -> None:
    learner = reader()
    invite(group, LEARNER)
    mine = signed_in(learner)
    take(mine)
    watching = signed_in(officer().user)
    before = page(watching, f"{GROUPS}{group.pk}/")
    assert "Invited; has not agreed yet" in before
    assert "2 of 2" not in before
    assert "They never see your answers." in page(mine, "/en/learn/mine/")
    mine.post(f"{GROUPS}{group.pk}/agree/", {"agree": "yes"})
    assert "2 of 2" in page(watching, f"{GROUPS}{group.pk}/")
    sheet = watching.get(f"{GROUPS}{group.pk}/?format=csv").getvalue().decode("utf-8-sig")
    assert "reader@example.org,,first-steps," in sheet
    mine.post(f"{GROUPS}{group.pk}/agree/", {"agree": "no"})
    after = page(watching, f"{GROUPS}{group.pk}/")
    assert "Did not agree to be seen" in after
    assert "2 of 2" not in after


def test_a_closed_group_shows_nobody_and_takes_nobody(group: Cohort) -> None:
    learner = reader()
    invite(group, LEARNER)
    mine = signed_in(learner)
    take(mine)
    mine.post(f"{GROUPS}{group.pk}/agree/", {"agree": "yes"})
    watching = signed_in(officer().user)
    watching.post(f"{GROUPS}{group.pk}/", {"did": "close"})
    assert "2 of 2" not in page(watching, f"{GROUPS}{group.pk}/")
    invite(group, "late@example.org")
    assert not Seat.objects.filter(email="late@example.org").exists()
    assert mine.post(f"{GROUPS}{group.pk}/agree/", {"agree": "yes"}).status_code == 404


def test_nobody_but_an_officer_of_the_state_comes_near(group: Cohort) -> None:
    invite(group, LEARNER)
    abroad = admit("abroad@example.org", "officer", "Commission of Exampland", Place(state="XXE")).user
    for user in (reader("other@example.org"), of_city().user, abroad):
        client = signed_in(user)
        for path in (GROUPS, f"{GROUPS}{group.pk}/", f"{GROUPS}{group.pk}/?format=csv"):
            assert client.get(path).status_code == 403, (user, path)
        for did in ("invite", "close", "leave-out"):
            sent = {"did": did, "addresses": "evil@example.org", "email": LEARNER}
            assert client.post(f"{GROUPS}{group.pk}/", sent).status_code == 403
        assert client.post(GROUPS, {"name": "Mine", "courses": ["first-steps"]}).status_code == 403
        assert client.post(f"{GROUPS}{group.pk}/agree/", {"agree": "yes"}).status_code == 404
    assert Client().get(f"{GROUPS}{group.pk}/").status_code == 302
    assert Client().post(f"{GROUPS}{group.pk}/agree/", {"agree": "yes"}).status_code == 302
    assert Seat.objects.get().agreed is None
    assert Cohort.objects.get().closed is None


def test_the_page_of_an_invited_person_says_so(group: Cohort) -> None:
    learner = reader()
    invite(group, LEARNER)
    html = page(signed_in(learner), "/en/learn/mine/")
    assert "Commission of Korea asks you to take these courses." in html
    assert '<span class="count">1</span>' in page(signed_in(learner), "/en/account/")


def test_an_officer_takes_somebody_out(group: Cohort) -> None:
    invite(group, f"{LEARNER} new@example.org")
    client = signed_in(officer().user)
    client.post(f"{GROUPS}{group.pk}/", {"did": "leave-out", "email": LEARNER})
    assert [seat.email for seat in Seat.objects.all()] == ["new@example.org"]
    assert client.post(f"{GROUPS}{group.pk}/", {"did": "leave-out", "email": LEARNER}).status_code == 404
