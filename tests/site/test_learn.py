"""Courses on the site: read, tried, answered, taken over, seen by nobody who was not told."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from smallplaces.courses import load
from smallplaces.courses.links import links_of
from smallplaces.courses.prose import site_path
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.example import load_example
from smallplaces_site.learn.models import Progress
from smallplaces_site.learn.progress import joined, standing
from smallplaces_site.people.models import Membership, User
from smallplaces_site.web.views.plain import with_slash

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

COURSES = Path(__file__).parents[1] / "data" / "courses"  # an invented course on an invented State
COURSE = "/en/learn/first-steps/"
ONE, TWO = f"{COURSE}01-two-doors/", f"{COURSE}02-say-it-short/"
PRAISE = "CRPD/C/XXE/CO/1 ¶ 5"


@pytest.fixture(autouse=True)
def own_courses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.SETTINGS, "SMALLPLACES_COURSES", str(COURSES))


@pytest.fixture
def example() -> None:
    load_example()


def reader(address: str = "reader@example.org") -> User:
    return User.objects.create_user(address)


def officer() -> Membership:
    return admit("officer@example.org", "officer", "Commission of Korea", Place(state="KOR"), name="A. Officer")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def take(client: Client) -> None:
    """Do everything that the invented course asks."""
    client.post(ONE, {"did": "quiz", "q0": "0", "q1": ["0", "1"]})
    client.post(TWO, {"did": "quiz", "q0": "1"})
    client.post(ONE, {"did": "read"})
    client.post(TWO, {"did": "read"})


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_courses_are_listed_in_the_language_of_the_page(client: Client) -> None:
    assert "First steps in Exampland" in page(client, "/en/learn/")
    assert "예시랜드에서 첫걸음" in page(client, "/ko/learn/")


def test_a_course_without_the_language_is_shown_in_english_and_says_so(client: Client) -> None:
    html = page(client, "/ar/learn/first-steps/")
    assert '<div lang="en" dir="ltr"><h1>First steps in Exampland</h1>' in html
    assert '<html lang="ar" dir="rtl">' in html


@pytest.mark.parametrize("path", ["/en/learn/no-such-course/", f"{COURSE}09-nothing/", "/en/learn/certificates/x/"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_lesson_explains_words_and_leads_to_pages_of_its_language(client: Client) -> None:
    html = page(client, "/ko/learn/first-steps/01-two-doors/")
    assert 'href="/ko/search?q=%ED%95%98%EB%B2%84%ED%84%B4&amp;kind=concluding-observations"' in html
    assert 'class="term"' in html


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (PRAISE, "Right."),
        ("crpd/c/xxe/co/1, para. 5", "Right."),
        ("https://example.org/ko/documents/CRPD/C/XXE/CO/1/p/5/", "Right."),
        ("CRPD/C/XXE/CO/1 ¶ 3", "which included the mayors of Harbourton"),
        ("CRPD/C/XXE/CO/1 ¶ 999", "Nothing in this copy answers"),
        ("<b>nothing</b>", "Nothing in this copy answers"),
    ],
)
def test_a_paragraph_that_was_found_is_held_against_the_library(client: Client, given: str, said: str) -> None:
    client.post(ONE, {"did": "exercise:0", "given": given})
    html = page(client, ONE)
    assert said in html
    assert "<b>nothing" not in html


def test_an_exercise_whose_document_is_not_here_counts_as_skipped(client: Client) -> None:
    assert page(client, ONE).count("counts as skipped") == 2


@pytest.mark.usefixtures("example")
def test_a_paragraph_is_judged(client: Client) -> None:
    assert "Harbourton on personal assistance" in page(client, ONE)
    client.post(ONE, {"did": "exercise:1", "given": "national"})
    html = page(client, ONE)
    assert "Not right." in html
    assert "A city makes its own ordinances." in html
    client.post(ONE, {"did": "exercise:1", "given": "shared"})
    assert "Right." in page(client, ONE)


def test_a_shortened_text_is_counted_and_asked_for_its_words(client: Client) -> None:
    client.post(TWO, {"did": "exercise:0", "given": "Make every ferry good."})
    html = page(client, TWO)
    assert "Your text has 4 words; the limit is 15." in html
    assert "It says none of these:" in html
    assert "Harbourton should make all its ferries usable" in html


def test_a_quiz_explains_every_option_and_can_be_tried_again(client: Client) -> None:
    client.post(ONE, {"did": "quiz", "q0": "1", "q1": ["0"]})
    html = page(client, ONE)
    assert "0 of 2 right" in html
    for why in ("Its symbol would begin with CRC.", "No such State.", "It is real."):
        assert why in html
    client.post(ONE, {"did": "again"})
    assert "Its symbol would begin with CRC." not in page(client, ONE)


@pytest.mark.parametrize(
    "sent", [{"q0": "0"}, {"q0": "99", "q1": "x"}, {}, {"q0": ["0", "1"], "q1": ["0", "1", "2"]}, {"q0": "9" * 400}]
)
def test_a_strange_answer_breaks_nothing_and_is_not_right(client: Client, sent: dict[str, object]) -> None:
    client.post(ONE, {"did": "quiz", **sent})
    assert "2 of 2 right" not in page(client, ONE)


def test_a_quiz_sent_before_it_is_whole_keeps_what_was_chosen(client: Client) -> None:
    html = client.post(ONE, {"did": "quiz", "q0": "1"}).content.decode()
    assert "Answer every question, then send again." in html
    assert 'id="q0-1" name="q0" value="1" checked' in html
    assert "Its symbol would begin with CRC." not in html
    assert "checked" not in page(client, ONE)


def test_strange_deeds_break_nothing(client: Client) -> None:
    for did in ("exercise:9", "exercise:x", "exercise:²", "burn", "", "quiz:1"):
        assert client.post(ONE, {"did": did, "given": "x" * 9000}).status_code == 302
    assert client.put(ONE).status_code == 405


def test_without_an_account_the_browser_keeps_it_and_it_can_be_taken_over() -> None:
    client = Client()
    take(client)
    html = page(client, COURSE)
    assert "kept in this browser only" in html
    assert "The course is complete." in html
    user = reader()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    assert "Take it over into your account" in page(client, COURSE)
    client.post("/en/learn/take-over/")
    kept = Progress.objects.get(user=user)
    assert kept.completed is not None
    assert "Have the certificate" in page(client, COURSE)
    assert "Take it over" not in page(client, COURSE)


def test_a_course_is_complete_with_all_lessons_and_eighty_in_a_hundred() -> None:
    course = load(COURSES)["first-steps"]
    quiz = {"01-two-doors": {"0": [0], "1": [0, 1]}, "02-say-it-short": {"0": [1]}}
    everything = {"read": list(course.slugs), "quiz": quiz}
    assert standing(course, everything).complete
    assert not standing(course, {**everything, "read": ["01-two-doors"]}).complete
    two_of_three = {**quiz, "02-say-it-short": {"0": [0]}}
    assert standing(course, {**everything, "quiz": two_of_three}).right == 2
    assert not standing(course, {**everything, "quiz": two_of_three}).complete
    assert not standing(course, {}).begun


def test_what_the_account_has_wins_over_what_a_browser_brings() -> None:
    kept = {"read": ["a"], "quiz": {"a": {"0": [1]}}}
    brought = {"read": ["b"], "quiz": {"a": {"0": [0], "1": [2]}, "b": {"0": [3]}}}
    whole = joined(kept, brought)
    assert whole["read"] == ["a", "b"]
    assert whole["quiz"] == {"a": {"0": [1], "1": [2]}, "b": {"0": [3]}}


def test_the_first_completion_is_kept_when_a_quiz_is_tried_again() -> None:
    user = reader()
    client = signed_in(user)
    take(client)
    first = Progress.objects.get(user=user).completed
    client.post(TWO, {"did": "again"})
    assert Progress.objects.get(user=user).completed == first
    assert "Have the certificate" not in page(client, COURSE)


def test_one_persons_page_says_what_waits(client: Client) -> None:
    mine = signed_in(reader())
    assert "You have not begun a course yet." in page(mine, "/en/learn/mine/")
    take(mine)
    assert "First steps in Exampland" in page(mine, "/en/learn/mine/")
    assert "/en/learn/mine/" in page(mine, "/en/account/")
    assert client.get("/en/learn/mine/").status_code == 302


def test_the_package_is_had_from_the_page(client: Client) -> None:
    response = client.get(f"{COURSE}scorm.zip")
    assert response["Content-Type"] == "application/zip"
    assert response.content.startswith(b"PK")


@pytest.mark.parametrize("course_id", sorted(load()))
def test_every_link_of_our_courses_leads_to_a_page_of_the_site(course_id: str) -> None:
    """That there is such a page; whether a document is in a copy is another question (`courses check --here`)."""
    strangers = []
    for text in load()[course_id].texts.values():
        for _, address in links_of(text):
            path = f"/en/{site_path(address)}".partition("?")[0].partition("#")[0]
            if resolve(path).func is with_slash:
                strangers.append(address)
    assert strangers == []
