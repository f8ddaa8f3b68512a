"""The outbox: nothing is lost, nothing is sent twice, also when a sender is killed half way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from subprocess import Popen
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from tests.site import command
from tests.site.mailserver import MailServer, mail_server

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.examine_alerts import LATE, letters
from smallplaces_site.actions.send_mail import KEPT, LEASE, WAITS, Sent, forget_sent, retry_letters, send_letters
from smallplaces_site.alerts import outbox
from smallplaces_site.alerts.models import Letter

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)


@pytest.fixture
def post(settings: SettingsWrapper) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        yield server


def put(key: str = "one/a@example.org", address: str = "a@example.org") -> bool:
    return outbox.put(key, address, "ko", "제목 한 줄", "본문\n", "<p>본문</p>", headers={"X-Kind": "test"}, now=NOON)


@pytest.mark.django_db
def test_a_letter_arrives_whole_and_once(post: MailServer) -> None:
    assert put()
    assert not put(), "the same occasion and recipient"
    assert send_letters(lambda: NOON) == Sent(sent=1)
    assert send_letters(lambda: NOON + timedelta(days=3)) == Sent()
    assert not put(), "nor after it was sent"
    (letter,) = post.arrived
    assert letter["Subject"] == "제목 한 줄"
    assert letter["To"] == "a@example.org"
    assert letter["Message-ID"] == outbox.message_id("one/a@example.org")
    assert letter["X-Kind"] == "test"
    assert letter["Auto-Submitted"] == "auto-generated"
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().strip() == "본문"
    assert html.get_content().strip() == "<p>본문</p>"


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_put_with_its_cause_or_not_at_all() -> None:
    def change_that_fails() -> None:
        with transaction.atomic():
            put()
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError):
        change_that_fails()
    assert not Letter.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "nobody", "a@example.org\nBcc: b@example.org", "a@b@c", " a@example.org"])
def test_what_is_no_address_gets_no_letter(address: str) -> None:
    with pytest.raises(BadInput, match="not an e-mail address"):
        put(address=address)


@pytest.mark.django_db
def test_a_subject_cannot_carry_headers(post: MailServer) -> None:
    outbox.put("k", "a@example.org", "en", "One\r\nBcc: b@example.org", "text", now=NOON)
    send_letters(lambda: NOON)
    assert post.arrived[0]["Subject"] == "One Bcc: b@example.org"
    assert post.arrived[0]["Bcc"] is None


@pytest.mark.django_db
def test_a_long_key_keeps_its_letter_apart() -> None:
    assert put("k" * 300 + "1")
    assert put("k" * 300 + "2")
    assert not put("k" * 300 + "1")


@pytest.mark.django_db
def test_what_the_server_will_never_take_is_given_up_and_the_others_go_on(post: MailServer) -> None:
    post.to_recipient = lambda address: "550 no such user" if address.startswith("gone") else ""
    put("1", "gone@example.org")
    put("2", "here@example.org")
    assert send_letters(lambda: NOON) == Sent(sent=1, failed=1)
    assert "550" in Letter.objects.get(key="1").error
    post.to_recipient = lambda _address: ""
    assert send_letters(lambda: NOON + timedelta(days=9)) == Sent(), "given up is given up"
    assert retry_letters(["1"], lambda: NOON) == 1
    assert send_letters(lambda: NOON) == Sent(sent=1)
    with pytest.raises(NotFound):
        retry_letters(["1"])


@pytest.mark.django_db
def test_what_is_refused_for_now_is_tried_later_and_later_and_at_last_given_up(post: MailServer) -> None:
    post.to_recipient = lambda _address: "450 try again"
    put()
    now = NOON
    for wait in WAITS:
        assert send_letters(partial(datetime.fromtimestamp, now.timestamp(), UTC)) == Sent(later=1)
        assert send_letters(partial(datetime.fromtimestamp, now.timestamp() + 59, UTC)) == Sent(), "not yet"
        now += timedelta(minutes=wait)
    assert send_letters(lambda: now) == Sent(failed=1)
    assert Letter.objects.get().attempts == len(WAITS) + 1


@pytest.mark.django_db
def test_a_server_that_is_away_loses_nothing(settings: SettingsWrapper) -> None:
    with mail_server() as gone:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", gone.port, False
    put("1")
    put("2")
    assert send_letters(lambda: NOON) == Sent(later=1), "after one failure the others need not be tried"
    with mail_server() as back:
        settings.EMAIL_PORT = back.port
        assert send_letters(lambda: NOON + timedelta(hours=1)) == Sent(sent=2)


@pytest.mark.django_db
def test_letters_of_long_ago_are_forgotten_but_not_that_they_were_sent(post: MailServer) -> None:
    put()
    send_letters(lambda: NOON)
    assert forget_sent(lambda: NOON + KEPT) == 0
    assert forget_sent(lambda: NOON + KEPT + timedelta(seconds=1)) == 1
    letter = Letter.objects.get()
    assert (letter.address, letter.text, letter.html, letter.subject) == ("", "", "", "")
    assert not put()


@pytest.mark.slow
def test_a_sender_killed_in_the_middle_neither_loses_nor_doubles(tmp_path: Path) -> None:
    """Killed while the server holds the letter and has not answered: once more, under the same Message-ID."""
    command.run(tmp_path, "init")
    with mail_server() as server:
        env = {**command.environment(tmp_path), "SMALLPLACES_MAIL": f"smtp://127.0.0.1:{server.port}"}
        _put_two(tmp_path)
        killed: list[int] = []

        def kill(_message: EmailMessage) -> str:
            if not killed:
                os.kill(sender.pid, signal.SIGKILL)
                killed.append(sender.wait())
            return ""

        server.on_letter = kill
        sender = Popen(command.line("send"), env=env)
        sender.wait(timeout=120)
        assert killed == [-signal.SIGKILL]
        with command.store(tmp_path) as rows:
            rows.execute(
                "UPDATE alerts_letter SET claimed = %s WHERE claimed IS NOT NULL".replace("%s", "'2000-01-01 00:00:00'")
            )  # as if the claim had run out
        again = Popen(command.line("send"), env=env)
        assert again.wait(timeout=120) == 0
        assert Popen(command.line("send"), env=env).wait(timeout=120) == 0
    by_id: dict[str, set[str]] = {}
    for message in server.arrived:
        by_id.setdefault(str(message["Message-ID"]), set()).add(str(message["To"]))
    assert sorted(map(sorted, by_id.values())) == [["a@example.org"], ["b@example.org"]]
    assert len(server.arrived) == 3, "the one that was in the server's hands, again; nothing else"
    assert timedelta(seconds=30) < LEASE, "longer than a server is waited for"


def _put_two(home: Path) -> None:
    with command.store(home) as rows:
        for name in "ab":
            rows.execute(
                "INSERT INTO alerts_letter (key, address, lang, subject, text, html, headers, put, state, due, claim,"
                f" attempts, error) VALUES ('{name}', '{name}@example.org', 'en', 's', 't', '', '{{}}',"
                " '2026-01-01 00:00:00', 'waiting', '2026-01-01 00:00:00', '', 0, '')"
            )


@pytest.mark.django_db
def test_the_doctor_says_what_waits_too_long_and_what_was_given_up(post: MailServer) -> None:
    assert letters(NOON)[0]
    put("1")
    assert letters(NOON + LATE)[0], "a round may still come"
    ok, says, advice = letters(NOON + LATE + timedelta(seconds=1))
    assert (ok, says) == (False, "1 waiting, 1 of them for more than an hour, 0 given up")
    assert "smallplaces send" in advice
    post.to_recipient = lambda _address: "550 no such user"
    send_letters(lambda: NOON)
    ok, says, advice = letters(NOON)
    assert (ok, says) == (False, "0 waiting, 0 of them for more than an hour, 1 given up")
    assert "outbox retry" in advice
