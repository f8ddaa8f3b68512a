"""Being told: exactly those whom it concerns, of what came in after they asked, once."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.site import command
from tests.site.invented import uhri_export

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.follow import (
    CONFIRM,
    MOST_ASKED,
    UNDO,
    ask_to_confirm,
    change_rhythm,
    end,
    end_all,
    follow,
    forget_ended,
    read_token,
    take_up,
    wish,
)
from smallplaces_site.actions.import_files import import_files
from smallplaces_site.actions.match import match_changes
from smallplaces_site.actions.tell import tell
from smallplaces_site.alerts.models import Follow, Follower, Letter, SearchKey, Tiding
from smallplaces_site.corpus.models import Mark

NOON = datetime(2030, 5, 8, 12, tzinfo=UTC)  # a Wednesday

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with eight invented records, of two documents, in it, and a folder for more."""
    folder = tmp_path_factory.mktemp("files")
    import_files([uhri_export(folder, 8)])
    yield folder


def more(folder: Path, count: int = 24, *, mended: int = -1) -> None:
    import_files([uhri_export(folder, count, mended=mended)])


def followed(what: str, name: str, how: str = "once", email: str = "a@example.org", lang: str = "en") -> Follow:
    return follow(wish(email, what, name, how, lang))


def told(one: Follow) -> set[str]:
    return set(one.tidings.values_list("paragraph__edition__work__symbol", flat=True))


def test_a_state_a_body_a_document_a_theme_and_a_search_are_told_of_what_came_in_since(site: Path) -> None:
    chad = followed("state", "TCD")
    body = followed("body", "CRC")
    grown = followed("document", "CRC/C/BRA/CO/2")
    theme = followed("theme", "Violence against women")
    words = followed("search", "q=matter+17")
    none = followed("state", "KOR")
    assert not Tiding.objects.exists(), "what was there is not told"
    more(site)
    assert told(chad) == {"CRC/C/TCD/CO/3"}
    assert told(body) == {"CRC/C/BRA/CO/2", "CRC/C/TCD/CO/3", "CRC/C/DNK/CO/4"}
    assert body.tidings.count() == 16
    assert grown.tidings.count() == 4, "the four of its six that were not there"
    assert theme.tidings.count() == 4
    assert words.tidings.count() == 1
    assert told(none) == set()


def test_a_follow_begins_where_it_is_made(site: Path) -> None:
    early = followed("body", "CRC", email="early@example.org")
    more(site, 16)
    late = followed("body", "CRC", email="late@example.org")
    more(site, 24)
    assert (early.tidings.count(), late.tidings.count()) == (16, 8)


def test_matching_again_changes_nothing(site: Path) -> None:
    one = followed("body", "CRC")
    more(site)
    Mark.objects.filter(name="alerts").update(change=0)  # as if the mark had been lost
    match_changes()
    assert one.tidings.count() == 16
    more(site)
    assert one.tidings.count() == 16, "the same files are no news"


def test_a_new_wording_is_told_as_one(site: Path) -> None:
    one = followed("document", "CRC/C/AUT/CO/1")
    more(site, 8, mended=3)
    assert list(one.tidings.values_list("new", flat=True)) == [False]
    tell(lambda: NOON)
    assert "Its wording or its labels changed." in Letter.objects.get().text


def test_searches_ask_as_the_page_does(site: Path) -> None:
    """Filters, exclusions, phrases, other languages."""
    filtered = followed("search", "q=remedy&state=TCD&page=3&sort=newest")
    without = followed("search", "q=remedy+-17&state=TCD")
    phrase = followed("search", "q=%22asks+for+a+remedy%22&state=DNK")
    korean = followed("search", "q=여성폭력")
    narrow = followed("search", "q=여성폭력&across=no&lang=ko")
    more(site)
    assert filtered.name == "q=remedy&state=TCD", "how a page shows it is no part of the question"
    assert filtered.tidings.count() == 6
    assert without.tidings.count() == 5
    assert phrase.tidings.count() == 6
    assert korean.tidings.count() == 4, "the label is called so in Korean"
    assert narrow.tidings.count() == 0


def test_one_search_is_kept_once_however_many_follow_it(site: Path) -> None:
    one = followed("search", "q=remedy", email="a@example.org")
    two = followed("search", "q=remedy&page=2", email="b@example.org")
    assert one.search_id == two.search_id
    assert one.pk != two.pk
    assert followed("search", "q=remedy").pk == one.pk, "following again is the same follow"


def test_formulas_of_an_older_method_are_made_anew(site: Path) -> None:
    one = followed("search", "q=remedy")
    assert one.search is not None
    SearchKey.objects.all().delete()
    type(one.search).objects.update(version="older", formula="en:nothing")
    more(site)
    assert one.tidings.count() == 16


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("search", "q="),
        ("search", ""),
        ("state", "Nowhere"),
        ("dream", "x"),
        ("body", "XX"),
        ("search", "q=" + "a" * 600),
    ],
)
def test_what_is_no_thing_cannot_be_followed(site: Path, what: str, name: str) -> None:
    with pytest.raises((BadInput, NotFound)):
        followed(what, name)


# -- letters ---------------------------------------------------------------------------------------


def test_at_once_makes_one_letter_of_everything_in_the_language_of_the_follower(site: Path) -> None:
    followed("state", "TCD", lang="ko")
    followed("search", "q=remedy&state=DNK", lang="ko")
    more(site)
    assert tell(lambda: NOON).letters == 1
    letter = Letter.objects.get()
    assert letter.lang == "ko"
    assert letter.subject == "관심 주제에 새 문단 12개"
    assert "차드" in letter.text
    assert "CRC/C/TCD/CO/3 ¶ 1" in letter.text
    assert "/ko/documents/CRC/C/TCD/CO/3/p/1/" in letter.text
    assert "invented matter 12" in letter.html
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.headers["List-Unsubscribe"].startswith("<http")
    assert tell(lambda: NOON + timedelta(days=1)).letters == 0


def test_daily_and_weekly_letters_wait_for_their_hour_by_the_clock_of_the_place(site: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SETTINGS = {**settings.SETTINGS, "SMALLPLACES_TIMEZONE": "Asia/Seoul"}  # seven there is 22:00 UTC
    followed("state", "TCD", "daily", "day@example.org")
    followed("state", "TCD", "weekly", "week@example.org")
    more(site)
    Tiding.objects.update(at=NOON)
    assert tell(lambda: NOON + timedelta(hours=9, minutes=59)).letters == 0
    assert tell(lambda: NOON + timedelta(hours=10)).letters == 1
    assert Letter.objects.get().address == "day@example.org"
    assert tell(lambda: NOON + timedelta(days=4, hours=9)).letters == 0, "Monday, six"
    assert tell(lambda: NOON + timedelta(days=4, hours=10)).letters == 1, "Monday, seven"
    assert tell(lambda: NOON + timedelta(days=30)).letters == 0


def test_a_long_list_is_cut_and_counted(site: Path) -> None:
    followed("body", "CRC")
    more(site, 60)
    tell(lambda: NOON)
    letter = Letter.objects.get()
    assert len(re.findall(r"^CRC/C/", letter.text, re.M)) == 30
    assert "And 22 more paragraphs." in letter.text


def test_what_is_ended_is_not_told_and_can_be_taken_up(site: Path) -> None:
    one = followed("state", "TCD")
    more(site, 15)
    end(one.key)
    assert tell(lambda: NOON).letters == 0
    more(site, 18)
    take_up(one.key)
    assert one.tidings.filter(told=None).count() == 0, "from then on, not from before"
    assert follow(wish("a@example.org", "state", "TCD", "daily", "en")).pk == one.pk
    assert change_rhythm(one.key, "weekly").how == "weekly"
    assert [row.pk for row in end_all(one.follower.key, "weekly")] == [one.pk]
    assert end_all(one.follower.key) == []
    with pytest.raises(NotFound):
        end("no-such-key")


def test_what_was_ended_long_ago_is_forgotten_with_its_address(site: Path) -> None:
    one = followed("state", "TCD")
    Follower.objects.update(since=NOON - UNDO - UNDO)
    end(one.key, NOON)
    assert forget_ended(NOON + UNDO) == 0
    assert forget_ended(NOON + UNDO + timedelta(seconds=1)) == 1
    assert not Follower.objects.exists()


# -- confirming ------------------------------------------------------------------------------------


def test_nothing_is_kept_until_the_link_is_used(site: Path) -> None:
    ask_to_confirm(wish("New@Example.org", "state", "TCD", "daily", "fr"))
    letter = Letter.objects.get()
    assert (letter.address, letter.lang) == ("new@example.org", "fr")
    assert not Follower.objects.exists()
    token = re.search(r"/fr/follows/confirm/([^/]+)/", letter.text)
    assert token is not None
    one = follow(read_token(token[1]))
    assert (one.follower.email, one.what, one.name, one.how) == ("new@example.org", "state", "TCD", "daily")
    with pytest.raises(BadInput, match="damaged"):
        read_token(token[1][:-3] + "xyz")


def test_a_link_grows_old(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_to_confirm(wish("a@example.org", "state", "TCD", "daily", "en"))
    token = re.search(r"/follows/confirm/([^/]+)/", Letter.objects.get().text)
    assert token is not None
    late = time.time() + CONFIRM.total_seconds() + 5
    monkeypatch.setattr("time.time", lambda: late)
    with pytest.raises(BadInput, match="too old"):
        read_token(token[1])


def test_nobody_can_be_flooded_with_letters_that_ask(site: Path) -> None:
    for name in ("TCD", "AUT", "BRA", "DNK", "KOR", "FRA")[:MOST_ASKED]:
        ask_to_confirm(wish("a@example.org", "state", name, "daily", "en"), NOON)
    with pytest.raises(BadInput, match="often enough"):
        ask_to_confirm(wish("a@example.org", "state", "ITA", "daily", "en"), NOON)
    ask_to_confirm(wish("a@example.org", "state", "ITA", "daily", "en"), NOON + timedelta(days=1))


# -- under kill -9 ---------------------------------------------------------------------------------

_KILLED = """
import os, signal, sys
from smallplaces_site.cli.main import main, prepare
prepare()
from smallplaces_site.actions import {module}
def die(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)
{module}.{name} = die
main(sys.argv[1:])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "name"),
    [("match", "_move"), ("tell", "_put"), ("tell", "_until"), ("send_mail", "_message")],
    ids=["while matching", "while writing the letter", "between matching and writing", "between writing and sending"],
)
def test_killed_at_any_point_everything_reaches_whom_it_concerns_once(tmp_path: Path, module: str, name: str) -> None:
    home, folder = tmp_path / "home", tmp_path / "files"
    folder.mkdir()
    command.run(home, "init")
    command.run(home, "import", str(uhri_export(folder, 8)))
    env = command.environment(home)
    made = (
        "from smallplaces_site.cli.main import prepare; prepare()\n"
        "from smallplaces_site.actions.follow import follow, wish\n"
        "follow(wish('chad@example.org', 'state', 'TCD', 'once', 'en'))\n"
        "follow(wish('words@example.org', 'search', 'q=remedy&state=DNK', 'once', 'ko'))\n"
        "follow(wish('none@example.org', 'state', 'KOR', 'once', 'en'))\n"
    )
    subprocess.run([sys.executable, "-c", made], env=env, check=True)
    export = str(uhri_export(folder, 24))
    code = _KILLED.format(module=module, name=name)
    done = subprocess.run([sys.executable, "-c", code, "import", export], env=env, check=False, capture_output=True)
    if done.returncode == 0:  # it is sending that dies
        done = subprocess.run([sys.executable, "-c", code, "send"], env=env, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with command.store(home) as rows:
        rows.execute("UPDATE alerts_letter SET claimed = NULL")  # as if the claim had run out
    command.run(home, "import", export)
    command.run(home, "send")
    command.run(home, "send")
    letters = [path.read_text() for path in sorted((home / "mail").iterdir())]
    letters = [one for text in letters for one in text.split("-" * 79) if "To: " in one]
    to = sorted(match[1] for one in letters if (match := re.search(r"^To: (\S+)", one, re.M)))
    assert to == ["chad@example.org", "words@example.org"]
