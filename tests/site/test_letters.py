"""Letters of an institution to places: who may send, whom they reach, who has opened and acknowledged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.dispatch import Draft, acknowledge, checked, open_dispatch, reach, remind, send_dispatch
from smallplaces_site.actions.example import load_example
from smallplaces_site.actions.follow import follow, wish
from smallplaces_site.alerts.models import Letter
from smallplaces_site.corpus.models import Change, PlaceRecord, Run, Work
from smallplaces_site.corpus.read import places
from smallplaces_site.letters import read
from smallplaces_site.letters.models import Dispatch, Opening
from smallplaces_site.people.models import Deed, Membership, User
from smallplaces_site.people.rights import Forbidden

NOON = datetime(2030, 5, 8, 12, tzinfo=UTC)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("static_files")]


@pytest.fixture
def example(home: Path) -> tuple[str, ...]:
    """The invented example, and the codes of four places that it is given here."""
    load_example()
    run = Run.objects.get()
    codes = tuple(f"XEX/iso3166-2/XE-{number}" for number in range(1, 5))
    for code in codes:
        names = {"en": f"Smallham {code[-1]}", "ko": f"작은시{code[-1]}"}
        PlaceRecord.objects.create(
            source="invented", code=code, digest=code, state="XEX", level="province", kind="city", names=names, run=run
        )
    Change.objects.create(at=NOON, what=Change.What.PLACES, run=run)
    return codes


def officer(name: str = "Commission of Exampland") -> User:
    return admit(f"officer@{len(name)}.example.org", "officer", name, Place(state="XEX"), name="A. Officer").user


def of_place(code: str, role: str = "contributor", email: str = "") -> Membership:
    return admit(email or f"{role}@example.org", role, f"Office of {code}", Place("local", "XEX", code), name="L. Ocal")


def symbol() -> str:
    return Work.objects.exclude(symbol="").order_by("pk").values_list("symbol", flat=True)[0]


def draft(codes: tuple[str, ...], once: str = "one", **given: object) -> Draft:
    said = {"title": "For your housing offices", "note": "Please read paragraph 1.", "lang": "en", "work": symbol()}
    return Draft(**{**said, "places": codes, "once": once, **given})  # type: ignore[arg-type]


def signed_in(user: User, client: Client) -> Client:
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_letter_reaches_those_who_act_for_its_places_and_those_who_follow_them_each_once(
    example: tuple[str, ...],
) -> None:
    first, second, third, silent = example
    both = of_place(first, email="both@example.org")
    of_place(second, email="both@example.org")
    of_place(third, "head", email="head@example.org")
    follow(wish("reader@example.org", "place", first, "weekly", "fr"))
    follow(wish("elsewhere@example.org", "place", example[3], "once", "en"))
    pk = send_dispatch(officer(), draft((first, second, third)), NOON)
    letters = {letter.address: letter for letter in Letter.objects.all()}
    assert set(letters) == {"both@example.org", "head@example.org", "reader@example.org"}
    assert letters["reader@example.org"].lang == "fr"
    assert "List-Unsubscribe" in letters["reader@example.org"].headers
    assert "List-Unsubscribe" not in letters["both@example.org"].headers, "an office is not subscribed"
    assert f"/letters/{pk}/" in letters["both@example.org"].text
    assert send_dispatch(officer(), draft((first,)), NOON) == pk, "the same form again is the same letter"
    assert Letter.objects.count() == 3
    assert [one.id for one in read.to_place(first)] == [pk]
    assert read.to_place(silent) == []
    assert [row.nobody for row in reach(example)] == [False, False, False, False]
    assert read.waiting_for(both.user) == [(first, 1), (second, 1)]
    assert Deed.objects.filter(what="dispatch.send").count() == 1


def test_places_without_anybody_are_said(example: tuple[str, ...]) -> None:
    of_place(example[0])
    assert [row.nobody for row in reach(example[:2])] == [False, True]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "title"),
        ({"note": ""}, "cover note"),
        ({"places": ()}, "at least one place"),
        ({"work": ""}, "Name a document"),
        ({"work": "A/NO/SUCH"}, "A/NO/SUCH"),
        ({"paragraphs": ("9999",)}, "9999"),
        ({"places": ("NO-SUCH",)}, "NO-SUCH"),
        ({"brief": 999_999}, "999999"),
    ],
)
def test_what_cannot_be_sent_is_said(example: tuple[str, ...], given: dict[str, object], said: str) -> None:
    with pytest.raises((BadInput, NotFound), match=said):
        checked(draft(example[:1], **given))


def test_only_the_institution_sends_and_only_into_its_own_state(example: tuple[str, ...]) -> None:
    local = of_place(example[0], "head").user
    foreign = admit("o@example.net", "officer", "Commission of Otherland", Place(state="AUT")).user
    commenter = admit("c@example.net", "commenter", "A league", Place("civil", "XEX")).user
    for user in (local, foreign, commenter, User.objects.create_user("reader@example.net")):
        with pytest.raises(Forbidden):
            send_dispatch(user, draft(example[:1]))
    assert not Dispatch.objects.exists()
    assert not Letter.objects.exists()


def test_opening_and_acknowledging_are_signed_and_reminders_go_to_the_others(example: tuple[str, ...]) -> None:
    mine, other = of_place(example[0], email="a@example.org"), of_place(example[1], email="b@example.org")
    sender = officer()
    pk = send_dispatch(sender, draft(example[:3]), NOON)
    open_dispatch(mine.user, pk, NOON)
    open_dispatch(mine.user, pk, NOON + timedelta(days=1))
    open_dispatch(sender, pk, NOON)
    assert [(one.arrival.place, one.by, one.at) for one in Opening.objects.all()] == [
        (example[0], f"L. Ocal, {mine.organisation}", NOON)
    ]
    arrivals = {one.place: one for one in read.dispatch(pk).arrivals}
    for user in (other.user, sender, User.objects.create_user("reader@example.net")):
        with pytest.raises(Forbidden):
            acknowledge(user, arrivals[example[0]].id, "not mine to say")
    acknowledge(mine.user, arrivals[example[0]].id, "We have begun.", NOON)
    acknowledge(mine.user, arrivals[example[0]].id, "", NOON + timedelta(days=2))
    seen = {one.place: one for one in read.dispatch(pk).arrivals}[example[0]]
    assert (seen.answer, seen.acknowledged) == ("We have begun.", NOON)
    assert read.waiting_for(mine.user) == []
    before = Letter.objects.count()
    assert remind(sender, pk, NOON) == 1, "of the two that have not, one has nobody to be reminded"
    assert remind(sender, pk, NOON + timedelta(hours=1)) == 1
    assert Letter.objects.count() == before + 1, "once a day"
    assert Letter.objects.get(key__contains="/remind/").address == "b@example.org"
    with pytest.raises(Forbidden):
        remind(officer("Another body of Exampland"), pk)
    with pytest.raises(Forbidden):
        remind(mine.user, pk)


def test_the_pages_from_writing_to_acknowledging(example: tuple[str, ...], client: Client) -> None:
    local, sender = of_place(example[0]).user, officer()
    assert client.get("/en/letters/new/").status_code == 302, "to signing in"
    page = signed_in(local, Client())
    assert page.get("/en/letters/new/").status_code == 403
    assert page.get("/en/letters/").status_code == 403
    signed_in(sender, client)
    form = {"work": symbol(), "paragraphs": "", "brief": "", "title": "A title", "note": "A <b>note</b>", "lang": "en"}
    name = places.get(example[0]).name("en")
    found = client.post("/en/letters/new/", {**form, "once": "x", "do": "find", "q": name}).content.decode()
    assert f'value="{example[0]}"' in found
    everywhere = client.post("/en/letters/new/", {**form, "once": "x", "do": "below", "below": ""}).content.decode()
    assert everywhere.count(" checked") == len(places.highest("XEX"))
    wrong = client.post("/en/letters/new/", {**form, "once": "x", "do": "preview", "title": ""})
    assert "Please mend this first" in wrong.content.decode()
    form |= {"once": "x", "place": list(example[:2])}  # type: ignore[dict-item]
    preview = client.post("/en/letters/new/", {**form, "do": "preview"}).content.decode()
    assert "Send to 2 places" in preview
    assert "At 1 place nobody is told" in preview
    assert not Dispatch.objects.exists()
    sent = client.post("/en/letters/new/", {**form, "do": "send"})
    pk = Dispatch.objects.get().pk
    assert sent["Location"] == f"/en/letters/{pk}/"
    public = Client().get(f"/en/letters/{pk}/").content.decode()
    assert "A &lt;b&gt;note&lt;/b&gt;" in public
    assert "Who has opened" not in public
    arrival = next(one for one in read.dispatch(pk).arrivals if one.place == example[0])
    assert Client().post(f"/en/letters/{pk}/", {"arrival": arrival.id}).status_code == 302, "to signing in"
    assert "Acknowledge for" in page.get(f"/en/letters/{pk}/").content.decode()
    assert page.post(f"/en/letters/{pk}/", {"arrival": "77777", "answer": ""}).status_code == 404
    page.post(f"/en/letters/{pk}/", {"arrival": arrival.id, "answer": "=1+1"})
    table = client.get(f"/en/letters/{pk}/").content.decode()
    assert "opened at 1, acknowledged by 1" in table
    csv = b"".join(client.get(f"/en/letters/{pk}/?format=csv")).decode()  # type: ignore[arg-type]
    assert "'=1+1" in csv, "no spreadsheet runs an answer"
    assert "=1+1" not in page.get(f"/en/letters/{pk}/?format=csv").content.decode().replace("=1+1</p>", "")
    assert page.post(f"/en/letters/{pk}/", {"do": "remind"}).status_code == 403
    short = places.get(example[0]).short
    assert "A title" in Client().get(f"/en/places/{short}/letters/").content.decode()
    assert "Letters to places" in client.get("/en/account/").content.decode()
