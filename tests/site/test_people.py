"""Accounts: who gets one, who may do what, and that every deed is signed."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import connection
from django.test import Client

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.admit import Place, admit, dismiss, password_link, verify
from smallplaces_site.people.deeds import COMMAND_LINE, record
from smallplaces_site.people.models import Deed, Membership, Organisation, Role, User
from smallplaces_site.people.rights import RIGHTS, ROLES_OF, Forbidden, Scope, may, places_of, require

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

PASSWORD = "correct horse 77 staple"
CITY = ("EXA-1-2", "EXA-1")  # an invented city and the province it lies in


def officer() -> Membership:
    return admit("officer@example.org", "officer", "Commission of Exampland", Place(state="EXA"), name="A. Officer")


def of_city(role: str = "contributor", *, below: bool = False) -> Membership:
    return admit(f"{role}@example.org", role, "City of Small", Place("local", "EXA", "EXA-1-2"), below=below)


def signed_in(membership: Membership, client: Client) -> Client:
    client.force_login(membership.user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_person_is_admitted_once_however_often_it_is_said() -> None:
    first, again = officer(), officer()
    assert first == again
    assert Deed.objects.filter(what="people.manage").count() == 1


@pytest.mark.parametrize(
    ("email", "role", "organisation", "where", "said"),
    [
        ("nobody", "officer", "C", Place(state="EXA"), "not an e-mail address"),
        ("a@example.org", "officer", "City", Place("local", "EXA", "EXA-1"), "can have: contributor, head"),
        ("a@example.org", "head", "City", Place("local", "EXA"), "needs the code of its place"),
        ("a@example.org", "officer", " ", Place(state="EXA"), "needs a name"),
        ("a@example.org", "officer", "C", Place("club", "EXA"), "expected one of"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    email: str, role: str, organisation: str, where: Place, said: str
) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        admit(email, role, organisation, where)


def test_an_organisation_does_not_move() -> None:
    of_city()
    with pytest.raises(BadInput, match="known as local of EXA-1-2"):
        admit("b@example.org", "head", "City of Small", Place("local", "EXA", "EXA-9"))


@pytest.mark.parametrize("right", sorted(RIGHTS))
def test_the_table_of_rights_is_the_whole_of_it(right: str) -> None:
    """Every role of every kind of organisation, asked for every right."""
    scope = Scope("EXA", CITY)
    for kind, roles in ROLES_OF.items():
        place = CITY[0] if kind == Organisation.Kind.LOCAL else ""
        for role in Role:
            if role not in roles:
                continue
            held = admit(f"{role}@example.org", role, f"An organisation, {kind}", Place(kind, "EXA", place))
            if kind == Organisation.Kind.CIVIL:
                verify(held.organisation.name)
            assert may(held.user, right, scope) == (role in RIGHTS[right]), role
    assert not may(AnonymousUser(), right, scope)
    assert not may(None, right, scope)
    assert not may(User.objects.create_user("reader@example.org"), right, scope)


def test_a_right_that_nobody_wrote_down_is_a_bug() -> None:
    with pytest.raises(KeyError):
        may(officer().user, "site.burn")


def test_a_local_official_acts_for_the_own_place_alone() -> None:
    user = of_city().user
    assert may(user, "brief.write", Scope("EXA", CITY))
    assert not may(user, "brief.write", Scope("EXA", ("EXA-1-3", "EXA-1")))
    assert not may(user, "brief.write", Scope("EXA", ("EXA-1",)))
    assert not may(user, "brief.write", Scope("EXA"))
    assert places_of(user) == ["EXA-1-2"]


def test_a_province_reaches_below_only_where_it_is_said() -> None:
    where = Place("local", "EXA", "EXA-1")
    alone = admit("alone@example.org", "head", "Province of One", where).user
    reaching = admit("reaching@example.org", "head", "Province of One", where, below=True).user
    assert not may(alone, "brief.publish", Scope("EXA", CITY))
    assert may(reaching, "brief.publish", Scope("EXA", CITY))


def test_an_officer_ends_at_the_border() -> None:
    assert may(officer().user, "thread.decide", Scope("EXA"))
    assert not may(officer().user, "thread.decide", Scope("KOR"))


def test_an_ended_or_closed_account_may_nothing() -> None:
    member = officer()
    assert dismiss("officer@example.org", "Commission of Exampland") == 1
    assert not may(member.user, "thread.decide", Scope("EXA"))
    with pytest.raises(NotFound):
        dismiss("officer@example.org", "Commission of Exampland")
    back = officer()
    assert may(back.user, "thread.decide", Scope("EXA"))
    back.user.is_active = False
    assert not may(back.user, "thread.decide", Scope("EXA"))


def test_who_may_not_is_told_who_may() -> None:
    with pytest.raises(Forbidden, match=r"dispatch\.send for EXA-1-2 is for: admin, officer"):
        require(of_city().user, "dispatch.send", Scope("EXA", CITY))


def test_civil_society_waits_until_it_is_verified() -> None:
    user = admit("c@example.org", "commenter", "Friends of Exampland", Place("civil", "EXA")).user
    assert not may(user, "follow.webhook", Scope("EXA"))
    verify("Friends of Exampland")
    assert may(user, "follow.webhook", Scope("EXA"))


def test_deeds_are_signed_without_an_address() -> None:
    assert record(officer(), "brief.publish", "brief 1").by == "A. Officer, Commission of Exampland"
    assert record(of_city(), "brief.write", "brief 1").by == "City of Small"
    assert record(None, "people.manage", "x").by == COMMAND_LINE


def test_an_address_is_one_account_however_it_is_typed() -> None:
    assert admit("Officer@Example.org", "officer", "Commission of Exampland", Place(state="EXA")).user == officer().user


def test_the_link_sets_a_password_and_the_password_signs_in(client: Client) -> None:
    user = officer().user
    page = client.get(password_link(user), follow=True)
    assert page.status_code == 200
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    answer = client.post("/ko/account/login/", {"login": "officer@example.org", "password": PASSWORD}, follow=True)
    assert "국가인권기구 담당자" in answer.text
    assert "이 링크" not in answer.text


def test_a_link_is_good_once(client: Client) -> None:
    link = password_link(officer().user)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert client.get(link, follow=True).status_code == 200
    assert 'type="password"' not in Client().get(link, follow=True).text


def test_guessing_is_stopped(client: Client) -> None:
    user = officer().user
    user.set_password(PASSWORD)
    user.save()
    for _ in range(9):
        client.post("/en/account/login/", {"login": "officer@example.org", "password": "wrong wrong wrong"})
    client.post("/en/account/login/", {"login": "officer@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session, "even the right password waits now"


def test_a_letter_comes_in_the_language_of_the_page(client: Client) -> None:
    officer()
    client.post("/fr/account/password/reset/", {"email": "officer@example.org"})
    assert mail.outbox[0].subject == "Choisir un nouveau mot de passe pour Small Places"
    assert "/fr/account/password/reset/key/" in mail.outbox[0].body


def test_nobody_learns_who_has_an_account(client: Client) -> None:
    officer()
    known = client.post("/en/account/password/reset/", {"email": "officer@example.org"}, follow=True)
    unknown = client.post("/en/account/password/reset/", {"email": "someone@example.org"}, follow=True)
    assert known.request["PATH_INFO"] == unknown.request["PATH_INFO"]


def test_visitors_make_no_accounts_unless_the_site_lets_them(client: Client) -> None:
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert "Accounts are given" in client.post("/en/account/signup/", form).text
    assert not User.objects.exists()


def test_ones_page_is_for_oneself(client: Client) -> None:
    assert client.get("/en/account/")["Location"].startswith("/en/account/login/")
    page = signed_in(of_city(), client).get("/en/account/")
    assert "City of Small" in page.text
    assert "no-store" in page["Cache-Control"]


def test_pages_for_everybody_ask_the_database_for_nobody(client: Client) -> None:
    with connection.execute_wrapper(_no_sessions):
        assert client.get("/en/states/").status_code == 200


def _no_sessions(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    assert "session" not in sql and "people_user" not in sql
    return execute(sql, params, many, context)
