"""The pages of following, one-click unsubscribing, and feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from lxml import etree
from pytest_django.plugin import DjangoDbBlocker
from tests.site.invented import uhri_export

from smallplaces.model.language import CODES
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.follow import follow, wish
from smallplaces_site.actions.import_files import import_files
from smallplaces_site.alerts.models import Follow, Follower, Letter
from smallplaces_site.corpus.index import engine

ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("static_files")]


@pytest.fixture
def site(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("files")
    import_files([uhri_export(folder, 12)])
    yield folder


@pytest.fixture
def careful() -> Client:
    """A browser whose forms must carry their token."""
    return Client(enforce_csrf_checks=True)


def link_in(letter: Letter, pattern: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/\w\w/{pattern}\S*)", letter.text)
    assert found is not None, letter.text
    return found[1]


@pytest.mark.parametrize(
    "page",
    ["states/BRA/", "bodies/CRC/", "documents/CRC/C/BRA/CO/2/", "search?q=remedy&state=BRA", "instruments/CRC/12/"],
)
def test_pages_lead_to_following_them(site: Path, client: Client, page: str) -> None:
    html = client.get(f"/en/{page}").content.decode()
    found = re.search(r'href="(/en/follow/\?what=[^"]+)"', html)
    assert found is not None
    form = client.get(found[1].replace("&amp;", "&"))
    assert form.status_code == 200
    assert 'name="how"' in form.content.decode()
    feed = re.search(r'href="(/en/feeds/[^"]+)"', html)
    assert feed is not None
    assert client.get(feed[1].replace("&amp;", "&"))["Content-Type"].startswith("application/atom+xml")


def test_a_visitor_confirms_by_letter_and_stops_by_letter(site: Path, client: Client) -> None:
    asked = "/en/follow/?what=state&name=BRA"
    wrong = client.post(asked, {"how": "once", "lang": "en", "email": "nobody"}).content.decode()
    assert "Please mend this first" in wrong
    sent = client.post(asked, {"how": "once", "lang": "ko", "email": "a@example.org"}).content.decode()
    assert "Look at your letters" in sent
    assert not Follower.objects.exists()
    path = link_in(Letter.objects.get(), "follows/confirm/")
    assert path.startswith("/ko/")
    client.get(path)
    assert not Follow.objects.exists(), "a program that looks at links confirms nothing"
    mine = client.post(path)["Location"]
    listed = client.get(mine).content.decode()
    assert "브라질" in listed
    one = Follow.objects.get()
    client.post(f"/ko/follows/change/{one.key}/", {"how": "weekly"})
    assert Follow.objects.get().how == "weekly"
    off = f"/en/follows/off/{one.key}/"
    client.get(off)
    assert Follow.objects.get().ended is None, "looking stops nothing"
    assert "It is off" in client.post(off).content.decode()
    assert Follow.objects.get().ended is not None
    client.post(f"/en/follows/on/{one.key}/")
    assert Follow.objects.get().ended is None


def test_a_mail_program_stops_letters_with_one_click(site: Path, careful: Client) -> None:
    """RFC 8058: a POST without cookies or tokens, answered without a redirect."""
    once = follow(wish("a@example.org", "state", "BRA", "daily", "en"))
    other = follow(wish("a@example.org", "state", "AUT", "weekly", "en"))
    path = f"/en/follows/off/{once.follower.key}/daily/"
    answer = careful.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert Follow.objects.get(pk=once.pk).ended is not None
    assert Follow.objects.get(pk=other.pk).ended is None, "the weekly letter is another one"
    assert careful.post(f"/en/follows/on/{once.key}/").status_code == 403, "other forms carry their token"


def test_whoever_is_signed_in_needs_no_letter(site: Path, client: Client) -> None:
    user = admit("o@example.org", "officer", "Commission", Place(state="EXA")).user
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    listed = client.post("/en/follow/?what=body&name=CRC", {"how": "daily", "lang": "en"}, follow=True)
    assert "You follow this from now on" in listed.content.decode()
    assert Follow.objects.get().follower.email == "o@example.org"
    assert not Letter.objects.exists()
    assert "What you follow" in client.get("/en/account/").content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("follow/", 400),
        ("follow/?what=state&name=Nowhere", 400),
        ("follow/?what=document&name=A/NO/SUCH", 404),
        ("follow/?what=place&name=NOWHERE", 404),
        ("follow/?what=search&name=", 400),
        ("follow/?what=%00&name=%00", 400),
        ("follows/", 200),
        ("follows/of/nothing/", 404),
        ("follows/off/nothing/", 404),
        ("follows/off/nothing/daily/", 404),
        ("follows/confirm/nonsense/", 400),
        ("follows/on/nothing/", 405),
        ("feeds/state/Nowhere.atom", 400),
        ("feeds/dream/x.atom", 400),
        ("feeds/search.atom", 400),
        ("feeds/document/A/NO/SUCH.atom", 404),
    ],
)
def test_strange_addresses_are_answered(site: Path, client: Client, path: str, status: int) -> None:
    assert client.get(f"/en/{path}").status_code == status


@pytest.mark.parametrize("lang", CODES)
def test_the_pages_speak_every_language(site: Path, client: Client, lang: str) -> None:
    one = follow(wish("a@example.org", "search", "q=remedy&state=BRA", "weekly", lang))
    for path in ("follow/?what=state&name=BRA", f"follows/of/{one.follower.key}/", f"follows/off/{one.key}/"):
        html = client.get(f"/{lang}/{path}").content.decode()
        assert f'<html lang="{lang}"' in html
        assert ("Stop these letters" in html or "Letters go to" in html or "How often" in html) == (lang == "en")


# -- feeds -----------------------------------------------------------------------------------------


def entries(client: Client, path: str) -> list[etree._Element]:
    root = etree.fromstring(client.get(path).content)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id")
    assert root.findtext(f"{ATOM}updated")
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    return root.findall(f"{ATOM}entry")


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("state/BRA.atom", 6),
        ("body/CRC.atom", 12),
        ("document/CRC/C/AUT/CO/1.atom", 6),
        ("theme/Violence%20against%20women.atom", 3),
        ("search.atom?q=remedy+-3&state=AUT", 5),
        ("state/KOR.atom", 0),
    ],
)
def test_a_feed_holds_what_is_followed(site: Path, client: Client, path: str, count: int) -> None:
    found = entries(client, f"/en/feeds/{path}")
    assert len(found) == count
    ids = [one.findtext(f"{ATOM}id") for one in found]
    assert len(set(ids)) == count
    assert all(one.findtext(f"{ATOM}updated") for one in found)


def test_a_feed_has_an_entity_tag_that_changes_with_the_data_and_ids_that_stay(site: Path, client: Client) -> None:
    path = "/en/feeds/body/CRC.atom"
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    ids = {one.findtext(f"{ATOM}id") for one in entries(client, path)}
    import_files([uhri_export(site, 18)])
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    found = [one.findtext(f"{ATOM}id") for one in entries(client, path)]
    assert ids < set(found)
    assert len(set(found[:6]) - ids) == 6, "the newest come first"


def test_a_feed_tells_what_followers_are_told(site: Path, client: Client, django_db_blocker: DjangoDbBlocker) -> None:
    one = follow(wish("a@example.org", "search", "q=여성폭력", "once", "en"))
    import_files([uhri_export(site, 24)])
    told = {f"/documents/{work}/p/{key}/" for work, key in one.tidings.values_list(
        "paragraph__edition__work__key", "paragraph__key")}  # fmt: skip
    linked = {link.get("href", "") for entry in entries(client, "/en/feeds/search.atom?q=여성폭력")
              for link in entry.findall(f"{ATOM}link")}  # fmt: skip
    assert len(told) == 3
    assert all(any(path in link for link in linked) for path in told)
    assert engine().count() == 24
