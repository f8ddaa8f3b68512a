"""A course taken to the certificate in a real browser, and a package run in a tiny learning system."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import Open, command, serving
from tests.browser.test_access import check

from smallplaces.courses import load
from smallplaces.courses.scorm import package

COURSES = Path(__file__).parents[1] / "data" / "courses"  # an invented course on an invented State
PASSWORD = "correct horse 77 staple"
LEARNER = "learner@example.org"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("learning")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    """A server with the example set, the invented course, and an officer."""
    before = os.environ.get("SMALLPLACES_COURSES")
    os.environ["SMALLPLACES_COURSES"] = str(COURSES)
    try:
        with serving(home, ["init", "--example"]) as address:
            yield address
    finally:
        os.environ.pop("SMALLPLACES_COURSES")
        if before is not None:
            os.environ["SMALLPLACES_COURSES"] = before


@pytest.fixture(scope="module")
def password_link(home: Path, server: str) -> str:
    """The link by which an officer sets the password."""
    words = ["people", "add", LEARNER, "--role", "officer", "--organisation", "Commission", "--name", "A. Learner"]
    environment = {**os.environ, "SMALLPLACES_HOME": str(home), "DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command(*words), env=environment, check=True, capture_output=True, text=True)
    return done.stdout.split()[-1]


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("main form button")
    page.goto("/en/account/login/?next=/en/learn/first-steps/")
    page.fill("#id_login", LEARNER)
    page.fill("#id_password", PASSWORD)
    page.click("main form button")


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
@pytest.mark.parametrize(
    "path", ["learn/", "learn/first-steps/", "learn/first-steps/01-two-doors/", "learn/check/", "learn/is-it-ours/"]
)
def test_a_page_of_courses_is_open_to_everybody(open_page: Open, path: str, lang: str) -> None:
    page = open_page(f"/{lang}/{path}", width=1440)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


def test_a_course_is_taken_to_the_certificate_without_script(open_page: Open, password_link: str) -> None:
    page = open_page("/en/learn/", width=390, script=False)
    page.click("text=First steps in Exampland")
    page.click("text=Begin")
    page.fill("#e1", "CRPD/C/XXE/CO/1 ¶ 5")
    page.click("#exercise-1 button")
    assert "Right." in page.inner_text("#exercise-1")
    page.check("#e2-ours")
    page.click("#exercise-2 button")
    assert "Right." in page.inner_text("#exercise-2")
    page.check("#q0-0")
    page.check("#q1-0")
    page.check("#q1-1")
    page.click("button[value=quiz]")
    assert "2 of 2 right" in page.inner_text("main")
    page.click("button[value=read]")
    page.fill("#e1", "Harbourton should let every wheelchair on board of its ferries.")
    page.click("#exercise-1 button")
    assert "Right." in page.inner_text("#exercise-1")
    page.check("#q0-1")
    page.click("button[value=quiz]")
    page.click("button[value=read]")
    assert "The course is complete." in page.inner_text("main")
    sign_in(page, password_link)
    page.click("text=Take it over into your account")
    page.click("text=First steps in Exampland")
    page.fill("#name", "Kim Example")
    page.click("text=Have the certificate")
    assert "Kim Example" in page.inner_text(".paper")
    token = page.request.get(page.url.replace("/en/", "/").rstrip("/") + ".jwt").text()
    page.goto("/en/learn/check/")
    page.fill("#credential", token)
    page.click("main form button")
    assert "Valid: this site gave this certificate" in page.inner_text("main")
    page.fill("#credential", token[:-6] + "AAAAAA")
    page.click("main form button")
    assert "Not valid" in page.inner_text("main")


def test_an_officers_pages_and_certificates_are_open_to_everybody(open_page: Open, server: str) -> None:
    page = open_page("/en/account/login/?next=/en/learn/groups/")
    page.fill("#id_login", LEARNER)
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    check(page)
    page.fill("#id_name", "Autumn group")
    page.check("text=First steps in Exampland")
    page.click("text=Make the group")
    page.fill("#addresses", LEARNER)
    page.click("text=Send the invitations")
    check(page)
    page.goto("/ko/learn/mine/")
    check(page)
    page.click(".entries a[href*='/learn/certificates/']")
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


_LMS = """<!doctype html><html lang="en"><title>A tiny learning system</title><body><script>
var said = [], held = {"cmi.core.lesson_status": "not attempted", "cmi.interactions._count": "0"};
var API = {
  LMSInitialize: function (x) { said.push(["LMSInitialize", x]); return "true"; },
  LMSGetValue: function (name) { return held[name] || ""; },
  LMSSetValue: function (name, value) { held[name] = value; said.push([name, value]); return "true"; },
  LMSCommit: function (x) { said.push(["LMSCommit", x]); return "true"; },
  LMSFinish: function (x) { said.push(["LMSFinish", x]); return "true"; },
  LMSGetLastError: function () { return "0"; }
};
</script><iframe id="sco" title="lesson" src="FIRST" width="800" height="600"></iframe></body></html>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def learning_system(tmp_path: Path) -> Iterator[str]:
    """A server over an unpacked package, with a page whose frame is a lesson and whose window has the API object."""
    content = package(load(COURSES)["first-steps"], "en", "https://rights.example.org")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    for name in ("00-course", "01-two-doors"):
        (tmp_path / f"lms-{name}.html").write_text(_LMS.replace("FIRST", f"{name}.html"), encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def held(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("held")
    return found


def test_a_package_reports_to_a_learning_system(browser: Browser, learning_system: str) -> None:
    page = browser.new_page()
    page.goto(f"{learning_system}/lms-01-two-doors.html")
    lesson = page.frame_locator("#sco")
    lesson.locator("#send").wait_for()
    assert held(page)["cmi.core.lesson_status"] == "incomplete"
    lesson.locator("#send").click()
    assert "Answer every question first." in lesson.locator("#said").inner_text()
    for name, value in (("q0", "1"), ("q1", "0")):
        lesson.locator(f"input[name={name}][value='{value}']").check()
    lesson.locator("#send").click()
    assert held(page)["cmi.core.lesson_status"] == "failed"
    assert held(page)["cmi.core.score.raw"] == "0"
    assert "Its symbol would begin with CRC." in lesson.locator("form").inner_text()
    lesson.locator("#again").click()
    for name, value in (("q0", "0"), ("q1", "0"), ("q1", "1")):
        lesson.locator(f"input[name={name}][value='{value}']").check()
    lesson.locator("#send").click()
    now = held(page)
    assert now["cmi.core.lesson_status"] == "passed"
    assert now["cmi.core.score.raw"] == "100"
    assert now["cmi.interactions.1.student_response"] == "a,b"
    assert now["cmi.interactions.1.correct_responses.0.pattern"] == "a,b"
    assert now["cmi.interactions.1.result"] == "correct"
    page.evaluate("document.getElementById('sco').src = 'about:blank'")
    page.wait_for_function("said.some(function (one) { return one[0] === 'LMSFinish'; })")
    assert page.evaluate("said[0][0]") == "LMSInitialize"
    assert held(page)["cmi.core.session_time"].count(":") == 2
    page.close()


def test_a_page_without_a_quiz_is_completed_by_reading(browser: Browser, learning_system: str) -> None:
    page = browser.new_page()
    page.goto(f"{learning_system}/lms-00-course.html")
    page.frame_locator("#sco").locator("#read").click()
    assert held(page)["cmi.core.lesson_status"] == "completed"
    page.close()


def test_without_a_learning_system_a_lesson_works_all_the_same_and_is_open_to_everybody(
    browser: Browser, learning_system: str
) -> None:
    page = browser.new_page()
    page.goto(f"{learning_system}/01-two-doors.html")
    assert "nothing is kept" in page.inner_text("#said")
    page.check("input[name=q0][value='0']")
    page.check("input[name=q1][value='0']")
    page.check("input[name=q1][value='1']")
    page.click("#send")
    assert "2 of 2 right" in page.inner_text("#said")
    check(page)
    page.close()
