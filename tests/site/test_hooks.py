"""Programs that are told: real calls to a real receiver, signed; and what becomes of one that does not answer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from smallplaces.errors import BadInput, NotFound, Unreachable
from smallplaces_site.actions.admit import Place, admit, dismiss
from smallplaces_site.actions.call_hooks import WAITS, Called, call_hooks
from smallplaces_site.actions.keep_hooks import add_hook, own_hook, remove_hook, renew_secret, send_test, switch_on
from smallplaces_site.actions.tell import put_call
from smallplaces_site.alerts import calling
from smallplaces_site.alerts.models import Call, Hook, Letter
from smallplaces_site.people.models import Deed, User
from smallplaces_site.people.rights import Forbidden

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

NOON = datetime(2030, 5, 8, 12, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]


class Receiver:
    """A program that is called: what it got, and with which status it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.url = ""


@pytest.fixture
def receiver(settings: SettingsWrapper) -> Iterator[Receiver]:
    settings.SETTINGS = {**settings.SETTINGS, "SMALLPLACES_HOOKS_INSIDE": True}
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(kept.status)
            if kept.status == 302:
                self.send_header("Location", kept.url + "elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *given: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}/told"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


def person(name: str = "a") -> User:
    return admit(f"{name}@example.org", "officer", "Commission", Place(state="XEX")).user


def at(moment: datetime) -> partial[datetime]:
    return partial(datetime.fromtimestamp, moment.timestamp(), UTC)


def call(hook: Hook, key: str = "one") -> Call:
    put_call(hook, key, "paragraphs.new", {"says": "제목"}, NOON)
    return Call.objects.get(key=key)


def test_a_call_is_signed_as_the_specification_has_it(receiver: Receiver) -> None:
    hook = add_hook(person(), receiver.url)
    made = call(hook)
    assert not put_call(hook, "one", "again", {}, NOON), "the same occasion"
    assert call_hooks(at(NOON)) == Called(done=1)
    assert call_hooks(at(NOON + timedelta(days=1))) == Called()
    ((headers, body),) = receiver.got
    said = json.loads(body)
    assert said["type"] == "paragraphs.new"
    assert said["data"] == {"says": "제목"}
    assert headers["webhook-id"] == f"call_{made.pk}"
    assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    signed = f"call_{made.pk}.{int(NOON.timestamp())}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"


def test_the_example_of_the_specification_is_signed_so() -> None:
    """The example in the text of Standard Webhooks' libraries: secret, id, time, body and signature."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", '{"test": 2432232314}'
    wanted = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert calling.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == wanted


def test_one_that_does_not_answer_is_tried_for_three_days_then_switched_off_and_its_owner_told(
    receiver: Receiver,
) -> None:
    hook = add_hook(person(), receiver.url)
    receiver.status = 500
    call(hook, "one")
    call(hook, "two")
    now = NOON
    for number, wait in enumerate(WAITS, start=1):
        assert call_hooks(at(now)) == Called(later=1), "the second waits while the first fails"
        assert len(receiver.got) == number
        assert Call.objects.get(key="one").error == "HTTP 500"
        Call.objects.filter(key="two").update(due=now + timedelta(days=30))
        now += timedelta(minutes=wait)
    assert now - NOON > timedelta(days=3)
    assert not Letter.objects.exists()
    assert call_hooks(at(now)) == Called(off=1)
    hook.refresh_from_db()
    assert (hook.off, hook.why) == (now, "HTTP 500")
    letter = Letter.objects.get()
    assert letter.address == "a@example.org"
    assert receiver.url in letter.text
    assert call_hooks(at(now + timedelta(days=40))) == Called(), "it is off"
    receiver.status = 200
    switch_on(hook.user, hook.pk)
    assert call_hooks(at(datetime.now(UTC) + timedelta(days=1))) == Called(done=2), "nothing was lost"


def test_one_that_says_it_is_gone_is_switched_off_at_once(receiver: Receiver) -> None:
    hook = add_hook(person(), receiver.url)
    receiver.status = 410
    call(hook)
    assert call_hooks(at(NOON)) == Called(off=1)


def test_a_redirect_is_a_failure_and_is_not_followed(receiver: Receiver) -> None:
    hook = add_hook(person(), receiver.url)
    receiver.status = 302
    call(hook)
    assert call_hooks(at(NOON)) == Called(later=1)
    assert len(receiver.got) == 1


def test_one_that_fails_holds_up_no_other(receiver: Receiver) -> None:
    bad = add_hook(person(), "http://127.0.0.1:9/")
    good = add_hook(person(), receiver.url)
    call(bad, "bad")
    call(good, "good")
    assert call_hooks(at(NOON)) == Called(done=1, later=1)


def test_a_call_whose_caller_was_killed_is_made_again_under_the_same_id(receiver: Receiver) -> None:
    made = call(add_hook(person(), receiver.url))
    Call.objects.update(claimed=NOON + timedelta(minutes=1), claim="somebody who is gone", attempts=1)
    assert call_hooks(at(NOON)) == Called(), "it may still be somebody's"
    assert call_hooks(at(NOON + timedelta(minutes=2))) == Called(done=1)
    assert receiver.got[0][0]["webhook-id"] == f"call_{made.pk}"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://10.1.2.3/hook",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://0.0.0.0/",
        "https://localhost/",
        "https://a:b@example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "nonsense",
        "https://example.org/" + "a" * 600,
    ],
)
def test_only_the_public_network_is_called_and_only_by_https(url: str) -> None:
    with pytest.raises(BadInput):
        add_hook(person(), url)
    assert not Hook.objects.exists()


def test_an_address_that_turned_private_later_is_not_called() -> None:
    hook = Hook.objects.create(user=person(), url="https://127.0.0.1/", secret=calling.new_secret())
    with pytest.raises(Unreachable):
        calling.post(hook.url, "{}", {})
    call(hook)
    assert call_hooks(at(NOON)) == Called(later=1)
    assert "not a public address" in Call.objects.get().error


def test_hooks_are_for_those_who_have_the_right_and_each_has_its_own(receiver: Receiver) -> None:
    mine, other = person(), person("b")
    hook = add_hook(mine, receiver.url)
    reader = User.objects.create_user("reader@example.org")
    with pytest.raises(Forbidden):
        add_hook(reader, receiver.url)
    for does in (own_hook, renew_secret, switch_on, remove_hook, send_test):
        with pytest.raises(NotFound):
            does(other, hook.pk)
        with pytest.raises(Forbidden):
            does(reader, hook.pk)
    call(hook)
    dismiss("a@example.org", "Commission")
    assert call_hooks(at(NOON)) == Called(off=1), "whoever left is told no more"
    assert receiver.got == []
    assert Deed.objects.filter(what="follow.webhook").count() == 1


def test_the_pages_show_the_secret_once_and_send_a_test(receiver: Receiver, client: Client) -> None:
    assert client.get("/en/follows/programs/").status_code == 302
    client.force_login(User.objects.create_user("r@example.org"), "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/en/follows/programs/").status_code == 403
    client.force_login(person(), "allauth.account.auth_backends.AuthenticationBackend")
    wrong = client.post("/en/follows/programs/", {"url": "gopher://x"}).content.decode()
    assert "must begin with https://" in wrong
    path = client.post("/en/follows/programs/", {"url": receiver.url})["Location"]
    hook = Hook.objects.get()
    assert hook.secret in client.get(path).content.decode()
    assert hook.secret not in client.get(path).content.decode(), "once"
    tested = client.post(path, {"do": "test"}, follow=True).content.decode()
    assert "The program took the test." in tested
    assert json.loads(receiver.got[0][1])["type"] == "test"
    receiver.status = 500
    assert "HTTP 500" in client.post(path, {"do": "test"}, follow=True).content.decode()
    client.post(path, {"do": "renew"})
    assert Hook.objects.get().secret != hook.secret
    assert client.get("/en/follows/programs/9999/").status_code == 404
    client.post(path, {"do": "remove"})
    assert not Hook.objects.exists()
