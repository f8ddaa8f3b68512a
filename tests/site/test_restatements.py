"""Paragraphs in plain words: who may write and approve them, what readers are shown, and what happens when a text
changes. Over the invented example set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from tests.site.held_example import held_example

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.allowed import OPERATOR
from smallplaces_site.actions.restate import LONGEST, approve_restatement, restate, withdraw_restatement
from smallplaces_site.briefs import restatements
from smallplaces_site.briefs.models import Restatement
from smallplaces_site.corpus.models import Reading
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.people.models import Deed, User
from smallplaces_site.people.rights import Forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

WORK, PARA = "CRPD/C/XXE/CO/1", "17"
ADDRESS = f"/en/restatements/{WORK}/p/{PARA}/"
WORDS = "Close institutions by a set date, and spend their money on homes and help in the city."


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def harbourton() -> PlaceView:
    return places.get("N1")


def officer() -> User:
    return admit("o@example.org", "officer", "Commission of Exampland", Place(state="XXE"), name="A. Officer").user


def local(role: str, place: str = "XXE/example/N1", name: str = "City of Harbourton") -> User:
    return admit(f"{role}-{place[-2:]}@example.org", role, name, Place("local", "XXE", place), name=f"The {role}").user


def write(by: object, place: PlaceView | None, text: str = WORDS, lang: str = "en") -> Restatement:
    return restate(WORK, PARA, lang, text, by=by, place=place, state="XXE", source_lang="en")  # type: ignore[arg-type]


def shown(lang: str = "en") -> str:
    found = restatements.approved([(WORK, PARA)], lang, harbourton())
    return found[WORK, PARA].text if found else ""


def test_words_are_shown_once_somebody_answers_for_them() -> None:
    row = write(local("contributor"), harbourton())
    assert shown() == ""
    approve_restatement(row.pk, by=local("head"))
    assert shown() == WORDS
    view = restatements.versions(WORK, PARA)[0]
    assert (view.by, view.approved_by) == ("The contributor, City of Harbourton", "The head, City of Harbourton")
    assert view.version == 1
    assert not view.stale
    assert Deed.objects.filter(what__startswith="restatement.").count() == 2


def test_a_contributor_approves_nothing() -> None:
    row = write(local("contributor"), harbourton())
    with pytest.raises(Forbidden):
        approve_restatement(row.pk, by=local("contributor"))
    assert shown() == ""


@pytest.mark.parametrize("who", ["another place", "province", "civil society", "reader", "visitor", "other State"])
def test_nobody_else_writes_for_a_place(who: str) -> None:
    makers: dict[str, Callable[[], Any]] = {
        "another place": lambda: local("head", "XXE/example/N2", "Another"),
        "province": lambda: local("head", "XXE/example/N", "Province"),
        "civil society": lambda: admit("c@example.org", "commenter", "Club", Place("civil", "XXE")).user,
        "reader": lambda: User.objects.create_user("r@example.org"),
        "visitor": AnonymousUser,
        "other State": lambda: admit("k@example.org", "officer", "Other", Place(state="KOR")).user,
    }
    somebody = makers[who]()
    with pytest.raises(Forbidden):
        write(somebody, harbourton())
    with pytest.raises(Forbidden):
        write(somebody, None)
    assert not Restatement.objects.exists()


def test_a_place_cannot_speak_for_the_whole_state() -> None:
    with pytest.raises(Forbidden):
        write(local("head"), None)


def test_the_words_of_the_place_stand_before_those_of_the_institution() -> None:
    approve_restatement(write(officer(), None, "Said for the whole State.").pk, by=officer())
    assert shown() == "Said for the whole State."
    approve_restatement(write(local("head"), harbourton()).pk, by=local("head"))
    assert shown() == WORDS
    assert restatements.approved([(WORK, PARA)], "en", places.get("S1"))[WORK, PARA].text == "Said for the whole State."


def test_the_same_words_again_are_no_new_version_and_others_are() -> None:
    first = write(OPERATOR, harbourton())
    assert write(OPERATOR, harbourton()) == first
    approve_restatement(first.pk, by=OPERATOR)
    second = write(OPERATOR, harbourton(), "Other words.")
    assert second.version == 2
    assert shown() == WORDS, "what waits is not shown"
    approve_restatement(second.pk, by=OPERATOR)
    assert shown() == "Other words."


def test_what_is_taken_back_brings_nothing_older_back() -> None:
    first = write(OPERATOR, harbourton())
    approve_restatement(first.pk, by=OPERATOR)
    second = write(OPERATOR, harbourton(), "Other words.")
    approve_restatement(second.pk, by=OPERATOR)
    with pytest.raises(BadInput, match="Say why"):
        withdraw_restatement(second.pk, " ", by=OPERATOR)
    withdraw_restatement(second.pk, "It promised too much.", by=OPERATOR)
    assert shown() == ""
    with pytest.raises(BadInput, match="taken back"):
        approve_restatement(second.pk, by=OPERATOR)


def test_words_outlive_a_changed_paragraph_and_warn_of_it() -> None:
    approve_restatement(write(OPERATOR, harbourton()).pk, by=OPERATOR)
    wording = Reading.objects.filter(paragraph__edition__work__key=WORK, paragraph__key=PARA, shown=True)
    wording.filter(paragraph__edition__lang="ko").update(text="다른 글")
    assert not restatements.versions(WORK, PARA)[0].stale, "another language is another wording"
    wording.filter(paragraph__edition__lang="en").update(text="Something else is asked now.")
    assert restatements.versions(WORK, PARA)[0].stale
    assert shown() == WORDS
    page = Client().get(ADDRESS).content.decode()
    assert "has changed since these words were written" in page


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [("fr", "Mots", "written in"), ("en", " \n ", "1 to"), ("en", "a" * (LONGEST + 1), "1 to")],
)
def test_what_are_no_plain_words_is_refused(lang: str, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        write(OPERATOR, harbourton(), text, lang)


def test_a_paragraph_that_is_not_there_cannot_be_said() -> None:
    with pytest.raises(NotFound):
        restate(WORK, "999", "en", WORDS, by=OPERATOR, place=harbourton())


# -- the page --------------------------------------------------------------------------------------------------------


def test_readers_see_what_is_approved_signed_and_marked_and_no_form() -> None:
    row = write(local("contributor"), harbourton())
    assert WORDS not in Client().get(ADDRESS).content.decode()
    approve_restatement(row.pk, by=local("head"))
    page = Client().get(ADDRESS).content.decode()
    assert WORDS in page
    assert "in plain words, by The contributor, City of Harbourton, approved by The head" in page
    assert "not the official text" in page
    assert "<textarea" not in page


def test_an_official_writes_and_a_head_approves_on_the_page() -> None:
    writer, head = Client(), Client()
    writer.force_login(local("contributor"), "allauth.account.auth_backends.AuthenticationBackend")
    head.force_login(local("head"), "allauth.account.auth_backends.AuthenticationBackend")
    posted = {"do": "write", "lang": "en", "text": WORDS, "place": "XXE/example/N1"}
    assert writer.post(ADDRESS, posted).status_code == 302
    row = Restatement.objects.get()
    assert writer.post(ADDRESS, {"do": "approve", "restatement": row.pk}).status_code == 403
    assert head.post(ADDRESS, {"do": "approve", "restatement": row.pk}).status_code == 302
    assert shown() == WORDS
    assert head.post(ADDRESS, {"do": "withdraw", "restatement": row.pk, "why": "Wrong."}).status_code == 302
    assert shown() == ""


def test_a_place_that_is_not_theirs_cannot_be_chosen_on_the_page() -> None:
    writer = Client()
    writer.force_login(local("contributor"), "allauth.account.auth_backends.AuthenticationBackend")
    posted = {"do": "write", "lang": "en", "text": WORDS, "place": "XXE/example/N2"}
    assert writer.post(ADDRESS, posted).status_code == 200
    assert not Restatement.objects.exists()
    visitor = Client()
    visitor.post(ADDRESS, posted)
    assert not Restatement.objects.exists()
